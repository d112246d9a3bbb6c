"""What more buffer on one node would change, with the same draws, so that the difference is no noise. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.network import Network, Start
from dijkwacht.core.cascade.outcome import Outcome, outcome
from dijkwacht.core.cascade.spread import Spread, spread
from dijkwacht.core.cascade.work import NEVER


@dataclass(frozen=True, slots=True)
class Lever:
    """What extra hours on a node change. ``before``, ``after``: of the node itself.

    ``won``: hours that all watched nodes together go on longer within the time looked at; lowest, middle and highest: in one,
    five and nine of ten runs. ``mean``: on average, by which levers are ranked.
    """

    node: str
    before: Outcome
    after: Outcome
    won: tuple[float, float, float]
    mean: float


def bridged(network: Network, node: str, over: Collection[str]) -> list[int]:
    """The edges into a node that extra buffer bridges: from these nodes, or, when none is named, all that use its buffer."""
    return [
        at
        for at, edge in enumerate(network.edges)
        if edge.target == node and (edge.origin in over if over else edge.uses_buffer)
    ]


def levers(
    network: Network, start: Start, *, candidates: Sequence[str], extra: float, over: Collection[str],
    watched: Collection[str], within: float, runs: int, seed: int,
) -> list[Lever]:  # fmt: skip
    """Per candidate what so many extra hours change, the largest first. ``within``: hours from the start that are looked at."""
    base = spread(network, start, runs=runs, seed=seed)
    lasts = _lasting(base, watched, within)
    found = list(_tried(network, start, base, lasts, candidates, extra, over, watched, within, seed))
    return sorted(found, key=lambda each: (-each.mean, each.node))


def _tried(  # noqa: PLR0917 -- what is the same for each candidate
    network: Network, start: Start, base: Spread, lasts: Floats, candidates: Sequence[str], extra: float,
    over: Collection[str], watched: Collection[str], within: float, seed: int,
) -> Iterator[Lever]:  # fmt: skip
    for node in candidates:
        edges = bridged(network, node, over)
        if not edges or node not in base.rows or node in start.failed:
            continue
        longer = Start(start.failed, start.hours, {**start.extra, **dict.fromkeys(edges, extra)})
        other = spread(network, longer, runs=base.runs, seed=seed)
        won = np.sort(_lasting(other, watched, within) - lasts)
        tenths = [round(float(won[-(-base.runs * tenth // 10) - 1]), 2) for tenth in (1, 5, 9)]
        before, after = (outcome(each.when(each.rows[node]), base.runs) for each in (base, other))
        yield Lever(node, before, after, (tenths[0], tenths[1], tenths[2]), round(float(won.mean(dtype=np.float64)), 2))


def _lasting(found: Spread, watched: Collection[str], within: float) -> Floats:
    """Per run the hours that what is watched goes on, together, up to ``within``."""
    rows = [found.rows[each] for each in sorted(watched) if each in found.rows]
    hours = np.minimum(np.where(found.hours[rows] < NEVER, found.hours[rows], np.float32(within)), np.float32(within))
    return np.asarray(hours.sum(axis=0, dtype=np.float64), dtype=np.float32)
