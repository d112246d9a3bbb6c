"""Changes rows behind the back of the program, column by column, and asks whether the trail tells."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.held_marks import Held
from dijkwacht.apps.trail.marks import Table

SOME_DAY = date(2031, 3, 4)
Verify = Callable[[Organisation], Held]


class _Back(Exception):
    """Puts everything back."""


def unseen(
    organisation: Organisation, tables: Iterable[Table], verify: Verify, *, without: Collection[str] = ()
) -> list[str]:
    """The columns of which a change was not named with table, row and column; every table must hold a row.

    Each column of one row of each table is changed in the database, and put back. ``without``: those that the database does
    not let change alone (``remark.state``).
    """
    assert verify(organisation).faulty == [], "begin with rows that are right"
    missed = []
    for each in tables:
        row = each.model._default_manager.filter(**{each.within: organisation}).order_by("-pk").first()
        assert row is not None, f"no row of {each.name}"
        for name in each.columns:
            if f"{each.name}.{name}" in without:
                continue
            if (each.name, str(row.pk), name) not in _named(row, name, organisation, verify):
                missed.append(f"{each.name}.{name}")
    return missed


def _named(row: models.Model, name: str, organisation: Organisation, verify: Verify) -> set[tuple[str, str, str]]:
    """What is named after the column got another value that the database takes."""
    for value in _others(row, name):
        found: list[tuple[str, str, str]] = []
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{name: value})
                faulty = verify(organisation).faulty
                found += [(each.table, each.row, column) for each in faulty for column in each.columns]
                # moved to a row of somebody else: with us it is gone
                found += [(each.table, each.row, name) for each in faulty if each.fault is Fault.MISSING]
                raise _Back
        except IntegrityError:  # the database itself does not let this happen
            continue
        except _Back:
            return set(found)
    raise AssertionError(f"no value to change {type(row).__name__}.{name} into")


def _others(row: models.Model, name: str) -> Iterator[Any]:
    """Other values for a column, the likeliest to be taken first."""
    column: Any = type(row)._meta.get_field(name)
    now = getattr(row, column.attname)
    if column.is_relation:
        rows = column.related_model._default_manager.exclude(pk=now).values_list("pk", flat=True)
        yield from rows.order_by("pk")[:5]
        if column.null and now is not None:
            yield None
        return
    if column.choices:
        yield from (value for value, _ in column.choices if value != now)
        return
    yield _another(column, now)
    if column.null and now is not None:
        yield None


def _another(column: Any, now: Any) -> Any:
    if isinstance(column, models.DateTimeField):
        return (now or datetime(2026, 1, 1, tzinfo=None).astimezone()) + timedelta(microseconds=1)
    if isinstance(column, models.DateField):
        return now + timedelta(days=1) if now else SOME_DAY
    if isinstance(column, models.BooleanField):
        return not now
    if isinstance(column, models.IntegerField):
        return (now or 0) + 1
    if isinstance(column, models.JSONField):
        return {"another": now}
    if isinstance(column, models.BinaryField):
        return b"x"
    return f"{now}x"[-column.max_length :] if column.max_length else f"{now}x"


def gone_and_put_there(organisation: Organisation, row: models.Model, table: str, verify: Verify) -> None:
    """A row that is taken away and put back under another number: both are named."""
    before, copied = row.pk, type(row)._default_manager.get(pk=row.pk)
    type(row)._default_manager.filter(pk=before).delete()
    copied.pk = before + 1000
    copied.save(force_insert=True)
    found = {(each.table, each.row, each.fault) for each in verify(organisation).faulty}
    assert (table, str(before), Fault.MISSING) in found
    assert (table, str(before + 1000), Fault.UNTOLD) in found
