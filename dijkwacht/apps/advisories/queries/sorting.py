"""The order of a list as somebody chose it: by what, which way round, and of equals always the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Sort:
    """Something that a list can be sorted by. ``down``: the highest or latest comes first, until it is turned round."""

    by: Combinable
    down: bool = False

    def asked(self, name: str) -> str:
        """How the address asks for it, the usual way round."""
        return f"-{name}" if self.down else name


def ordered(
    rows: QuerySet[Row], sorts: Mapping[str, Sort], asked: str, usual: Sequence[str | Combinable]
) -> QuerySet[Row]:
    """These rows by what was asked: a name of ``sorts``, with ``-`` before it from high to low; unknown: the usual order.

    What has no value comes last, whichever way round; equals stand in the usual order, which ends with a number of the row.
    """
    found = sorts.get(asked.removeprefix("-"))
    if found is None:
        return rows.order_by(*usual)
    by: Any = found.by
    first = by.desc(nulls_last=True) if asked.startswith("-") else by.asc(nulls_last=True)
    return rows.order_by(first, *usual)
