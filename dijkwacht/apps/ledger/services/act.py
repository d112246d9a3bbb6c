"""One act: a transaction in which nobody else can act in the organisation, ending in one entry in its trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Head
from dijkwacht.apps.trail.services import record
from dijkwacht.core import chain


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something, when, and the number that its entry in the trail will have."""

    organisation: Organisation
    person: Person | None
    actor: str
    on: date
    at: datetime
    number: int

    def write(self, act: str, *, about: str, detail: Mapping[str, Any]) -> None:
        """Writes the entry. Call it last."""
        record(
            self.organisation, person=self.person, actor=self.actor, act=f"ledger.{act}", about=about,
            detail={"day": self.on, **detail}, at=self.at,
        )  # fmt: skip


@contextmanager
def acting(
    organisation: Organisation, *, person: Person | None, on: date, at: datetime, actor: str = ""
) -> Iterator[Act]:
    """Begins an act. The chain's head is locked from here on, so acts in one organisation come one after the other."""
    if person is None and not actor:
        raise ValueError("an act needs a person or an actor")
    with transaction.atomic():
        yield Act(organisation, person, actor, on, at, lock(organisation) + 1)


def lock(organisation: Organisation) -> int:
    """Locks the head of the organisation's chain till the end of the transaction; returns the number of its last entry."""
    head, _ = Head.objects.select_for_update().get_or_create(
        organisation=organisation, defaults={"hash": chain.genesis(organisation.slug)}
    )
    return head.seq


def about(subject: str, fact_type: str) -> str:
    """How the trail names a question; the form in which shares name it too."""
    return f"{subject}|{fact_type}"
