"""Local additions over a national pack, and what becomes of them when another pack comes: a merge of three, field by field.

A cell is here a mapping of its fields, as it goes over the line. Told in docs/landscape.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Fields = Mapping[str, Any]
Rows = Mapping[str, Fields]


class Doing(StrEnum):
    """What was done here to a cell."""

    ADD = "add"
    CHANGE = "change"
    HIDE = "hide"


class Clash(StrEnum):
    """Why two do not fit."""

    FIELD = "field"  # changed here and there, otherwise
    ADDED = "added"  # added here, and now there too with another content
    REMOVED = "removed"  # changed here, gone there
    HIDDEN = "hidden"  # hidden here, changed there


class Choice(StrEnum):
    """Which of the two counts."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Local:
    """What an organisation did to one cell; ``fields``: all of one that was added, what differs of one that was changed."""

    cell: str
    doing: Doing
    fields: Fields


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing to choose. ``field`` empty: the whole cell. ``ours`` and ``theirs``: the values, None: it is not there."""

    cell: str
    field: str
    clash: Clash
    base: Any
    ours: Any
    theirs: Any

    @property
    def id(self) -> str:
        """How a choice points to it."""
        return f"{self.cell}:{self.field}" if self.field else self.cell


@dataclass(frozen=True, slots=True)
class Merge:
    """``added``, ``changed``, ``removed``: what the new pack does to the old. ``kept``: what stays local.

    ``settled``: cells of which nothing local is left, since the new pack says the same or the cell is gone.
    """

    added: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    removed: tuple[str, ...]
    kept: tuple[Local, ...]
    settled: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def overlaid(pack: Rows, local: Iterable[Local]) -> dict[str, dict[str, Any]]:
    """The pack as it reads here. A change or hiding of a cell that the pack does not have does nothing."""
    found = {key: dict(fields) for key, fields in pack.items()}
    for each in local:
        if each.doing is Doing.HIDE:
            found.pop(each.cell, None)
        elif each.doing is Doing.ADD:
            found[each.cell] = {**each.fields, "local": Doing.ADD.value}
        elif each.cell in found:
            found[each.cell] |= {**each.fields, "local": Doing.CHANGE.value}
    return found


def merge(base: Rows, theirs: Rows, local: Iterable[Local], *, choices: Mapping[str, Choice] | None = None) -> Merge:
    """What comes of local additions on ``base`` when ``theirs`` takes its place.

    A conflict without a choice stays ours, and stands in ``conflicts``; the choice is by ``Conflict.id``.
    """
    kept: list[Local] = []
    settled: list[str] = []
    conflicts: list[Conflict] = []
    for each in local:
        fields, clashes = _one(each, base.get(each.cell), theirs.get(each.cell))
        conflicts += clashes
        left = _chosen(each, fields, clashes, choices or {})
        if left is None:
            settled.append(each.cell)
        else:
            kept.append(left)
    changed = {key: differing for key in theirs if key in base and (differing := _differing(base[key], theirs[key]))}
    return Merge(
        tuple(key for key in theirs if key not in base), changed, tuple(key for key in base if key not in theirs),
        tuple(kept), tuple(settled), tuple(conflicts),
    )  # fmt: skip


def _differing(one: Fields, other: Fields) -> tuple[str, ...]:
    return tuple(sorted(key for key in {*one, *other} if one.get(key) != other.get(key)))


def _one(local: Local, base: Fields | None, theirs: Fields | None) -> tuple[Local | None, list[Conflict]]:
    """What is left of it without a choice, and what must be chosen."""
    if local.doing is Doing.ADD:
        return _added(local, theirs)
    if local.doing is Doing.HIDE:
        if theirs is None:
            return None, []
        if base is not None and _differing(base, theirs):
            return local, [Conflict(local.cell, "", Clash.HIDDEN, dict(base), None, dict(theirs))]
        return local, []
    if theirs is None:
        return local, [Conflict(local.cell, "", Clash.REMOVED, base and dict(base), dict(local.fields), None)]
    return _fields(local, base or {}, theirs)


def _added(local: Local, theirs: Fields | None) -> tuple[Local | None, list[Conflict]]:
    if theirs is None:
        return local, []
    differing = [key for key in sorted(local.fields) if local.fields[key] != theirs.get(key)]
    if not differing:
        return None, []
    fields = {key: local.fields[key] for key in differing}
    change = Local(local.cell, Doing.CHANGE, fields)  # it stands in the pack now, so only what differs is ours
    return change, [Conflict(local.cell, key, Clash.ADDED, None, fields[key], theirs.get(key)) for key in differing]


def _fields(local: Local, base: Fields, theirs: Fields) -> tuple[Local | None, list[Conflict]]:
    left, found = {}, []
    for key, value in local.fields.items():
        there = theirs.get(key)
        if there == value:
            continue  # they say the same now
        left[key] = value
        if there != base.get(key):
            found.append(Conflict(local.cell, key, Clash.FIELD, base.get(key), value, there))
    return (Local(local.cell, Doing.CHANGE, left) if left else None), found


def _chosen(
    local: Local, left: Local | None, clashes: Iterable[Conflict], choices: Mapping[str, Choice]
) -> Local | None:
    """What is left once somebody chose."""
    theirs = [each for each in clashes if choices.get(each.id) is Choice.THEIRS]
    if left is None or any(not each.field for each in theirs):
        return None
    gone = {each.field for each in theirs}
    fields = {key: value for key, value in left.fields.items() if key not in gone}
    for each in clashes:
        if (
            each.clash is Clash.REMOVED
        ):  # ours counts, but there is nothing any more that it changes: it becomes our own cell
            return Local(local.cell, Doing.ADD, {**(each.base or {}), **left.fields})
    if left.doing is Doing.CHANGE and not fields:
        return None
    return Local(left.cell, left.doing, fields)
