"""The days on which no term ends: weekends, the holidays that the law names, and the days that a decree makes equal to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A holiday that gives way: ``month``-``day``, or so many days ``shift`` when it falls on that weekday (0 is Monday)."""

    id: str
    month: int
    day: int
    weekday: int
    shift: int
    since: int = 1

    def on(self, year: int) -> date:
        """The day in a year."""
        found = date(year, self.month, self.day)
        return found + timedelta(days=self.shift) if found.weekday() == self.weekday else found


@dataclass(frozen=True)
class Calendar:
    """What a pack says of free days. ``fixed``: (month, day) to id; ``from_easter``: offset in days to id.

    ``equated``: days that a decree names, complete from ``known_from`` to ``known_until``; outside that we do not know.
    """

    timezone: str
    fixed: Mapping[tuple[int, int], str]
    from_easter: Mapping[int, str]
    moved: tuple[MovedDay, ...]
    equated: frozenset[date]
    known_from: date
    known_until: date
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    source: str = ""
    uncertain: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo = field(init=False, compare=False)
    _years: dict[int, Mapping[date, str]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "zone", ZoneInfo(self.timezone))
        object.__setattr__(self, "_years", {})

    def holiday(self, day: date) -> str | None:
        """The id of the holiday on that day; ``equated`` for a day of the decree; None when it is none."""
        found = self._years.get(day.year)
        if found is None:
            found = self._years[day.year] = self._holidays(day.year)
        return found.get(day) or ("equated" if day in self.equated else None)

    def why_free(self, day: date) -> str | None:
        """``saturday``, ``sunday`` or the id of a holiday; None on a day on which a term may end."""
        if (weekday := day.weekday()) >= _SATURDAY:
            return "saturday" if weekday == _SATURDAY else "sunday"
        return self.holiday(day)

    def knows(self, day: date) -> bool:
        """Whether the decrees for that day are all in the pack."""
        return self.known_from <= day <= self.known_until

    def _holidays(self, year: int) -> Mapping[date, str]:
        found = {date(year, month, day): name for (month, day), name in self.fixed.items()}
        found |= {each.on(year): each.id for each in self.moved if each.since <= year}
        return found | {easter(year) + timedelta(days=days): name for days, name in self.from_easter.items()}


@lru_cache(maxsize=512)
def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar, from the golden number and the epact.

    Source: the rule of the Gregorian reform as worked out by Meeus, Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, over = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    four, left = divmod(rest, 4)
    sunday = (32 + 2 * over + 2 * four - epact - left) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
