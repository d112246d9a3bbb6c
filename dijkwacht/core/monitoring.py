"""The report of a monitoring service (SOC, MDR) over a period: what it watched, and every alert with what was done. Pure.

A moment has a zone. A spreadsheet that keeps only the day of an alert gives a moment that is not `exact`: the start of that day.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as hour
from typing import Literal

from dijkwacht.core.clocks.moments import on_the_clock
from dijkwacht.core.intake_values import CellError, plain, shown
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import no_name

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")
_SEVERITY: dict[str, Severity] = {
    **dict.fromkeys(("low", "laag", "informational", "information", "info", "informatief"), "low"),
    **dict.fromkeys(("medium", "midden", "middel", "gemiddeld", "moderate", "matig"), "medium"),
    **dict.fromkeys(("high", "hoog", "major", "ernstig"), "high"),
    **dict.fromkeys(("critical", "kritiek", "kritisch", "severe"), "critical"),
}
_HANDLED: dict[str, bool] = {
    **dict.fromkeys((
        "ja", "j", "yes", "y", "true", "x", "afgehandeld", "gesloten", "opgelost", "closed", "resolved", "handled", "done",
        "gereed", "afgerond",
    ), True),
    **dict.fromkeys((
        "nee", "n", "no", "false", "open", "nieuw", "new", "in behandeling", "in progress", "in onderzoek", "pending", "active",
        "onderzoek loopt", "acknowledged",
    ), False),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. ``id``: that of the service. ``handled`` None: not told. ``exact``: the time of day is known.

    ``indicators``: addresses, names, patterns, as written.
    """

    id: str
    at: datetime
    title: str
    severity: Severity | None = None
    system: str = ""
    what: str = ""
    handled: bool | None = None
    closed_at: datetime | None = None
    indicators: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """What a service reports over ``period`` (first day, first day after). ``sources``: log sources seen, of ``expected``."""

    service: str
    period: Span
    sources: int | None = None
    expected: int | None = None
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who brings the file says of it, for where the file itself does not say it."""

    service: str = ""
    period: Span | None = None
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What one file brought: a report, or problems. ``form``: table, json or stix; ``ignored``: columns or fields not read."""

    form: str
    report: MonitoringReport | None = None
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it may be taken over."""
        return self.report is not None and not self.problems


@dataclass(frozen=True, slots=True)
class Found:
    """An alert with where it stands: its cell, or ``at``, its JSON pointer."""

    alert: Alert
    place: Place
    at: str = ""

    @property
    def params(self) -> dict[str, str]:
        """What goes along with a problem."""
        return {"at": self.at} if self.at else {}

    @property
    def where(self) -> str:
        """The row or pointer, for in a sentence."""
        return self.at or str(self.place.row or "")


def once(found: Iterable[Found], notes: Notes) -> tuple[Alert, ...]:
    """Every alert once, the earliest first. The same id with something else in it is the problem ``alert_differs``."""
    first: dict[str, Found] = {}
    for each in found:
        before = first.setdefault(each.alert.id, each)
        if before is each:
            continue
        if before.alert == each.alert:
            notes.remark("alert_twice", each.place, id=each.alert.id[:60], row=before.where, **each.params)
        else:
            notes.problem("alert_differs", each.place, id=each.alert.id[:60], row=before.where, **each.params)
    return tuple(sorted((each.alert for each in first.values()), key=lambda alert: (alert.at, alert.id)))


def finished(
    form: str,
    report: MonitoringReport | None,
    notes: Notes,
    *,
    ignored: tuple[str, ...] = (),
    zone: tzinfo | None = None,
) -> Read:
    """The report with what was noted, without what is wrong: with a problem there is none."""
    if report is not None:
        for alert in report.alerts:
            day = alert.at.astimezone(zone or alert.at.tzinfo).date()
            if not report.period.first <= day < report.period.end:
                notes.remark("outside_period", id=alert.id[:60], value=day.isoformat())
        if report.sources is not None and report.expected is not None and report.sources > report.expected:
            notes.remark("more_sources", value=str(report.sources), expected=str(report.expected))
    problems, remarks = notes.told()
    return Read(form, None if problems else report, ignored, problems, remarks, dict(notes.counts))


def settled(alert: Alert, *, closed_exact: bool = True) -> tuple[Alert, str]:
    """The alert with what its own fields say of each other, and the code of what is odd about it, or "".

    ``closed_before_seen`` is a problem; ``closed_but_open`` leaves open whether it was handled. ``closed_exact``: the time of day
    of its closing is known.
    """
    if alert.closed_at is None:
        return alert, ""
    early = alert.closed_at < alert.at
    if not (alert.exact and closed_exact):
        early = alert.closed_at.astimezone(alert.at.tzinfo).date() < alert.at.date()
    if early:
        return alert, "closed_before_seen"
    if alert.handled is False:
        return replace(alert, handled=None), "closed_but_open"
    return replace(alert, handled=True), ""


def severity(text: str) -> Severity | None:
    """How severe, in words; None when nothing is said. Raises CellError ``unknown_severity``: a number says too little."""
    if no_name(text):
        return None
    found = _SEVERITY.get(plain(text))
    if found is None:
        raise CellError("unknown_severity", value=shown(text))
    return found


def handled(text: str) -> bool | None:
    """Whether it was handled, by yes or no or a state; None when nothing is said. Raises CellError ``unknown_state``."""
    if no_name(text):
        return None
    found = _HANDLED.get(plain(text))
    if found is None:
        raise CellError("unknown_state", value=shown(text))
    return found


def moment_in(text: str, zone: tzinfo | None) -> tuple[datetime, bool]:
    """A moment, and whether its time of day is known. A zone in the text counts, else ``zone``; without either it is refused.

    Reads ISO 8601 and *31-12-2026 14:05*. Raises CellError: not_a_moment, no_zone, clock_gap (an hour that the clocks skipped).
    An hour that came twice is read as the first of the two.
    """
    said = re.sub(r" ?(?:UTC|GMT|Z)$", "+00:00", re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text.strip()))
    iso = said.replace(" ", "T", 1) if re.match(r"\d{4}-", said, re.ASCII) else _from_dutch(said)
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        raise CellError("not_a_moment", value=shown(text)) from None
    exact = "T" in iso
    if found.tzinfo is None:
        return placed(found, zone, exact=exact, said=shown(text)), exact
    try:
        found.astimezone(UTC)
    except OverflowError:
        raise CellError("not_a_moment", value=shown(text)) from None
    return found, exact


def placed(found: datetime, zone: tzinfo | None, *, exact: bool, said: str) -> datetime:
    """What a clock on the wall shows, as a moment. Raises CellError: no_zone, clock_gap, not_a_moment."""
    if zone is None:
        raise CellError("no_zone", value=said)
    if not 1950 <= found.year <= 2099:
        raise CellError("not_a_moment", value=said)
    at, odd = on_the_clock(found.date(), found.time(), zone)
    if odd == "clock_gap" and exact:
        raise CellError("clock_gap", value=said)
    return at


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """The start of a day. Raises CellError ``no_zone``."""
    return placed(datetime.combine(day, hour.min), zone, exact=False, said=day.isoformat())


def offset(text: str) -> tzinfo | None:
    """A zone that is told as *UTC*, *Z* or *+01:00*; None when it is something else, such as the name of a place."""
    said = text.strip().upper()
    if said in ("Z", "UTC", "GMT"):
        return UTC
    try:
        return datetime.strptime(said, "%z").tzinfo if said[:1] in ("+", "-") else None
    except ValueError:
        return None


def days(first: date, last: date) -> Span:
    """The period from the first to the last day, that day included. Raises CellError ``period_backwards``."""
    if last < first:
        raise CellError("period_backwards", value=last.isoformat(), start=first.isoformat())
    return Span(first, last + timedelta(days=1))


def _from_dutch(text: str) -> str:
    """*31-12-2026 14:05:09* as ISO; the text itself when it is not so written."""
    day, _space, clock = text.partition(" ")
    parts = day.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        return text
    whole = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return f"{whole}T{clock.strip():0>5}" if clock else whole
