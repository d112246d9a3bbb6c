"""What reckoning needs at hand: edges and nodes by number, the draws, the hours so far. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dijkwacht.core.cascade.draws import DEAD, Floats, Pool, pool
from dijkwacht.core.cascade.network import Band, Network, Start
from dijkwacht.core.cascade.order import Order, ordered

Ints = NDArray[np.int64]
Chance = Literal["mean", "low", "high"]
NEVER = np.float32(1e20)
MOST_CELLS = 150_000_000
"""Nodes that can be reached times runs: 600 MB."""


class TooLarge(ValueError):
    """More nodes times runs than one reckoning may hold; ``runs``: how many would do."""

    def __init__(self, runs: int) -> None:
        super().__init__(f"too much at once: take at most {runs} runs on this network")
        self.runs = runs


@dataclass(frozen=True, slots=True)
class Work:
    """``causes``: how many rows failed first; ``place``: the row of a node; ``until``: what arrives later does not count."""

    ends: list[tuple[int, int]]
    order: Order
    place: list[int]
    draws: Pool
    delays: list[Band]
    chances: list[float]
    buffers: list[Band]
    waits: list[bool]
    until: np.float32
    causes: int

    @property
    def runs(self) -> int:
        """How many."""
        return self.draws.runs

    def drawn(self, band: Band, thing: int) -> Floats:
        """What a band comes to in each run."""
        start = self.draws.offsets[thing]
        end = start + self.draws.runs
        one: Floats = np.multiply(self.draws.smaller[start:end], np.float32(band.high - band.likely))
        one += np.multiply(self.draws.larger[start:end], np.float32(band.likely - band.low))
        one += np.float32(band.low)
        return one

    def drawn_in(self, band: Band, places: Ints) -> Floats:
        """The same in some runs; ``places``: those runs from the offset on. To the bit what ``drawn`` gives there."""
        one: Floats = self.draws.smaller[places] * np.float32(band.high - band.likely)
        one += self.draws.larger[places] * np.float32(band.likely - band.low)
        one += np.float32(band.low)
        return one


def gathered(network: Network, start: Start, *, runs: int, seed: int, chance: Chance) -> Work:
    """The work of a checked network. Raises ValueError, KeyError, TooLarge as ``spread`` says."""
    if not start.failed or runs < 1:
        raise ValueError("something must fail, in one run at least")
    number = {node.id: at for at, node in enumerate(network.nodes)}
    ends = [(number[edge.origin], number[edge.target]) for edge in network.edges]
    order = ordered(network, ends, {number[each] for each in start.failed})
    reached = len(order.nodes)
    if reached * runs > MOST_CELLS:
        raise TooLarge(MOST_CELLS // reached)
    delays = [edge.delay.plus(start.extra.get(at, 0.0)) for at, edge in enumerate(network.edges)]
    return Work(
        ends, order, _places(order.nodes, len(network.nodes)),
        pool(len(network.edges) + len(network.nodes), runs=runs, seed=seed), delays,
        [float(np.float32(getattr(edge.chance, chance) * float(DEAD))) for edge in network.edges],
        [node.buffer for node in network.nodes], [edge.uses_buffer for edge in network.edges],
        np.float32(NEVER / 2 if start.hours is None else start.hours),
        len(set(start.failed)),
    )  # fmt: skip


def _places(nodes: Sequence[int], count: int) -> list[int]:
    place = [-1] * count
    for at, node in enumerate(nodes):
        place[node] = at
    return place
