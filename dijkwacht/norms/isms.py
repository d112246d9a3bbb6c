"""The part of the packs about running a management system: ``norms/isms``. Read by ``read.py``, which hands it out."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from dijkwacht.core.access import RoleName
from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import Duration
from dijkwacht.core.isms import (
    AgendaItem,
    Area,
    Aspect,
    Band,
    Circumstance,
    Classification,
    DeviationRule,
    Group,
    Isms,
    KnownRisk,
    Level,
    Part,
    Phase,
    PolicyTemplate,
    Scale,
    Step,
)
from dijkwacht.core.isms_risk import exception_type, measures_of, rule_for
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem

FOLDER = "isms"
CIRCUMSTANCES = ("internal", "external", "party")
PAGES = ("", "scope", "things", "risks", "plan", "audits", "reviews", "policies", "people", "year")
_NO_TIME = Duration(0, 0)


def read_isms(root: Path, norms: Norms) -> Isms:
    """All of it, checked against the requirements and fact types of ``norms``. Raises PackErrors."""
    excepted = frozenset(name for name in norms.requirements if exception_type(norms, name))
    reader = _Reader(root, frozenset(norms.requirements), frozenset(norms.fact_types), excepted)
    found = _isms(reader)
    if reader.problems:
        raise PackErrors(sorted(set(reader.problems)))
    return found


@dataclass(slots=True)
class _Reader:
    """The folder, what may be named in it, and what is wrong with it."""

    root: Path
    requirements: Collection[str]
    fact_types: Collection[str]
    excepted: Collection[str]  # the requirements whose criterion names an exception of the organisation
    problems: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> Fields:
        """One file as fields; empty when it cannot be read."""
        return fields_of(self.root, f"{FOLDER}/{name}", name, self.problems)

    def each(self, fields: Fields, key: str, keys: str, *, named: bool = True) -> Iterator[Fields]:
        """The mappings of a list. ``keys``: what may be in one; named: each has an id that stands there once."""
        seen: set[str] = set()
        for i, data in enumerate(fields.data.get(key, ())):
            if not isinstance(data, dict):
                fields.wrong(key, f"{key}[{i}] must be a mapping")
                continue
            what = str(data.get("id", f"{key}[{i}]"))
            inner = Fields(fields.document, data, what, self.problems, True)
            inner.only(keys.split())
            if named and (not isinstance(data.get("id"), str) or what in seen):
                inner.wrong("id", "an id of its own is missing")
            seen.add(what)
            yield inner

    def names(self, fields: Fields, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Words that name something in the packs."""
        words = fields.words(key)
        for word in words:
            if word not in known:
                fields.wrong(key, f"there is no {word}")
        return words


def _span(fields: Fields, key: str) -> Duration:
    found = fields.duration(key)
    if found is None:
        fields.wrong(key, f"{key} is missing")
    return found or _NO_TIME


def _isms(reader: _Reader) -> Isms:
    scales, start, training, cycle = (reader.file(f"{name}.yaml") for name in ("scales", "start", "training", "cycle"))
    scale = _scale(reader, scales.nested("risk"))
    facts = cycle.nested("facts")
    for act in facts.data:
        if facts.text(act) not in reader.fact_types:
            facts.wrong(act, f"there is no fact type {facts.data[act]}")
    requirement = training.text("board_requirement", needed=True)
    if requirement not in reader.requirements:
        training.wrong("board_requirement", f"there is no {requirement}")
    return Isms(
        scale, _classification(reader, scales.nested("classification")), _deviations(reader), _risks(reader, scale),
        _circumstances(reader), _policies(reader), _agenda(reader), _groups(reader, training), _phases(reader, cycle),
        _steps(reader, start), start.text("source", needed=True), start.both("uncertain"), requirement, dict(facts.data),
    )  # fmt: skip


def _levels(reader: _Reader, fields: Fields, key: str) -> tuple[Level, ...]:
    rows = reader.each(fields, key, "name meaning", named=False)
    found = tuple(
        Level(n, row.both("name", needed=True), row.both("meaning", needed=True)) for n, row in enumerate(rows, start=1)
    )
    if not found:
        fields.wrong(key, f"{key} has no levels")
    return found


def _scale(reader: _Reader, fields: Fields) -> Scale:
    fields.only(["source", "uncertain", "likelihood", "impact", "areas", "bands", "matrix"])
    impact = _levels(reader, fields, "impact")
    areas = tuple(_area(row, len(impact)) for row in reader.each(fields, "areas", "id name uncertain levels"))
    bands = tuple(
        Band(
            row.text("id"), rank, row.both("name", needed=True), _span(row, "act_within"),
            reader.names(row, "accepted_by", frozenset(RoleName)), _span(row, "at_most"),
        )
        for rank, row in enumerate(reader.each(fields, "bands", "id name act_within accepted_by at_most"), start=1)
    )  # fmt: skip
    scale = Scale(
        _levels(reader, fields, "likelihood"), impact, areas, bands, _matrix(fields), fields.text("source", needed=True),
        fields.both("uncertain"),
    )  # fmt: skip
    _check_matrix(fields, scale)
    return scale


def _area(row: Fields, count: int) -> Area:
    listed = row.data.get("levels")
    levels = tuple(row.languages("levels", each) for each in listed) if isinstance(listed, list) else ()
    if len(levels) != count:
        row.wrong("levels", f"levels must be {count}, one for each level of impact")
    return Area(row.text("id"), row.both("name", needed=True), row.both("uncertain"), levels)


def _matrix(fields: Fields) -> tuple[tuple[str, ...], ...]:
    rows = fields.data.get("matrix")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        fields.wrong("matrix", "matrix must be rows of bands")
        return ()
    return tuple(tuple(str(cell) for cell in row) for row in rows)


def _check_matrix(fields: Fields, scale: Scale) -> None:
    """Every cell has a band, and more likelihood or impact never makes a risk smaller."""
    ranks = {band.id: band.rank for band in scale.bands}
    wide, high = len(scale.impact), len(scale.likelihood)
    if len(scale.matrix) != high or any(len(row) != wide for row in scale.matrix):
        fields.wrong("matrix", f"matrix must have {high} rows of {wide}")
        return
    if unknown := {cell for row in scale.matrix for cell in row} - ranks.keys():
        fields.wrong("matrix", f"unknown bands {', '.join(sorted(unknown))}")
        return
    grid = [[ranks[cell] for cell in row] for row in scale.matrix]
    falls = any(a > b for row in grid for a, b in pairwise(row))
    if falls or any(a > b for up, down in pairwise(grid) for a, b in zip(up, down, strict=True)):
        fields.wrong("matrix", "more likelihood or impact makes a risk smaller somewhere")


def _classification(reader: _Reader, fields: Fields) -> Classification:
    fields.only(["source", "uncertain", "within", "critical_from", "aspects"])
    aspects = tuple(
        Aspect(
            row.text("id"), row.both("name", needed=True), row.both("question", needed=True),
            _levels(reader, row, "levels"),
        )
        for row in reader.each(fields, "aspects", "id name question levels")
    )  # fmt: skip
    if [each.id for each in aspects] != ["availability", "integrity", "confidentiality"]:
        fields.wrong("aspects", "aspects are availability, integrity and confidentiality, in this order")
    critical = fields.data.get("critical_from")
    if not isinstance(critical, int) or isinstance(critical, bool):
        fields.wrong("critical_from", "critical_from must be a level")
        critical = 1
    return Classification(
        aspects, critical, _span(fields, "within"), fields.text("source", needed=True), fields.both("uncertain")
    )


def _deviations(reader: _Reader) -> tuple[DeviationRule, ...]:
    keys, fields = "id match allowed unless_measured at_most text source uncertain", reader.file("acceptance.yaml")
    rules = tuple(
        DeviationRule(
            row.text("id"), row.words("match"), row.flag("allowed", False), row.duration("at_most"),
            row.text("unless_measured"), row.both("text", needed=True), row.text("source", needed=True),
            row.both("uncertain"),
        )
        for row in reader.each(fields, "rules", keys)
    )  # fmt: skip
    for name in sorted(reader.requirements):
        rule = rule_for(rules, name)
        if rule is None or not rule.allowed or name in reader.excepted:
            continue
        if not (rule.unless_measured and measures_of(name, reader.requirements, rule.unless_measured)):
            fields.wrong("rules", f"{rule.id} lets {name} go unfollowed, and its criterion names no exception")
    return rules


def _by_id(found: Iterator[Any]) -> Mapping[str, Any]:
    return {each.id: each for each in found}


def _risks(reader: _Reader, scale: Scale) -> Mapping[str, KnownRisk]:
    areas = frozenset(area.id for area in scale.areas)
    keys = "id title cause consequence areas requirements kinds"
    return _by_id(
        KnownRisk(
            row.text("id"), row.both("title", needed=True), row.both("cause", needed=True),
            row.both("consequence", needed=True), reader.names(row, "areas", areas),
            reader.names(row, "requirements", reader.requirements), row.words("kinds"),
        )
        for row in reader.each(reader.file("risks.yaml"), "risks", keys)
    )  # fmt: skip


def _circumstances(reader: _Reader) -> Mapping[str, Circumstance]:
    return _by_id(
        Circumstance(
            row.text("id"), row.one_of("kind", CIRCUMSTANCES, "internal"), row.both("title", needed=True),
            row.both("text", needed=True), row.text("source"), row.both("uncertain"),
        )
        for row in reader.each(reader.file("context.yaml"), "circumstances", "id kind title text source uncertain")
    )  # fmt: skip


def _policies(reader: _Reader) -> Mapping[str, PolicyTemplate]:
    keys = "id within title text requirements adopted reviewed source uncertain"
    return _by_id(
        PolicyTemplate(
            row.text("id"), row.both("title", needed=True), row.both("text", needed=True),
            reader.names(row, "requirements", reader.requirements), _span(row, "within"),
            reader.names(row, "adopted", reader.fact_types), reader.names(row, "reviewed", reader.fact_types),
            row.text("source", needed=True), row.both("uncertain"),
        )
        for row in reader.each(reader.file("policies.yaml"), "policies", keys)
    )  # fmt: skip


def _agenda(reader: _Reader) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(row.text("id"), row.both("title", needed=True), row.both("text", needed=True), row.text("figure"))
        for row in reader.each(reader.file("review.yaml"), "agenda", "id figure title text")
    )


def _groups(reader: _Reader, fields: Fields) -> Mapping[str, Group]:
    found = []
    for row in reader.each(fields, "groups", "id within fact name text source"):
        if (fact := row.text("fact")) and fact not in reader.fact_types:
            row.wrong("fact", f"there is no fact type {fact}")
        found.append(
            Group(
                row.text("id"), row.both("name", needed=True), row.both("text", needed=True), fact,
                row.duration("within"), row.text("source", needed=True),
            )
        )  # fmt: skip
    return _by_id(iter(found))


def _phases(reader: _Reader, fields: Fields) -> tuple[Phase, ...]:
    return tuple(
        Phase(
            row.text("id"), row.both("name", needed=True), row.both("text", needed=True),
            reader.names(row, "requirements", reader.requirements),
        )
        for row in reader.each(fields, "phases", "id name text requirements")
    )  # fmt: skip


def _steps(reader: _Reader, fields: Fields) -> tuple[Step, ...]:
    part: Callable[[Fields], Part] = lambda row: Part(  # noqa: E731 - one short form, used once
        row.text("id"), row.both("title", needed=True), row.both("why", needed=True),
        reader.names(row, "requirements", reader.requirements), row.one_of("page", PAGES, ""),
    )  # fmt: skip
    return tuple(
        Step(
            row.text("id"), row.both("title", needed=True), row.both("text", needed=True),
            tuple(part(inner) for inner in reader.each(row, "parts", "id page title why requirements")),
        )
        for row in reader.each(fields, "steps", "id title text parts")
    )  # fmt: skip
