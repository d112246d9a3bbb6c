"""One deed in this room. See `ledger/services/deeds`."""

from contextlib import AbstractContextManager
from datetime import datetime

from dijkwacht.apps.crime.marks import TABLES
from dijkwacht.apps.ledger.services import deeds
from dijkwacht.apps.ledger.services.deeds import Deed, Refused
from dijkwacht.apps.people.models import Organisation, Person

__all__ = ["Deed", "Refused", "doing"]


def doing(
    organisation: Organisation, *, person: Person | None, at: datetime, actor: str = ""
) -> AbstractContextManager[Deed]:
    """Begins a deed in the trail of an organisation; everything in it happens, or nothing."""
    return deeds.deed(organisation, room="crime", tables=TABLES, person=person, at=at, actor=actor)
