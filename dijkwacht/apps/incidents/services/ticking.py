"""What time makes due: warnings of terms, and terms that only time starts or ends. Called by `tick`, as often as one likes.

Per organisation one transaction under the lock of its chain, that looks again whether anything is due: run twice, killed or on
two machines, a warning is written once. Mails go out afterwards, each claimed before it is sent (`alerting`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.apps.incidents.models import Alert, Clock
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.calling import Crew
from dijkwacht.apps.incidents.services.doing import doing
from dijkwacht.apps.incidents.services.gathering import OPEN, Gathered, due_clocks, gathered
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.clocks import Standing
from dijkwacht.core.clocks.escalate import Point

ACTOR = "tick"
MANY = 50  # organisations that are read at once
Stands = dict[Clock, tuple[Person | None, Standing]]
"""Per open term who handles its incident, and how it stands."""


@dataclass(frozen=True, slots=True)
class Fired:
    """What a round came to: terms at which something became due, and warnings written."""

    clocks: int
    alerts: int

    def __add__(self, other: "Fired") -> "Fired":
        return Fired(self.clocks + other.clocks, self.alerts + other.alerts)


def fire(*, at: datetime) -> Fired:
    """Everything that is due at this moment. Safe to repeat."""
    due = due_clocks(at=at, exercise=False)
    wanted = list(Organisation.objects.filter(pk__in=due.values("organisation")).order_by("pk"))
    done = Fired(0, 0)
    for first in range(0, len(wanted), MANY):
        some = wanted[first : first + MANY]
        found = gathered(some, at=at, exercise=False)
        done = sum((_fire(each, found[each.pk], at=at, exercise=False, real=at) for each in some), start=done)
    return done


def fire_rehearsed(organisation: Organisation, *, at: datetime, real: datetime) -> Fired:
    """The same for the rehearsals of one organisation, whose clock shows ``at`` at the moment ``real``."""
    found = gathered([organisation], at=at, exercise=True)
    return _fire(organisation, found[organisation.pk], at=at, exercise=True, real=real)


def _fire(organisation: Organisation, found: Gathered, *, at: datetime, exercise: bool, real: datetime) -> Fired:
    with doing(organisation, person=None, at=at, actor=ACTOR, real=real) as deed:
        if deed.entries != found.entries or not _unmoved(found.clocks):  # something happened since it was read
            found = gathered([organisation], at=at, exercise=exercise)[organisation.pk]
        due = [row for row in found.clocks if row.next_at is not None and row.next_at <= at]
        moved, how = _stand(found, {row.incident_id for row in due if row.incident_id}, at=at)
        how.update({row: (None, terms.standing_of(row, at=at)) for row in due if row.incident_id is None})
        made = _warn(found.crew, how, at=at)
        if moved:
            deed.write("terms_moved", about="terms", rows=moved, terms=", ".join(sorted({each.rule for each in moved})))
    return Fired(len(due), made)


def _unmoved(clocks: Sequence[Clock]) -> bool:
    """Whether no other `tick` was here since these were read."""
    rows = Clock.objects.filter(pk__in=[row.pk for row in clocks]).order_by()
    return dict(rows.values_list("pk", "next_at")) == {row.pk: row.next_at for row in clocks}


def _stand(found: Gathered, due: set[int], *, at: datetime) -> tuple[list[Clock], Stands]:
    """The terms of incidents with one that is due as they stand: which rows were made to agree, how each open one stands."""
    standing: dict[int | None, list[Clock]] = {}
    for row in found.clocks:
        standing.setdefault(row.incident_id, []).append(row)
    moved: list[Clock] = []
    how: Stands = {}
    for number in sorted(due):
        incident, mine = found.incidents[number], standing[number]
        now = {(each.rule.id, each.key): each for each in terms.reckoned(incident, at=at, roles=found.roles)}
        changed = terms.agree(incident, now, at=at, standing=mine)
        moved += changed
        for row in {row.pk: row for row in (*mine, *changed)}.values():
            if row.state in OPEN and (row.rule, row.key) in now:
                how[row] = (incident.handler, now[row.rule, row.key].standing)
    return moved, how


def _warn(crew: Crew, how: Mapping[Clock, tuple[Person | None, Standing]], *, at: datetime) -> int:
    """Writes what has become due of these terms, and when each is looked at next; how many warnings.

    Of several that passed unseen, such as after a night without `tick`, only the last is sent.
    """
    made: list[Alert] = []
    changed: list[Clock] = []
    for row, (handler, standing) in how.items():
        new = [(mark, point) for mark, point in marks(standing) if mark not in row.fired]
        if new or row.next_at != standing.changes_at:
            row.fired, row.next_at = [*row.fired, *(mark for mark, _point in new)], standing.changes_at
            changed.append(row)
        if new:
            mark, point = new[-1]
            if not terms.is_ours(row.rule):
                point = "warned"  # what another owes us is no reason to call the board
            called = crew.people(point, handler=handler, rule=row.rule)
            made += [Alert(clock=row, mark=mark, person=person, role=role, made_at=at) for person, role in called]
    _watch(changed)
    return _write(made)


def _watch(rows: Sequence[Clock]) -> None:
    """Keeps which marks these terms have passed, and when each is looked at next. `bulk_update` takes three times as long."""
    Clock.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["fired", "next_at"], batch_size=200
    )


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
