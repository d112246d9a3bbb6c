"""The chain of the trail: its canonical form, its links, and where it breaks. Explained in docs/algorithms/trail.md."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from hashlib import sha256
from math import isfinite
from typing import Any
from uuid import UUID

FORM = b"dijkwacht trail 1\n"
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


class Break(StrEnum):
    """What is wrong with the first link that does not hold."""

    GAP = "gap"  # a number is missing: an entry was removed
    PREVIOUS = "previous"  # does not point to the entry before it: something was put in between, or replaced
    HASH = "hash"  # the content is not what was written
    REORDERED = "reordered"  # stands in another place of this chain than where it was written
    FOREIGN = "foreign"  # was written in the chain of another organisation
    CUT = "cut"  # the last entries are gone: the head knows more
    UNSEALED = "unsealed"  # entries after the head: put there without the lock
    HEAD = "head"  # the head does not hold the hash of the last entry
    NOTED = "noted"  # not the hash that was noted elsewhere: everything from here on was rewritten


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken link: at which number, what is wrong, what should stand there and what does."""

    seq: int
    kind: Break
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as the chain sees it: ``content`` is what is hashed, ``seq`` included."""

    seq: int
    content: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The head of a chain: the number and hash of its last entry."""

    seq: int
    hash: str


def plain(value: Any) -> Any:
    """The value in the few types that JSON and both databases keep unchanged. Raises ValueError on anything else.

    Days and moments become ISO text, enumerations their value, a number with an empty fraction a whole number
    (PostgreSQL reads 1e3 back as 1000), a tuple a list and a set a sorted list.
    """
    kind = type(value)
    if value is None or kind is bool or kind is int:
        return value
    if kind is str:
        return _text(value)
    if kind is dict:
        return {_key(key): plain(item) for key, item in value.items()}
    return _plain_other(value)


def _plain_other(value: Any) -> Any:
    """The same for what only comes in when an entry is written; read back, everything is of the kinds above."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, float | Decimal):
        return _number(float(value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return plain(dict(value))
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return _text(str(value))
    raise ValueError(f"the trail cannot hold a {type(value).__name__}")


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("the trail cannot hold text with a null character")
    if not value.isascii():
        value.encode()  # half of a surrogate pair raises UnicodeEncodeError, which is a ValueError
    return value


def _key(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the trail needs text as key, not {value!r}")
    return _text(value)


def _number(value: float) -> int | float:
    if not isfinite(value):
        raise ValueError(f"the trail cannot hold the number {value}")
    return int(value) if value.is_integer() else value


def moment(at: datetime) -> str:
    """A moment in UTC with microseconds: ``2026-11-25T09:30:00.000000Z``. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("the trail needs a moment with its time zone")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write these values as bytes: JSON, keys sorted by code point, no spaces, UTF-8."""
    return json.dumps(
        plain(content), ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    ).encode()


def genesis(organisation: str) -> str:
    """What the first entry of an organisation points to; bound to its slug, so that no chain can pass for another."""
    return sha256(FORM + organisation.encode()).hexdigest()


def link(previous: str, content: Mapping[str, Any]) -> str:
    """The hash of an entry: over the hash before it and its own content."""
    return sha256(FORM + previous.encode() + b"\n" + canonical(content)).hexdigest()


def first_broken(
    organisation: str, entries: Iterable[Link], *, head: Seal, noted: Mapping[int, str] | None = None
) -> Broken | None:
    """The first link that does not hold, or None. Reads the entries once, in order of number, and keeps none.

    ``noted``: hashes by number that were written down elsewhere (a download, a statement); only they can show that
    somebody rewrote everything from some entry on, head included.
    """
    last = Seal(0, genesis(organisation))
    for entry in entries:
        if broken := _broken(entry, last, head, noted or {}):
            return broken
        last = Seal(entry.seq, entry.hash)
    if last.seq < head.seq:
        return Broken(last.seq + 1, Break.CUT, str(head.seq), str(last.seq))
    if last.hash != head.hash:
        return Broken(last.seq, Break.HEAD, last.hash, head.hash)
    ahead = sorted(seq for seq in noted or {} if seq > last.seq)
    return Broken(last.seq + 1, Break.CUT, str(ahead[-1]), str(last.seq)) if ahead else None


def _broken(entry: Link, last: Seal, head: Seal, noted: Mapping[int, str]) -> Broken | None:
    """What is wrong with one entry, given the one before it."""
    if entry.seq > head.seq:
        return Broken(entry.seq, Break.UNSEALED, str(head.seq), str(entry.seq))
    if entry.seq != last.seq + 1:
        return Broken(last.seq + 1, Break.GAP, str(last.seq + 1), str(entry.seq))
    if entry.previous != last.hash:
        return Broken(entry.seq, Break.PREVIOUS, last.hash, entry.previous)
    if (right := _right(entry)) != entry.hash:
        return Broken(entry.seq, Break.HASH, right, entry.hash)
    if noted.get(entry.seq, entry.hash) != entry.hash:
        return Broken(entry.seq, Break.NOTED, noted[entry.seq], entry.hash)
    return None


def _right(entry: Link) -> str:
    """The hash that an entry should have; empty when it holds what was never written, such as infinity."""
    try:
        return link(entry.previous, entry.content)
    except ValueError:
        return ""


def name_break(broken: Broken, *, elsewhere_here: bool, elsewhere: bool) -> Broken:
    """Says more precisely what a wrong pointer means, given where the hash it points to does stand.

    ``elsewhere_here``: further on in the same chain. ``elsewhere``: in the chain of another organisation.
    """
    if broken.kind is not Break.PREVIOUS or not (elsewhere_here or elsewhere):
        return broken
    kind = Break.REORDERED if elsewhere_here else Break.FOREIGN
    return Broken(broken.seq, kind, broken.expected, broken.found)
