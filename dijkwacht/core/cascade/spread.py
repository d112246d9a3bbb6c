"""When each node fails in each run: the earliest arrival over edges that carry. Pure; the same for the same seed, to the bit.

Where little fails, pairs of node and run are followed; where much does, rows of runs at once, swept forth and back over the order
of the nodes, each edge for those runs only in which its cause changed. Told, with what it costs, in docs/algorithms/cascade.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.follow import Ways
from dijkwacht.core.cascade.network import Network, Start, checked
from dijkwacht.core.cascade.sweeps import swept
from dijkwacht.core.cascade.work import NEVER, Chance, Ints, Work, gathered

Told = Callable[[int, int], None]
_PROBE, _BLOCK = 50, 500  # runs: of the first block, of all later ones
_RARE = 50  # less than one of so many edges is tried in a run: rarely


@dataclass(frozen=True)
class Spread:
    """``rows``: the row of a node that could fail, by id. ``places``: where it failed, row times runs plus run, rising, with the
    ``moments``; without places the moments are those of all rows and runs, NEVER where it did not."""

    runs: int
    rows: dict[str, int]
    moments: Floats
    places: Ints | None = None

    @cached_property
    def hours(self) -> Floats:
        """A row per node that could fail, a column per run."""
        if self.places is None:
            return self.moments.reshape(len(self.rows), self.runs)
        whole = np.full(len(self.rows) * self.runs, NEVER, dtype=np.float32)
        whole[self.places] = self.moments
        return whole.reshape(len(self.rows), self.runs)

    def when(self, row: int) -> Floats:
        """The moments of one row; those of runs in which it did not fail may be among them, as NEVER."""
        found: Floats
        if self.places is None:
            found = self.hours[row]
            return found
        begin, end = np.searchsorted(self.places, [row * self.runs, (row + 1) * self.runs]).tolist()
        found = self.moments[begin:end]
        return found


def spread(
    network: Network, start: Start, *, runs: int, seed: int, chance: Chance = "mean", tell: Told | None = None
) -> Spread:
    """When each node fails, in hours from the start, in each run.

    ``chance``: of each band its mean (drawing it anew in each run comes to exactly the same, as each edge is tried once a run),
    or its low or high end. ``tell``: is told how much is done, out of how much. Raises NetworkError for a network that
    is wrong, KeyError for a cause that is not in it, ValueError for no cause or no runs, TooLarge.
    """
    work = gathered(checked(network), start, runs=runs, seed=seed, chance=chance)
    rows = {network.nodes[node].id: at for at, node in enumerate(work.order.nodes)}
    ways = Ways.of(work)
    found = rarely(work, ways, tell)
    if found is not None:
        return Spread(runs, rows, found[1], found[0])
    return Spread(runs, rows, swept(work, ways, tell).reshape(-1))


def rarely(work: Work, ways: Ways, tell: Told | None = None, *, rare: int = _RARE) -> tuple[Ints, Floats] | None:
    """Where little fails: places and moments, followed a block of runs at a time so that it stays at hand.

    None: too much fails for that.
    """
    count, runs, causes = len(work.order.nodes), work.runs, work.causes
    places, moments, begin, size = [], [], 0, _PROBE
    hours = np.full((count, min(_BLOCK, runs)), NEVER, dtype=np.float32)
    while begin < runs:
        size = min(size, runs - begin)
        now = hours.reshape(-1)[: count * size].reshape(count, size)
        now[:causes] = 0
        met = ways.follow(np.arange(causes * size), now, begin=begin, most=max(size * len(ways.target) // rare, 1000))
        if met is None:
            return None
        row, run = np.divmod(met, size)
        places.append(row * runs + run + begin)
        moments.append(now.reshape(-1)[met])
        now.reshape(-1)[met] = NEVER
        begin, size = begin + size, _BLOCK
        if tell is not None:
            tell(begin, runs)
    where, when = np.concatenate(places), np.concatenate(moments)
    order = np.argsort(where, kind="stable")
    return where[order], when[order]
