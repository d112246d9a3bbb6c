"""Calendar arithmetic in whole days. Durations are ISO 8601 (years, months, weeks, days)."""

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_PATTERN = re.compile(r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)
_ONE_DAY = timedelta(days=1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A calendar duration: first the months are added, then the days."""

    months: int
    days: int

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        weeks, days = divmod(self.days, 7) if self.days % 7 == 0 else (0, self.days)
        parts = ((years, "Y"), (months, "M"), (weeks, "W"), (days, "D"))
        return "P" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0D")


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """Reads ``P1Y``, ``P6M``, ``P1Y6M``, ``P2W``, ``P10D``. Raises ValueError on anything else."""
    match = _PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"not an ISO 8601 duration in years, months, weeks or days: {text!r}")
    years, months, weeks, days = (int(group or 0) for group in match.groups())
    return Duration(years * 12 + months, weeks * 7 + days)


@lru_cache(maxsize=65536)
def add(day: date, duration: Duration) -> date:
    """The day that lies ``duration`` later. A month after 31 January is the last day of February.

    Past the last day of the calendar (31 December 9999) that last day is returned.
    """
    years, month = divmod(day.month - 1 + duration.months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=duration.days)
    except OverflowError:
        return date.max


def earliest(day: date, duration: Duration) -> date:
    """The first day from which ``duration`` reaches ``day``: ``add(that, duration) >= day``."""
    days = range(1, day.toordinal() + 1)
    return date.fromordinal(1 + bisect_left(days, day, key=lambda n: add(date.fromordinal(n), duration)))


def day_after(day: date) -> date:
    """The next day; the last day of the calendar stays what it is."""
    return day if day == date.max else day + _ONE_DAY


def parse_day(text: str) -> date:
    """Reads ``2026-11-25`` and nothing else. Raises ValueError."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"not a day as YYYY-MM-DD: {text!r}")
    return date.fromisoformat(text)


def is_day(text: str) -> bool:
    """Whether the text reads as an ISO day."""
    try:
        parse_day(text)
    except ValueError:
        return False
    return True
