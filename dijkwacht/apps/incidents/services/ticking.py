"""What time makes due: warnings of terms, and terms that only time starts or ends. Called by `tick`, as often as one likes.

Per organisation one transaction under the lock of its chain, that looks again whether anything is due: run twice, killed or on
two machines, a warning is written once. Mails go out afterwards, each claimed before it is sent (`alerting`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.incidents.models import Alert, Clock, ClockState, Incident
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.calling import crew_of
from dijkwacht.apps.incidents.services.doing import doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.clocks import Standing
from dijkwacht.core.clocks.escalate import Point

ACTOR = "tick"
OPEN = (ClockState.WAITING, ClockState.RUNNING)
Stands = dict[Clock, tuple[Person | None, Standing]]
"""Per open term who handles its incident, and how it stands."""


@dataclass(frozen=True, slots=True)
class Fired:
    """What a round came to: terms at which something became due, and warnings written."""

    clocks: int
    alerts: int


def fire(*, at: datetime) -> Fired:
    """Everything that is due at this moment. Safe to repeat."""
    due = _due(at, exercise=False)
    clocks = alerts = 0
    for organisation in Organisation.objects.filter(pk__in=due.values("organisation")).order_by("pk"):
        done = fire_here(organisation, at=at)
        clocks, alerts = clocks + done.clocks, alerts + done.alerts
    return Fired(clocks, alerts)


def fire_here(organisation: Organisation, *, at: datetime, exercise: bool = False) -> Fired:
    """The same for one organisation. ``exercise``: only rehearsals, which run on the moment that their page looks at."""
    with doing(organisation, person=None, at=at, actor=ACTOR) as deed:
        rows = list(_due(at, exercise=exercise).filter(organisation=organisation))
        moved, how = _stand(organisation, {row.incident_id for row in rows}, at=at)
        how.update({row: (None, terms.standing_of(row, at=at)) for row in rows if row.incident_id is None})
        made = _warn(organisation, how, at=at)
        if moved:
            deed.write("terms_moved", about="terms", rows=moved, terms=", ".join(sorted({each.rule for each in moved})))
    return Fired(len(rows), made)


def _stand(organisation: Organisation, numbers: Collection[int | None], *, at: datetime) -> tuple[list[Clock], Stands]:
    """The terms of these incidents as they stand now: which rows were made to agree, and how each open one stands."""
    rows = Incident.objects.filter(pk__in=[each for each in numbers if each]).select_related("organisation", "handler")
    incidents, roles = terms.with_events(list(rows)), terms.roles_of(organisation, at=at)
    standing: dict[int | None, list[Clock]] = {}
    for row in Clock.objects.select_for_update().filter(incident__in=incidents).exclude(state=ClockState.VOID):
        standing.setdefault(row.incident_id, []).append(row)
    moved: list[Clock] = []
    how: Stands = {}
    for incident in incidents:
        found = {(each.rule.id, each.key): each for each in terms.reckoned(incident, at=at, roles=roles)}
        mine = standing.get(incident.pk, [])
        changed = terms.agree(incident, found, at=at, standing=mine)
        moved += changed
        for row in {row.pk: row for row in (*mine, *changed)}.values():
            if row.state in OPEN and (row.rule, row.key) in found:
                how[row] = (incident.handler, found[row.rule, row.key].standing)
    return moved, how


def _due(at: datetime, *, exercise: bool) -> QuerySet[Clock]:
    whose = Q(incident__exercise=True) if exercise else Q(incident__isnull=True) | Q(incident__exercise=False)
    return Clock.objects.filter(whose, next_at__lte=at)


def _warn(organisation: Organisation, how: Stands, *, at: datetime) -> int:
    """Writes what has become due of these terms, and when each is looked at next; how many warnings.

    Of several that passed unseen, such as after a night without `tick`, only the last is sent.
    """
    made: list[Alert] = []
    crew = crew_of(organisation, at=at)
    for row, (handler, standing) in how.items():
        new = [(mark, point) for mark, point in marks(standing) if mark not in row.fired]
        row.fired, row.next_at = [*row.fired, *(mark for mark, _point in new)], standing.changes_at
        if new:
            mark, point = new[-1]
            if not terms.is_ours(row.rule):
                point = "warned"  # what another owes us is no reason to call the board
            called = crew.people(point, handler=handler, rule=row.rule)
            made += [Alert(clock=row, mark=mark, person=person, role=role, made_at=at) for person, role in called]
    Clock.objects.bulk_update(how, ["fired", "next_at"], batch_size=200)
    return _write(made)


def _write(made: Sequence[Alert]) -> int:
    """The warnings; one that another machine wrote stays as it is."""
    Alert.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def marks(how: Standing) -> Iterable[tuple[str, Point]]:
    """The marks that have passed, in order, each with how near the end it is."""
    if how.state not in ("running", "warned", "due_soon", "overdue", "open"):
        return []
    passed: list[tuple[str, Point]] = [("started", "started"), *((each.id, "warned") for each in how.warned)]
    if how.state in ("due_soon", "overdue") and how.warned:
        passed[-1] = (how.warned[-1].id, "due_soon")
    return [*passed, ("overdue", "overdue")] if how.state == "overdue" else passed
