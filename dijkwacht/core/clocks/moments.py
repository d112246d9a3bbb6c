"""Moments with a zone: read strictly, put on the clocks of a place, and back from a wall clock."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)  # seconds and parts of them may be left out; the zone may not, but then the message is another one


def moment(text: str) -> datetime:
    """Reads ``2026-11-24T09:15:00+01:00`` or ``…Z``. Raises ValueError, also when there is no zone.

    Without a zone 02:30 on the last Sunday of October is two moments, so it is not guessed.
    """
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(f"a moment as YYYY-MM-DDTHH:MM:SS+01:00 was expected, not {text[:40]!r}")
    if match[3] is None:
        raise ValueError(f"{text} has no zone: add +01:00 (winter), +02:00 (summer) or Z (UTC)")
    try:
        found = datetime.fromisoformat(text)
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text} is not a moment that exists") from None
    return found


def there(at: datetime, zone: tzinfo) -> datetime:
    """The same moment on the clocks of the zone. Raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    try:
        return at.astimezone(zone)
    except OverflowError:
        raise ValueError("a moment lies past the last day of the calendar") from None


def on_the_clock(day: date, hour: time, zone: tzinfo) -> tuple[datetime, str | None]:
    """The moment at which the clocks of the zone show that hour on that day, and what was odd about it.

    ``clock_gap``: the hour is skipped that day, so the moment of the jump; ``clock_twice``: it comes twice, so the first.
    """
    first = datetime.combine(day, hour, zone)
    later = first.replace(fold=1)
    if first.utcoffset() == later.utcoffset():
        return first, None
    back = first.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) == first.replace(tzinfo=None):
        return first, "clock_twice"
    return _gap(first, zone), "clock_gap"


def _gap(skipped: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks jump over this hour, found to the second."""
    low = skipped.replace(fold=1).astimezone(UTC)
    high = skipped.replace(fold=0).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0).astimezone(zone)
