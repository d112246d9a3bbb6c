"""Rows held against the trail: what its entries tell must stand in the tables, no more and no less.

The trail itself must be whole; that is ``queries.verify``. Here too what belongs to the room of people, which may not
know the trail: roles and shares.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.people.models import Organisation, Role, Share
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core import chain

ENTRY = ("seq", "at", "person_id", "act", "about", "detail")
ROLE = ("person_id", "role", "function", "valid_from", "valid_to", "granted_by_id")
SHARE = (
    "recipient__slug", "kind", "what", "tlp", "valid_from", "valid_to", "granted_by_id", "granted_at", "revoked_by_id",
    "revoked_at",
)  # fmt: skip


class Fault(StrEnum):
    """What is wrong with a row."""

    MISSING = "missing"  # the trail tells of it and it is not there
    UNTOLD = "untold"  # it is there and no entry tells of it
    ALTERED = "altered"  # it says something else than the entries


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row that is not what the trail says. ``act``: the number of the last entry that tells of it.

    ``columns``: of one that was altered, what differs.
    """

    table: str
    row: str
    act: int | None
    fault: Fault
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Told:
    """What the trail tells of one row: the number of the last entry that does, and the columns."""

    act: int
    row: dict[str, Any]


def told_entries(organisation: Organisation, *, acts: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The entries of these acts, oldest first, with the columns of ENTRY; a few thousand in memory at a time."""
    found = Entry.objects.filter(organisation=organisation, act__in=list(acts)).order_by("seq")
    yield from found.values_list(*ENTRY).iterator(chunk_size=2000)


def compare(
    table: str, told: Mapping[str, Told], rows: QuerySet[Any], columns: tuple[str, ...], *, by: str = "pk"
) -> Iterator[Faulty]:
    """What differs between the trail and the rows of a table; ``by``: the column that names a row."""
    left = dict(told)
    for key, content in _read(rows, columns, by):
        expected = left.pop(str(key), None)
        if expected is None:
            yield Faulty(table, str(key), None, Fault.UNTOLD)
        elif differs := _differing(columns, content, expected.row):
            yield Faulty(table, str(key), expected.act, Fault.ALTERED, differs)
    yield from (Faulty(table, key, each.act, Fault.MISSING) for key, each in left.items())


def _differing(columns: tuple[str, ...], content: list[Any] | None, told: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns that are not what was told; all of a row that cannot be read."""
    if content is None:
        return columns
    return tuple(name for name, value in zip(columns, content, strict=True) if value != chain.plain(told[name]))


def _read(rows: QuerySet[Any], columns: tuple[str, ...], by: str) -> Iterator[tuple[Any, list[Any] | None]]:
    """The rows, their values as the trail writes them; None for one that cannot be read, such as of the 99th of a month."""
    try:
        found = list(rows.values_list(by, *columns))
    except ValueError:
        found = []
        for pk, key in list(rows.values_list("pk", by)):
            try:
                found += rows.filter(pk=pk).values_list(by, *columns)
            except ValueError:
                yield key, None
    for key, *content in found:
        yield key, [chain.plain(value) for value in content]


def verify_people(organisation: Organisation) -> list[Faulty]:
    """The roles and shares that are not what the trail says, and the organisation itself; empty when all are."""
    told: dict[str, dict[str, Told]] = {"organisation": {}, "role": {}, "share": {}}
    for seq, at, person, act, about, detail in told_entries(organisation, acts=_READERS):
        table, read = _READERS[act]
        read(told[table], seq, {**detail, "at": at, "by": person, "whom": about.partition(":")[2]})
    mine = Organisation.objects.filter(pk=organisation.pk) if told["organisation"] else Organisation.objects.none()
    return [
        *compare("organisation", told["organisation"], mine, ("kind",), by="slug"),
        *compare("role", told["role"], Role.objects.filter(organisation=organisation), ROLE),
        *compare("share", told["share"], Share.objects.filter(owner=organisation), SHARE),
    ]


def _made(told: dict[str, Told], seq: int, detail: dict[str, Any]) -> None:
    told[detail["whom"]] = Told(seq, {"kind": detail["kind"]})


def _granted(told: dict[str, Told], seq: int, detail: dict[str, Any]) -> None:
    row = {name: detail[name] for name in ("role", "function", "valid_from", "valid_to")}
    told[str(detail.get("id"))] = Told(seq, row | {"person_id": int(detail["whom"]), "granted_by_id": detail["by"]})


def _ended(told: dict[str, Told], seq: int, detail: dict[str, Any]) -> None:
    found = told.get(str(detail.get("id")))
    if found is not None:
        found.act, found.row["valid_to"] = seq, detail["valid_to"]


def _shared(told: dict[str, Told], seq: int, detail: dict[str, Any]) -> None:
    row = {name: detail[name] for name in ("kind", "what", "tlp", "valid_from", "valid_to")}
    given = {"recipient__slug": detail["whom"], "granted_by_id": detail["by"], "granted_at": detail["at"]}
    told[str(detail.get("id"))] = Told(seq, row | given | {"revoked_by_id": None, "revoked_at": None})


def _revoked(told: dict[str, Told], seq: int, detail: dict[str, Any]) -> None:
    found = told.get(str(detail.get("id")))
    if found is not None:
        found.act = seq
        found.row |= {"revoked_by_id": detail["by"], "revoked_at": detail["at"]}


_READERS = {
    "people.organisation_created": ("organisation", _made),
    "people.person_added": ("role", _granted),
    "people.role_granted": ("role", _granted),
    "people.role_ended": ("role", _ended),
    "people.shared": ("share", _shared),
    "people.share_revoked": ("share", _revoked),
}
