"""One deed in this room. See `ledger/services/deeds`."""

from contextlib import AbstractContextManager
from datetime import datetime

from dijkwacht.apps.crisis.marks import TABLES
from dijkwacht.apps.crisis.models import Crisis
from dijkwacht.apps.ledger.services import deeds
from dijkwacht.apps.ledger.services.deeds import Deed, Refused
from dijkwacht.apps.people.models import Organisation, Person

__all__ = ["Deed", "Refused", "doing", "still_open"]


def doing(organisation: Organisation, *, person: Person | None, at: datetime) -> AbstractContextManager[Deed]:
    """Begins a deed in the trail of an organisation; everything in it happens, or nothing."""
    return deeds.deed(organisation, room="crisis", tables=TABLES, person=person, at=at)


def still_open(crisis: Crisis) -> Crisis:
    """The crisis as it is now; call it within a deed. Raises Refused (closed)."""
    row = Crisis.objects.filter(pk=crisis.pk, closed_at__isnull=True).select_related("organisation").first()
    if row is None:
        raise Refused("closed")
    return row
