"""The oracle: per run Dijkstra in plain Python over the same draws, and drawing anew without a pool."""

from heapq import heappop, heappush

import numpy as np

from dijkwacht.core.cascade.draws import DEAD, pool
from dijkwacht.core.cascade.network import Band, Network, Start

F = np.float32


def arrivals(network: Network, start: Start, *, runs: int, seed: int) -> list[dict[str, float]]:
    """Per run, of each node that fails, when: edge by edge, one run after another, in the same single precision."""
    draws = pool(len(network.edges) + len(network.nodes), runs=runs, seed=seed)
    places = {node.id: len(network.edges) + at for at, node in enumerate(network.nodes)}
    buffers = {node.id: node.buffer for node in network.nodes}

    def drawn(band: Band, thing: int, run: int) -> F:
        at = draws.offsets[thing] + run
        one = draws.smaller[at] * F(band.high - band.likely) + draws.larger[at] * F(band.likely - band.low)
        return F(one + F(band.low))

    found = []
    for run in range(runs):
        done: dict[str, float] = {}
        queue: list[tuple[float, str]] = [(0.0, each) for each in start.failed]
        while queue:
            hours, node = heappop(queue)
            if node in done:
                continue
            done[node] = hours
            for at, edge in enumerate(network.edges):
                if edge.origin != node or edge.target in done:
                    continue
                if draws.chance[draws.offsets[at] + run] > F(edge.chance.mean * float(DEAD)):
                    continue
                after = F(drawn(edge.delay.plus(start.extra.get(at, 0.0)), at, run) + F(hours))
                if edge.uses_buffer:
                    after = F(after + drawn(buffers[edge.target], places[edge.target], run))
                if start.hours is None or after <= F(start.hours):
                    heappush(queue, (float(after), edge.target))
        found.append(done)
    return found
