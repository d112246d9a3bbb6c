"""A framework without criteria of our own, as read from OSCAL, CISO Assistant, Markdown or a table; and mappings to it.

How a verdict travels over a mapping is in ``core/carry.py``; this file turns maps of several sources and targets into the
pairs on which that works. Explained in docs/oscal.md.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from dijkwacht.core.carry import WHOLE, Carried, Relation, Source, carry
from dijkwacht.core.verdict import Status


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in a file that was refused. ``path``: a JSON pointer; ``params``: what the sentence names."""

    code: str
    path: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a framework. ``id`` is unique in it, ``number`` is how people call it; ``group``: titles above it."""

    id: str
    number: str
    title: str
    text: str = ""
    group: str = ""
    parent: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework with its lines in their order. ``counts``: what was read (groups, controls, params, parts)."""

    ref: str
    title: str
    version: str
    items: tuple[Item, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Map:
    """Sources that together stand in a relation to targets together. ``coverage``: the part of the targets they cover."""

    relation: Relation
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    coverage: float | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class MapSet:
    """Maps from one framework to another. ``source``, ``target``: how the file names those two; ``author``: who made it."""

    ref: str
    title: str
    version: str
    source: str
    target: str
    maps: tuple[Map, ...]
    author: str = ""

    @property
    def per_relation(self) -> dict[str, int]:
        """How many maps there are of each relation, those that occur only."""
        found: dict[str, int] = {}
        for each in self.maps:
            found[str(each.relation)] = found.get(str(each.relation), 0) + 1
        return dict(sorted(found.items()))


CONVERSE = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}


def converse(each: Map) -> Map:
    """The same map seen from the other side. How far it covers is lost: that was said of the other side."""
    relation = CONVERSE.get(each.relation, each.relation)
    return Map(relation, each.targets, each.sources, None, each.remarks)


@dataclass(frozen=True, slots=True)
class Roads:
    """All that leads to the lines of a framework: per target its pairs (source, relation), and the sets that cover it."""

    pairs: Mapping[str, tuple[tuple[str, Relation], ...]]
    covered: Mapping[str, tuple[frozenset[str], ...]]

    @classmethod
    def of(cls, maps: Iterable[Map]) -> "Roads":
        """The roads over these maps; the same pair twice counts once."""
        pairs: dict[str, dict[tuple[str, Relation], None]] = {}
        covered: dict[str, dict[frozenset[str], None]] = {}
        for each in maps:
            relation = single(each)
            for target in each.targets:
                mine = pairs.setdefault(target, {})
                mine.update({(source, relation): None for source in each.sources})
                if covers(each):
                    covered.setdefault(target, {})[frozenset(each.sources)] = None
        return cls(
            {name: tuple(found) for name, found in pairs.items()},
            {name: tuple(found) for name, found in covered.items()},
        )

    def carried(self, target: str, statuses: Mapping[str, Status]) -> Carried:
        """The status that reaches a line; a source without a status is unknown."""
        sources = [
            Source(name, relation, statuses.get(name, Status.UNKNOWN)) for name, relation in self.pairs.get(target, ())
        ]
        return carry(sources, covered_by=self.covered.get(target, ()))


def single(each: Map) -> Relation:
    """The relation of one source to one target, as far as a map of several says anything about one.

    One source that holds several targets is a superset of each; several sources that lie within one target are each a
    subset of it. In all other cases the one certainly meets the other, and no more is known.
    """
    relation, many, several = each.relation, len(each.sources) > 1, len(each.targets) > 1
    if relation is Relation.NONE or not (many or several):
        return relation
    if not many and (relation in WHOLE or relation is Relation.SUPERSET):
        return Relation.SUPERSET
    if not several and (relation in WHOLE or relation is Relation.SUBSET):
        return Relation.SUBSET
    return Relation.INTERSECTS


def covers(each: Map) -> bool:
    """Whether the sources together cover every target: they equal or hold it, or the map says coverage 1."""
    if each.relation is Relation.NONE:
        return False
    whole = each.relation in WHOLE or each.relation is Relation.SUPERSET
    return (each.coverage is not None and each.coverage >= 1) or (whole and len(each.sources) > 1)


def together(found: Iterable[Status]) -> Status:
    """One status of the lines of one requirement (one per connection, say): met only when each is, or does not apply."""
    statuses = set(found) - {Status.NOT_APPLICABLE}
    if not statuses:
        return Status.NOT_APPLICABLE
    if statuses == {Status.NOT_MET}:
        return Status.NOT_MET
    if statuses & {Status.NOT_MET, Status.PARTLY}:
        return Status.PARTLY if statuses & {Status.PARTLY, Status.MET} else Status.UNKNOWN
    return Status.MET if statuses == {Status.MET} else Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of a line in another version: ``added``, ``gone`` or ``changed`` (``what``: number, title, text …)."""

    id: str
    kind: str
    number: str
    title: str
    what: tuple[str, ...] = ()


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[ItemChange]:
    """The lines that differ between two versions of a framework, in the order of the new one, what is gone last."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    found = []
    for name, item in new.items():
        if name not in old:
            found.append(ItemChange(name, "added", item.number, item.title))
        elif what := tuple(key for key in _COMPARED if getattr(old[name], key) != getattr(item, key)):
            found.append(ItemChange(name, "changed", item.number, item.title, what))
    found += [ItemChange(name, "gone", item.number, item.title) for name, item in old.items() if name not in new]
    return found


_COMPARED = ("number", "title", "text", "group", "parent", "withdrawn")


def link_key(each: Map) -> str:
    """By which a choice about a map is remembered: SHA-256 over what it says, 64 hex digits.

    Its remarks are left out, and the order within a side: a next version that says the same is the same link.
    """
    said = [str(each.relation), sorted(each.sources), sorted(each.targets), each.coverage]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


# Publishers whose texts may only be used by who bought them. As a word of its own, also before a number: iso27001.
_PUBLISHERS = re.compile(r"(?<![a-z])(iso|iec|nen)(?![a-z])", re.IGNORECASE)


def is_protected(*names: str) -> bool:
    """Whether one of the names of a framework (title, reference, file) names a publisher of protected texts."""
    return any(_PUBLISHERS.search(each) for each in names)


def plain_map(each: Map) -> list[Any]:
    """A map as a JSON value, for storing."""
    return [str(each.relation), list(each.sources), list(each.targets), each.coverage, each.remarks]


def read_map(value: Sequence[Any]) -> Map:
    """The map of such a value."""
    relation, sources, targets, coverage, remarks = value
    return Map(Relation(relation), tuple(sources), tuple(targets), coverage, remarks)
