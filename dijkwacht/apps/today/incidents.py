"""What incidents ask: of who handles them terms that press, what must be weighed and alerts of which nothing became; of who was
warned to say so when seen.

Never an exercise.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from dijkwacht.apps.incidents.desk_rows import listed
from dijkwacht.apps.incidents.models import Clock, ClockState, Incident, IncidentKind, IncidentState, MonitoringAlert
from dijkwacht.apps.incidents.queries.desk import duties
from dijkwacht.apps.incidents.queries.monitoring import open_alerts
from dijkwacht.apps.incidents.queries.warned import Unseen, unseen
from dijkwacht.apps.incidents.term_words import term_row
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.web.context import address
from dijkwacht.web.moments import day_of
from dijkwacht.web.term_row import TermRow

NEAR = timedelta(days=7)  # how long before its end a term of one's own, or of nobody, stands here
FIRST = 10
FEW = 5  # alerts shown


@dataclass(frozen=True, slots=True)
class ToWeigh:
    """An incident to weigh. ``again``: it was weighed, and what is known changed since."""

    incident: Incident
    url: str
    again: bool


@dataclass(frozen=True, slots=True)
class Pressing:
    """The terms that press, first due first, and the incidents to weigh. ``more``: terms that are not shown.

    ``unseen``: what this person was mailed about, and did not say to have seen. ``alerts``: the first severe ones of a
    monitoring service that are not handled and of which nothing became; ``alert_count``: all of those.
    """

    terms: Sequence[TermRow] = ()
    weigh: Sequence[ToWeigh] = ()
    more: int = 0
    unseen: Sequence[Unseen] = ()
    alerts: Sequence[MonitoringAlert] = ()
    alert_count: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.terms or self.weigh or self.unseen or self.alerts)

    @property
    def late(self) -> int:
        """How many terms are too late."""
        return sum(row.tone == "late" for row in self.terms)


def pressing(seat: Seat, *, at: datetime) -> Pressing:
    """What presses: of one's own and of nobody what ends within a week, of colleagues what is nearly or really too late."""
    warned = unseen(seat) if seat.may(Right.SEE) else ()
    if not seat.may(Right.HANDLE):
        return Pressing(unseen=warned)
    running = Clock.objects.filter(organisation=seat.organisation, state=ClockState.RUNNING, rule__in=duties())
    rows = (
        running.filter(Q(due_at__isnull=True) | Q(due_at__lte=at + NEAR))
        .exclude(incident__exercise=True)
        .select_related("incident")
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )
    handled = any(row.incident for row in rows)
    here = set(persons_in(seat.organisation, on=day_of(at)).values_list("pk", flat=True)) if handled else set()
    others = here - {seat.person.pk}
    shown = [found for row in rows if (found := _term(row, others, seat.organisation.slug, at=at)) is not None]
    return Pressing(shown[:FIRST], _to_weigh(seat, at=at), max(len(shown) - FIRST, 0), warned, *_alerts(seat))


def _alerts(seat: Seat) -> tuple[list[MonitoringAlert], int]:
    """The first alerts that press, and how many there are; counted only when they are many."""
    rows = open_alerts(seat.organisation)
    first = list(rows[: FEW + 1])
    return first[:FEW], len(first) if len(first) <= FEW else rows.count()


def _term(row: Clock, others: Collection[int], slug: str, *, at: datetime) -> TermRow | None:
    """The row of a term when it presses: that of a colleague (``others``) only when nearly late, of who left as of nobody."""
    incident = row.incident
    if incident is None:
        found = term_row(row, at=at, url=address("incidents:registration", organisation=slug))
        return found if _near(found) else None
    url = address("incidents:incident", organisation=slug, pk=str(incident.pk))
    found = term_row(row, at=at, url=url, about=f"{incident.name} {incident.title}")
    return found if found.tone in ("late", "soon") or (incident.handler_id not in others and _near(found)) else None


def _near(row: TermRow) -> bool:
    return row.left is None or row.left <= NEAR


def _to_weigh(seat: Seat, *, at: datetime) -> list[ToWeigh]:
    rows = Incident.objects.filter(organisation=seat.organisation, exercise=False, kind=IncidentKind.INCIDENT)
    asked = [each for each in listed(rows.exclude(state=IncidentState.CLOSED), at=at) if each.weigh]
    slug = seat.organisation.slug
    return [
        ToWeigh(
            each.incident,
            address("incidents:weigh", organisation=slug, pk=str(each.incident.pk))
            or address("incidents:incident", organisation=slug, pk=str(each.incident.pk)),
            each.weigh == "weigh_again",
        )
        for each in asked
    ]
