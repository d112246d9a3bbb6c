"""Days, moments and durations in words, absolute and relative. Pure: the reference moment is always a parameter."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import is_aware
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from dijkwacht.core.days import Duration, parse_duration

_MONTH, _YEAR = 30.44, 365.25
_SPELLED = {
    (12, 0): gettext_noop("a year"),
    (1, 0): gettext_noop("a month"),
    (0, 7): gettext_noop("a week"),
    (0, 1): gettext_noop("a day"),
}


def as_day(value: Any) -> date | None:
    """A day from a date, an aware moment (in the zone of the organisation) or an ISO text; None for anything else."""
    if isinstance(value, datetime):
        return local(value).date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def local(moment: datetime) -> datetime:
    """The same moment on the clocks of the organisation."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)) if is_aware(moment) else moment


def day_of(moment: datetime) -> date:
    """The day of a moment on the clocks of the organisation."""
    return local(moment).date()


def day_words(day: date) -> str:
    """``3 maart 2025``."""
    return _day_words(day, get_language())


@lru_cache(maxsize=1 << 12)
def _day_words(day: date, _language: str | None) -> str:
    """In the active language; a page asks for few days many times."""
    return date_format(day, "j F Y")


def moment_words(moment: datetime) -> str:
    """``3 maart 2025, 14.05 uur`` on the clocks of the organisation."""
    there = local(moment)
    return _("%(day)s, %(hour)s:%(minute)s") % {
        "day": day_words(there.date()),
        "hour": there.strftime("%H"),
        "minute": there.strftime("%M"),
    }


def relative_day(day: date, *, on: date) -> str:
    """``vandaag``, ``over 3 dagen``, ``5 maanden geleden``: rounded down, in the largest unit that says enough."""
    days = (day - on).days
    if abs(days) <= 1:
        return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}[days]
    amount = abs(days)
    if amount < 60:
        span = ngettext("%(n)d day", "%(n)d days", amount) % {"n": amount}
    elif amount < 730:
        months = int(amount / _MONTH)
        span = ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    else:
        years = int(amount / _YEAR)
        span = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return (_("in %(span)s") if days > 0 else _("%(span)s ago")) % {"span": span}


def relative_moment(moment: datetime, *, at: datetime) -> str:
    """As relative_day, with hours and minutes when the moment lies within a day."""
    minutes = round((moment - at).total_seconds() / 60)
    amount = abs(minutes)
    if amount < 1:
        return _("just now")
    if amount >= 24 * 60:
        return relative_day(local(moment).date(), on=local(at).date())
    if amount < 60:
        span = ngettext("%(n)d minute", "%(n)d minutes", amount) % {"n": amount}
    else:
        span = ngettext("%(n)d hour", "%(n)d hours", amount // 60) % {"n": amount // 60}
    return (_("in %(span)s") if minutes > 0 else _("%(span)s ago")) % {"span": span}


def duration_words(duration: Duration | str) -> str:
    """``een jaar``, ``1 jaar en 6 maanden``. Raises ValueError for a text that is no ISO 8601 duration."""
    length = parse_duration(duration) if isinstance(duration, str) else duration
    if (length.months, length.days) in _SPELLED:
        return _(_SPELLED[length.months, length.days])
    years, months = divmod(length.months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)d year", "%(n)d years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
    if length.days and length.days % 7 == 0:
        parts.append(ngettext("%(n)d week", "%(n)d weeks", length.days // 7) % {"n": length.days // 7})
    elif length.days or not parts:
        parts.append(ngettext("%(n)d day", "%(n)d days", length.days) % {"n": length.days})
    return (
        parts[0] if len(parts) == 1 else _("%(first)s and %(rest)s") % {"first": parts[0], "rest": ", ".join(parts[1:])}
    )
