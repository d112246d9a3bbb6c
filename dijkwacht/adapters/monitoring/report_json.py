"""A report of a monitoring service as JSON, in a shape of our own (docs/supplier-import.md), lenient in the names of fields."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.adapters.monitoring.strict_json import load
from dijkwacht.adapters.monitoring.values import Fields, zone_of
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.monitoring import (
    Alert,
    Found,
    Given,
    MonitoringReport,
    Read,
    days,
    finished,
    handled,
    once,
    settled,
    severity,
)
from dijkwacht.core.sheets import Place
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, MANY

FORM = "json"
ALERTS = ("alerts", "meldingen", "incidents", "incidenten", "findings", "cases", "items")
_SERVICE = ("service", "dienst", "provider", "supplier", "leverancier")
_PERIOD, _FIRST, _LAST = (
    ("period", "periode"),
    ("first", "from", "start", "van"),
    ("last", "to", "end", "until", "tot_en_met", "tot"),
)
_ZONE = ("zone", "timezone", "time_zone", "tijdzone")
_SOURCES, _CONNECTED, _EXPECTED = (
    ("sources", "log_sources", "logbronnen", "bronnen"),
    ("connected", "aangesloten"),
    ("expected", "verwacht"),
)
_ID = ("id", "alert_id", "case_id", "incident_id", "external_id", "number", "nummer", "kenmerk")
_AT = ("at", "detected_at", "created_at", "first_seen", "timestamp", "time", "created", "tijdstip", "moment")
_TITLE = ("title", "name", "summary", "titel", "naam")
_SEVERITY = ("severity", "ernst")
_SYSTEM = ("system", "asset", "host", "hostname", "device", "systeem")
_WHAT = ("what", "description", "details", "beschrijving", "omschrijving", "toelichting")
_HANDLED = ("handled", "status", "state", "resolved", "afgehandeld")
_CLOSED = ("closed_at", "resolved_at", "closed", "gesloten_op", "afgehandeld_op")
_INDICATORS = ("indicators", "iocs", "observables", "indicatoren")


def read(data: bytes, given: Given, *, limits: Limits) -> Read:
    """The report, or problems with the JSON pointer of what is wrong in ``at``."""
    notes = Notes()
    try:
        found = load(data, limits)
    except TableError as error:
        notes.problem(error.problem.code, error.problem.place, **error.problem.params)
        return finished(FORM, None, notes)
    return of(found, given, notes, limits=limits)


def of(found: Mapping[str, Any], given: Given, notes: Notes, *, limits: Limits) -> Read:
    """The same for a document that was opened already."""
    whole = Fields(found, "", notes)
    zone = _zone(whole, given)
    service = whole.text(_SERVICE) or given.service
    if not service:
        notes.problem("no_service_named")
    sources = whole.inner(_SOURCES)
    connected, expected = sources.count(_CONNECTED), sources.count(_EXPECTED)
    period = _period(whole, given)
    alerts = once(_alerts(whole, zone, limits), notes)
    if period is None:
        return finished(FORM, None, notes, ignored=whole.left)
    report = MonitoringReport(service, period, connected, expected, alerts)
    return finished(FORM, report, notes, ignored=whole.left, zone=zone)


def _zone(whole: Fields, given: Given) -> tzinfo | None:
    name = whole.text(_ZONE)
    try:
        return zone_of(name) if name else given.zone
    except CellError as error:
        whole.problem(error.code, whole.raw(_ZONE)[0], **error.params)
        return None


def _period(whole: Fields, given: Given) -> Span | None:
    period = whole.inner(_PERIOD)
    first, last = period.day(_FIRST), period.day(_LAST)
    if not period.found and given.period is not None:
        return given.period
    if first is None or last is None:
        whole.notes.problem("no_period")
        return None
    try:
        return days(first, last)
    except CellError as error:
        period.problem(error.code, "", **error.params)
        return None


def _alerts(whole: Fields, zone: tzinfo | None, limits: Limits) -> list[Found]:
    key, rows = whole.raw(ALERTS)
    if not isinstance(rows, list):
        whole.notes.problem("no_alert_list")
        return []
    if len(rows) > limits.rows:
        whole.problem("too_many_alerts", key, most=str(limits.rows))
        return []
    found = []
    for position, row in enumerate(rows):
        at = f"/{key}/{position}"
        if not isinstance(row, dict):
            whole.notes.problem("not_an_object_here", Place(), at=at)
        elif alert := _alert(Fields(row, at, whole.notes), zone):
            found.append(Found(alert, Place(), at))
    return found


def _alert(row: Fields, zone: tzinfo | None) -> Alert | None:
    """One alert; every field is looked at, so that all is told at once."""
    number, title = row.text(_ID), row.text(_TITLE)
    at, exact = row.moment(_AT, zone)
    closed_at, closed_exact = row.moment(_CLOSED, zone)
    alert = {
        "severity": _row_severity(row), "system": row.text(_SYSTEM), "what": row.text(_WHAT, LONG, lines=True),
        "handled": _handled(row), "closed_at": closed_at, "indicators": row.texts(_INDICATORS, MANY),
    }  # fmt: skip
    for field, names in (("id", _ID), ("at", _AT), ("title", _TITLE)):
        if row.raw(names)[1] in (None, ""):
            row.problem("field_missing", "", field=field)
    if at is None or not number or not title:
        return None
    whole = Alert(number, at, title, exact=exact, **alert)  # type: ignore[arg-type]
    made, odd = settled(whole, closed_exact=closed_exact)
    if odd == "closed_before_seen":
        row.problem(odd, row.raw(_CLOSED)[0])
    elif odd:
        row.remark(odd, row.raw(_CLOSED)[0])
    return made


def _row_severity(row: Fields) -> str | None:
    """How severe an alert is; a word that is not known is a problem."""
    try:
        return severity(row.text(_SEVERITY))
    except CellError as error:
        row.problem(error.code, row.raw(_SEVERITY)[0], **error.params)
        return None


def _handled(row: Fields) -> bool | None:
    key, value = row.raw(_HANDLED)
    if value is None or isinstance(value, bool):
        return value
    try:
        return handled(row.text(_HANDLED))
    except CellError as error:
        row.problem(error.code, key, **error.params)
        return None
