"""Many rows of one table at once. `bulk_create` makes its SQL anew for each portion, which costs several times as much."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

PORTION = 5_000


def insert(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, once: Sequence[str] = (),
    over: Sequence[str] = (),
) -> None:  # fmt: skip
    """Writes rows with these columns, of plain values: text, numbers, days. All that must have a value stand in ``columns``.

    ``once``: the columns that tell rows apart; of one that stands already ``over`` is written over.
    """
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({_columns(model, columns)}) VALUES ({places})"  # noqa: S608 (names of ours)
    if once:
        told = ", ".join(f"{name} = EXCLUDED.{name}" for name in _columns(model, over).split(", "))
        sql += f" ON CONFLICT ({_columns(model, once)}) DO UPDATE SET {told}"
    values = (tuple(_plain(each) for each in row) for row in rows)
    with connection.cursor() as cursor:
        while some := list(islice(values, PORTION)):
            cursor.executemany(sql, some)


def _columns(model: type[Model], names: Sequence[str]) -> str:
    columns = {name: str(each.column) for each in model._meta.concrete_fields for name in (each.name, each.attname)}
    return ", ".join(_quoted(columns[each]) for each in names)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _plain(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
