"""Whom to warn, how, and what happens next when nobody answers; when the message of the day and the weekly overview go. Pure.

What may be told to whom follows from the label (`tlp`); after how long what happens stands in ``norms/advisories/warning.yaml``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args

from dijkwacht.core.advisories.priority import Level
from dijkwacht.core.advisories.shapes import Tlp
from dijkwacht.core.advisories.tlp import Reader, may_see
from dijkwacht.core.clocks.calendar import Calendar
from dijkwacht.core.clocks.moments import on_the_clock, there
from dijkwacht.core.days import Duration

__all__ = [
    "NOBODY", "STEPS", "Choice", "Contact", "How", "LevelRule", "Role", "Route", "Rules", "Send", "Step", "StepKind", "Wait",
    "Weekly", "What", "after_wait", "digest_due", "ending_days", "next_step", "route", "to_call", "weekly_due",
]  # fmt: skip

How = Literal["at_once", "digest"]
Role = Literal["general", "trusted"]
What = Literal["text", "pointer"]
StepKind = Literal["reminder", "deputies", "phone"]
STEPS: tuple[StepKind, ...] = get_args(StepKind)
NOBODY = ("label_too_strict", "no_contact", "no_trusted_contact", "not_reachable")
"""Why nobody can be told: the label keeps it inside; there are no contacts; none of them may see it; who may cannot be reached by
mail, and has no telephone number."""
_BY_MAIL: frozenset[Tlp] = frozenset(("CLEAR", "GREEN"))  # of these the text itself may travel by mail
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the pack says of a part of it, in nl and en: the choice in words, its source, and what is not certain."""

    text: Mapping[str, str]
    source: str
    uncertain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """So many hours (elapsed), or working days (on the clocks of the calendar's zone, at the same hour)."""

    n: int
    unit: Literal["hours", "working_days"]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How a level is told, and the steps while nobody acknowledges, each with its wait from the telling."""

    how: How
    steps: tuple[tuple[StepKind, Wait], ...] = ()


@dataclass(frozen=True, slots=True)
class Weekly:
    """The weekly overview: on this weekday (0 is Monday) or the first working day after it, at this hour."""

    weekday: int
    at: time


@dataclass(frozen=True)
class Rules:
    """The pack. ``digest``: the hour of the message of the day. ``fresh``: how long a line of a register is up to date.
    ``grace``: how long a warning may go unassessed. ``ending``: how many days before an accepted risk ends that is told, most
    days first. ``said``: words for each part, by its id."""

    levels: Mapping[Level, LevelRule]
    digest: time
    weekly: Weekly
    fresh: Duration
    grace: Duration
    ending: tuple[int, ...]
    calendar: Calendar
    said: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of an organisation. ``role``: general (ACIB) or trusted (VCIB). ``rank``: 1 is first, the rest are deputies."""

    id: str
    role: Role
    rank: int = 1
    has_account: bool = False
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Send:
    """A mail to a contact: with the text in it, or a pointer that says only that a warning waits."""

    contact: str
    what: What


@dataclass(frozen=True, slots=True)
class Route:
    """Who is told and how. ``phone``: who may be told but not by mail, to be called. ``why_nobody``: one of NOBODY, or empty."""

    how: How
    sends: tuple[Send, ...] = ()
    phone: tuple[str, ...] = ()
    why_nobody: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at a moment when nobody has acknowledged before it."""

    at: datetime
    kind: StepKind


def route(
    label: Tlp, level: Level, contacts: Sequence[Contact], rules: Rules, *, own: bool = False, deputies: bool = False
) -> Route:
    """Who of an organisation is told of a warning about its products, and how.

    Of each role the first in rank who can be reached; with ``deputies`` all of them. ``own``: it is the desk's own organisation.
    Mail holds the text only for CLEAR and GREEN; else a pointer, and only to who has an account. RED goes to nobody by itself.
    """
    how = rules.levels[level].how
    ways = [(each, way) for each in _allowed(label, contacts, own) if (way := _way(label, each))]
    if not ways:
        return Route(how, why_nobody=_why_nobody(label, contacts, own))
    if not deputies:
        first = {role: min((each.rank for each, _ in ways if each.role == role), default=0) for role in get_args(Role)}
        ways = [(each, way) for each, way in ways if each.rank == first[each.role]]
    sends = tuple(Send(each.id, way) for each, way in ways if way != "phone")
    return Route(how, sends, tuple(each.id for each, way in ways if way == "phone"))


def to_call(label: Tlp, contacts: Sequence[Contact], *, own: bool = False) -> tuple[str, ...]:
    """Who may be called about it, in this order: by rank, of one rank the trusted contact first."""
    found = [each for each in _allowed(label, contacts, own) if each.phone]
    return tuple(each.id for each in sorted(found, key=lambda each: (each.rank, each.role != "trusted")))


def _allowed(label: Tlp, contacts: Iterable[Contact], own: bool) -> list[Contact]:
    return [each for each in contacts if may_see(label, _reader(each.role, own)).yes]


def _reader(role: Role, own: bool) -> Reader:
    """Need to know is given: a warning is about a product of this organisation."""
    return Reader("own" if own else "trusted" if role == "trusted" else "constituency", needs=True)


def _way(label: Tlp, contact: Contact) -> What | Literal["phone", ""]:
    if contact.email and label in _BY_MAIL:
        return "text"
    if contact.email and contact.has_account:
        return "pointer"
    return "phone" if contact.phone else ""


def _why_nobody(label: Tlp, contacts: Sequence[Contact], own: bool) -> str:
    if not may_see(label, _reader("trusted", own)).yes:
        return "label_too_strict"
    if not contacts:
        return "no_contact"
    return "not_reachable" if _allowed(label, contacts, own) else "no_trusted_contact"


def next_step(told_at: datetime, seen_at: datetime | None, level: Level, reminded: int, rules: Rules) -> Step | None:
    """What happens next, and when, after ``reminded`` steps since the telling; None when it was acknowledged or nothing is left.

    Told again, an acknowledgement from before no longer counts. Raises ValueError for a moment without a zone.
    """
    steps = rules.levels[level].steps
    seen = (
        seen_at is not None and there(seen_at, UTC) >= told_at
    )  # in UTC: two moments of one zone compare as clocks show them
    if seen or reminded >= len(steps):
        return None
    kind, wait = steps[reminded]
    return Step(after_wait(told_at, wait, rules.calendar), kind)


def after_wait(at: datetime, wait: Wait, calendar: Calendar) -> datetime:
    """The moment so much later, on the clocks of the calendar's zone. The day of ``at`` is not counted as a working day."""
    if wait.unit == "hours":
        return there(there(at, UTC) + timedelta(hours=wait.n), calendar.zone)
    local = there(at, calendar.zone)
    day, left = local.date(), wait.n
    while left:
        day += timedelta(days=1)
        left -= calendar.why_free(day) is None
    return on_the_clock(day, local.time(), calendar.zone)[0]


def digest_due(last: datetime | None, at: datetime, rules: Rules) -> bool:
    """Whether the message of the day goes now: on a working day, from its hour on, once a day. ``last``: when it went last.

    A day that was missed is not made up for on a free day; what waited goes with the next one.
    """
    zone = rules.calendar.zone
    local = there(at, zone)
    if rules.calendar.why_free(local.date()) is not None or there(at, UTC) < _at(local.date(), rules.digest, rules):
        return False
    return last is None or there(last, zone).date() < local.date()


def ending_days(accepted: date, until: date, rules: Rules) -> tuple[date, ...]:
    """On which days it is told that a risk ends that was accepted on a day, until and including another.

    A free day moves to the working day before it; what would fall on or before the day of accepting is left out.
    """
    days = (_working_day(until - timedelta(days=n), rules.calendar) for n in rules.ending)
    return tuple(day for day in days if day > accepted)


def _working_day(day: date, calendar: Calendar) -> date:
    while calendar.why_free(day) is not None:
        day -= timedelta(days=1)
    return day


def weekly_due(last: datetime | None, at: datetime, rules: Rules) -> bool:
    """Whether the weekly overview goes now: from its day and hour on, once a week; a run that comes late still sends it."""
    zone = rules.calendar.zone
    today = there(at, zone).date()
    first = today - timedelta(days=(today.weekday() - rules.weekly.weekday) % 7)
    day = next((each for each in _days(first) if rules.calendar.why_free(each) is None), None)
    if day is None or there(at, UTC) < _at(day, rules.weekly.at, rules):
        return False
    return last is None or there(last, zone).date() < first


def _days(first: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range(_WEEK.days))


def _at(day: date, hour: time, rules: Rules) -> datetime:
    return on_the_clock(day, hour, rules.calendar.zone)[0]
