"""Which clocks a row of events sets going, and how each stands: one starts another, one takes the place of another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dijkwacht.core.clocks.calendar import Calendar
from dijkwacht.core.clocks.due import Due, Meeting, Step, due
from dijkwacht.core.clocks.rules import Rule, Warn
from dijkwacht.core.clocks.state import Standing, State, standing

_STANDS: Mapping[str, tuple[State, ...]] = {
    "never": ("never",), "replaced": ("never", "done_in_time"), "waiting": ("never", "done_in_time", "done_late"),
}  # fmt: skip
"""What stays so when a clock hangs on another: a duty that never came was not kept, nor is what took its place ever late."""
_NO_WARNINGS: Mapping[str, tuple[Warn, ...]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``key`` tells apart what happens more than once (a request); ``given``: the term with it."""

    code: str
    at: datetime
    key: str = ""
    given: datetime | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that an event set going: its end, when it was done, and how it stands."""

    rule: Rule
    key: str
    due: Due
    done: datetime | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Scene:
    rules: Mapping[str, Rule]
    events: tuple[Event, ...]
    calendar: Calendar
    at: datetime
    warn: Mapping[str, tuple[Warn, ...]]
    designated: datetime | None
    meetings: tuple[Meeting, ...]

    def first(self, codes: Sequence[str], *, key: str, since: datetime | None = None) -> datetime | None:
        """When one of these first happened (from a moment on); an event without a key is of all."""
        found = (
            e.at for e in self.events if e.code in codes and e.key in (key, "") and (since is None or since <= e.at)
        )
        return min(found, default=None)


def running(
    rules: Mapping[str, Rule],
    events: Iterable[Event],
    *,
    calendar: Calendar,
    at: datetime,
    warn: Mapping[str, tuple[Warn, ...]] = _NO_WARNINGS,
    roles: Iterable[str] = (),
    designated: datetime | None = None,
    meetings: Iterable[Meeting] = (),
) -> tuple[Running, ...]:
    """Every clock that these events set going, in the order of the rules, as it stands at that moment.

    ``warn``: the warnings by their name in a rule; ``roles``: of the organisation, for a rule that is only for some. An event
    that comes after ``at`` is not known yet. Of the same event with the same key the first starts the clock.
    """
    known = tuple(sorted((each for each in events if each.at <= at), key=lambda each: each.at))
    scene = _Scene(rules, known, calendar, at, warn, designated, tuple(meetings))
    own = frozenset(roles)
    found = []
    for rule in rules.values():
        if rule.only_for and own.isdisjoint(rule.only_for):
            continue
        if rule.needs is not None and scene.first((rule.needs,), key="") is None:
            continue
        seen: set[str] = set()
        for event in known:
            if event.code == rule.starts_on and event.key not in seen:
                seen.add(event.key)
                found.append(_clock(scene, rule, event))
    return tuple(found)


def _clock(scene: _Scene, rule: Rule, event: Event) -> Running:
    end = due(
        rule, event.at, calendar=scene.calendar, rules=scene.rules, designated=scene.designated, meetings=scene.meetings,
        given=event.given,
    )  # fmt: skip
    # What can happen more than once is done by what came after it; what happens once may be told out of order.
    done = scene.first(rule.ends_on, key=event.key, since=event.at if event.key else None)
    if rule.method == "event" and end.due is not None and end.due <= scene.at:
        done = end.due
    how = standing(end, at=scene.at, ladder=scene.warn.get(rule.warn or "", ()), done=done)
    end, state = _hangs_on(scene, rule, event, end)
    if state is not None and how.state not in _STANDS[state]:
        how = _other(state, how, end)
    return Running(rule, event.key, end, done, how)


def _hangs_on(scene: _Scene, rule: Rule, event: Event, end: Due) -> tuple[Due, State | None]:
    """What the things that it hangs on make of a clock: nothing, or another state with the step that says why."""
    if rule.past is not None and (found := _before_other(scene, rule.past, event)) is not None:
        return replace(end, steps=(*end.steps, found)), "never"
    if end.due is None:
        return end, None
    for code, wanted in ((rule.handled_by_due, True), (rule.open_at_due, False)):
        if code is None:
            continue
        handled = scene.first((code,), key=event.key)
        in_time = handled is not None and handled <= end.due
        if scene.at <= end.due and not in_time:
            return end, None if wanted else "waiting"
        if in_time is not wanted:
            step = Step("handled_in_time" if in_time else "still_open", {"at": handled or end.due})
            return replace(end, steps=(*end.steps, step)), "never" if in_time else "replaced"
    return end, None


def _before_other(scene: _Scene, other: str, event: Event) -> Step | None:
    """The step that says that this started before the other one ended, so that the other one still counted."""
    rule = scene.rules[other]
    start = scene.first((rule.starts_on,), key=event.key)
    if start is None:
        return Step("other_never_ran", {"clock": other})
    end = due(rule, start, calendar=scene.calendar).due
    return Step("other_counts", {"clock": other, "due": end}) if end is not None and event.at <= end else None


def _other(state: State, how: Standing, end: Due) -> Standing:
    later = how.changes_at
    if state == "waiting" and end.due is not None:
        later = end.due + timedelta(seconds=1)
    return replace(how, state=state, changes_at=later if state == "waiting" else None)
