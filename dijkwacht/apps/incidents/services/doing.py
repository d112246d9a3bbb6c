"""One deed in this room: what changes, then one entry in the trail that tells of it, or nothing at all."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.incidents.marks import marked
from dijkwacht.apps.incidents.models import Incident, IncidentState, Rehearsal
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record

__all__ = ["Doing", "Refused", "about", "clocks_ahead", "doing", "fresh", "not_later", "quiet", "real_moment"]


@dataclass(slots=True)
class Doing:
    """Who does something, and when. ``entries``: how many the chain has before this one; ``ahead``: see ``clocks_ahead``."""

    organisation: Organisation
    person: Person | None
    at: datetime
    actor: str = ""
    entries: int = 0
    real: datetime | None = None
    ahead: Mapping[str, timedelta] = field(default_factory=dict)

    def write(self, act: str, *, about: str, rows: Iterable[Model] = (), **detail: Any) -> None:
        """Writes the entry. Call it last. ``rows``: all that were made or changed; what they hold now is marked in it.

        Of an exercise it stands at the real moment, so that the trail runs in order; ``exercise_at``: what its clock showed.
        """
        real = self.real or self.at - self.ahead.get(about, timedelta())
        shown = {} if real == self.at else {"exercise_at": self.at}
        record(
            self.organisation, person=self.person, actor=self.actor, act=f"incidents.{act}", about=about,
            detail={**detail, **shown, ROWS: marked(rows)}, at=real,
        )  # fmt: skip


@contextmanager
def doing(
    organisation: Organisation, *, person: Person | None, at: datetime, actor: str = "", real: datetime | None = None
) -> Iterator[Doing]:
    """Begins a deed; everything in it happens, or nothing. The chain's head is locked from here on.

    ``real``: the moment outside exercises, where who calls knows it; otherwise it follows from how far their clocks run ahead.
    """
    with transaction.atomic():
        entries = lock(organisation)
        yield Doing(organisation, person, at, actor, entries, real, {} if real else clocks_ahead(organisation))


def clocks_ahead(organisation: Organisation) -> dict[str, timedelta]:
    """How far the clock of each exercise that goes on runs ahead, by how the trail names it."""
    rows = Rehearsal.objects.filter(incident__organisation=organisation, ahead__gt=timedelta())
    found = rows.exclude(incident__state=IncidentState.CLOSED).values_list("incident", "ahead")
    return {f"incident:{number}": ahead for number, ahead in found}


def real_moment(incident: Incident, at: datetime) -> datetime:
    """The real moment of what happens in an incident, at ``at`` on its own clock."""
    return at - clocks_ahead(incident.organisation).get(about(incident), timedelta())


def fresh(incident: Incident) -> Incident:
    """The incident as it is now, held till the end of the transaction."""
    return Incident.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=incident.pk)


def about(incident: Incident) -> str:
    """How the trail names an incident."""
    return f"incident:{incident.pk}"


def quiet(incident: Incident, **texts: str) -> dict[str, str]:
    """What people wrote, as the trail may tell it: of a restricted incident “…”, for auditors and administrators read it."""
    return dict.fromkeys(texts, "…") if incident.restricted else texts


def not_later(moment: datetime | None, at: datetime, field: str) -> None:
    """Raises Refused (zone, future) when a moment has no zone, or has not come yet."""
    if moment is None:
        return
    if moment.tzinfo is None:
        raise Refused("zone", field=field)
    if moment > at:
        raise Refused("future", field=field)
