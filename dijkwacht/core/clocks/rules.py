"""What a pack says of one legal term: who must do what, from when, within what, how it is counted, and what it hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Literal, get_args

Unit = Literal["minutes", "hours", "days", "weeks", "months", "years"]
Method = Literal["elapsed", "end_of_day", "start_of_day", "same_clock_time", "event", "none"]
Kind = Literal["duty", "right", "limit", "start"]
Target = Literal["same_clock_time", "unshifted_day"]
UNITS: tuple[Unit, ...] = get_args(Unit)
METHODS: tuple[Method, ...] = get_args(Method)
KINDS: tuple[Kind, ...] = get_args(Kind)
TARGETS: tuple[Target, ...] = get_args(Target)
NO_TEXT: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Term:
    """So many of a unit."""

    n: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.n} {self.unit}"

    @property
    def elapsed(self) -> timedelta:
        """As a length of time; only for minutes and hours."""
        return timedelta(minutes=self.n) if self.unit == "minutes" else timedelta(hours=self.n)


@dataclass(frozen=True, slots=True)
class Warn:
    """One warning before the end: at a ``share`` of the term, a length ``left``, or ``days`` before at an hour of the day."""

    id: str
    share: Fraction | None = None
    left: timedelta | None = None
    days: int | None = None
    at: time = time(9)


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock. Events, parties and laws are codes; the pack has their words.

    ``starts_on``: the event that starts it; ``ends_on``: those that stop it. ``at_once``: the law asks for it at once, and
    the term is the last moment.
    ``soft``: as far as possible. ``shifts``: an end on a free day moves on, ``shift_why`` says by which article.
    ``applies_from``: the clock whose end (reckoned from the designation) must have passed before this one counts.
    ``handled_by_due``: only when that event has come before the end; ``open_at_due``: only when it has not;
    ``past``: only when it starts after the end of that other clock; ``needs``: only when that event has happened too.
    ``by_request``: the one who asks may set the term.
    """

    id: str
    name: Mapping[str, str]
    area: str
    law: str
    article: str
    kind: Kind
    duty_of: str
    to: tuple[str, ...]
    starts_on: str
    method: Method
    source: str
    valid_from: date
    valid_to: date | None = None
    ends_on: tuple[str, ...] = ()
    term: Term | None = None
    at_once: bool = False
    soft: bool = False
    shifts: bool = False
    shift_why: Mapping[str, str] = field(default_factory=dict)
    target: Target | None = None
    warn: str | None = None
    starts_with: str | None = None
    applies_from: str | None = None
    handled_by_due: str | None = None
    open_at_due: str | None = None
    past: str | None = None
    needs: str | None = None
    by_request: bool = False
    only_for: tuple[str, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        """Whether the article was in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
