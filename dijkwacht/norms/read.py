"""The only way to the packs. Those of the house are read once per process, checked, and then handed out per day."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dijkwacht.core.catalog import Catalog, Norms
from dijkwacht.core.checks.facts import FactRule
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.isms import Isms
from dijkwacht.norms.advisory_warning import advisory_problems
from dijkwacht.norms.clocks import FOLDER as CLOCKS
from dijkwacht.norms.clocks import Clocks, read_clocks
from dijkwacht.norms.covenant import covenant_problems
from dijkwacht.norms.crime_first_hour import first_hour_problems
from dijkwacht.norms.crime_packs import crime_problems
from dijkwacht.norms.crisis import crisis_problems
from dijkwacht.norms.incidents import FOLDER as INCIDENTS
from dijkwacht.norms.incidents import Incidents, read_incidents
from dijkwacht.norms.isms import FOLDER as ISMS
from dijkwacht.norms.isms import read_isms
from dijkwacht.norms.landscape import landscape_problems
from dijkwacht.norms.packs import Packs, Version, read_folder, read_packs
from dijkwacht.norms.perimeter import FOLDER as PERIMETER
from dijkwacht.norms.perimeter import Perimeter, read_perimeter
from dijkwacht.norms.perimeter_consent import ConsentTexts, read_consent_texts
from dijkwacht.norms.perimeter_facts import read_fact_rules
from dijkwacht.norms.powers import power_problems
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.scenarios import scenario_problems
from dijkwacht.norms.statistics import Statistics, statistics
from dijkwacht.norms.suppliers import supplier_problems
from dijkwacht.norms.suppliers_collective import collective_problems
from dijkwacht.norms.suppliers_questions import question_problems
from dijkwacht.norms.suppliers_requirements import names_of, requirement_problems
from dijkwacht.norms.year import benchmark, calendar, help_offers, municipal_shapes

__all__ = [
    "Clocks", "Incidents", "PackErrors", "Problem", "Report", "benchmark", "calendar", "check", "clocks", "consent_texts",
    "ensia_lines", "fact_rules", "help_offers", "incidents", "isms_on", "municipal_shapes", "municipalities",
    "norms_on", "policy_on", "read_norms", "read_pack",
    "versions",
]  # fmt: skip

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the packs found. Without errors: the statistics of the newest version of each catalog."""

    errors: list[Problem]
    statistics: Statistics | None


def read_norms(root: Path | None = None, *, on: date | None = None) -> Norms:
    """All packs in force ``on`` that day; without a day the newest version of each. Raises PackErrors."""
    packs = _sound(root or ROOT)
    return packs.norms(_newest(packs) if on is None else packs.on(on))


def norms_on(day: date) -> Norms:
    """The packs of the house in force on a day. The same object for every day with the same versions."""
    return _norms(tuple((each.catalog.id, each.catalog.version) for each in _packs().on(day)))


def versions() -> tuple[Catalog, ...]:
    """Every version of every norm in the packs of the house: past, in force, and to come."""
    return tuple(each.catalog for each in _packs().versions)


def read_pack(folder: Path) -> Norms:
    """One pack of plain files: ``facts.yaml``, a list of fact types, and ``criteria.yaml``, requirement to criterion.

    Only what the engine needs is required. Raises PackErrors.
    """
    return read_folder(folder)


def check(root: Path | None = None) -> Report:
    """Everything that is wrong with the packs, each with its file and line, and their statistics."""
    try:
        packs = read_packs(root or ROOT)
    except PackErrors as error:
        return Report(error.problems, None)
    folder = root or ROOT
    problems = packs.problems or [
        *_isms_problems(folder, packs), *_perimeter_problems(folder, packs), *_incident_problems(folder),
        *advisory_problems(folder), *supplier_problems(folder), *_asking_problems(folder, packs),
        *_beyond_problems(folder),
    ]  # fmt: skip
    return Report(problems, None if problems else statistics(packs.norms(_newest(packs))))


def ensia_lines() -> tuple[Mapping[str, Any], ...]:
    """Every line of account in ENSIA that public sources name.

    Each has texts in nl and en, ``status`` (in_pack, incomplete, not_in_pack), the ``account`` that holds it, what is
    still ``to_verify``, what to do ``instead``, and its source.
    """
    return _packs().ensia_lines


def isms_on(day: date) -> Isms:
    """What the packs of the house say about running a management system: scales, rules, templates and steps."""
    del day  # one version so far; a rule that changes by law comes in as another folder
    return _isms()


@lru_cache(maxsize=16)
def policy_on(day: date) -> Policy:
    """What a measurement of the outside is held against on a day: editions, limits, lists and the weight of each check."""
    return _perimeter().policy_on(day)


@lru_cache(maxsize=1)
def fact_rules() -> tuple[FactRule, ...]:
    """Which checks of the outside answer which question of the ledger."""
    return _fact_rules(ROOT, _packs())


@lru_cache(maxsize=1)
def consent_texts() -> ConsentTexts:
    """The texts that are agreed to when the outside is measured."""
    return read_consent_texts(ROOT)


@lru_cache(maxsize=1)
def clocks() -> Clocks:
    """The legal clocks: rules, the calendar of free days, warnings, and words for their codes."""
    return read_clocks(ROOT)


@lru_cache(maxsize=1)
def incidents() -> Incidents:
    """Of an incident: when it is significant, who receives a report, which form, which kinds there are."""
    return read_incidents(ROOT, clocks=clocks().rules)


def municipalities() -> tuple[dict[str, str], ...]:
    """The 342 municipalities of 1 January 2026: cbs_code, name, province, vr_code, veiligheidsregio, inhabitants …"""
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _sound(root: Path) -> Packs:
    packs = read_packs(root)
    if packs.problems:
        raise PackErrors(packs.problems)
    return packs


@lru_cache(maxsize=1)
def _packs() -> Packs:
    """The packs of the house, read once per process."""
    return _sound(ROOT)


@lru_cache(maxsize=64)
def _norms(names: tuple[tuple[str, str], ...]) -> Norms:
    packs = _packs()
    return packs.norms(tuple(each for each in packs.versions if (each.catalog.id, each.catalog.version) in names))


@lru_cache(maxsize=1)
def _isms() -> Isms:
    """Read with all requirements there are: what it names may belong to a version that is not in force on that day."""
    packs = _packs()
    return read_isms(ROOT, packs.norms(tuple(packs.versions)))


@lru_cache(maxsize=1)
def _perimeter() -> Perimeter:
    return read_perimeter(ROOT)


def _fact_rules(root: Path, packs: Packs) -> tuple[FactRule, ...]:
    types = packs.norms(_newest(packs)).fact_types.values()
    measured = [
        each.id for each in types if (each.measured_by or "").startswith("perimeter:") and each.value == "yes_no"
    ]
    return read_fact_rules(root, checks=read_perimeter(root).rules, facts=measured)


def _perimeter_problems(root: Path, packs: Packs) -> list[Problem]:
    if not (root / PERIMETER).is_dir():
        return []
    try:
        read_perimeter(root)
        read_consent_texts(root)
        _fact_rules(root, packs)
    except PackErrors as error:
        return error.problems
    return []


def _incident_problems(root: Path) -> list[Problem]:
    try:
        rules = read_clocks(root).rules if (root / CLOCKS).is_dir() else {}
        if (root / INCIDENTS).is_dir():
            read_incidents(root, clocks=rules)
    except PackErrors as error:
        return error.problems
    return []


def _asking_problems(root: Path, packs: Packs) -> list[Problem]:
    """What is wrong with what suppliers are asked, and with what is done together."""
    names = names_of(packs.norms(tuple(packs.versions)))
    return [*requirement_problems(root, names), *question_problems(root, names), *collective_problems(root, names)]


def _beyond_problems(root: Path) -> list[Problem]:
    """What is wrong with the packs about what lies beyond the own walls."""
    try:
        rules = read_clocks(root).rules if (root / CLOCKS).is_dir() else {}
    except PackErrors:  # told with the incidents
        return []
    return [
        *power_problems(root, clocks=rules), *scenario_problems(root), *crisis_problems(root), *covenant_problems(root),
        *landscape_problems(root), *crime_problems(root), *first_hour_problems(root),
    ]  # fmt: skip


def _isms_problems(root: Path, packs: Packs) -> list[Problem]:
    if not (root / ISMS).is_dir():
        return []
    try:
        read_isms(root, packs.norms(tuple(packs.versions)))
    except PackErrors as error:
        return error.problems
    return []


def _newest(packs: Packs) -> tuple[Version, ...]:
    newest = {each.catalog.id: each for each in sorted(packs.versions, key=lambda each: each.catalog.valid_from)}
    return tuple(each for each in packs.versions if newest[each.catalog.id] is each)
