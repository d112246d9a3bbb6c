"""The incidents of a year as the figures take them. Exercises never count; what is restricted only for who may see it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from dijkwacht.apps.incidents.models import Answer, Clock, ClockState, Incident, IncidentState, Weighing
from dijkwacht.apps.incidents.services.terms import is_ours
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.incident_statistics import Happened, Legal, Year, figures
from dijkwacht.norms.read import clocks

TERMS = Prefetch("clocks", Clock.objects.filter(state__in=(ClockState.RUNNING, ClockState.MET)))
"""Terms that are or were a duty: not what waits for another, nor what no longer holds."""


def incidents_in(organisation: Organisation, *, year: int, handles: bool) -> QuerySet[Incident]:
    """What really happened and was recorded in a year; what is restricted only for who handles incidents."""
    rows = Incident.objects.filter(organisation=organisation, year=year, exercise=False)
    rows = rows if handles else rows.filter(restricted=False)
    by_choice = Count("reports", filter=Q(reports__state="sent", reports__voluntary=True), distinct=True)
    weighings = Prefetch("weighings", Weighing.objects.order_by("-at", "-pk"))
    return rows.annotate(by_choice=by_choice).prefetch_related(TERMS, weighings).order_by("number")


def years_with(organisation: Organisation, *, handles: bool) -> Sequence[int]:
    """The years in which something was recorded, the last first."""
    rows = Incident.objects.filter(organisation=organisation, exercise=False)
    rows = rows if handles else rows.filter(restricted=False)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def year_figures(rows: Sequence[Incident], *, at: datetime) -> Year:
    """The figures of these incidents as they stand at a moment."""
    return figures([happened(each) for each in rows], at=at, rules=list(clocks().rules))


def happened(row: Incident) -> Happened:
    """One incident of ``incidents_in`` as the figures take it."""
    weighed = next(iter(row.weighings.all()), None)
    return Happened(
        kind=row.kind, known_at=row.known_at, significant=weighed.decided if weighed else None, cause=row.cause, sort=row.rsit,
        detection=row.detection, personal_data=row.personal_data == Answer.YES, began_at=row.began_at,
        noticed_at=row.noticed_at, recovered_at=row.recovered_at, voluntary=getattr(row, "by_choice", 0),
        open=row.state in (IncidentState.OPEN, IncidentState.CONTAINED),
        terms=tuple(Legal(each.rule, each.due_at, each.met_at) for each in row.clocks.all() if is_ours(each.rule)),
    )  # fmt: skip
