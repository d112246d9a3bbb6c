"""How many assets each advisory reaches, and how they stand: the counts that CSAF asks of an asset matching system. Pure.

An asset counts once per document, as the weakest of its weaknesses stands.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.advisories.handling import STATUSES, Status, overall

__all__ = ["MARKS", "Mark", "Row", "Tally", "per_document", "per_weakness", "tally"]

Mark = Literal["not_remediated", "in_progress", "done", "not_affected"]
"""What CSAF calls them; `not_affected` is no mark of CSAF: such an asset matched, and turned out not to be touched."""
MARKS: Mapping[Status, Mark] = {
    "open": "not_remediated", "in_progress": "in_progress", "accepted": "not_remediated", "done": "done",
    "not_affected": "not_affected",
}  # fmt: skip

Row = tuple[str, str, Hashable, Status]
"""A document, a weakness in it, an asset (unique over organisations), and how that stands."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the assets of one document or weakness: how many stand in each status, all of which are named."""

    by_status: Mapping[Status, int]

    @property
    def matched(self) -> int:
        """How many assets match at all."""
        return sum(self.by_status.values())

    def marked(self, wanted: Mark) -> int:
        """How many have this mark of CSAF; an accepted risk is not remediated."""
        return sum(n for status, n in self.by_status.items() if MARKS[status] == wanted)


def tally(standing: Iterable[tuple[Hashable, Status]]) -> Tally:
    """The counts over (asset, status); an asset that comes more than once counts once, at its weakest."""
    held: dict[Hashable, list[Status]] = {}
    for asset, status in standing:
        held.setdefault(asset, []).append(status)
    counts = dict.fromkeys(STATUSES, 0)
    for statuses in held.values():
        if (weakest := overall(statuses)) is not None:
            counts[weakest] += 1
    return Tally(counts)


def per_document(rows: Iterable[Row]) -> Mapping[str, Tally]:
    """The counts of each document, in the order in which they come."""
    held: dict[str, list[tuple[Hashable, Status]]] = {}
    for document, _, asset, status in rows:
        held.setdefault(document, []).append((asset, status))
    return {document: tally(each) for document, each in held.items()}


def per_weakness(rows: Iterable[Row]) -> Mapping[tuple[str, str], Tally]:
    """The counts of each weakness of each document."""
    held: dict[tuple[str, str], list[tuple[Hashable, Status]]] = {}
    for document, weakness, asset, status in rows:
        held.setdefault((document, weakness), []).append((asset, status))
    return {key: tally(each) for key, each in held.items()}
