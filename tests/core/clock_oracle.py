"""Legal terms worked out the slow way, day by day and minute by minute, without a line of the code under test.

The holidays stand here once more, with Easter by the full moon of the church (golden number and epact), so that a slip in the
pack or in the reckoning shows.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EQUATED = {date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26)}
DAY = timedelta(days=1)


@cache
def easter(year: int) -> date:
    """The first Sunday after the full moon of the church on or after 21 March, by Clavius."""
    golden = year % 19 + 1
    century = year // 100 + 1
    skipped = 3 * century // 4 - 12
    moon = (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon - skipped) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full = 44 - epact
    if full < 21:
        full += 30
    day = date(year, 3, 1) + timedelta(days=full - 1) + DAY
    while day.weekday() != 6:
        day += DAY
    return day


def is_free(day: date) -> bool:
    """Whether no term ends on this day."""
    if day.strftime("%w") in "06":
        return True
    if (day.month, day.day) in {(1, 1), (5, 5), (12, 25), (12, 26)} or day in EQUATED:
        return True
    kings = date(day.year, 4, 27)
    if day == (kings - DAY if kings.strftime("%w") == "0" else kings):
        return True
    return (day - easter(day.year)).days in {-2, 1, 39, 50}


def months_later(day: date, count: int) -> date:
    """Walks day by day to the same number in the month that is ``count`` months on, or the last day of that month."""
    turned, at = 0, day
    while True:
        following = at + DAY
        if following.month != at.month:
            if turned == count:
                return at
            turned += 1
        at = following
        if turned == count and at.day == day.day:
            return at


def end_of_day(start: datetime, n: int, unit: str, shifts: bool) -> datetime:
    """The last second of the last day of a term in days, weeks, months or years."""
    first = start.astimezone(AMSTERDAM).date()
    if unit in ("months", "years"):
        day = months_later(first, n * (12 if unit == "years" else 1))
    else:
        day = first
        for _ in range(n * (7 if unit == "weeks" else 1)):
            day += DAY
    while shifts and is_free(day):
        day += DAY
    midnight = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM) + DAY
    return (midnight.astimezone(UTC) - timedelta(seconds=1)).astimezone(AMSTERDAM)


def hours_later(start: datetime, hours: int) -> datetime:
    """One hour after another, on a clock that never turns."""
    at = start.astimezone(UTC)
    for _ in range(hours):
        at += timedelta(hours=1)
    return at.astimezone(AMSTERDAM)
