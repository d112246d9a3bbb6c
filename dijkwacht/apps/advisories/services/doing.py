"""One deed in this room: what changes, then one entry in the trail that tells of it, or nothing at all."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.advisories.marks import marked
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.advisories.shapes import Tlp
from dijkwacht.core.advisories.tlp import Reader, may_see

__all__ = ["Doing", "Refused", "doing", "titled"]


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
            self.organisation, person=self.person, actor=self.actor, act=f"advisories.{act}", about=about,
            detail={**detail, ROWS: marked(rows)}, at=self.at,
        )  # fmt: skip


def titled(tlp: str, title: str) -> str:
    """A title as an entry may hold it: whoever reads the trail reads it, so of what is stricter than TLP:GREEN only the label."""
    return title if may_see(cast(Tlp, tlp), Reader("constituency")).yes else f"TLP:{tlp}"


@contextmanager
def doing(organisation: Organisation, *, person: Person | None, at: datetime, actor: str = "") -> Iterator[Doing]:
    """Begins a deed; everything in it happens, or nothing. The chain's head is locked from here on."""
    with transaction.atomic():
        lock(organisation)
        yield Doing(organisation, person, at, actor)
