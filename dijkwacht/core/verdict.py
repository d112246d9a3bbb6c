"""Verdicts: status, assurance, reasons, and the day on which time alone changes them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from dijkwacht.core.catalog import Demand, Requirement
from dijkwacht.core.facts import Assurance, Shows


class Status(StrEnum):
    """The five verdicts."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


STATUSES = tuple(Status)
SETTLED = (Status.MET, Status.PARTLY, Status.NOT_MET, Status.NOT_APPLICABLE)


class Reason(NamedTuple):
    """One reason of a verdict: a code with the fact it is about. Words are added at the rim."""

    code: str
    fact_type: str | None = None
    fact_id: str | None = None
    subject: str | None = None
    requirement: str | None = None
    value: Any = None
    since: date | None = None
    said_by: str = ""
    assurance: Assurance | None = None
    params: Mapping[str, Any] = MappingProxyType({})


class Verdict(NamedTuple):
    """The judgement of one requirement for one subject. ``stale_at`` None: time alone never changes it."""

    requirement: str
    subject: str
    status: Status
    assurance: Assurance | None
    shown: Shows | None
    reasons: tuple[Reason, ...]
    stale_at: date | None


def under_demand(verdict: Verdict, *, requirement: Requirement, demand: Demand) -> Verdict:
    """The verdict as an addressee takes it: *met* with too little assurance, or shown too little, is unknown."""
    if verdict.status is not Status.MET:
        return verdict
    missing: list[Reason] = []
    least, level = demand.least_assurance, demand.shows_of(requirement)
    if verdict.assurance is not None and verdict.assurance < least:
        missing.append(_not_shown(verdict, "least_assurance", least.name.lower(), verdict.assurance.name.lower()))
    if verdict.shown is not None and verdict.shown < level:
        missing.append(_not_shown(verdict, "shows", level.name.lower(), verdict.shown.name.lower()))
    if demand.comparable_event and any(reason.code == "nothing_happened" for reason in verdict.reasons):
        missing.append(_not_shown(verdict, "comparable_event", True, "nothing_happened"))
    if not missing:
        return verdict
    return verdict._replace(status=Status.UNKNOWN, assurance=None, reasons=(*missing, *verdict.reasons))


def _not_shown(verdict: Verdict, what: str, asked: str | bool, found: str) -> Reason:
    return Reason("not_shown", requirement=verdict.requirement, params={what: asked, "found": found})
