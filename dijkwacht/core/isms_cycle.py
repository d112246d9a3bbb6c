"""Where a management system stands: its phases, the steps of a start, and what is due. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dijkwacht.core.criteria import All, Due, Node
from dijkwacht.core.days import Duration, add
from dijkwacht.core.isms import Part, Phase, Step
from dijkwacht.core.verdict import Status

Statuses = Mapping[str, Sequence[Status]]  # per requirement the verdicts of its lines
GOOD = (Status.MET, Status.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many lines are in order, of how many."""

    good: int
    lines: int

    @property
    def done(self) -> bool:
        """Whether all are; nothing to do is not done."""
        return self.lines > 0 and self.good == self.lines

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.good + other.good, self.lines + other.lines)


def progress(names: Iterable[str], statuses: Statuses) -> Progress:
    """The lines of these requirements."""
    found = [status for name in names for status in statuses.get(name, ())]
    return Progress(sum(status in GOOD for status in found), len(found))


@dataclass(frozen=True, slots=True)
class Standing:
    """A phase with its lines. ``next``: the first requirement that is not in order, empty when all are."""

    phase: Phase
    progress: Progress
    next: str


def phases(found: Iterable[Phase], statuses: Statuses) -> tuple[Standing, ...]:
    """The phases in their order."""
    return tuple(Standing(each, progress(each.requirements, statuses), _first(each, statuses)) for each in found)


def current(standings: Sequence[Standing]) -> Standing | None:
    """The phase to work on: the first that is not done; None when the whole cycle is in order."""
    return next((each for each in standings if not each.progress.done), None)


def _first(of: Phase | Part, statuses: Statuses) -> str:
    return next((name for name in of.requirements if not progress([name], statuses).done and name in statuses), "")


@dataclass(frozen=True, slots=True)
class PartState:
    """A part of a step with its lines, and the first requirement of it that is not in order."""

    part: Part
    progress: Progress
    next: str


@dataclass(frozen=True, slots=True)
class StepState:
    """A step with its parts. ``next``: the first part that is not done; None when all are."""

    step: Step
    parts: tuple[PartState, ...]
    progress: Progress

    @property
    def next(self) -> PartState | None:
        """What to do next in this step."""
        return next((each for each in self.parts if not each.progress.done), None)


def steps(found: Iterable[Step], statuses: Statuses) -> tuple[StepState, ...]:
    """The steps in their order."""
    states = []
    for step in found:
        parts = tuple(
            PartState(each, progress(each.requirements, statuses), _first(each, statuses)) for each in step.parts
        )
        states.append(StepState(step, parts, sum((each.progress for each in parts), Progress(0, 0))))
    return tuple(states)


class Pressing(StrEnum):
    """How a term stands on a day."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    LATER = "later"
    NO_TERM = "no_term"


SOON_DAYS = 30


def pressing(due: date | None, *, done: bool, on: date) -> Pressing:
    """How a term stands: what is due today is not late yet."""
    if done:
        return Pressing.DONE
    if due is None:
        return Pressing.NO_TERM
    if due < on:
        return Pressing.LATE
    return Pressing.SOON if (due - on).days <= SOON_DAYS else Pressing.LATER


def review_due(adopted: date | None, reviewed: date | None, *, within: Duration) -> date | None:
    """The last day on which a policy must be looked at again; None for one that was never adopted."""
    last = max((day for day in (adopted, reviewed) if day is not None), default=None)
    return None if last is None else add(last, within)


def term_end(applies_if: Node | None, days: Mapping[str, date]) -> date | None:
    """The day on which a requirement with terms begins to hold: the latest of its terms, as far as their start is known.

    ``days``: date facts by fact type. A board member appointed before the law came into force has till the term of the
    law; one appointed later till the term after the appointment. None: no start is known.
    """
    ends = [add(days[each.fact], each.plus) for each in _terms(applies_if) if each.fact in days]
    return max(ends, default=None)


def _terms(node: Node | None) -> Iterable[Due]:
    if isinstance(node, Due):
        yield node
    elif isinstance(node, All):
        for part in node.parts:
            yield from _terms(part)
