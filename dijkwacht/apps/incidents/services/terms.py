"""Legal terms follow from what happened: events of an incident in, clocks out; the rows are what was last worked out.

`core/clocks.running` decides which clocks the events set going and how each stands; here the rows are made to agree. Nothing
starts, moves or ends a clock otherwise, so a moment that was corrected corrects its terms.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from dijkwacht.apps.incidents.models import (
    Answer,
    Clock,
    ClockState,
    DataRole,
    EntityRole,
    Incident,
    IncidentKind,
    Message,
    Report,
    ReportState,
)
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.core.clocks import Event, Running, Standing, due, running, standing
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web.moments import day_of

Place = tuple[str, str]
"""What makes a clock of an incident this one: its rule and key."""
CRITICAL, AREA = "critical_entity", "incidents"
HELD = {"running", "warned", "due_soon", "overdue", "open"}
"""The states of `core/clocks` in which somebody still has to do something."""


def follow_facts(incident: Incident, *, at: datetime) -> list[Clock]:
    """Makes the rows agree with what happened; those that changed. In the transaction of the act that calls it."""
    found = {(each.rule.id, each.key): each for each in reckoned(incident, at=at)}
    return agree(incident, found, at=at)


def agree(
    incident: Incident, found: Mapping[Place, Running], *, at: datetime, standing: Iterable[Clock] | None = None
) -> list[Clock]:
    """The same for clocks that were reckoned already. ``standing``: its rows that are not void, held by who calls, who also
    writes when each that goes on is looked at next."""
    rows = {(each.rule, each.key): each for each in (_rows(incident) if standing is None else standing)}
    changed = [
        clock
        for place, each in found.items()
        for clock in _settle(incident, rows.get(place), each, at=at, watched=standing is not None)
    ]
    gone = [row for place, row in rows.items() if place not in found]
    return [*changed, *(_void(row, "no_longer_follows", at=at) for row in gone)]


def reckoned(incident: Incident, *, at: datetime, roles: Mapping[str, datetime] | None = None) -> tuple[Running, ...]:
    """Every clock that the events of this incident set going, as it stands at that moment."""
    pack = clocks()
    roles = roles_of(incident.organisation, at=at) if roles is None else roles
    return running(
        pack.in_area(AREA), events(incident), calendar=pack.calendar, at=at, warn=pack.warn, roles=roles,
        designated=roles.get(CRITICAL),
    )  # fmt: skip


def standing_of(row: Clock, *, at: datetime) -> Standing:
    """How one row stands at that moment, by its rule alone."""
    pack = clocks()
    rule = pack.rules[row.rule]
    found = due(rule, row.started_at, calendar=pack.calendar, rules=pack.rules)
    return standing(replace(found, due=row.due_at), at=at, ladder=pack.warn.get(rule.warn or "", ()), done=row.met_at)


def events(incident: Incident) -> list[Event]:
    """What happened, as the rules of the law name it."""
    return [*_of_itself(incident), *_of_reports(incident), *_of_messages(incident)]


def _of_itself(incident: Incident) -> Iterator[Event]:
    significant = incident.significant_at
    if significant is not None and incident.kind == IncidentKind.INCIDENT:
        yield Event("significant_incident_known", significant)
        if incident.recipients == Answer.YES:
            yield Event("recipients_concerned", significant)
    if significant is not None and incident.kind == IncidentKind.THREAT and incident.recipients == Answer.YES:
        yield Event("significant_threat_known", significant)
    if incident.personal_data == Answer.YES and incident.breach_at is not None:
        if incident.data_role != DataRole.PROCESSOR and incident.data_risk != Answer.NO:
            yield Event("personal_data_breach_known", incident.breach_at)
            if incident.high_risk == Answer.YES:
                yield Event("high_risk_breach", incident.breach_at)
        if incident.data_role != DataRole.CONTROLLER:
            yield Event("processor_breach_known", incident.breach_at)
    if incident.essential == Answer.YES:
        yield Event("disruption_known", incident.known_at)
    if incident.handled_at is not None:
        yield Event("incident_handled", incident.handled_at)


def _of_reports(incident: Incident) -> Iterator[Event]:
    for report in incident.reports.all():
        if report.state == ReportState.DROPPED:
            continue
        key = str(report.number) if report.asked_at else ""
        if report.asked_at is not None:
            yield Event("report_requested", report.asked_at, key, report.asked_before)
        event = event_of(report.form)
        if report.state == ReportState.SENT and report.sent_at is not None and event:
            yield Event(event, report.sent_at, key)
            yield from _of_deliveries(report) if report.form == "early_warning" else ()


def _of_deliveries(report: Report) -> Iterator[Event]:
    for delivery in report.deliveries.all():
        if delivery.capacity == "csirt":
            yield Event("early_warning_received", delivery.at)
            if delivery.answered_at is not None:
                yield Event("csirt_answered", delivery.answered_at)


BY_KIND: Mapping[str, tuple[str, ...]] = {
    OrganisationKind.MUNICIPALITY: ("government",), OrganisationKind.JOINT_ARRANGEMENT: ("joint_body",),
}  # fmt: skip
AUDIENCES = {
    "recipients": "recipients_informed", "persons": "data_subjects_informed", "controller": "controller_told",
}  # fmt: skip
"""Whom a message may inform, where a law asks for it: the event that it is."""


def _of_messages(incident: Incident) -> Iterator[Event]:
    for message in incident.messages.all():
        if message.audience in AUDIENCES:
            yield Event(AUDIENCES[message.audience], message.at)


OTHERS = ("csirt", "authority")
"""Whose duties are not those of the organisation that had the incident."""


def is_ours(rule: str) -> bool:
    """Whether a term binds us, and not another who owes us something, such as the answer of a CSIRT."""
    known = clocks().rules.get(rule)
    return known is None or known.duty_of not in OTHERS


def event_of(form: str) -> str:
    """What sending this form is, as the rules name it: the first thing that ends its clock."""
    known = incidents().forms.get(form)
    rule = clocks().rules.get(known.clock) if known else None
    return rule.ends_on[0] if rule and rule.ends_on else ""


def roles_of(organisation: Organisation, *, at: datetime) -> dict[str, datetime]:
    """What the organisation is under these laws, each with the moment since when; its kind says the first of them."""
    return roles_of_each([organisation], at=at)[organisation.pk]


def roles_of_each(organisations: Collection[Organisation], *, at: datetime) -> dict[int, dict[str, datetime]]:
    """The same of many, by number, in one question to the database."""
    day, zone = day_of(at), ZoneInfo(settings.TIME_ZONE)
    since = datetime.min.replace(tzinfo=zone)
    found = {each.pk: dict.fromkeys((*BY_KIND.get(each.kind, ()), "controller"), since) for each in organisations}
    for row in EntityRole.objects.filter(organisation__in=organisations, since__lte=day).exclude(until__lte=day):
        found[row.organisation_id][row.role] = datetime.combine(row.since, time(0), zone)
    return found


def with_events(incidents: Sequence[Incident]) -> Sequence[Incident]:
    """These incidents with the rows that their events are made of, in three questions to the database."""
    light = Prefetch("reports", Report.objects.defer("frozen", "values"))
    said = Prefetch("messages", Message.objects.select_related("by"))
    prefetch_related_objects(incidents, light, "reports__deliveries", said)
    return incidents


def _rows(incident: Incident) -> list[Clock]:
    return list(Clock.objects.select_for_update().filter(incident=incident).exclude(state=ClockState.VOID))


def _settle(incident: Incident, row: Clock | None, found: Running, *, at: datetime, watched: bool) -> list[Clock]:
    """Makes one row agree; the rows that changed. A clock whose start moved is void, and another runs in its place.

    ``watched``: who calls writes ``next_at`` of one that goes on.
    """
    state = _state(found)
    if state is None:
        return [] if row is None else [_void(row, found.standing.state, at=at)]
    if row is not None and (row.started_at, row.due_at) != (found.due.start, found.due.due):
        return [_void(row, "start_corrected", at=at), _made(incident, found, state, replaces=row, at=at)]
    if row is None:
        return [_made(incident, found, state, replaces=None, at=at)]
    report = _meeting_report(incident, found) if state == ClockState.MET else None
    now = {"state": state, "met_at": found.done if state == ClockState.MET else None, "met_by": report}
    if state == ClockState.MET or not watched:
        now["next_at"] = found.standing.changes_at if state != ClockState.MET else None
    changed = [name for name, value in now.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, now[name])
    if changed:
        row.save(update_fields=changed)
    return [row] if {"met_at", "met_by"} & set(changed) else []


def _state(found: Running) -> str | None:
    """The state of the row; None where there is no duty, or another came in its place."""
    how = found.standing.state
    if how in HELD:
        return ClockState.RUNNING
    if how == "waiting":
        return ClockState.WAITING
    return ClockState.MET if how.startswith("done") else None


def _made(incident: Incident, found: Running, state: str, *, replaces: Clock | None, at: datetime) -> Clock:
    return Clock.objects.create(
        organisation=incident.organisation, incident=incident, rule=found.rule.id, key=found.key,
        started_at=found.due.start, due_at=found.due.due, target_at=found.due.target, unsure=list(found.due.unsure),
        state=state, met_at=found.done if state == ClockState.MET else None,
        met_by=_meeting_report(incident, found) if state == ClockState.MET else None, replaces=replaces, made_at=at,
        next_at=_looked_at(found, state, at=at),
    )  # fmt: skip


def _looked_at(found: Running, state: str, *, at: datetime) -> datetime | None:
    """When `tick` looks at a new clock: at once when it runs, since somebody must hear of it."""
    if state == ClockState.WAITING:
        return found.standing.changes_at
    return at if state == ClockState.RUNNING else None


def _void(row: Clock, why: str, *, at: datetime) -> Clock:
    row.state, row.void_at, row.void_because, row.next_at = ClockState.VOID, at, why, None
    row.save(update_fields=["state", "void_at", "void_because", "next_at"])
    return row


def _meeting_report(incident: Incident, found: Running) -> Report | None:
    """The report that ended this clock, if a report did."""
    ends = {name for name in incidents().forms if event_of(name) in found.rule.ends_on}
    return Report.objects.filter(incident=incident, state=ReportState.SENT, sent_at=found.done, form__in=ends).first()
