"""The only place where pages read the clock. A demo or rehearsal may look at another day: the time machine."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

SESSION_KEY = "time_machine"
FIRST, LAST = date(2020, 1, 1), date(2039, 12, 31)


def allowed() -> bool:
    """Whether this installation has a time machine: the setting DIJKWACHT_TIME_MACHINE, for demos and rehearsals."""
    return bool(getattr(settings, "DIJKWACHT_TIME_MACHINE", False))


def travelled(request: HttpRequest) -> date | None:
    """The day that this session looks at instead of today, if any."""
    session = getattr(request, "session", None)
    text = session.get(SESSION_KEY) if session is not None and allowed() else None
    return date.fromisoformat(text) if text else None


def real_today() -> date:
    """The real day, for what the time machine must not touch: roles, shares and sessions."""
    return timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def now(request: HttpRequest) -> datetime:
    """The moment for this request, in the zone of the organisation; in the time machine, the same hour on that day.

    A page of an exercise whose clock runs ahead: so much later (`set_ahead`).
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    moment = timezone.now().astimezone(zone)
    day = travelled(request)
    there = moment if day is None else moment.replace(year=day.year, month=day.month, day=day.day)
    ahead: timedelta = getattr(request, "clock_ahead", timedelta())
    return (there.astimezone(UTC) + ahead).astimezone(zone) if ahead else there


def set_ahead(request: HttpRequest, ahead: timedelta) -> None:
    """From now on this request looks so much ahead: only for pages of an exercise with a clock of its own."""
    request.clock_ahead = ahead  # type: ignore[attr-defined]


def today(request: HttpRequest) -> date:
    """The day for this request, in the zone of the organisation."""
    return now(request).date()


def travel(request: HttpRequest, to: date | None) -> None:
    """From now on this session looks at ``to``; None goes back to today. Raises ValueError outside 2020-2039."""
    if to is None:
        request.session.pop(SESSION_KEY, None)
    elif not FIRST <= to <= LAST:
        raise ValueError(f"not between {FIRST} and {LAST}: {to}")
    else:
        request.session[SESSION_KEY] = to.isoformat()
