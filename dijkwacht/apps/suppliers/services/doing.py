"""One deed in this room. See `ledger/services/deeds`."""

from contextlib import AbstractContextManager
from datetime import datetime

from dijkwacht.apps.ledger.services import deeds
from dijkwacht.apps.ledger.services.deeds import Deed, Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.marks import TABLES

__all__ = ["ACTOR", "Deed", "Refused", "doing"]

ACTOR = 100
"""So many characters of who acted an entry of the trail holds; an organisation may have a longer name."""


def doing(
    organisation: Organisation, *, person: Person | None, at: datetime, actor: str = ""
) -> AbstractContextManager[Deed]:
    """Begins a deed in the trail of an organisation; everything in it happens, or nothing."""
    return deeds.deed(
        organisation, room="suppliers", tables=TABLES, person=person, at=at, actor=actor[:ACTOR]
    )  # fmt: skip
