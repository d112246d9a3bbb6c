"""The register of one organisation out of several sources: what a new file changes, what is old, where sources disagree.

A line belongs to one source and can only change or go by a file of that source. What is the same product in several sources is
put together for reading (`products`), never stored as one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dijkwacht.core.advisories.naming import purl_key
from dijkwacht.core.advisories.register_lines import Line, Lines, Source, Stated
from dijkwacht.core.intake_values import plain

Key = tuple[str, ...]
_FIELDS = (
    "vendor", "product", "version", "purl", "cpe", "name", "owner", "location", "part_of", "status", "stated", "exposed", "as_of",
)  # fmt: skip
_STRONGER: Mapping[Stated, int] = {"present": 2, "planned": 1, "absent": 0}


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as it stands in the register. ``id`` stays the same when the line changes.

    ``since``: the day on which it came; ``confirmed``: the day of the last file that held it; ``gone``: the day of the first
    file of its source that no longer did.
    """

    id: str
    source: Source
    line: Line
    since: date
    confirmed: date
    gone: date | None = None

    @property
    def as_of(self) -> date:
        """How old the line is: the day that it gives itself, else that of the file that held it last."""
        return self.line.as_of or self.confirmed


@dataclass(frozen=True, slots=True)
class Changed:
    """A line before and after; ``fields``: those that differ, and ``gone`` for one that came back."""

    before: Standing
    after: Standing
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a file does to the lines of its source. ``doubles``: per row that says nothing new, the row that said it first."""

    source: Source
    added: tuple[Standing, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[Standing, ...] = ()
    unchanged: tuple[Standing, ...] = ()
    doubles: tuple[tuple[int, int], ...] = ()

    @property
    def standing(self) -> tuple[Standing, ...]:
        """The lines of this source afterwards, those that went among them."""
        return (*self.unchanged, *(each.after for each in self.changed), *self.added, *self.gone)


def key_of(line: Line) -> Key:
    """What makes it the same line in the next file of its source: everything but its version and what is told of it."""
    package = purl_key(line.purl) if line.purl else ""
    thing = (package,) if package else (_plain(line.vendor), _plain(line.product))
    rest = (line.name, line.part_of, line.location)
    return (_plain(line.organisation), *thing, *(plain(text) if text else "" for text in rest))


_plain = lru_cache(maxsize=1 << 14)(plain)  # vendors and products come back, names and locations do not


def merge(new: Lines, standing: Iterable[Standing], source: Source, *, on: date) -> Change:
    """What the lines of a file change in the register on day ``on``. Lines of other sources are left alone.

    Raises ValueError for a file with a problem, or without lines: that would take the register half, or away.
    """
    if not new.usable:
        raise ValueError("a file with problems or without lines is not taken over")
    day = new.as_of or on
    lines, doubles = _distinct(new.lines)
    before: dict[Key, list[Standing]] = defaultdict(list)
    for each in standing:
        if each.source == source:
            before[key_of(each.line)].append(each)
    taken = {each.id for group in before.values() for each in group}
    added: list[Standing] = []
    changed: list[Changed] = []
    gone: list[Standing] = []
    unchanged: list[Standing] = []
    for key, group in lines.items():
        pairs, fresh, left = _paired(group, before.pop(key, []))
        for old, line in pairs:
            after = replace(old, line=line, confirmed=max(day, old.confirmed), gone=None)
            fields = _differ(old, line)
            if fields:
                changed.append(Changed(old, after, fields))
            else:
                unchanged.append(after)
        added += [Standing(_id(source, key, line, taken), source, line, on, day) for line in fresh]
        gone += _gone(left, on)
    gone += _gone((each for group in before.values() for each in group), on)
    return Change(source, tuple(added), tuple(changed), tuple(gone), tuple(unchanged), doubles)


def _distinct(lines: Sequence[Line]) -> tuple[dict[Key, list[Line]], tuple[tuple[int, int], ...]]:
    """The lines by key, of those with one key and one version only one; and per row left out the row it was put with."""
    found: dict[Key, dict[str, Line]] = defaultdict(dict)
    doubles = []
    for line in lines:
        same = found[key_of(line)]
        first = same.get(line.version)
        if first is None:
            same[line.version] = line
        else:
            doubles.append((line.row, first.row))
            same[line.version] = _joined(first, line)
    return {key: list(group.values()) for key, group in found.items()}, tuple(doubles)


def _joined(first: Line, other: Line) -> Line:
    """One line of two: what is in use somewhere is in use, what is exposed somewhere is exposed, the newest day counts."""
    exposed = {first.exposed, other.exposed}
    days = [day for day in (first.as_of, other.as_of) if day is not None]
    return replace(
        first,
        stated=max(first.stated, other.stated, key=lambda stated: _STRONGER[stated]),
        exposed=True if True in exposed else False if False in exposed else None,
        as_of=max(days, default=None),
        cpe=first.cpe or other.cpe,
        owner=first.owner or other.owner,
        status=first.status or other.status,
    )


def _paired(
    lines: list[Line], before: list[Standing]
) -> tuple[list[tuple[Standing, Line]], list[Line], list[Standing]]:
    """Which line is which of before: by version; what is left over is a new version if it is one on either side."""
    by_version = {each.line.version: each for each in before}
    pairs = [(by_version.pop(line.version), line) for line in lines if line.version in by_version]
    seen = {id(line) for _, line in pairs}
    fresh = [line for line in lines if id(line) not in seen]
    left = list(by_version.values())
    live = [each for each in left if each.gone is None]
    if len(fresh) == 1 and len(live) == 1:
        return [*pairs, (live[0], fresh[0])], [], [each for each in left if each is not live[0]]
    return pairs, fresh, left


def _differ(old: Standing, line: Line) -> tuple[str, ...]:
    fields = tuple(name for name in _FIELDS if getattr(old.line, name) != getattr(line, name))
    return fields if old.gone is None else (*fields, "gone")


def _gone(left: Iterable[Standing], on: date) -> list[Standing]:
    return [each if each.gone else replace(each, gone=on) for each in left]


def _id(source: Source, key: Key, line: Line, taken: set[str]) -> str:
    """An id out of source and key; with the version where another line has that key, and a number where even that is taken."""
    number = 0
    while True:
        more = () if not number else (line.version,) if number == 1 else (line.version, str(number))
        text = "\0".join((source.kind, source.label, *key, *more))
        found = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
        if found not in taken:
            taken.add(found)
            return found
        number += 1


ProductOf = Callable[[Line], tuple[str, str]]
"""The vendor and product that a line is about, folded, so that the same product is equal however it was written."""


def as_written(line: Line) -> tuple[str, str]:
    """Vendor and product in plain letters: the least that any two ways of writing have in common."""
    return plain(line.vendor), plain(line.product)
