"""One deed in a room above: what changes, then one entry in the trail that tells of it, or nothing at all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS, Table, marks
from dijkwacht.apps.trail.services import record


class Refused(ValueError):
    """Why a verb is refused, as a code with parameters. ``field``: the field of the form that it is about, if any."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, in whose trail, and when."""

    room: str
    tables: Sequence[Table]
    organisation: Organisation
    person: Person | None
    at: datetime
    actor: str = ""

    def write(self, act: str, *, about: str, rows: Iterable[Model] = (), **detail: Any) -> None:
        """Writes the entry. Call it last. ``rows``: all that were made or changed; what they hold now is marked in it."""
        record(
            self.organisation, person=self.person, actor=self.actor, act=f"{self.room}.{act}", about=about,
            detail={**detail, ROWS: marks(self.tables, rows)}, at=self.at,
        )  # fmt: skip


@contextmanager
def deed(
    organisation: Organisation,
    *,
    room: str,
    tables: Sequence[Table],
    person: Person | None,
    at: datetime,
    actor: str = "",
) -> Iterator[Deed]:
    """Begins a deed; everything in it happens, or nothing. The chain's head is locked from here on."""
    with transaction.atomic():
        lock(organisation)
        yield Deed(room, tables, organisation, person, at, actor)
