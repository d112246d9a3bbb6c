"""What runs come to: how often a node failed, and when in one, five and nine of ten of the runs in which it did. Pure."""

from dataclasses import dataclass

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.spread import Spread
from dijkwacht.core.cascade.work import NEVER

TENTHS = (1, 5, 9)
_MANY = 3  # a row in which more than one of so many runs failed is sorted whole, which is quicker than picking them out


@dataclass(frozen=True, slots=True)
class Outcome:
    """``p_fail``: the part of the runs in which it failed. ``t10``, ``t50``, ``t90``: hours among those; None: never."""

    p_fail: float
    t10: float | None = None
    t50: float | None = None
    t90: float | None = None


def outcome(hours: Floats, runs: int) -> Outcome:
    """Of the row of one node. A quantile is a run that there was (the nearest rank), not something between two."""
    count = int(np.count_nonzero(hours < NEVER))
    if not count:
        return Outcome(0.0)
    ranked = np.sort(hours if count * _MANY > hours.size else hours[hours < NEVER])  # what is NEVER comes last
    t10, t50, t90 = (round(float(ranked[-(-count * tenth // 10) - 1]), 3) for tenth in TENTHS)
    return Outcome(count / runs, t10, t50, t90)


def outcomes(found: Spread) -> dict[str, Outcome]:
    """Of every node that could be reached; all others never fail."""
    return {name: outcome(found.when(row), found.runs) for name, row in found.rows.items()}
