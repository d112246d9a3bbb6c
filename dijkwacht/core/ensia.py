"""The ENSIA year: its calendar, what became of each answer since last year, and when somebody is reminded. Pure.

An answer is compared by its value. *Last year* is what was known on last year's reference date; *confirmed* is what was
seen again since this year was opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dijkwacht.core.select import same

EVERY_LINE = "*"
KINDS = ("opens", "reference", "advice", "before")


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that falls on a day of every ENSIA year. ``remind``: days before it, descending; empty: nobody is."""

    key: str
    kind: str
    month: int
    day: int
    year_offset: int
    lines: tuple[str, ...]
    what: Mapping[str, str]
    to_verify: bool
    source: str
    remind: tuple[int, ...] = ()

    def of(self, line: str) -> bool:
        """Whether it is about a line."""
        return EVERY_LINE in self.lines or line in self.lines


@dataclass(frozen=True, slots=True)
class Milestone:
    """A rule in one year: the day on which it falls."""

    rule: Rule
    on: date


def milestones(rules: Iterable[Rule], year: int) -> tuple[Milestone, ...]:
    """The calendar of a year, in the order of the days. Raises ValueError for a day that the year does not have."""
    found = [Milestone(rule, date(year + rule.year_offset, rule.month, rule.day)) for rule in rules]
    return tuple(sorted(found, key=lambda each: each.on))


def next_of(calendar: Iterable[Milestone], *, line: str, on: date) -> Milestone | None:
    """What must be done next for a line; None when nothing lies ahead."""
    ahead = (each for each in calendar if each.rule.kind == "before" and each.rule.of(line) and each.on >= on)
    return min(ahead, key=lambda each: each.on, default=None)


def reference_date(calendar: Iterable[Milestone], *, line: str, year: int) -> date:
    """The day on which a line must be right: its own reference date, else the last day of the year."""
    found = [each.on for each in calendar if each.rule.kind == "reference" and each.rule.of(line)]
    return found[0] if found else date(year, 12, 31)


def remind_at(milestone: Milestone, *, on: date) -> date | None:
    """The first day from ``on`` on which a reminder goes out; None when there is none any more."""
    days = sorted(milestone.on - timedelta(days=before) for before in milestone.rule.remind)
    return next((day for day in days if day >= on), None)


def after_reminder(milestone: Milestone, *, on: date) -> date | None:
    """The reminder that follows the one that is sent on ``on``. Of reminders that were missed only the last goes out."""
    return remind_at(milestone, on=on + timedelta(days=1))


class Change(StrEnum):
    """What became of an answer since last year, what needs most first."""

    EXPIRED = "expired"  # was answered; nothing usable stands now
    CONTRADICTED = "contradicted"  # answers that differ stand beside each other
    CHANGED = "changed"  # answered otherwise than last year
    OPEN = "open"  # never answered
    ADDED = "added"  # not answered last year, answered now
    SAME = "same"  # as last year, and not looked at since this year was opened
    CONFIRMED = "confirmed"  # as last year, and seen again since


ORDER = {change: at for at, change in enumerate(Change)}
TO_DO = frozenset({Change.EXPIRED, Change.CONTRADICTED, Change.OPEN})


@dataclass(frozen=True, slots=True)
class Then:
    """The answer of last year."""

    value: Any
    said_by: str = ""
    said_on: date | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """What stands now. ``value`` None: nothing usable, and ``why`` says what is wrong (not_asked, expired, contradicted).

    ``seen``: the last day on which it was said or seen; ``own``: it is ours, not shared by another organisation.
    """

    value: Any = None
    why: str = "not_asked"
    said_by: str = ""
    seen: date | None = None
    own: bool = True


def change_of(then: Then | None, now: Now, *, opened: date) -> Change:
    """What became of one answer."""
    if now.value is None:
        if now.why == "contradicted":
            return Change.CONTRADICTED
        return Change.EXPIRED if then is not None or now.why == "expired" else Change.OPEN
    if then is not None and not same(then.value, now.value):
        return Change.CHANGED
    if now.seen is not None and now.seen >= opened:
        return Change.CONFIRMED if then is not None else Change.ADDED
    return Change.SAME if then is not None else Change.ADDED


def confirmable(change: Change, now: Now) -> bool:
    """Whether *unchanged* can be said of it: there is an answer of our own that was not looked at this year."""
    return change is Change.SAME and now.own


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a line is. ``settled`` of ``lines`` are decided; of ``answers``: how many are in which state."""

    lines: int
    settled: int
    answers: Mapping[Change, int]

    @property
    def looked_at(self) -> int:
        """Answers that were given, changed or confirmed this year."""
        return sum(n for change, n in self.answers.items() if change not in TO_DO and change is not Change.SAME)

    @property
    def total(self) -> int:
        """All answers and questions of the line."""
        return sum(self.answers.values())

    @property
    def part(self) -> float:
        """The part that was looked at, 0 to 1; 1 when there is nothing to look at."""
        return self.looked_at / self.total if self.total else 1.0


def unfinished(lines: Sequence[str], done: Iterable[str]) -> tuple[str, ...]:
    """The lines that were not handed in yet, in their order: a year with any of them closes only with a reason."""
    finished = frozenset(done)
    return tuple(line for line in lines if line not in finished)
