"""Who was mailed about an incident or the registration and said to have seen it; what one person has not seen yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q

from dijkwacht.apps.incidents.models import Alert, Clock, ClockState, Incident, Telling
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.core.access import Right


@dataclass(frozen=True, slots=True)
class Warned:
    """One person: when last mailed, and when all of it was seen; None when something was not. ``failed``: one did not go out."""

    person: Person
    last: datetime
    seen: datetime | None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Unseen:
    """What somebody was mailed about, and did not say to have seen: an incident, or (None) the term of the registration.

    ``last``: when last mailed.
    """

    incident: Incident | None
    last: datetime


def warned_of(incident: Incident) -> Sequence[Warned]:
    """Everybody who was mailed about it, who was first before the others."""
    rows: list[Telling | Alert] = [
        *Telling.objects.filter(incident=incident).select_related("person"),
        *Alert.objects.filter(clock__incident=incident).select_related("person"),
    ]
    return _persons(rows)


def warned_of_term(term: Clock) -> Sequence[Warned]:
    """Everybody who was mailed about a term that belongs to no incident."""
    return _persons(Alert.objects.filter(clock=term).select_related("person").order_by("pk"))


def _persons(rows: Iterable[Telling | Alert]) -> Sequence[Warned]:
    mine: dict[Person, list[Telling | Alert]] = {}
    for row in rows:
        mine.setdefault(row.person, []).append(row)
    return [
        Warned(person, max(row.made_at for row in rows), _seen(rows), any(row.trouble for row in rows))
        for person, rows in mine.items()
    ]


def _seen(rows: Sequence[Telling | Alert]) -> datetime | None:
    moments = [row.seen_at for row in rows if row.seen_at is not None]
    return max(moments) if len(moments) == len(rows) else None


def unseen(seat: Seat) -> Sequence[Unseen]:
    """What this person was mailed about and has not seen, of incidents that this person may open, and of the registration.

    Exercises are left out, and a term of the registration that is over.
    """
    mine = Incident.objects.filter(organisation=seat.organisation, exercise=False)
    if not seat.may(Right.HANDLE):
        mine = mine.filter(restricted=False)
    me = Q(person=seat.person, seen_at__isnull=True)
    last: dict[int, datetime] = {}
    told = Telling.objects.filter(me, incident__in=mine).values_list("incident", "made_at")
    warned = Alert.objects.filter(me, clock__incident__in=mine).values_list(F("clock__incident"), "made_at")
    for number, made in (*told, *warned):
        last[number] = max(made, last.get(number, made))
    found = [Unseen(each, last[each.pk]) for each in mine.filter(pk__in=last).order_by("-told_at", "-pk")]
    house = Alert.objects.filter(me, clock__organisation=seat.organisation, clock__incident__isnull=True)
    mailed = house.filter(clock__state=ClockState.RUNNING).aggregate(last=Max("made_at"))["last"]
    return [*found, Unseen(None, mailed)] if mailed else found
