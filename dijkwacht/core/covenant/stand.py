"""How far what was agreed has come: from needs, from what runs, and from days. Nothing is met because somebody hopes so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dijkwacht.core.covenant.needs import OPEN, Status
from dijkwacht.core.covenant.shapes import Agreed

SOON = timedelta(days=90)
"""So long before the end of something that runs its readers are warned: a budget round of a municipality."""


class Course(StrEnum):
    """Where something that runs is on a day."""

    PLANNED = "planned"
    RUNNING = "running"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    DONE = "done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Running:
    """An initiative. ``ends``: the last day, if known; ``done``: whoever keeps it said that it was finished; ``known``: whether
    a source tells that it runs at all."""

    key: str
    started: date | None = None
    ends: date | None = None
    done: bool = False
    known: bool = True


def course(each: Running, *, on: date) -> Course:
    """Where it is on a day. Past its last day and not said to be finished is lapsed: that is what deserves a warning.

    What was only announced (not ``known``) is unknown until its last day: that it would come does not say that it runs.
    """
    if each.done:
        return Course.DONE
    if each.started is not None and each.started > on:
        return Course.PLANNED
    if each.ends is not None and (each.known or each.ends < on):
        return Course.LAPSED if each.ends < on else Course.LAPSING if each.ends <= on + SOON else Course.RUNNING
    return Course.RUNNING if each.known else Course.UNKNOWN


class Come(StrEnum):
    """How far something agreed has come."""

    MET = "met"
    RUNNING = "running"
    LATE = "late"
    STILL = "still"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """How far, and why: codes with the keys of what they are about."""

    come: Come
    reasons: tuple[tuple[str, tuple[str, ...]], ...]


def come_of(agreed: Agreed, *, needs: Mapping[str, Status], running: Mapping[str, Course], on: date) -> Judged:
    """How far something agreed has come.

    Met: all needs it serves are met, or, where it serves none, all that should bring it is done. Late: its day is past and it
    is not met. Running: something that brings it runs. Still: all that should bring it lapsed. Unknown: none of this is known.
    """
    its_needs = {key: needs.get(key, Status.RAISED) for key in agreed.needs}
    its = {key: running.get(key, Course.UNKNOWN) for key in agreed.initiatives}
    reasons = (*_of_needs(its_needs), *_of_running(its))
    met = all(each is Status.MET for each in its_needs.values()) if its_needs else False
    if not its_needs and its:
        met = all(each is Course.DONE for each in its.values())
    if met:
        return Judged(Come.MET, reasons)
    if agreed.due is not None and agreed.due < on:
        return Judged(Come.LATE, (("past_due", (agreed.due.isoformat(),)), *reasons))
    goes = any(each in (Course.RUNNING, Course.LAPSING) for each in its.values())
    if goes or any(each is Status.RUNNING for each in its_needs.values()):
        return Judged(Come.RUNNING, reasons)
    if its and all(each in (Course.LAPSED, Course.DONE) for each in its.values()):
        return Judged(Come.STILL, reasons)
    return Judged(Come.UNKNOWN, reasons or (("nothing_found", ()),))


def _of_needs(needs: Mapping[str, Status]) -> list[tuple[str, tuple[str, ...]]]:
    told = (
        ("needs_met", [key for key, each in needs.items() if each is Status.MET]),
        ("needs_open", [key for key, each in needs.items() if each in OPEN]),
        ("needs_dropped", [key for key, each in needs.items() if each is Status.DROPPED]),
    )
    return [(code, tuple(keys)) for code, keys in told if keys]


def _of_running(running: Mapping[str, Course]) -> list[tuple[str, tuple[str, ...]]]:
    found = [(f"initiative_{course}", [key for key, each in running.items() if each is course]) for course in Course]
    return [(code, tuple(keys)) for code, keys in found if keys]


@dataclass(frozen=True, slots=True)
class Standing:
    """One system challenge: its needs by status, what runs by course, what was agreed by how far it came, open gaps."""

    challenge: str
    needs: Mapping[Status, int]
    running: Mapping[Course, int]
    agreed: Mapping[Come, int]
    gaps: int


def standing(
    challenge: str, *, needs: Iterable[Status], running: Iterable[Course], agreed: Iterable[Come], gaps: int
) -> Standing:
    """The stand of one challenge. Counts only: no share and no grade follows from them."""
    return Standing(challenge, Counter(needs), Counter(running), Counter(agreed), gaps)
