"""Rows held against the marks in the trail: what was altered, taken away, or put there by no act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held import Fault, Faulty
from dijkwacht.apps.trail.marks import ROWS, Table, read
from dijkwacht.apps.trail.models import Entry

Last = tuple[int, dict[str, Any] | None]  # the number of the last entry that tells of a row, and the marks in it


@dataclass(frozen=True, slots=True)
class Uncovered:
    """How many rows of a table no entry marks, in a trail with acts from before entries marked rows."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: the rows that are not what the trail says, and those of which it does not say enough."""

    faulty: list[Faulty]
    uncovered: list[Uncovered]


def verify_marks(organisation: Organisation, tables: Iterable[Table], *, acts: Q) -> Held:
    """Holds every row of these tables against the marks in the entries that ``acts`` finds. The trail itself must be whole.

    A row that no entry marks was made by no act; unless one of the acts carries no marks at all: then it may have been made
    by one from before they did, and it is counted instead.
    """
    told: dict[str, dict[str, Last]] = {}
    before = False
    entries = Entry.objects.filter(acts, organisation=organisation).order_by("seq")
    for seq, detail in entries.values_list("seq", "detail").iterator(chunk_size=2000):
        before = before or ROWS not in detail
        for name, rows in detail.get(ROWS, {}).items():
            told.setdefault(name, {}).update({pk: (seq, marks) for pk, marks in rows.items()})
    held = Held([], [])
    for each in tables:
        found = list(_table(organisation, each, told.get(each.name, {})))
        untold = [row for row in found if row.fault is Fault.UNTOLD and row.act is None] if before else []
        held.faulty.extend(row for row in found if row not in untold)
        if untold:
            held.uncovered.append(Uncovered(each.name, len(untold)))
    return held


def _table(organisation: Organisation, of: Table, told: dict[str, Last]) -> Iterator[Faulty]:
    left = {pk: last for pk, last in told.items() if last[1] is not None}
    for pk, now in read(of, of.model._default_manager.filter(**{of.within: organisation}, **of.only)):
        act, then = left.pop(str(pk), (None, None))
        if then is None:
            yield Faulty(of.name, str(pk), told[str(pk)][0] if str(pk) in told else None, Fault.UNTOLD)
        elif differs := tuple(name for name in now if name in then and now[name] != then[name]):
            yield Faulty(of.name, str(pk), act, Fault.ALTERED, differs)
    yield from (Faulty(of.name, pk, act, Fault.MISSING) for pk, (act, _) in left.items())
