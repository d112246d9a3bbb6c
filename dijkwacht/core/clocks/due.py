"""When a term ends, with every step that made it so. Reckoned on the clocks of the calendar's zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dijkwacht.core.clocks.calendar import Calendar
from dijkwacht.core.clocks.moments import on_the_clock, there
from dijkwacht.core.clocks.rules import Rule, Term
from dijkwacht.core.days import Duration, add

_LAST_SECOND = time(23, 59, 59)
_NO_RULES: Mapping[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning: a code with parameters (days, moments, counts), put in words at the rim."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a body: how many seats are filled, and how many were there by the attendance list."""

    at: datetime
    seats: int
    present: int

    @property
    def has_quorum(self) -> bool:
        """Whether more than half of those in office were there."""
        return 2 * self.present > self.seats


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a term. ``due`` is None when it has none (yet); then a step says why.

    ``applies``: False when there is no duty; None when that is not known. ``target``: where to aim when free days moved the end.
    ``unsure``: codes of what is not certain about the moment itself.
    """

    rule: Rule
    start: datetime
    due: datetime | None
    applies: bool | None = True
    target: datetime | None = None
    steps: tuple[Step, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reckoning:
    """What is being worked out."""

    rule: Rule
    start: datetime
    calendar: Calendar
    steps: list[Step] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    target: datetime | None = None

    def step(self, code: str, **params: Any) -> None:
        self.steps.append(Step(code, params))


def due(
    rule: Rule,
    start: datetime,
    *,
    calendar: Calendar,
    rules: Mapping[str, Rule] = _NO_RULES,
    designated: datetime | None = None,
    meetings: Iterable[Meeting] = (),
    given: datetime | None = None,
) -> Due:
    """The end of this term when it starts at that moment.

    ``rules``: the others, for one that counts only from the end of another; ``designated``: from when that one is reckoned;
    ``meetings``: for a rule that ends with a meeting; ``given``: the term that was set by whoever asked. Raises ValueError for a
    moment without a zone and for an end past the last day of the calendar (31 December 9999).
    """
    work = _Reckoning(rule, there(start, calendar.zone), calendar)
    try:
        applies = _applies(work, rules, designated)
        end = None if applies is False else _end(work, tuple(meetings), given)
    except OverflowError:
        raise ValueError(f"{rule.id}: the term ends past the last day of the calendar") from None
    return Due(rule, work.start, end, applies, work.target, tuple(work.steps), tuple(work.unsure))


def _applies(work: _Reckoning, rules: Mapping[str, Rule], designated: datetime | None) -> bool | None:
    rule = work.rule
    if not rule.holds_on(work.start.date()):
        work.step("not_in_force", valid_from=rule.valid_from, valid_to=rule.valid_to)
        return False
    if rule.applies_from is None:
        return True
    if designated is None:
        work.step("designation_unknown", clock=rule.applies_from)
        return None
    first = due(rules[rule.applies_from], designated, calendar=work.calendar).due
    if first is None:
        work.step("designation_not_in_force", clock=rule.applies_from)
        return False
    if work.start < first:
        work.step("not_yet", since=first, clock=rule.applies_from)
        return False
    work.step("since", since=first, clock=rule.applies_from)
    return True


def _end(work: _Reckoning, meetings: tuple[Meeting, ...], given: datetime | None) -> datetime | None:
    rule, found = work.rule, None
    if rule.at_once:
        work.step("at_once" if rule.term else "at_once_no_end")
    if rule.method == "none":
        found = _asked(work, given)
    elif rule.method == "event":
        found = _meeting(work, meetings)
    elif rule.term is not None and rule.method == "elapsed":
        found = _elapsed(work, rule.term)
    elif rule.term is not None:
        found = _calendar(work, rule.term)
    if rule.soft:
        work.step("as_far_as_possible")
    return found


def _asked(work: _Reckoning, given: datetime | None) -> datetime | None:
    if given is not None and work.rule.by_request:
        work.step("set_by_request")
        return there(given, work.calendar.zone)
    if work.rule.by_request:
        work.step("on_request")
    work.step("counts_up")
    return None


def _meeting(work: _Reckoning, meetings: tuple[Meeting, ...]) -> datetime | None:
    for each in sorted(meetings, key=lambda each: each.at):
        if each.at < work.start:
            continue
        if each.has_quorum:
            work.step("meeting_counts", at=each.at, present=each.present, seats=each.seats)
            return there(each.at, work.calendar.zone)
        work.step("meeting_too_small", at=each.at, present=each.present, seats=each.seats)
    work.step("waits_for_meeting")
    return None


def _elapsed(work: _Reckoning, term: Term) -> datetime:
    """Real hours and minutes: reckoned in UTC, so that the length never changes with the clocks."""
    end = there(work.start.astimezone(UTC) + term.elapsed, work.calendar.zone)
    work.step("counted_exactly", n=term.n, unit=term.unit)
    free = [day for day in _between(work.start.date(), end.date()) if work.calendar.why_free(day)]
    if free:
        work.step("through_free_days", days=tuple(free), why=tuple(work.calendar.why_free(day) for day in free))
    turned = (end.utcoffset() or timedelta()) - (work.start.utcoffset() or timedelta())
    if turned:
        work.step("clocks_turned", minutes=round(turned.total_seconds() / 60))
    return end


def _between(first: date, last: date) -> Iterable[date]:
    """The days of a term in hours, both ends included; a term of more than a month is not spelled out."""
    return (first + timedelta(days=n) for n in range(min((last - first).days, 31) + 1))


def _calendar(work: _Reckoning, term: Term) -> datetime:
    rule, first = work.rule, work.start.date()
    day = _later(first, term)
    if rule.method != "same_clock_time":
        work.step("start_day_not_counted", day=first)
    work.step("ends_on_day", n=term.n, unit=term.unit, day=day)
    if term.unit in ("months", "years") and day.day != first.day:
        work.step("end_of_month", asked=first.day, day=day)
    end_day = _shifted(work, day) if rule.shifts else day
    if not rule.shifts and work.calendar.why_free(day) and rule.method == "end_of_day":
        work.step("not_shifted", day=day, why=work.calendar.why_free(day))
    if rule.target and (rule.target == "same_clock_time" or end_day != day):
        hour = work.start.timetz().replace(tzinfo=None) if rule.target == "same_clock_time" else _LAST_SECOND
        work.target, _ = on_the_clock(day, hour, work.calendar.zone)
        work.step("aim_for", at=work.target)
    return _at_hour(work, end_day)


def _at_hour(work: _Reckoning, day: date) -> datetime:
    hour = {"end_of_day": _LAST_SECOND, "start_of_day": time(0)}.get(work.rule.method)
    end, odd = on_the_clock(day, hour or work.start.timetz().replace(tzinfo=None), work.calendar.zone)
    if hour is None:
        work.step("same_clock_time")
    if odd:
        work.step(odd, at=end)
    return end


def _later(day: date, term: Term) -> date:
    months = {"months": term.n, "years": 12 * term.n}.get(term.unit, 0)
    days = {"days": term.n, "weeks": 7 * term.n}.get(term.unit, 0)
    end = add(day, Duration(months, days))
    if end == date.max:
        raise OverflowError
    return end


def _shifted(work: _Reckoning, day: date) -> date:
    """The first day from this one on which a term may end; tells of every day that it passes."""
    moved: list[tuple[date, str]] = []
    end = day
    while (why := work.calendar.why_free(end)) is not None:
        moved.append((end, why))
        end += timedelta(days=1)
    if moved:
        work.step("shifted", days=tuple(each for each, _ in moved), why=tuple(why for _, why in moved), to=end)
    if not work.calendar.knows(end):
        work.unsure.append("equated_unknown")
        work.step("equated_unknown", known_until=work.calendar.known_until, known_from=work.calendar.known_from)
    return end
