"""In which order nodes are best reckoned: first what fails first, by the likely delays, from the causes on. Pure."""

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dijkwacht.core.cascade.network import Network


@dataclass(frozen=True, slots=True)
class Order:
    """``nodes``: what can be reached, by number, causes first. ``ahead`` and ``back``: edges into each."""

    nodes: list[int]
    ahead: list[list[int]]
    back: list[list[int]]

    @property
    def leads_back(self) -> bool:
        """Whether anything does."""
        return any(self.back)


def ordered(network: Network, ends: Sequence[tuple[int, int]], causes: Collection[int]) -> Order:
    """The order for these causes; an edge without chance does not count, nor does one into a cause.

    Knots (what fails in a circle) stay together and come in the order of their dependence, so that only edges within a
    knot can lead back.
    """
    out: list[list[int]] = [[] for _ in network.nodes]
    for at, (origin, target) in enumerate(ends):
        if network.edges[at].chance.high > 0 and target not in causes:
            out[origin].append(at)
    likely = _arrivals(network, ends, causes, out)
    reached = [at for at, hours in enumerate(likely) if hours is not None]
    knot = _knots(reached, out, ends)
    nodes = sorted(reached, key=lambda at: (at not in causes, knot[at], likely[at], at))
    place = {node: at for at, node in enumerate(nodes)}
    ahead: list[list[int]] = [[] for _ in network.nodes]
    back: list[list[int]] = [[] for _ in network.nodes]
    for node in nodes:
        for at in out[node]:
            target = ends[at][1]
            (ahead if place[node] < place[target] else back)[target].append(at)
    return Order(nodes, ahead, back)


def _arrivals(
    network: Network, ends: Sequence[tuple[int, int]], causes: Collection[int], out: Sequence[Sequence[int]]
) -> list[float | None]:
    """Dijkstra over likely delays; None is never."""
    arrival: list[float | None] = [None] * len(network.nodes)
    queue = [(0.0, each) for each in sorted(causes)]
    while queue:
        hours, node = heapq.heappop(queue)
        if arrival[node] is not None:
            continue
        arrival[node] = hours
        for at in out[node]:
            edge, target = network.edges[at], ends[at][1]
            if arrival[target] is None:
                wait = network.nodes[target].buffer.mean if edge.uses_buffer else 0.0
                heapq.heappush(queue, (hours + edge.delay.mean + wait, target))
    return arrival


def _knots(reached: Sequence[int], out: Sequence[Sequence[int]], ends: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The number of the strongly connected component of each, in topological order (Tarjan, 1972, without recursion)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    knot: dict[int, int] = {}
    stack: list[int] = []
    count = 0
    for root in reached:
        work = [(root, iter(out[root]))] if root not in index else []
        while work:
            node, edges = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
            for at in edges:
                target = ends[at][1]
                if target not in index:
                    work.append((target, iter(out[target])))
                    break
                if target not in knot:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    while node not in knot:
                        knot[stack.pop()] = count
                    count += 1
    return {node: count - number for node, number in knot.items()}
