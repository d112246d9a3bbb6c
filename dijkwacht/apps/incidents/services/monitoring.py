"""A report of a monitoring service comes in: kept whole, its alerts each once, what presses becomes an incident, facts follow.

All of it or nothing; the same file again changes nothing. What a file says is read by `adapters/monitoring`, what that changes is
decided by `core/monitoring_plan`, which facts follow by `core/monitoring_facts`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.utils.translation import gettext as _

from dijkwacht.adapters.monitoring import LIMITS, read_report
from dijkwacht.apps.incidents.models import Incident, MonitoringAlert, MonitoringReport
from dijkwacht.apps.incidents.queries import monitoring as queries
from dijkwacht.apps.incidents.services import intake
from dijkwacht.apps.incidents.services.doing import Doing, Refused, about, doing
from dijkwacht.apps.ledger.models import Evidence, Fact
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.facts import Observed, observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import Assurance
from dijkwacht.core.monitoring import Alert, Given, Read
from dijkwacht.core.monitoring import MonitoringReport as Told
from dijkwacht.core.monitoring_facts import TOLD, Reported, facts_of
from dijkwacht.core.monitoring_facts import day_of as spoken_of
from dijkwacht.core.monitoring_plan import Plan, plan
from dijkwacht.core.recording import Origin
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of, day_words, local

__all__ = ["LARGEST", "Given", "Taken", "again", "make_incident", "plan_of", "read", "take_over"]

LARGEST = LIMITS.size
IN_ONE_ENTRY = 500
DETECTION = "monitoring"
TITLE = 200
ACTOR = 100  # characters of who acted, in the trail
RUNNING = timedelta(days=100)
"""So far ahead the last day of a period may lie that still runs: a quarter. With a wrong year it would stay the newest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file. ``again``: it was here already, and nothing changed. ``incidents``: what became of it by itself."""

    report: MonitoringReport
    again: bool
    incidents: Sequence[Incident] = ()
    observed: Observed | None = None


def read(data: bytes, name: str, given: Given) -> Read:
    """What a file says. Whatever is wrong with it is a problem in the answer."""
    return read_report(data, name, given)


def plan_of(organisation: Organisation, told: Told) -> Plan:
    """What a report would change."""
    rows = queries.known(organisation, key_of(told.service), (each.id for each in told.alerts))
    return plan(told, queries.standing(rows))


def again(organisation: Organisation, sha256: str) -> MonitoringReport | None:
    """The report that this very file brought before, if any."""
    return MonitoringReport.objects.filter(organisation=organisation, file__sha256=sha256).first()


def key_of(service: str) -> str:
    """A service by its name, however it is written."""
    return (folded(service) or service.casefold())[:300]


def take_over(
    organisation: Organisation, found: Read, *, data: bytes, name: str, person: Person | None, at: datetime,
    actor: str = "",
) -> Taken:  # fmt: skip
    """Takes a report over, all of it or nothing; ``data`` is kept as evidence.

    Raises Refused: report_not_usable, period_ahead (its period has yet to begin), period_far (it ends long after today),
    alert_ahead.
    """
    told = found.report
    if told is None or not found.usable:
        raise Refused("report_not_usable")
    _check(told, at=at)
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        on = day_of(at)
        file = add_evidence(organisation, file=BytesIO(data), name=name, person=person, on=on, at=at, actor=actor)
        if (before := again(organisation, file.sha256)) is not None:
            return Taken(before, True)
        rows = queries.known(organisation, key_of(told.service), (each.id for each in told.alerts))
        decided = plan(told, queries.standing(rows))
        made = {each.id: _incident(organisation, each, told.service, at=at) for each in decided.incidents}
        report = _report(deed, told, decided, file, form=found.form)
        _alerts(report, decided, rows, made, deed)
        observed = _tell(organisation, at=at)
    return Taken(report, False, list(made.values()), observed)


def make_incident(alert: MonitoringAlert, *, person: Person, at: datetime) -> Incident:
    """Somebody makes an incident of an alert; we knew of it since the first report that told of it. Raises Refused (made)."""
    with doing(alert.organisation, person=person, at=at) as deed:
        now = MonitoringAlert.objects.select_for_update(of=("self",)).select_related("last").get(pk=alert.pk)
        if now.incident_id is not None:
            raise Refused("made")
        first = min(now.reports.all(), key=lambda each: each.came_at)
        asked = _intake(queries.alert_of(now), now.last.service, known_at=first.came_at)
        now.incident = intake.tell(alert.organisation, intake=asked, person=person, at=at, handler=person)
        now.save(update_fields=["incident"])
        deed.write(
            "monitoring_incident", about=about(now.incident), rows=[now], name=now.incident.name, number=now.number,
            service=now.last.service,
        )  # fmt: skip
    return now.incident


def _check(told: Told, *, at: datetime) -> None:
    """Raises Refused when the report tells of what has yet to come."""
    if told.period.first > day_of(at):
        raise Refused("period_ahead", day=day_words(told.period.first))
    last = told.period.end - timedelta(days=1)
    if last > day_of(at) + RUNNING:
        raise Refused("period_far", day=day_words(last))
    ahead = next((each for each in told.alerts if each.at > at), None)
    if ahead is not None:
        raise Refused("alert_ahead", id=ahead.id[:60], day=day_words(local(ahead.at).date()))


def _incident(organisation: Organisation, alert: Alert, service: str, *, at: datetime) -> Incident:
    """An incident that comes of an alert by itself: told by the service; we know of it from this report on."""
    return intake.tell(
        organisation, intake=_intake(alert, service, known_at=at), person=None, at=at, actor=service[:ACTOR]
    )


def _intake(alert: Alert, service: str, *, known_at: datetime) -> intake.Intake:
    seen = alert.exact and alert.at <= known_at
    facts = [_("Alert %(id)s of %(service)s.") % {"id": alert.id, "service": service}]
    if alert.system:
        facts.append(_("System: %(system)s.") % {"system": alert.system})
    if not seen:
        facts.append(_("Seen on %(day)s.") % {"day": day_words(local(alert.at).date())})
    return intake.Intake(
        title=alert.title[:TITLE], what="\n\n".join([alert.what.strip() or alert.title, " ".join(facts)]),
        known_at=known_at, known_by=service[:TITLE], noticed_at=alert.at if seen else None,
        noticed_by=service[:TITLE] if seen else "", detection=DETECTION, indicators="\n".join(alert.indicators),
    )  # fmt: skip


def _report(deed: Doing, told: Told, decided: Plan, file: Evidence, *, form: str) -> MonitoringReport:
    return MonitoringReport.objects.create(
        organisation=deed.organisation, service=told.service, key=key_of(told.service), first=told.period.first,
        end=told.period.end, sources=told.sources, expected=told.expected, form=form, file=file, total=len(told.alerts),
        fresh=decided.count("new"), updated=decided.count("updated"), made=len(decided.incidents),
        left=len(decided.left), came_at=deed.at, by=deed.person,
    )  # fmt: skip


def _alerts(
    report: MonitoringReport, decided: Plan, known: dict[str, MonitoringAlert], made: dict[str, Incident], deed: Doing
) -> None:
    """Writes the alerts, and what the trail tells of them, in portions."""
    new, old, told_of = list[MonitoringAlert](), list[MonitoringAlert](), list[MonitoringAlert]()
    for step in decided.steps:
        row = known.get(step.alert.id) or _new(report, step.alert)
        row.incident = made.get(step.alert.id, row.incident)
        if step.change == "new":
            new.append(row)
        else:
            old.append(row)
        if step.change in ("same", "updated"):
            told_of.append(row)
            alert, row.last = step.alert, report
            row.severity, row.handled, row.closed_at = alert.severity or "", alert.handled, alert.closed_at
    MonitoringAlert.objects.bulk_create(new, batch_size=IN_ONE_ENTRY)
    columns = ["severity", "handled", "closed_at", "last", "incident"]
    # Rows that are there already, written by an insert: an update of thousands takes four times as long.
    MonitoringAlert.objects.bulk_create(
        told_of, update_conflicts=True, update_fields=columns, unique_fields=["pk"], batch_size=IN_ONE_ENTRY
    )
    link, rows = MonitoringAlert.reports.through, [*new, *old]
    link.objects.bulk_create(
        [link(monitoringalert_id=row.pk, monitoringreport_id=report.pk) for row in rows], batch_size=IN_ONE_ENTRY
    )
    told = {"service": report.service, "fresh": report.fresh, "updated": report.updated, "made": report.made}
    for part, some in enumerate(_portions([report, *rows]), 1):
        deed.write("monitoring_imported", about=f"monitoring:{report.pk}", rows=some, part=part, **told)


def _new(report: MonitoringReport, alert: Alert) -> MonitoringAlert:
    return MonitoringAlert(
        organisation=report.organisation, key=report.key, number=alert.id, at=alert.at, exact=alert.exact,
        title=alert.title, severity=alert.severity or "", system=alert.system, what=alert.what, handled=alert.handled,
        closed_at=alert.closed_at, indicators=list(alert.indicators), last=report,
    )  # fmt: skip


def _portions(
    rows: Sequence[MonitoringReport | MonitoringAlert],
) -> Iterator[Sequence[MonitoringReport | MonitoringAlert]]:
    for start in range(0, len(rows), IN_ONE_ENTRY):
        yield rows[start : start + IN_ONE_ENTRY]


def _tell(organisation: Organisation, *, at: datetime) -> Observed | None:
    """Tells the ledger what the newest reports show, with the reports as evidence; what they no longer show ends.

    Said of the last day that the reports speak of, so that it ages from there: a report that is not followed by another grows
    stale. Documented, not measured: we did not see it ourselves.
    """
    on = day_of(at)
    rows = queries.newest(organisation, on=on)
    reports = [_reported(row) for row in rows]
    day, own = spoken_of(reports, on=on), judging.own_subject(organisation, on=on)
    types = norms_on(on).fact_types
    values = {name: value for name, value in facts_of(reports, on=on).items() if name in types}
    ours = MonitoringReport.objects.filter(organisation=organisation).values("file")
    standing = Fact.objects.filter(
        subject=own, fact_type__in=TOLD, origin=Origin.MEASUREMENT.value, superseded_at__isnull=True,
        valid_to__isnull=True, evidence__in=ours,
    ).distinct()  # fmt: skip
    ended = [fact for fact in standing if fact.fact_type not in values]
    who, files = ", ".join(row.service for row in rows)[:200], tuple(row.file for row in rows)
    said = [
        Said(own, name, value, Origin.MEASUREMENT, Assurance.DOCUMENTED, day=day, said_by=who, evidence=files)
        for name, value in sorted(values.items())
    ]
    if not said and not ended:
        return None
    return observe(organisation, observations=said, source=who[:ACTOR] or "incidents", on=on, at=at, ended=ended)


def _reported(row: MonitoringReport) -> Reported:
    alerts = [(alert.severity, alert.handled) for alert in map(queries.alert_of, row.alerts.select_related("last"))]
    return Reported(row.end - timedelta(days=1), row.sources, row.expected, alerts)
