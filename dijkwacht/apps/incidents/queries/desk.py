"""The list of incidents and everything of one, as its page shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Min, Prefetch, Q, QuerySet, Value, When

from dijkwacht.apps.incidents.models import (
    Clock,
    ClockState,
    Contact,
    Custody,
    Exhibit,
    Hit,
    Incident,
    IncidentKind,
    IncidentState,
    Lesson,
    Message,
    Moment,
    Report,
    ReportState,
    Task,
    Weighing,
)
from dijkwacht.apps.incidents.services.terms import is_ours, with_events
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.read import clocks

NOBODY_YET = "weigh"
CHANGED = "weigh_again"


def duties() -> frozenset[str]:
    """The terms that the organisation itself must keep; what is owed to it, such as an answer of the CSIRT, is another's."""
    return frozenset(name for name, rule in clocks().rules.items() if rule.kind == "duty" and is_ours(name))


def incidents_of(organisation: Organisation, *, handles: bool) -> QuerySet[Incident]:
    """The incidents that somebody may see; ``handles``: also those that are restricted."""
    rows = Incident.objects.filter(organisation=organisation)
    return rows if handles else rows.filter(restricted=False)


def narrowed(
    rows: QuerySet[Incident], *, text: str = "", state: str = "", sort: str = "real", year: int | None = None
) -> QuerySet[Incident]:
    """Those asked for, what is not closed first and of that what falls due first. ``sort``: real, exercise or all."""
    if text:
        said = Q(title__icontains=text) | Q(what__icontains=text)
        last = text.rpartition("-")[2]
        numbered = last.isascii() and last.isdigit() and len(last) < 9
        rows = rows.filter(said | Q(number=int(last)) if numbered else said)
    if state == "open":
        rows = rows.exclude(state=IncidentState.CLOSED)
    elif state:
        rows = rows.filter(state=state)
    if sort != "all":
        rows = rows.filter(exercise=sort == "exercise")
    if year is not None:
        rows = rows.filter(year=year)
    running = Q(clocks__state=ClockState.RUNNING, clocks__rule__in=duties())
    closed = Case(When(state=IncidentState.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = rows.annotate(closed=closed, first_due=Min("clocks__due_at", filter=running))
    return rows.select_related("handler").order_by("closed", F("first_due").asc(nulls_last=True), "-told_at", "-pk")


def years(rows: QuerySet[Incident]) -> list[int]:
    """The years in which incidents were told, the last first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def next_terms(found: Iterable[Incident]) -> Mapping[int, Clock]:
    """Per incident the duty that runs and falls due first."""
    rows = Clock.objects.filter(incident__in=list(found), state=ClockState.RUNNING, rule__in=duties())
    ordered = rows.order_by(F("due_at").desc(nulls_first=True), "-pk")
    return {row.incident_id: row for row in ordered if row.incident_id is not None}


def last_weighings(found: Iterable[Incident]) -> Mapping[int, Weighing]:
    """Per incident the weighing that counts: the last."""
    rows = Weighing.objects.filter(incident__in=list(found)).select_related("by").order_by("at", "pk")
    return {row.incident_id: row for row in rows}


def to_weigh(incident: Incident, last: Weighing | None) -> str:
    """Whether it must be weighed: nobody did yet, facts changed since, or nothing."""
    if incident.kind != IncidentKind.INCIDENT or incident.state == IncidentState.CLOSED:
        return ""
    if last is None:
        return NOBODY_YET
    return CHANGED if last.asked_again_at is not None else ""


@dataclass(frozen=True, slots=True)
class Open:
    """How many real incidents are not closed, and the duty among them that falls due first."""

    count: int
    first: Clock | None


def open_now(rows: QuerySet[Incident]) -> Open:
    """What is open of what somebody may see; exercises do not count."""
    real = rows.filter(exercise=False).exclude(state=IncidentState.CLOSED)
    running = Clock.objects.filter(incident__in=real, state=ClockState.RUNNING, rule__in=duties(), due_at__isnull=False)
    return Open(real.count(), running.select_related("incident").order_by("due_at", "pk").first())


@dataclass(frozen=True, slots=True)
class Whole:
    """One incident, how it was weighed and reported; of the reports those that were not dropped."""

    incident: Incident
    weighing: Weighing | None
    weighings: int
    reports: Sequence[Report]

    @property
    def to_weigh(self) -> str:
        """Whether it must be weighed, now or again."""
        return to_weigh(self.incident, self.weighing)


def whole(incident: Incident) -> Whole:
    """Everything of it, in one query per table."""
    with_events([incident])
    weighings = list(Weighing.objects.filter(incident=incident).select_related("by").order_by("at", "pk"))
    reports = [each for each in incident.reports.all() if each.state != ReportState.DROPPED]
    return Whole(incident, weighings[-1] if weighings else None, len(weighings), reports)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about an incident, each list in its own order."""

    hits: Sequence[Hit]
    moments: Sequence[Moment]
    replaced: int
    tasks: Sequence[Task]
    contacts: Sequence[Contact]
    exhibits: Sequence[Exhibit]
    messages: Sequence[Message]
    lessons: Sequence[Lesson]


def kept(incident: Incident) -> Kept:
    """All of it; of the timeline only lines that no other replaced."""
    lines = list(Moment.objects.filter(incident=incident).select_related("by"))
    gone = {row.replaces_id for row in lines if row.replaces_id}
    custody = Prefetch("custody", Custody.objects.select_related("by"))
    tasks = Task.objects.filter(incident=incident).select_related("owner", "done_by")
    ended = Case(
        When(done_at__isnull=True, dropped_at__isnull=True, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return Kept(
        hits=list(Hit.objects.filter(incident=incident).select_related("subject").order_by("subject__name", "pk")),
        moments=[row for row in lines if row.pk not in gone],
        replaced=len(gone),
        tasks=list(tasks.order_by(ended, F("due_at").asc(nulls_last=True), "pk")),
        contacts=list(Contact.objects.filter(incident=incident, ended_at__isnull=True)),
        exhibits=list(Exhibit.objects.filter(incident=incident).select_related("file").prefetch_related(custody)),
        messages=list(with_events([incident])[0].messages.all()),
        lessons=list(Lesson.objects.filter(incident=incident).select_related("owner")),
    )
