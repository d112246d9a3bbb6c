"""Figures on cybercrime, interventions and the referral of victims: `norms/crime/*.yaml`, checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.crime.interventions import Catalogue, Intervention, Named, Phenomenon
from dijkwacht.core.crime.periods import parse_period
from dijkwacht.core.crime.picture import Cell
from dijkwacht.core.crime.tables import Measure, Shape
from dijkwacht.core.referral import Option, Point, Question, Referral, Rule, Urgency
from dijkwacht.core.suppliers.asking import Edition
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows
from dijkwacht.norms.suppliers_requirements import edition

ROOT = Path(__file__).resolve().parent
FOLDER = "crime"
Text = Mapping[str, str]
_SHAPE = (
    "name", "publisher", "licence", "region", "period", "topic", "margins", "topics", "measures", "source", "uncertain",
)  # fmt: skip
_LIMITS = ("survey_least", "group_least", "keep_from", "ends_ahead")
_ONE = ("name", "about", "groups", "phenomena", "kind", "owner", "evidence", "found", "source", "uncertain")


@dataclass(frozen=True, slots=True)
class National:
    """A figure of the whole country as a source gives it, without a file that was brought."""

    measure: str
    cell: Cell
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Figures:
    """How tables are read, what their limits are, and the national figures. ``limits`` also holds why, by name."""

    edition: Edition
    survey_least: int
    group_least: int
    keep_from: int
    ends_ahead: int
    sizes: tuple[int, ...]
    why: Mapping[str, Text]
    shapes: Mapping[str, Shape]
    topics: Mapping[str, Named]
    national: tuple[National, ...]
    context: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class CrimePacks:
    """All packs of this folder."""

    figures: Figures
    catalogue: Catalogue
    referral: Referral


@lru_cache(maxsize=1)
def crime_packs() -> CrimePacks:
    """Those of the house. Raises PackErrors with file and line."""
    return read_crime(ROOT)


def read_crime(root: Path) -> CrimePacks:
    """Those in a folder of packs. Raises PackErrors with everything that is wrong."""
    problems: list[Problem] = []
    found = CrimePacks(
        _figures(fields_of(root, f"{FOLDER}/figures.yaml", "figures", problems)),
        _catalogue(fields_of(root, f"{FOLDER}/interventions.yaml", "interventions", problems)),
        _referral(fields_of(root, f"{FOLDER}/referral.yaml", "referral", problems)),
    )
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def crime_problems(root: Path) -> list[Problem]:
    """What is wrong with these packs; nothing where there are none."""
    if not (root / FOLDER).is_dir():
        return []
    try:
        read_crime(root)
    except PackErrors as error:
        return error.problems
    return []


def _named(row: Fields) -> Named:
    return Named(row.text("id"), row.both("name", needed=True), row.both("text"))


# -- figures -----------------------------------------------------------------------------------------
def _figures(top: Fields) -> Figures:
    head = edition(top, "limits", "tables", "topics", "national", "context")
    limits = top.nested("limits")
    limits.only((*_LIMITS, "sizes", "sources"))
    sources = limits.nested("sources")
    sources.only(_LIMITS)
    topics = {each.id: each for each in (_named(row) for row in rows(top, "topics", keys=("name", "text")))}
    shapes = [_shape(row, topics) for row in rows(top, "tables", keys=_SHAPE)]
    measures = {each.id for shape in shapes for each in shape.measures}
    national = [
        _national(row, measures)
        for row in rows(top, "national", keys=("measure", "period", "value", "lower", "upper", "source", "as_of"))
    ]
    context = rows(top, "context", keys=("text", "source"))
    return Figures(
        head, _whole(limits, "survey_least"), _whole(limits, "group_least"), _whole(limits, "keep_from"),
        _whole(limits, "ends_ahead"), _sizes(limits), {key: sources.both(key) for key in sources.data},
        {each.id: each for each in shapes}, topics, tuple(each for each in national if each),
        tuple((row.both("text", needed=True), row.text("source", needed=True)) for row in context),
    )  # fmt: skip


def _whole(fields: Fields, key: str) -> int:
    value = fields.data.get(key)
    if type(value) is not int or value < 1:
        fields.wrong(key, f"{key} must be a whole number above zero")
        return 1
    return value


def _sizes(limits: Fields) -> tuple[int, ...]:
    found = limits.data.get("sizes", [])
    if not isinstance(found, list) or not all(type(each) is int for each in found) or found != sorted(set(found)):
        limits.wrong("sizes", "sizes must be rising whole numbers")
        return ()
    return tuple(found)


def _most(measure: Fields) -> float:
    return float(_whole(measure, "most")) if "most" in measure.data else 1e12


def _shape(row: Fields, topics: Mapping[str, Named]) -> Shape:
    measures = tuple(
        Measure(each.text("id"), each.words("columns"), each.words("titles"), _most(each))
        for each in rows(row, "measures", keys=("columns", "titles", "most"))
    )
    return Shape(
        row.text("id"), row.both("name", needed=True), row.both("publisher", needed=True), row.text("licence", needed=True),
        row.words("region"), row.words("period"), row.words("topic"), row.words("margins"),
        all_known(row, "topics", topics), measures, row.text("source", needed=True), row.both("uncertain"),
    )  # fmt: skip


def _national(row: Fields, measures: set[str]) -> National | None:
    measure, on = known(row, "measure", measures), row.day("as_of")
    try:
        period = parse_period(row.text("period", needed=True))
    except ValueError:
        row.wrong("period", "period must be a code such as 2023JJ00")
        return None
    found = {key: row.data.get(key) for key in ("value", "lower", "upper")}
    numbers = {key: float(value) for key, value in found.items() if isinstance(value, int | float)}
    if "value" not in numbers or on is None:
        row.wrong("value", "a figure needs a value and as_of")
        return None
    cell = Cell(period, numbers["value"], numbers.get("lower"), numbers.get("upper"))
    if cell.lower is not None and cell.upper is not None and not cell.lower <= numbers["value"] <= cell.upper:
        row.wrong("lower", "the figure lies outside its bounds")
    return National(measure, cell, row.text("source", needed=True), on)


# -- interventions -----------------------------------------------------------------------------------
def _catalogue(top: Fields) -> Catalogue:
    head = edition(top, "scale", "groups", "phenomena", "interventions")
    scale = tuple(_named(row) for row in rows(top, "scale", keys=("name", "text")))
    groups = {each.id: each for each in (_named(row) for row in rows(top, "groups", keys=("name",)))}
    phenomena = {
        row.text("id"): Phenomenon(
            row.text("id"), row.both("name", needed=True), row.words("topics"), row.words("also")
        )
        for row in rows(top, "phenomena", keys=("name", "topics", "also"))
    }
    levels = [each.id for each in scale]
    found = [
        Intervention(
            row.text("id"), row.text("name", needed=True), row.both("about", needed=True), all_known(row, "groups", groups),
            all_known(row, "phenomena", phenomena), row.both("kind", needed=True), row.both("owner", needed=True),
            known(row, "evidence", levels), row.both("found", needed=True), row.text("source", needed=True),
            row.both("uncertain"),
        )
        for row in rows(top, "interventions", keys=_ONE)
    ]  # fmt: skip
    return Catalogue(head.as_of, head.about, scale, groups, phenomena, {each.id: each for each in found})


# -- referral ----------------------------------------------------------------------------------------
def _referral(top: Fields) -> Referral:
    head = edition(top, "stale_days", "always", "questions", "points", "rules")
    questions = tuple(
        Question(
            row.text("id"), row.both("question", needed=True), row.both("help"), row.flag("several", False),
            tuple(Option(each.text("id"), each.both("name", needed=True)) for each in rows(row, "options", keys=("name",))),
        )
        for row in rows(top, "questions", keys=("question", "help", "several", "options"))
    )  # fmt: skip
    points = {
        row.text("id"): Point(
            row.text("id"), row.both("name", needed=True), row.both("does", needed=True), row.text("number"),
            row.both("find", needed="number" not in row.data), row.both("contact", needed=True),
            row.text("source", needed=True), row.flag("checked", False),
        )
        for row in rows(top, "points", keys=("name", "does", "number", "find", "contact", "source", "checked"))
    }  # fmt: skip
    rules = tuple(
        Rule(
            known(row, "point", points), Urgency(row.one_of("urgency", list(Urgency), Urgency.NEXT)),
            _answers(row, "when", questions), _answers(row, "unless", questions), row.both("reason", needed=True),
        )
        for row in rows(top, "rules", keys=("point", "urgency", "when", "unless", "reason"))
    )  # fmt: skip
    always = all_known(top, "always", points)
    return Referral(head.as_of, head.about, _whole(top, "stale_days"), questions, points, rules, always)


def _answers(row: Fields, key: str, questions: tuple[Question, ...]) -> Mapping[str, frozenset[str]]:
    part = row.nested(key)
    options = {each.id: [option.id for option in each.options] for each in questions}
    part.only(options)
    if key == "when" and not part.data:
        row.wrong(key, "when names no question")
    return {name: frozenset(all_known(part, name, options[name])) for name in part.data if name in options}
