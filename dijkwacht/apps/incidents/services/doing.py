"""One deed in this room: what changes, then one entry in the trail that tells of it, or nothing at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.incidents.marks import marked
from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


class Refused(ValueError):
    """Why a verb of this room is refused, as a code with parameters."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(slots=True)
class Doing:
    """Who does something, and when."""

    organisation: Organisation
    person: Person | None
    at: datetime
    actor: str = ""

    def write(self, act: str, *, about: str, rows: Iterable[Model] = (), **detail: Any) -> None:
        """Writes the entry. Call it last. ``rows``: all that were made or changed; what they hold now is marked in it."""
        record(
            self.organisation, person=self.person, actor=self.actor, act=f"incidents.{act}", about=about,
            detail={**detail, ROWS: marked(rows)}, at=self.at,
        )  # fmt: skip


@contextmanager
def doing(organisation: Organisation, *, person: Person | None, at: datetime, actor: str = "") -> Iterator[Doing]:
    """Begins a deed; everything in it happens, or nothing. The chain's head is locked from here on."""
    with transaction.atomic():
        lock(organisation)
        yield Doing(organisation, person, at, actor)


def fresh(incident: Incident) -> Incident:
    """The incident as it is now, held till the end of the transaction."""
    return Incident.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=incident.pk)


def about(incident: Incident) -> str:
    """How the trail names an incident."""
    return f"incident:{incident.pk}"


def not_later(moment: datetime | None, at: datetime, field: str) -> None:
    """Raises Refused (zone, future) when a moment has no zone, or has not come yet."""
    if moment is None:
        return
    if moment.tzinfo is None:
        raise Refused("zone", field=field)
    if moment > at:
        raise Refused("future", field=field)
