"""What to fetch from a provider, given what stands in its listing and what we have: only what is new, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dijkwacht.core.advisories.shapes import Tlp

__all__ = ["Cursor", "Entry", "Plan", "advanced", "failed", "plan"]

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in a listing. ``stamp``: what changes when the document does, as the provider writes it; empty: not said.

    ``hashes``: `sha256`, `sha512` -> where the hash file is. ``tlp``: of the feed that it stood in.
    """

    url: str
    stamp: str = ""
    updated: datetime | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    signature: str = ""
    tlp: Tlp | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """What we have of one provider: the stamp under which each document came in, and how often in a row one failed.

    No "newest moment so far": a document that a provider slips in with an older date, or a date in the future, would be missed.
    """

    seen: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch now, in order, and how many are left for the next time."""

    fetch: tuple[Entry, ...]
    left: int
    known: int  # in the listing and had already


def plan(listing: Iterable[Entry], cursor: Cursor, *, most: int = 500) -> Plan:
    """What is new or changed: those that did not fail before first, then newest first; of two with one address the newest.

    A document without a stamp is fetched once; it is taken as changed only when the address changes.
    """
    best: dict[str, Entry] = {}
    for each in listing:
        held = best.get(each.url)
        if held is None or (each.updated or _NEVER) > (held.updated or _NEVER):
            best[each.url] = each
    new = [each for each in best.values() if cursor.seen.get(each.url) != each.stamp]
    # two sorts, the second stable: by failures, within those by time
    new.sort(key=lambda each: (each.updated or _NEVER, each.url), reverse=True)
    new.sort(key=lambda each: cursor.failures.get(each.url, 0))
    return Plan(tuple(new[:most]), max(0, len(new) - most), len(best) - len(new))


def advanced(cursor: Cursor, entry: Entry) -> Cursor:
    """The cursor after this document was taken in, or set aside: both mean that we have its bytes."""
    rest = {url: count for url, count in cursor.failures.items() if url != entry.url}
    return replace(cursor, seen={**cursor.seen, entry.url: entry.stamp}, failures=rest)


def failed(cursor: Cursor, entry: Entry) -> Cursor:
    """The cursor after this document could not be fetched: tried again next time, after the others."""
    return replace(cursor, failures={**cursor.failures, entry.url: cursor.failures.get(entry.url, 0) + 1})
