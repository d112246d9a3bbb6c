"""The packs of a crisis, read strictly: `norms/crisis`, the template of a plan, ladders, axes with cases, what is weighed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from dijkwacht.core.crisis import (
    LIKENESSES,
    Criterion,
    FallbackIdea,
    Handover,
    InformPoint,
    LadderPack,
    Ladders,
    Level,
    Likeness,
    PlanPack,
    Role,
    StepUp,
    WeighingPack,
)
from dijkwacht.core.days import Duration
from dijkwacht.core.landscape_domains import Axis, Case, Read
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import known, rows

ROOT = Path(__file__).resolve().parent
FOLDER = "crisis"
HEAD = ("version", "as_of", "licence")
_CARD = ("purpose", "first_minutes", "first_hour", "decisions", "avoid", "call", "replacement")
_WEIGHTS = ("small", "notable", "heavy")
_FROM, _TO = "from", "to"


@dataclass(frozen=True, slots=True)
class CrisisPack:
    """All of it."""

    plan: PlanPack
    ladders: Ladders
    axes: Mapping[str, Axis]
    cases: tuple[Case, ...]
    weighing: WeighingPack


@lru_cache(maxsize=1)
def crisis_pack() -> CrisisPack:
    """The packs of the house. Raises PackErrors with file and line."""
    return read_crisis(ROOT)


def read_crisis(root: Path) -> CrisisPack:
    """The packs in a folder, checked. Raises PackErrors with file and line of everything that is wrong."""
    problems: list[Problem] = []

    def file(name: str) -> Fields:
        return fields_of(root, f"{FOLDER}/{name}.yaml", name, problems)

    ladders = _ladders(file("ladders"))
    axes = _axes(file("axes"))
    plan = _plan(file("plan"), {each.id for ladder in ladders.ladders.values() for each in ladder.levels})
    found = CrisisPack(plan, ladders, axes, _cases(file("cases"), axes), _weighing(file("weighing")))
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def crisis_problems(root: Path) -> list[Problem]:
    """What is wrong with these packs in a folder; nothing where there are none."""
    if not (root / FOLDER).is_dir():
        return []
    try:
        read_crisis(root)
    except PackErrors as error:
        return error.problems
    return []


def _duration(fields: Fields, key: str) -> Duration:
    found = fields.duration(key)
    if found is None:
        fields.wrong(key, f"{key} is missing")
    return found or Duration(0, 1)


def _plan(top: Fields, levels: set[str]) -> PlanPack:
    top.only(
        (*HEAD, "review", "review_source", "review_uncertain", "contacts_checked", "contacts_source", "offices", "roles",
         "steps", "fallbacks")
    )  # fmt: skip
    roles = {}
    for row in rows(top, "roles", keys=("name", *_CARD)):
        texts = [row.both(key, needed=True) for key in ("name", *_CARD)]
        roles[row.text("id")] = Role(row.text("id"), *texts)
    steps = tuple(
        StepUp(known(row, "level", levels), row.both("when", needed=True), row.both("who", needed=True))
        for row in rows(top, "steps", keys=("when", "who"), name="level")
    )
    ideas = tuple(
        FallbackIdea(row.text("id"), row.both("about", needed=True), row.both("way", needed=True), _source(row))
        for row in rows(top, "fallbacks", keys=("about", "way", "source"))
    )
    offices = {row.text("id"): row.both("name", needed=True) for row in rows(top, "offices", keys=("name",))}
    return PlanPack(
        _duration(top, "review"), top.text("review_source", needed=True), top.both("review_uncertain"),
        _duration(top, "contacts_checked"), top.text("contacts_source", needed=True), offices, roles, steps, ideas,
    )  # fmt: skip


def _source(row: Fields) -> str:
    return row.text("source", needed=True)


def _ladders(top: Fields) -> Ladders:
    top.only((*HEAD, "ladders", "handovers"))
    found = {}
    for row in rows(top, "ladders", keys=("name", "text", "source", "uncertain", "levels")):
        levels = tuple(
            Level(
                each.text("id"), each.both("name", needed=True), each.both("when", needed=True),
                each.both("teams", needed=True), each.both("lead", needed=True), _source(each), each.both("uncertain"),
            )
            for each in rows(row, "levels", keys=("name", "when", "teams", "lead", "source", "uncertain"))
        )  # fmt: skip
        found[row.text("id")] = LadderPack(
            row.text("id"), row.both("name", needed=True), row.both("text", needed=True), levels, _source(row),
            row.both("uncertain"),
        )  # fmt: skip
    keys = (_FROM, "at", _TO, "trigger", "what", "whom", "source", "uncertain")
    handovers = tuple(_handover(row, found) for row in rows(top, "handovers", keys=keys))
    return Ladders(found, handovers)


def _handover(row: Fields, ladders: Mapping[str, LadderPack]) -> Handover:
    ladder = known(row, _FROM, ladders)
    levels = [each.id for each in ladders[ladder].levels] if ladder in ladders else []
    return Handover(
        row.text("id"), ladder, known(row, "at", levels), known(row, _TO, ladders), row.both("trigger", needed=True),
        row.both("what", needed=True), row.both("whom", needed=True), _source(row), row.both("uncertain"),
    )  # fmt: skip


def _axes(top: Fields) -> Mapping[str, Axis]:
    top.only((*HEAD, "axes"))
    keys = ("name", "physical", "digital", "ask", "means")
    found = {}
    for row in rows(top, "axes", keys=(*keys, "source", "uncertain")):
        name, physical, digital, ask, means = (row.both(key, needed=True) for key in keys)
        found[row.text("id")] = Axis(
            row.text("id"), name, physical, digital, ask, means, _source(row), row.both("uncertain", needed=True)
        )  # fmt: skip
    return found


def _cases(top: Fields, axes: Mapping[str, Axis]) -> tuple[Case, ...]:
    top.only((*HEAD, "cases"))
    keys = ("name", "sector", "when", "cause", "effects", "decisions", "source", "uncertain", "axes")
    found = []
    for row in rows(top, "cases", keys=keys):
        read = {
            known(each, "id", axes): Read(_likeness(each), each.both("why", needed=True), _source(each))
            for each in rows(row, "axes", keys=("like", "why", "source"))
        }
        for each in axes:
            if each not in read:
                row.wrong("axes", f"{each} is missing")
        cause, effects, decisions = (row.both(key, needed=True) for key in ("cause", "effects", "decisions"))
        found.append(
            Case(
                row.text("id"), row.text("name", needed=True), row.text("sector", needed=True), row.text("when", needed=True),
                cause, effects, decisions, _source(row), row.both("uncertain", needed=True), read,
            )
        )  # fmt: skip
    return tuple(found)


def _likeness(row: Fields) -> Likeness:
    return cast(Likeness, row.one_of("like", LIKENESSES, "unknown"))


def _weighing(top: Fields) -> WeighingPack:
    top.only((*HEAD, "source", "uncertain", "criteria", "informing"))
    criteria = {}
    for row in rows(top, "criteria", keys=("name", "ask", "levels")):
        part = row.nested("levels")
        part.only(_WEIGHTS)
        levels = {each: part.both(each, needed=True) for each in _WEIGHTS}
        criteria[row.text("id")] = Criterion(
            row.text("id"), row.both("name", needed=True), row.both("ask", needed=True), levels
        )
    informing = {
        row.text("id"): InformPoint(
            row.text("id"),
            row.both("text", needed=True),
            row.both("why", needed=True),
            _source(row),
            row.both("uncertain"),
        )
        for row in rows(top, "informing", keys=("text", "why", "source", "uncertain"))
    }
    return WeighingPack(_source(top), top.both("uncertain", needed=True), criteria, informing)
