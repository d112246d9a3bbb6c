"""SSVC, the table for who must install a fix: four questions, 72 answers. With a question open, every answer still possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

__all__ = ["DECISIONS", "Decided", "Table", "choices_of"]

DECISIONS = ("defer", "scheduled", "out-of-cycle", "immediate")
"""From least to most urgent."""
# what CISA and CSAF call the values, where that differs from the table
_SAME = {"poc": "public poc", "very_high": "very high", "public_poc": "public poc", "out_of_cycle": "out-of-cycle"}
_POINTS = {"exploitation": "exploitation", "automatable": "automatable", "system exposure": "exposure", "exposure": "exposure",
           "human impact": "impact", "mission & well-being": "wellbeing"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """What the table gives. ``decision``: the most urgent that is possible; ``least`` differs from it while a point is open."""

    decision: str
    least: str
    open: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the answer is the same whatever the open points turn out to be."""
        return self.decision == self.least


@dataclass(frozen=True, slots=True)
class Table:
    """The points in order, each with its values, and the decision for every combination."""

    points: Mapping[str, tuple[str, ...]]
    rows: Mapping[tuple[str, ...], str]

    def decide(self, known: Mapping[str, str]) -> Decided:
        """The decision for what is known (point -> value); a point that is not known, or not understood, stays open."""
        axes: list[tuple[str, ...]] = []
        left: list[str] = []
        for point, values in self.points.items():
            value = _value(known.get(point, ""))
            if value not in values:
                left.append(point)
            axes.append((value,) if value in values else values)
        ranks = sorted(DECISIONS.index(self.rows[row]) for row in product(*axes))
        return Decided(DECISIONS[ranks[-1]], DECISIONS[ranks[0]], tuple(left))


def choices_of(text: str) -> dict[str, str]:
    """The points of a rating of scheme `ssvc` (`Exploitation:active/Automatable:yes/...`), in the names of the table."""
    found = {}
    for part in text.split("/"):
        name, colon, value = part.partition(":")
        point = _POINTS.get(name.strip().lower())
        if colon and point:
            found[point] = _value(value)
    return found


def _value(text: str) -> str:
    value = text.strip().lower()
    return _SAME.get(value, value)
