"""One deed in this room. See `ledger/services/deeds`."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from dijkwacht.apps.ledger.services import deeds
from dijkwacht.apps.ledger.services.deeds import Deed, Refused
from dijkwacht.apps.order.marks import TABLES
from dijkwacht.apps.people.models import Organisation, Person

__all__ = ["Deed", "Refused", "doing", "filled", "next_name"]


def doing(
    organisation: Organisation, *, person: Person | None, at: datetime, actor: str = ""
) -> AbstractContextManager[Deed]:
    """Begins a deed in the trail of an organisation; everything in it happens, or nothing."""
    return deeds.deed(organisation, room="order", tables=TABLES, person=person, at=at, actor=actor)


def filled(text: str, field: str) -> str:
    """The text without blanks around it. Raises Refused (empty)."""
    if not text.strip():
        raise Refused("empty", field=field)
    return text.strip()


def next_name(rows: Any, letter: str, year: int) -> str:
    """``B-2026-3``: the next of a year. Under the lock of the chain, so none is given twice."""
    start = f"{letter}-{year}-"
    numbers = [
        int(name.removeprefix(start)) for name in rows.filter(name__startswith=start).values_list("name", flat=True)
    ]
    return f"{start}{max(numbers, default=0) + 1}"
