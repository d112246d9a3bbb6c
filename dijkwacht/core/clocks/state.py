"""How a clock stands at a moment, which warnings come before its end, and when that changes of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from dijkwacht.core.clocks.due import Due
from dijkwacht.core.clocks.moments import on_the_clock
from dijkwacht.core.clocks.rules import Warn

State = Literal[
    "running",
    "warned",
    "due_soon",
    "overdue",
    "done_in_time",
    "done_late",
    "done",
    "open",
    "never",
    "waiting",
    "replaced",
]
STATES: tuple[State, ...] = get_args(State)
"""``running``: no warning yet; ``warned``: one or more; ``due_soon``: the last. ``open``: counts up, has no end.
``done``: done where there was no end to be late for. ``never``: no duty. ``waiting``: comes only if what it hangs on does not
happen; ``replaced``: another came in its place (both from ``follow``)."""
_SECOND, _INSTANT = timedelta(seconds=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning and its moment."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clock stands: ``left`` is until its end (negative: late by), ``since`` is how long it has run.

    ``warned``: the warnings that have passed; ``changes_at``: when this alone, by time, becomes something else.
    """

    state: State
    left: timedelta | None
    since: timedelta
    warned: tuple[Warned, ...]
    changes_at: datetime | None


def warnings(found: Due, ladder: Iterable[Warn]) -> tuple[Warned, ...]:
    """The warnings between start and end, in order; those that would come before the start fall away. No end: none."""
    if found.due is None:
        return ()
    made = (Warned(each.id, _moment(found, found.due, each)) for each in ladder)
    return tuple(sorted((each for each in made if found.start < each.at < found.due), key=lambda each: each.at))


def _moment(found: Due, end: datetime, warn: Warn) -> datetime:
    if warn.share is not None:
        length = _length(found.start, end)
        return _plus(found.start, length * warn.share.numerator // warn.share.denominator)
    if warn.left is not None:
        return _plus(end, -warn.left)
    return on_the_clock(end.date() - timedelta(days=warn.days or 0), warn.at, end.tzinfo or UTC)[0]


def _length(start: datetime, end: datetime) -> timedelta:
    """Time that really passes; a plain difference within one zone would count wall clock time."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def _plus(at: datetime, length: timedelta) -> datetime:
    return (at.astimezone(UTC) + length).astimezone(at.tzinfo)


def _late_from(found: Due, end: datetime) -> datetime:
    """The first moment that is too late. A term in days ends with its last second, and that one counts in full."""
    return _plus(end, _SECOND if found.rule.method == "end_of_day" else _INSTANT)


def standing(found: Due, *, at: datetime, ladder: Sequence[Warn] = (), done: datetime | None = None) -> Standing:
    """How this clock stands at a moment. ``done``: when it was done, which counts only from then on."""
    since = _length(found.start, done if done is not None and done <= at else at)
    if found.applies is False:
        return Standing("never", None, since, (), None)
    if done is not None and done <= at:
        return Standing(_done(found, done), None if found.due is None else _length(done, found.due), since, (), None)
    if found.due is None:
        return Standing("open", None, since, (), None)
    ahead = warnings(found, ladder)
    passed = tuple(each for each in ahead if each.at <= at)
    late_at = _late_from(found, found.due)
    if at >= late_at:
        return Standing("overdue", _length(at, found.due), since, passed, None)
    state: State = "running" if not passed else "due_soon" if len(passed) == len(ahead) else "warned"
    coming = next((each.at for each in ahead if each.at > at), late_at)
    return Standing(state, _length(at, found.due), since, passed, coming)


def _done(found: Due, done: datetime) -> State:
    if found.due is None:
        return "done"
    return "done_in_time" if done < _late_from(found, found.due) else "done_late"


def next_change(
    found: Due, *, at: datetime, ladder: Sequence[Warn] = (), done: datetime | None = None
) -> datetime | None:
    """When time alone changes how this clock stands: a warning, or the end. None when it never will."""
    return standing(found, at=at, ladder=ladder, done=done).changes_at
