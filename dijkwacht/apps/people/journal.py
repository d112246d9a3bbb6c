"""The pen with which this room writes its acts in the trail.

The trail lies above this room and is not known here. It hands its ``record`` over when the site starts
(``trail/apps.py``), so that each verb of this room still writes one entry, in its own transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from dijkwacht.apps.people.models import Organisation, Person


class Record(Protocol):
    """Writes one entry in an organisation's trail."""

    def __call__(
        self,
        organisation: Organisation,
        *,
        person: Person | None,
        actor: str = "",
        act: str,
        about: str,
        detail: Mapping[str, Any],
        at: datetime,
    ) -> object: ...


_pens: list[Record] = []


def write_with(record: Record) -> None:
    """From now on acts are written with ``record``."""
    _pens[:] = [record]


def write(
    organisation: Organisation,
    *,
    person: Person | None,
    actor: str = "",
    act: str,
    about: str,
    detail: Mapping[str, Any],
    at: datetime,
) -> None:
    """Writes one act. Without a pen nothing may happen unseen: then this raises IndexError."""
    _pens[0](organisation, person=person, actor=actor, act=act, about=about, detail=detail, at=at)
