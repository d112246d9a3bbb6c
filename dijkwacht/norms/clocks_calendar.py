"""The calendar of the clocks: `norms/clocks/calendar.yaml`, the days on which no term ends."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from dijkwacht.core.clocks.calendar import Calendar, MovedDay
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.rows import rows

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAP_YEAR = 2000
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)


def read_calendar(fields: Fields) -> Calendar | None:
    """The calendar; None when what is wrong leaves none, which is noted."""
    fields.only(("timezone", "source", "fixed", "from_easter", "moved", "equated"))
    fields.text("source", needed=True)
    names: dict[str, Mapping[str, str]] = {}
    fixed, easter = _fixed(fields, names), _easter(fields, names)
    moved, equated = _moved(fields, names), fields.nested("equated")
    equated.only(("source", "known_from", "known_until", "days", "name", "uncertain"))
    names["equated"] = equated.both("name", needed=True)
    first, last = equated.day("known_from"), equated.day("known_until")
    if first is None or last is None or last < first:
        equated.wrong("known_until", "known_from and known_until must be two days in order")
        return None
    zone = fields.text("timezone", needed=True)
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        fields.wrong("timezone", f"there is no timezone {zone}")
        return None
    return Calendar(
        zone, fixed, easter, moved, _days(equated, first, last), first, last, names,
        equated.text("source", needed=True), equated.both("uncertain"),
    )  # fmt: skip


def _month_day(row: Fields) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(row.text("day", needed=True))
    try:
        found = date(_LEAP_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:
        found = None
    if found is None:
        row.wrong("day", "a day of the year was expected, such as 12-25")
        return 1, 1
    return found.month, found.day


def _fixed(fields: Fields, names: dict[str, Mapping[str, str]]) -> Mapping[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for row in rows(fields, "fixed", keys=("day", "name")):
        names[row.text("id")] = row.both("name", needed=True)
        found[_month_day(row)] = row.text("id")
    return found


def _easter(fields: Fields, names: dict[str, Mapping[str, str]]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for row in rows(fields, "from_easter", keys=("days", "name")):
        names[row.text("id")] = row.both("name", needed=True)
        found[whole(row, "days", least=-80, most=200)] = row.text("id")
    return found


def _moved(fields: Fields, names: dict[str, Mapping[str, str]]) -> tuple[MovedDay, ...]:
    found = []
    for row in rows(fields, "moved", keys=("day", "weekday", "shift", "since_year", "name")):
        names[row.text("id")] = row.both("name", needed=True)
        weekday = WEEKDAYS.index(row.one_of("weekday", WEEKDAYS, "sunday"))
        month, day = _month_day(row)
        shift, since = whole(row, "shift", least=-6, most=6), whole(row, "since_year", least=1, most=9999)
        found.append(MovedDay(row.text("id"), month, day, weekday, shift, since))
    return tuple(found)


def _days(fields: Fields, first: date, last: date) -> frozenset[date]:
    found = fields.data.get("days")
    if not isinstance(found, list) or not all(type(day) is date for day in found):
        fields.wrong("days", "days must be a list of days as YYYY-MM-DD")
        return frozenset()
    for i, day in enumerate(found):
        if not first <= day <= last:
            fields.wrong_at(f"days[{i}]", f"{day} lies outside known_from and known_until")
    return frozenset(found)


def whole(row: Fields, key: str, *, least: int, most: int) -> int:
    """A whole number between two others."""
    value = row.data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        row.wrong(key, f"{key} must be a whole number from {least} to {most}")
        return least
    return value
