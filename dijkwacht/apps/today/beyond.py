"""What the rooms beyond the own walls ask of one person. One query looks whether there is anything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, QuerySet

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.today import crisis, exercises, landscape, order
from dijkwacht.apps.today.shapes import Part

ROOMS = (crisis, order, exercises, landscape)


@dataclass(frozen=True, slots=True)
class Beyond:
    """``first``: a crisis that goes on and terms of law that press, which stand above all; ``rest``: the other subjects.

    Only those that ask something.
    """

    first: tuple[Part, ...] = ()
    rest: tuple[Part, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.first or self.rest)


def beyond(seat: Seat, *, on: date, at: datetime) -> Beyond:
    """All of it for this person."""
    there = _there(seat, {name: rows for room in ROOMS for name, rows in room.looks(seat, on=on).items()})
    orders = order.part(seat, there, on=on, at=at)
    parts = (
        crisis.going(seat, there), orders, crisis.ready(seat, there, on=on), exercises.part(seat, there, on=on),
        landscape.part(seat, there, on=on),
    )  # fmt: skip
    top = 2 if orders.terms else 1
    return Beyond(_asking(parts[:top]), _asking(parts[top:]))


def _asking(parts: Collection[Part]) -> tuple[Part, ...]:
    return tuple(each for each in parts if each.any)


def _there(seat: Seat, looks: Mapping[str, QuerySet[Any]]) -> frozenset[str]:
    """Which of these hold anything."""
    rows = Organisation.objects.filter(pk=seat.organisation.pk)
    found = rows.values_list(*(Exists(each) for each in looks.values())).get()
    return frozenset(name for name, any_of_it in zip(looks, found, strict=True) if any_of_it)
