"""Weighing risks, and what may be accepted or deviated from. Pure; scales and rules come from ``norms/isms``.

A government measure cannot be put aside by accepting a risk: it can only be inapplicable. What remains of a risk when such a
measure is in place may be accepted, for a time, by whoever has the mandate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase

from dijkwacht.core.catalog import Norms
from dijkwacht.core.criteria import WherePossible, walk
from dijkwacht.core.days import add
from dijkwacht.core.isms import Band, DeviationRule, Scale
from dijkwacht.core.verdict import Status


@dataclass(frozen=True, slots=True)
class Weight:
    """A risk weighed: ``areas`` are those that decide the impact."""

    likelihood: int
    impact: int
    areas: tuple[str, ...]
    band: Band


def weigh(scale: Scale, likelihood: int, impacts: Mapping[str, int]) -> Weight:
    """The worst area counts: damage of different kinds is not averaged. Raises ValueError outside the scale."""
    known = {area.id for area in scale.areas}
    if not impacts or not set(impacts) <= known:
        raise ValueError(f"not the areas of the scale: {sorted(impacts)}")
    if not 1 <= likelihood <= len(scale.likelihood) or not all(1 <= n <= len(scale.impact) for n in impacts.values()):
        raise ValueError("not a level of the scale")
    impact = max(impacts.values())
    areas = tuple(area.id for area in scale.areas if impacts.get(area.id) == impact)
    return Weight(likelihood, impact, areas, band_at(scale, likelihood, impact))


def band_at(scale: Scale, likelihood: int, impact: int) -> Band:
    """The band of one cell of the matrix."""
    wanted = scale.matrix[likelihood - 1][impact - 1]
    return next(band for band in scale.bands if band.id == wanted)


class Refusal(StrEnum):
    """Why a risk cannot be accepted, or a requirement not deviated from."""

    GOVERNMENT_MEASURE = "government_measure"  # a measure that risk acceptance cannot put aside is not in place
    NOT_WEIGHED = "not_weighed"
    NO_MANDATE = "no_mandate"
    NO_END = "no_end"
    PAST_END = "past_end"
    TOO_LONG = "too_long"
    RULE = "rule"  # the rule for this requirement does not allow it
    NO_ANALYSIS = "no_analysis"


@dataclass(frozen=True, slots=True)
class No:
    """One refusal. ``requirements``: which ones stand in the way; ``rule``: the rule that says so; ``until``: at most."""

    code: Refusal
    requirements: tuple[str, ...] = ()
    rule: DeviationRule | None = None
    until: date | None = None


def rule_for(rules: Iterable[DeviationRule], requirement: str) -> DeviationRule | None:
    """The first rule that is about this requirement. In a pattern ``#`` is a digit and ``*`` anything."""
    for rule in rules:
        if any(fnmatchcase(requirement, pattern.replace("#", "[0-9]")) for pattern in rule.match):
            return rule
    return None


def measures_of(control: str, requirements: Iterable[str], norm: str) -> tuple[str, ...]:
    """The measures of a norm under a control: ``bio2:5.01.02`` belongs to ``iso27002:5.1``."""
    wanted = tuple(control.partition(":")[2].split("."))
    found = []
    for name in requirements:
        catalog, _, number = name.partition(":")
        parts = number.split(".")
        if catalog == norm and len(parts) == 3 and tuple(part.lstrip("0") for part in parts[:2]) == wanted:
            found.append(name)
    return tuple(found)


def exception_type(norms: Norms, requirement: str) -> str | None:
    """The fact type that holds the exception of the organisation from a requirement; None when its criterion names none."""
    rule = norms.requirements.get(requirement)
    for node in walk(rule.met_if) if rule else ():
        if isinstance(node, WherePossible) and norms.fact_types[node.exception].subject == "organisation":
            return node.exception
    return None


def unacceptable(rules: Iterable[DeviationRule], statuses: Mapping[str, Iterable[Status]]) -> tuple[No, ...]:
    """The requirements of a risk that no acceptance can put aside and that are not in place, per rule that says so.

    ``statuses``: per requirement the verdicts of its lines. What is met or does not apply stands in nobody's way.
    """
    rules, missing = tuple(rules), dict[str, list[str]]()
    for name, found in statuses.items():
        rule = rule_for(rules, name)
        if rule is None or rule.allowed:
            continue
        if not all(status in (Status.MET, Status.NOT_APPLICABLE) for status in found):
            missing.setdefault(rule.id, []).append(name)
    return tuple(No(Refusal.GOVERNMENT_MEASURE, tuple(missing[rule.id]), rule) for rule in rules if rule.id in missing)


def accept(
    rules: Iterable[DeviationRule],
    weight: Weight | None,
    *,
    statuses: Mapping[str, Iterable[Status]],
    roles: Iterable[str],
    until: date | None,
    on: date,
) -> tuple[No, ...]:
    """Why this risk cannot be accepted on this day, till that day, by who holds these roles; empty: it can."""
    refused = list(unacceptable(rules, statuses))
    if weight is None:
        return (*refused, No(Refusal.NOT_WEIGHED))
    if not set(roles) & set(weight.band.accepted_by):
        refused.append(No(Refusal.NO_MANDATE))
    return (*refused, *_term(until, on, add(on, weight.band.at_most)))


def deviate(
    rules: Iterable[DeviationRule],
    requirement: str,
    *,
    requirements: Iterable[str],
    weighed: bool,
    until: date | None,
    on: date,
) -> tuple[No, ...]:
    """Why this requirement cannot be deviated from for a time; empty: it can. ``requirements``: all that are in force."""
    rule = rule_for(rules, requirement)
    if rule is None or not rule.allowed:
        return (No(Refusal.RULE, (requirement,), rule),)
    measures = measures_of(requirement, requirements, rule.unless_measured) if rule.unless_measured else ()
    if measures:
        return (No(Refusal.GOVERNMENT_MEASURE, measures, rule),)
    refused = [] if weighed else [No(Refusal.NO_ANALYSIS, (requirement,), rule)]
    latest = add(on, rule.at_most) if rule.at_most else date.max
    return (*refused, *_term(until, on, latest))


def _term(until: date | None, on: date, latest: date) -> tuple[No, ...]:
    if until is None:
        return (No(Refusal.NO_END),)
    if until <= on:
        return (No(Refusal.PAST_END),)
    return (No(Refusal.TOO_LONG, until=latest),) if until > latest else ()


@dataclass(frozen=True, slots=True)
class TooLow:
    """A system that is classified lower, in one aspect, than a process that leans on it."""

    aspect: str
    process: str
    asked: int
    has: int


def too_low(system: Mapping[str, int], processes: Mapping[str, Mapping[str, int]]) -> tuple[TooLow, ...]:
    """Where a system's classification is lower than that of the processes (by key) that lean on it; worst first."""
    found = [
        TooLow(aspect, process, asked, system[aspect])
        for process, levels in processes.items()
        for aspect, asked in levels.items()
        if aspect in system and asked > system[aspect]
    ]
    return tuple(sorted(found, key=lambda each: (each.has - each.asked, each.aspect, each.process)))
