"""Which rows of this room the trail tells of, and how. Every table that an act changes stands here.

Left out: what time moves and no act (`next_at` and `fired` of a term, a warning that nobody said to have seen, what became of a
mail), and a report that is still being written.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from dijkwacht.apps.incidents.models import (
    Alert,
    Clock,
    Contact,
    Custody,
    Delivery,
    Duty,
    EntityRole,
    Exhibit,
    Hit,
    Incident,
    Lesson,
    Message,
    Moment,
    MonitoringAlert,
    MonitoringReport,
    Registration,
    Rehearsal,
    Report,
    Task,
    Telling,
    Weighing,
)
from dijkwacht.apps.trail.marks import Marks, marks, table


def _reports(rows: Collection[Any]) -> Mapping[Any, list[int]]:
    """Which reports of a monitoring service told of an alert."""
    found: dict[Any, list[int]] = {row: [] for row in rows}
    links = MonitoringAlert.reports.through.objects.filter(monitoringalert__in=list(rows)).order_by(
        "monitoringreport_id"
    )
    for row, report in links.values_list("monitoringalert_id", "monitoringreport_id"):
        found[row].append(report)
    return found


OF_INCIDENT = "incident__organisation"
MAIL = ("claimed_at", "sent_at", "trouble")
TABLES = (
    table("incident", Incident),
    table("incident_hit", Hit, within=OF_INCIDENT, keys={"subject": "subject__key"}),
    table("weighing_of_incident", Weighing, within=OF_INCIDENT),
    table("moment", Moment, within=OF_INCIDENT),
    table("incident_task", Task, within=OF_INCIDENT),
    table("incident_contact", Contact, within=OF_INCIDENT),
    table("exhibit", Exhibit, within=OF_INCIDENT, keys={"file": "file__sha256"}),
    table("custody", Custody, within="exhibit__incident__organisation"),
    table("incident_message", Message, within=OF_INCIDENT),
    table("lesson", Lesson, within=OF_INCIDENT),
    table("clock", Clock, without=("next_at", "fired", "state")),
    table("telling", Telling, within=OF_INCIDENT, without=MAIL),
    table("term_alert", Alert, within="clock__organisation", without=MAIL, only={"seen_at__isnull": False}),
    table("report", Report, within=OF_INCIDENT, only={"state": "sent"}),
    table("delivery", Delivery, within="report__incident__organisation"),
    table("duty", Duty),
    table("entity_role", EntityRole),
    table("registration", Registration),
    table("monitoring_report", MonitoringReport, keys={"file": "file__sha256"}),
    table("monitoring_alert", MonitoringAlert, parts={"reports": _reports}),
    table("rehearsal", Rehearsal, within=OF_INCIDENT, without=("ahead",)),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
