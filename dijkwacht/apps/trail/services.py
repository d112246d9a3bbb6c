"""The one verb of this room: write what was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.core import chain


def record(
    organisation: Organisation,
    *,
    person: Person | None,
    actor: str = "",
    act: str,
    about: str,
    detail: Mapping[str, Any],
    at: datetime,
) -> Entry:
    """Writes one entry at the end of the organisation's chain, in the transaction of the caller, and returns it.

    From here to the end of that transaction nobody else can write in this chain, so call it last. Without a person
    ``actor`` says who acted. Raises ValueError on values that the chain cannot hold, or when nobody acted.
    """
    if person is None and not actor:
        raise ValueError("an act needs a person or an actor")
    entry = Entry(
        organisation=organisation, at=at, person=person, actor=actor, act=act, about=about, detail=chain.plain(detail)
    )
    chain.canonical(entry.content(organisation.slug))  # raises before anything is locked
    with transaction.atomic(savepoint=False):
        _append(entry)
    return entry


def _append(entry: Entry) -> None:
    organisation = entry.organisation
    head, _ = Head.objects.select_for_update().get_or_create(
        organisation=organisation, defaults={"hash": chain.genesis(organisation.slug)}
    )
    entry.seq, entry.previous = head.seq + 1, head.hash
    entry.hash = chain.link(entry.previous, entry.content(organisation.slug))
    entry.save()
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
