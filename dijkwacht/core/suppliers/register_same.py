"""Which rows of one file are about the same supplier: by KvK number, own number and name. Pure.

Two numbers of the Chamber of Commerce are two suppliers, however much their names look alike; under one and the same name they
are a mistake in the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Place
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.register_rows import SupplierRow
from dijkwacht.core.table_notes import Notes


@dataclass(frozen=True, slots=True)
class Told:
    """A supplier as one row tells it, with the places of its cells."""

    at: SupplierRow
    place: Callable[[str], Place]


class _Groups:
    """Rows put together: each group is known by its first row."""

    def __init__(self, count: int) -> None:
        self._first = list(range(count))

    def of(self, row: int) -> int:
        while self._first[row] != row:
            self._first[row] = self._first[self._first[row]]
            row = self._first[row]
        return row

    def join(self, rows: Iterable[int]) -> None:
        firsts = sorted({self.of(row) for row in rows})
        for other in firsts[1:]:
            self._first[other] = firsts[0]

    def all(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._first)):
            found[self.of(row)].append(row)
        return found


def one_each(told: Sequence[Told], notes: Notes) -> tuple[list[SupplierRow], list[int]]:
    """Every supplier once, in the order of the file, and for each row the position of its supplier."""
    groups = _Groups(len(told))
    for key in (_by_number, _by_own_id, _by_name):
        for rows in _shared(range(len(told)), lambda row, key=key: key(told[row].at)).values():  # type: ignore[misc]
            groups.join(rows)
    for rows in groups.all().values():
        _one_number(told, rows, notes)
    _by_likeness(told, groups, notes)
    whole = groups.all()
    positions = {first: position for position, first in enumerate(whole)}
    suppliers = [_put_together([told[row] for row in rows], notes) for rows in whole.values()]
    return suppliers, [positions[groups.of(row)] for row in range(len(told))]


def _by_number(at: SupplierRow) -> str:
    return at.kvk


def _by_own_id(at: SupplierRow) -> str:
    return plain(at.own_id)


def _by_name(at: SupplierRow) -> str:
    return plain(at.name)


def _shared(rows: Iterable[int], key: Callable[[int], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if said := key(row):
            found[said].append(row)
    return found


def _one_number(told: Sequence[Told], rows: Sequence[int], notes: Notes) -> None:
    """A problem for each row whose KvK number is another than that of the first row of the group that has one."""
    with_number = [told[row] for row in rows if told[row].at.kvk]
    for other in with_number[1:]:
        if other.at.kvk != (first := with_number[0].at).kvk:
            notes.problem(
                "kvk_differs", other.place("kvk"), name=other.at.name[:60], value=other.at.kvk, other=first.kvk,
                row=str(first.row),
            )  # fmt: skip


def _by_likeness(told: Sequence[Told], groups: _Groups, notes: Notes) -> None:
    """Groups whose names say the same without *B.V.* and the like are one, unless there are two numbers among them."""
    apart = groups.all()
    near = _Groups(len(told))
    for rows in apart.values():
        near.join(rows)
    for rows in _shared(range(len(told)), lambda row: folded(told[row].at.name)).values():
        near.join(rows)
    for rows in near.all().values():
        firsts = list(dict.fromkeys(groups.of(row) for row in rows))
        if len({told[row].at.kvk for row in rows} - {""}) <= 1:
            groups.join(firsts)
        elif len(firsts) > 1:
            _alike(told, [apart[first] for first in firsts], notes)


def _alike(told: Sequence[Told], apart: Sequence[Sequence[int]], notes: Notes) -> None:
    """A remark for each group after the first that has a name like one before it."""
    before: dict[str, SupplierRow] = {}
    for rows in apart:
        like = next((row for row in rows if folded(told[row].at.name) in before), None)
        if like is not None:
            each, first = told[like], before[folded(told[like].at.name)]
            notes.remark(
                "names_alike", each.place("supplier"), name=each.at.name[:60], other=first.name[:60], row=str(first.row)
            )
        for row in rows:
            before.setdefault(folded(told[row].at.name), told[row].at)


def _put_together(rows: Sequence[Told], notes: Notes) -> SupplierRow:
    """One supplier of its rows: the first that is filled counts; what differs is told."""
    first = rows[0].at
    kept = {"own_id": first.own_id, "domain": first.domain, "country": first.country, "kvk": first.kvk}
    since = dict.fromkeys(kept, first.row)
    also: dict[str, str] = {}
    for each in rows[1:]:
        for role in tuple(kept):
            said = getattr(each.at, role)
            if said and not kept[role]:
                kept[role], since[role] = said, each.at.row
            elif said and role != "kvk" and plain(said) != plain(kept[role]):
                notes.remark(
                    "supplier_differs", each.place(role), role=role, value=said[:60], other=kept[role][:60],
                    row=str(since[role]),
                )  # fmt: skip
        if (said := plain(each.at.name)) != plain(first.name) and said not in also:
            also[said] = each.at.name
            notes.remark(
                "names_merged",
                each.place("supplier"),
                name=each.at.name[:60],
                other=first.name[:60],
                row=str(first.row),
            )
    return SupplierRow(first.row, first.name, also=tuple(also.values()), **kept)
