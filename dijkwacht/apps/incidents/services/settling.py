"""Telling the ledger what the register of incidents says; what did not change costs nothing. Never of an exercise."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Prefetch

from dijkwacht.apps.incidents.models import Duty, Incident, IncidentKind, IncidentState, Lesson
from dijkwacht.apps.incidents.queries.duty import on_duty
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.facts import Observed, observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.incident_facts import Improvement, Past, facts_of
from dijkwacht.core.recording import Origin
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of, local

SOURCE = "incidents"
KEPT = ("fact_type", "value", "observed")
AGAIN = timedelta(days=7)
"""How often what did not change is said again, so that it does not go stale."""


def settle(organisation: Organisation, *, at: datetime) -> Observed | None:
    """Tells what is otherwise than the ledger has it from this room; None when nothing is."""
    if not _stale(organisation, on=day_of(at), at=at):
        return None
    with transaction.atomic():
        lock(organisation)  # of two ticks at once the second finds that it was told
        on = day_of(at)
        values = _stale(organisation, on=on, at=at)
        if not values:
            return None
        own = judging.own_subject(organisation, on=on)
        said = [Said(own, name, values[name], Origin.MEASUREMENT, said_by=SOURCE) for name in sorted(values)]
        return observe(organisation, observations=said, source=SOURCE, on=on, at=at)


def _stale(organisation: Organisation, *, on: date, at: datetime) -> dict[str, Any]:
    """What is otherwise than the ledger has it, or was said too long ago."""
    known = norms_on(on).fact_types
    values = {name: value for name, value in say(organisation, at=at).items() if name in known}
    own = judging.own_subject(organisation, on=on)
    rows = Fact.objects.filter(subject=own, fact_type__in=values, said_by=SOURCE, superseded_at__isnull=True)
    standing = {name: (value, date.fromisoformat(seen[-1][-1])) for name, value, seen in rows.values_list(*KEPT)}
    return {name: value for name, value in values.items() if not _stands(standing.get(name), value, on=on)}


def settle_all(*, at: datetime) -> int:
    """The same for everybody with incidents or people on duty; how many had something to tell. For `tick`."""
    used = {
        *Incident.objects.values_list("organisation", flat=True),
        *Duty.objects.values_list("organisation", flat=True),
    }
    return sum(settle(each, at=at) is not None for each in Organisation.objects.filter(pk__in=used).order_by("pk"))


def say(organisation: Organisation, *, at: datetime) -> dict[str, Any]:
    """What the register says now, by fact type."""
    rows = Incident.objects.filter(organisation=organisation, exercise=False)
    since = rows.aggregate(first=Min("told_at"))["first"]
    found: dict[str, Any] = {}
    if since is not None:
        found |= facts_of([_past(each) for each in _incidents(organisation)], at=local(at), since=since)
    duty = list(on_duty(organisation, on=day_of(at)))
    if duty:
        reporters = [row for row in duty if row.role == "reporter"]
        found["notification.roles"] = len(reporters) > 1
        found["notification.eherkenning_holders"] = len({row.person_id for row in duty if row.eherkenning})
    drill = Incident.objects.filter(organisation=organisation, exercise=True, state=IncidentState.CLOSED)
    if last := drill.filter(reports__state="sent").aggregate(last=Max("told_at"))["last"]:
        # The real day: its other moments are those of its own clock.
        found["notification.rehearsed_on"] = day_of(last)
    return found


def _incidents(organisation: Organisation) -> list[Incident]:
    lessons = Prefetch("lessons", Lesson.objects.exclude(improvement=""))
    rows = Incident.objects.filter(organisation=organisation, exercise=False, kind=IncidentKind.INCIDENT)
    return list(rows.annotate(weighed_at=Min("weighings__at")).prefetch_related(lessons))


def _past(incident: Incident) -> Past:
    wanted = tuple(
        Improvement(each.due, day_of(each.done_at) if each.done_at else None)
        for each in incident.lessons.all()
        if each.due is not None
    )
    return Past(
        local(incident.known_at), getattr(incident, "weighed_at", None), incident.closed_at,
        bool(incident.root_cause.strip()), wanted,
    )  # fmt: skip


def _stands(known: tuple[Any, date] | None, value: Any, *, on: date) -> bool:
    """Whether the ledger has this from us, and heard it not long ago."""
    plain = value.isoformat() if isinstance(value, date) else value
    return known is not None and known[0] == plain and on - known[1] < AGAIN
