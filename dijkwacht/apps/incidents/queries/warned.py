"""Who was mailed about an incident and said to have seen it; and what one person has not seen yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from dijkwacht.apps.incidents.models import Alert, Incident, Telling
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.core.access import Right


@dataclass(frozen=True, slots=True)
class Warned:
    """One person: when last mailed, and when all of it was seen; None when something was not."""

    person: Person
    last: datetime
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """An incident about which somebody was mailed, and did not say to have seen it. ``last``: when last mailed."""

    incident: Incident
    last: datetime


def warned_of(incident: Incident) -> Sequence[Warned]:
    """Everybody who was mailed about it, who was first before the others."""
    rows: list[Telling | Alert] = [
        *Telling.objects.filter(incident=incident).select_related("person"),
        *Alert.objects.filter(clock__incident=incident).select_related("person"),
    ]
    mine: dict[Person, list[Telling | Alert]] = {}
    for row in rows:
        mine.setdefault(row.person, []).append(row)
    return [Warned(person, max(row.made_at for row in rows), _seen(rows)) for person, rows in mine.items()]


def _seen(rows: Sequence[Telling | Alert]) -> datetime | None:
    moments = [row.seen_at for row in rows if row.seen_at is not None]
    return max(moments) if len(moments) == len(rows) else None


def unseen(seat: Seat) -> Sequence[Unseen]:
    """What this person was mailed about and has not seen, of incidents that this person may open; exercises left out."""
    mine = Incident.objects.filter(organisation=seat.organisation, exercise=False)
    if not seat.may(Right.HANDLE):
        mine = mine.filter(restricted=False)
    me = Q(person=seat.person, seen_at__isnull=True)
    last: dict[int, datetime] = {}
    told = Telling.objects.filter(me, incident__in=mine).values_list("incident", "made_at")
    warned = Alert.objects.filter(me, clock__incident__in=mine).values_list(F("clock__incident"), "made_at")
    for number, made in (*told, *warned):
        last[number] = max(made, last.get(number, made))
    return [Unseen(each, last[each.pk]) for each in mine.filter(pk__in=last).order_by("-told_at", "-pk")]
