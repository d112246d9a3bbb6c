"""A report of a monitoring service as a table in CSV or a workbook: a row per alert.

Service, period, zone and log sources may stand in columns of their own, the same in each row that fills them. Else the person who
brings the file says them. A workbook keeps only the day of a cell that is formatted as a moment: then the time of day is unknown.
"""

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.adapters.monitoring.values import zone_of
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.intake_columns import Vocabulary
from dijkwacht.core.intake_values import CellError, plain, shown
from dijkwacht.core.monitoring import (
    Alert,
    Found,
    Given,
    MonitoringReport,
    Read,
    days,
    finished,
    handled,
    moment_in,
    once,
    settled,
    severity,
    start_of,
)
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, Cells, find_table

FORM = "table"
_HEADERS: Mapping[str, str] = {
    "id": "id|alert id|alert-id|meldingsnummer|nummer|number|case id|case-id|ticket|ticketnummer|incident id"
    "|incidentnummer|kenmerk",
    "at": "tijdstip|datum en tijd|datum/tijd|moment|gedetecteerd op|detected at|timestamp|first seen|at||datum|date|tijd|time"
    "|created|created at",
    "title": "titel|title|melding|alert|alert name||naam|name|onderwerp|summary|samenvatting",
    "severity": "ernst|severity|severity level",
    "system": "systeem|system|asset|hostnaam|hostname||host|device|apparaat",
    "what": "beschrijving|omschrijving|description|details|toelichting|wat|what",
    "handled": "afgehandeld|afgehandeld ja/nee|handled|resolved||status|state",
    "closed": "gesloten op|afgehandeld op|closed at|resolved at|sluitdatum|datum gesloten|closed",
    "indicators": "indicatoren|indicators|iocs|ioc|observables",
    "service": "dienst|service|monitoringdienst||leverancier|supplier|provider",
    "first": "periode van|period from|periode begin|first day|eerste dag",
    "last": "periode t/m|periode tot en met|period to|periode einde|last day|laatste dag",
    "zone": "tijdzone|zone|timezone|time zone",
    "sources": "logbronnen|bronnen aangesloten|log sources|sources connected|aangesloten bronnen||bronnen|sources",
    "expected": "bronnen verwacht|sources expected|verwachte bronnen|logbronnen verwacht|log sources expected",
}  # fmt: skip
WORDS = Vocabulary.of(_HEADERS, enough=(("id", "at", "title"),))
_SAME = ("service", "first", "last", "zone", "sources", "expected")


def read(data: bytes, name: str, given: Given, *, limits: Limits, clock: Callable[[], float] = time.monotonic) -> Read:
    """The report, or problems with their cells."""
    notes = Notes()
    try:
        sheets = read_table(data, name=name, limits=limits, clock=clock, literal=True)
    except TableError as error:
        notes.problem(error.problem.code, error.problem.place, **error.problem.params)
        return finished(FORM, None, notes)
    table = find_table(sheets, WORDS, notes, missing="no_alert_columns")
    if table is None:
        return finished(FORM, None, notes)
    rows = list(table.rows(notes))
    said = _said(rows)
    zone = _zone(said, given)
    alerts = once([Found(alert, cells.place("id")) for cells in rows if (alert := _alert(cells, zone))], notes)
    service = said["service"][1].text("service") if "service" in said else given.service
    if not service:
        notes.problem("no_service_named")
    sources, expected = (said[role][1].count(role) if role in said else None for role in ("sources", "expected"))
    period = _period(said, given, notes)
    if period is None:
        return finished(FORM, None, notes, ignored=table.ignored)
    report = MonitoringReport(service, period, sources, expected, alerts)
    return finished(FORM, report, notes, ignored=table.ignored, zone=zone)


_Said = dict[str, tuple[str, Cells]]


def _said(rows: list[Cells]) -> _Said:
    """What is told of the report as a whole, with the row that does first; another row that tells otherwise is a problem."""
    found: _Said = {}
    for cells in rows:
        for role in _SAME:
            if cells.says_nothing(role):
                continue
            value = plain(shown(cells.row.cell(cells.table.columns[role])))
            before = found.setdefault(role, (value, cells))
            if before[0] != value:
                cells.problem("report_differs", role, role=role, row=str(before[1].number))
    return found


def _zone(said: _Said, given: Given) -> tzinfo | None:
    if "zone" not in said:
        return given.zone
    cells = said["zone"][1]
    try:
        return zone_of(cells.text("zone"))
    except CellError as error:
        cells.problem(error.code, "zone", **error.params)
        return None


def _period(said: _Said, given: Given, notes: Notes) -> Span | None:
    if "first" not in said and "last" not in said and given.period is not None:
        return given.period
    first, last = (said[role][1].day(role) if role in said else None for role in ("first", "last"))
    if first is None or last is None:
        notes.problem("no_period")
        return None
    try:
        return days(first, last)
    except CellError as error:
        said["last"][1].problem(error.code, "last", **error.params)
        return None


def _alert(cells: Cells, zone: tzinfo | None) -> Alert | None:
    """One alert; every cell is looked at, so that all is told at once. None for a row that tells of the report only."""
    number, title = cells.text("id"), cells.text("title")
    at, exact = _moment(cells, "at", zone)
    closed_at, closed_exact = _moment(cells, "closed", zone)
    more: dict[str, Any] = {
        "severity": _word(cells, "severity", severity), "system": cells.text("system"),
        "what": cells.text("what", LONG, lines=True), "handled": _word(cells, "handled", handled),
        "closed_at": closed_at, "indicators": cells.listed("indicators"),
    }  # fmt: skip
    needed = ("id", "at", "title")
    if all(map(cells.says_nothing, needed)) and not any(more.values()):
        return None
    for role in filter(cells.says_nothing, needed):
        cells.problem("cell_missing", role)
    if at is None or not number or not title:
        return None
    made, odd = settled(Alert(number, at, title, exact=exact, **more), closed_exact=closed_exact)
    if odd == "closed_before_seen":
        cells.problem(odd, "closed")
    elif odd:
        cells.remark(odd, "closed")
    return made


def _moment(cells: Cells, role: str, zone: tzinfo | None) -> tuple[datetime | None, bool]:
    """A moment, and whether its time of day is known."""
    cell = None if cells.says_nothing(role) else cells.cell(role)
    if cell is None:
        return None, True
    try:
        if isinstance(cell, date):
            return start_of(cell, zone), False
        if not isinstance(cell, str):
            raise CellError("not_a_moment", value=shown(cell))
        return moment_in(cell, zone)
    except CellError as error:
        cells.problem(error.code, role, **error.params)
        return None, True


def _word(cells: Cells, role: str, read_word: Callable[[str], Any]) -> Any:
    """What a word means; one that is not known is a problem."""
    cell = cells.cell(role)
    if role == "handled" and isinstance(cell, bool):
        return cell
    try:
        return read_word(cells.text(role))
    except CellError as error:
        cells.problem(error.code, role, **error.params)
        return None
