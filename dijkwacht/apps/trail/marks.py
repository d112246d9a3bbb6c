"""What an entry tells of rows: a mark per column, so that a change behind our back is seen and named.

Told in docs/algorithms/trail.md. A room lists its tables with ``table`` and puts ``marks`` of the rows that an act made or
changed in the entry, under ``ROWS``; ``held_marks`` holds the rows against what the entries tell.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import Field, Model, QuerySet

from dijkwacht.core import chain

ROWS = "rows"  # the key in the detail of an entry
UNREADABLE = "unreadable"  # the mark of what cannot be read, such as the 99th of a month; no digest is that short
Part = Callable[[Collection[Any]], Mapping[Any, Any]]  # of rows, by number, what other tables hold of each
Marks = dict[str, dict[str, dict[str, Any] | None]]  # by table and number of the row; None: the act took it away


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the trail tells of. ``columns``: the lookup by name; ``within``: the lookup of its organisation.

    ``only``: of which of its rows the trail tells, where others are made by no act, such as runs that were planned.
    """

    name: str
    model: type[Model]
    columns: Mapping[str, str]
    within: str = "organisation"
    parts: Mapping[str, Part] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All that is marked of a row."""
        return (*self.columns, *self.parts)


def table(
    name: str,
    model: type[Model],
    *,
    within: str = "organisation",
    keys: Mapping[str, str] | None = None,
    parts: Mapping[str, Part] | None = None,
    without: Collection[str] = (),
    only: Mapping[str, Any] | None = None,
) -> Table:
    """A table with every column of the model, but for its number, its organisation and those ``without``.

    ``keys``: where another table is pointed to, by what of it, such as ``{"subject": "subject__key"}``; its number otherwise.
    ``parts``: what other tables hold of a row, such as the lines of a catalog.
    """
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    left_out = {"organisation", *without}
    columns = {each.name: each.attname for each in fields if not each.primary_key and each.name not in left_out}
    return Table(name, model, columns | dict(keys or {}), within, dict(parts or {}), dict(only or {}))


def marks(tables: Iterable[Table], rows: Iterable[Model]) -> Marks:
    """The marks of these rows as the database has them now; None for one that is not there any more.

    Raises KeyError for a row of a table that is not listed: then the trail would not tell of it.
    """
    listed = {each.model: each for each in tables}
    wanted: dict[type[Model], list[Any]] = {}
    for row in rows:
        wanted.setdefault(type(row), []).append(row.pk)
    found: Marks = {}
    for model, numbers in wanted.items():
        held = dict(read(listed[model], model._default_manager.filter(pk__in=numbers)))
        found[listed[model].name] = {str(pk): held.get(pk) for pk in dict.fromkeys(numbers)}
    return found


def read(of: Table, rows: QuerySet[Any]) -> Iterable[tuple[Any, dict[str, Any]]]:
    """The rows by number, each with its marks."""
    rows = rows.order_by("pk")
    try:
        found = list(rows.values_list("pk", *of.columns.values()))
        parts = [part([pk for pk, *_ in found]) for part in of.parts.values()]
        return [
            (pk, dict(zip(of.names, map(mark, (*values, *(part.get(pk) for part in parts))), strict=True)))
            for pk, *values in found
        ]
    except ValueError:  # something in it cannot be read; then each by itself
        return [(pk, _apart(of, rows, pk)) for pk in list(rows.values_list("pk", flat=True))]


def _apart(of: Table, rows: QuerySet[Any], pk: Any) -> dict[str, Any]:
    """The marks of one row, column by column."""
    found = {}
    for name in of.names:
        part = of.parts.get(name)
        try:
            value = part([pk]).get(pk) if part else rows.values_list(of.columns[name], flat=True).get(pk=pk)
            found[name] = mark(value)
        except ValueError:
            found[name] = UNREADABLE
    return found


def mark(value: Any) -> Any:
    """A number, a yes or no, a day, a moment or nothing as it is; of anything else the SHA-256.

    Raises ValueError on what the trail cannot hold.
    """
    if isinstance(value, bytes | memoryview):
        return sha256(bytes(value)).hexdigest()
    plain = chain.plain(value)
    if plain in (None, "") or isinstance(plain, bool | int | float) or isinstance(value, date):
        return plain
    return _digest(plain) if isinstance(plain, str) else sha256(chain.canonical({"value": plain})).hexdigest()


@lru_cache(maxsize=4096)
def _digest(text: str) -> str:
    """Kept for a while: many rows of one act say the same, such as their state."""
    return sha256(chain.canonical({"value": text})).hexdigest()
