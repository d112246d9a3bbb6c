"""Reports of monitoring services: which came in, what is known of their alerts, and the newest of each service."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from dijkwacht.apps.incidents.models import AlertSeverity, MonitoringAlert, MonitoringReport
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.monitoring import Alert, Severity
from dijkwacht.core.monitoring_facts import RECENT
from dijkwacht.core.monitoring_plan import PRESSING, Standing

PORTION = 500
WORST = (AlertSeverity.CRITICAL, AlertSeverity.HIGH, "", AlertSeverity.MEDIUM, AlertSeverity.LOW)
"""In this order; what is not told may be severe."""


def reports_of(organisation: Organisation) -> QuerySet[MonitoringReport]:
    """All reports, that of the newest period first."""
    return MonitoringReport.objects.filter(organisation=organisation).select_related("by", "file")


def known(organisation: Organisation, key: str, numbers: Iterable[str]) -> dict[str, MonitoringAlert]:
    """The alerts of a service that came in before, by their number."""
    wanted, found = list(numbers), dict[str, MonitoringAlert]()
    for start in range(0, len(wanted), PORTION):
        some = wanted[start : start + PORTION]
        rows = MonitoringAlert.objects.filter(organisation=organisation, key=key, number__in=some)
        found |= {row.number: row for row in rows.select_related("last")}
    return found


def standing(rows: Mapping[str, MonitoringAlert]) -> dict[str, Standing]:
    """The same as the core takes it."""
    return {number: Standing(alert_of(row), row.last.end, row.incident_id is not None) for number, row in rows.items()}


def alert_of(row: MonitoringAlert) -> Alert:
    """An alert as the core takes it."""
    return Alert(
        row.number, row.at, row.title, _severity(row.severity), row.system, row.what, row.handled, row.closed_at,
        tuple(row.indicators), row.exact,
    )  # fmt: skip


def _severity(text: str) -> Severity | None:
    return text or None  # type: ignore[return-value]  # the choices are those


def alerts_of(report: MonitoringReport, *, press: bool | None = None) -> list[MonitoringAlert]:
    """The alerts of a report, the worst first. ``press``: only those that somebody has to look at, or only the others."""
    rows = MonitoringAlert.objects.filter(reports=report).select_related("incident", "last")
    open_now = Q(severity__in=PRESSING) & (Q(handled=False) | Q(handled__isnull=True))
    if press is not None:
        rows = rows.filter(open_now) if press else rows.exclude(open_now)
    order = {severity: position for position, severity in enumerate(WORST)}
    return sorted(rows, key=lambda row: (row.handled is True, order[row.severity], row.at, row.pk))


def open_alerts(organisation: Organisation) -> QuerySet[MonitoringAlert]:
    """The alerts that press and of which nothing became, the earliest first."""
    rows = MonitoringAlert.objects.filter(organisation=organisation, severity__in=PRESSING, incident__isnull=True)
    return rows.filter(Q(handled=False) | Q(handled__isnull=True))


def made_of(rows: Sequence[MonitoringReport]) -> Mapping[int, int]:
    """Per report how many of its alerts became an incident, by itself or by a person."""
    found = MonitoringReport.objects.filter(pk__in=[row.pk for row in rows])
    counted = found.annotate(n=Count("alerts", filter=Q(alerts__incident__isnull=False)))
    return dict(counted.values_list("pk", "n"))


def newest(organisation: Organisation, *, on: date) -> list[MonitoringReport]:
    """Per service the report over the newest period, if that says something of today still."""
    rows = MonitoringReport.objects.filter(organisation=organisation, end__gt=on - RECENT).select_related("file")
    found: dict[str, MonitoringReport] = {}
    for row in rows.order_by(F("end").desc(), F("came_at").desc(), "-pk"):
        found.setdefault(row.key, row)
    return list(found.values())
