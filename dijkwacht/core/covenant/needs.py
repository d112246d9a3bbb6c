"""Needs: how widely felt, what is still to be said of them, and in which order they come."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dijkwacht.core.crime.intervals import share_interval

ENOUGH = 5
"""So many voices before a share is worth an interval on the screen; below it the voices are counted, no more."""


class Strength(StrEnum):
    """How strongly an organisation feels a need."""

    STRONG = "strong"
    SOME = "some"
    NONE = "none"


class Realism(StrEnum):
    """How soon it could be met with what is known now."""

    NOW = "now"
    YEAR = "year"
    YEARS = "years"
    UNLIKELY = "unlikely"
    UNSAID = ""


class Priority(StrEnum):
    """How pressing whoever handles it finds it."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    UNSAID = ""


class Status(StrEnum):
    """What becomes of a need."""

    RAISED = "raised"
    AGREED = "agreed"
    RUNNING = "running"
    MET = "met"
    DROPPED = "dropped"


OPEN = frozenset({Status.RAISED, Status.AGREED, Status.RUNNING})


@dataclass(frozen=True, slots=True)
class Voices:
    """How many organisations feel a need strongly, somewhat, or not."""

    strong: int = 0
    some: int = 0
    none: int = 0

    @property
    def spoke(self) -> int:
        """How many said anything."""
        return self.strong + self.some + self.none

    @property
    def felt(self) -> int:
        """How many feel it."""
        return self.strong + self.some


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with its interval of 95 %. ``code``: nobody (spoke), few (voices), share."""

    code: str
    low: float
    likely: float
    high: float


def share(voices: Voices) -> Share:
    """Which part of the organisations feels it: the interval of Wilson, which also holds for few voices and for none or all.

    Whoever speaks was not drawn by lot: the interval tells of chance only, not of who cares to speak. Nobody spoke: 0 to 1.
    """
    if not voices.spoke:
        return Share("nobody", 0.0, 1.0, 1.0)
    low, high = interval(voices.felt, voices.spoke)
    return Share("share" if voices.spoke >= ENOUGH else "few", low, voices.felt / voices.spoke, high)


def interval(hits: int, of: int) -> tuple[float, float]:
    """The interval of 95 % of a share by Wilson (1927), without correction for continuity. Raises ValueError when ``of`` is 0
    or ``hits`` is not within it."""
    try:
        found = share_interval(hits, of)
    except ValueError:
        raise ValueError(f"{hits} of {of} is no share") from None
    return found.lower, found.upper


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known of a need where it is handled. ``cost``: whether a band of costs is given; ``closes``: how many
    initiatives that run say they close it."""

    key: str
    voices: Voices = Voices()
    realism: Realism = Realism.UNSAID
    priority: Priority = Priority.UNSAID
    holder: str = ""
    status: Status = Status.RAISED
    cost: bool = False
    closes: int = 0


def unsaid(need: Weighed) -> tuple[str, ...]:
    """What the letter to parliament asks of each need and is not said yet, as codes: breadth, realism, priority, holder; and
    cost, which the investment agenda asks; and runs (agreed or running, and nothing that runs closes it). Of an open need."""
    if need.status not in OPEN:
        return ()
    asked = (
        ("breadth", not need.voices.spoke),
        ("realism", need.realism is Realism.UNSAID),
        ("priority", need.priority is Priority.UNSAID),
        ("holder", not need.holder.strip()),
        ("cost", not need.cost),
        ("runs", need.status is not Status.RAISED and not need.closes),
    )
    return tuple(code for code, missing in asked if missing)


_PRIORITY = {Priority.HIGH: 0, Priority.MIDDLE: 1, Priority.UNSAID: 2, Priority.LOW: 3}


def in_order(needs: Iterable[Weighed]) -> list[Weighed]:
    """Open ones first; then by priority as it was said, then by how many feel it strongly, then at all. No score is made."""
    return sorted(
        needs,
        key=lambda each: (
            each.status not in OPEN, _PRIORITY[each.priority], -each.voices.strong, -each.voices.felt, each.key,
        ),
    )  # fmt: skip
