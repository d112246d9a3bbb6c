"""Rehearsals of an organisation, what comes next in one, and what came of it."""

from collections.abc import Sequence
from datetime import datetime

from dijkwacht.apps.incidents.models import (
    Alert,
    Clock,
    ClockState,
    Incident,
    Moment,
    MomentKind,
    Rehearsal,
    Report,
    Weighing,
)
from dijkwacht.apps.incidents.queries.statistics import TERMS, happened
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.incident_statistics import Year, figures
from dijkwacht.norms.incidents_scenarios import Inject
from dijkwacht.norms.read import clocks, incidents

FEW = 4
AGAIN = "weigh_again"
OPEN = (ClockState.RUNNING, ClockState.WAITING)


def rehearsals(organisation: Organisation) -> Sequence[Rehearsal]:
    """All of them, the last first."""
    rows = Rehearsal.objects.filter(incident__organisation=organisation)
    return list(rows.select_related("incident", "begun_by").order_by("-began_at", "-pk"))


def left(row: Rehearsal) -> tuple[Inject, ...]:
    """What the scenario still has in store."""
    found = incidents().scenarios.get(row.scenario)
    return found.injects[row.told :] if found else ()


def stops(row: Rehearsal, *, at: datetime) -> list[tuple[datetime, str]]:
    """The next moments at which something happens by itself: an event of the scenario (empty code), a term (its rule), or a
    weighing that is asked for again."""
    found = [(row.began_at + each.after, "") for each in left(row)]
    terms = Clock.objects.filter(incident=row.incident, state__in=OPEN, next_at__isnull=False)
    found += [(each, rule) for each, rule in terms.values_list("next_at", "rule") if each is not None]
    again = Weighing.objects.filter(incident=row.incident, asked_again_at__isnull=True, again_at__isnull=False)
    found += [(each, AGAIN) for each in again.values_list("again_at", flat=True) if each is not None]
    first: dict[datetime, str] = {}
    for moment, code in sorted(found):
        if moment > at:
            first.setdefault(moment, code)
    return list(first.items())[:FEW]


def exact(text: str) -> datetime | None:
    """A moment that a button names, to the second; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def warned(incident: Incident) -> Sequence[Alert]:
    """Who was warned of what, the last first."""
    rows = Alert.objects.filter(clock__incident=incident).select_related("person", "clock")
    return list(rows.order_by("-made_at", "clock__due_at", "pk"))


def events(row: Rehearsal) -> Sequence[Moment]:
    """What the scenario told so far."""
    rows = Moment.objects.filter(incident=row.incident, kind=MomentKind.EVENT, by=None)
    return list(rows.order_by("at", "pk"))


def sent(incident: Incident) -> Sequence[Report]:
    """The reports that were sent, with their receivers."""
    return list(
        Report.objects.filter(incident=incident, state="sent").prefetch_related("deliveries").order_by("sent_at", "pk")
    )


def outcome(row: Rehearsal, *, at: datetime) -> Year:
    """Which legal terms of it were kept. A term without a last moment is neither kept nor missed."""
    incident = Incident.objects.prefetch_related(TERMS, "weighings").get(pk=row.incident_id)
    found = happened(incident)
    return figures([found], at=incident.closed_at or at, rules=list(clocks().rules))
