"""One deed in this room. See `ledger/services/deeds`."""

from contextlib import AbstractContextManager
from datetime import datetime

from dijkwacht.apps.exercises.marks import TABLES
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.ledger.services import deeds
from dijkwacht.apps.ledger.services.deeds import Deed, Refused
from dijkwacht.apps.people.models import Organisation, Person

__all__ = ["Deed", "Refused", "about", "doing", "fresh"]

ACTOR = 100
"""So many characters of who acted an entry of the trail holds."""


def doing(
    organisation: Organisation, *, person: Person | None, at: datetime, actor: str = ""
) -> AbstractContextManager[Deed]:
    """Begins a deed in the trail of an organisation; everything in it happens, or nothing."""
    return deeds.deed(
        organisation, room="exercises", tables=TABLES, person=person, at=at, actor=actor[:ACTOR]
    )  # fmt: skip


def about(session: Session) -> str:
    """How the trail names a session."""
    return f"exercise:{session.pk}"


def fresh(session: Session) -> Session:
    """The session as it is now, held till the end of the transaction. Raises Refused (annulled)."""
    found = Session.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=session.pk)
    if found.annulled_at is not None:
        raise Refused("annulled")
    return found
