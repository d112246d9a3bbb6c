"""How failure spreads over large networks, beside a plain Python loop. Prints figures; asserts nothing.

Usage: python -m bench.bench_cascade [runs]
"""

import random
import sys
from heapq import heappop, heappush
from time import perf_counter, process_time

from dijkwacht.core.cascade.network import Band, Edge, Network, Node, Start
from dijkwacht.core.cascade.outcome import outcomes
from dijkwacht.core.cascade.spread import spread

NODES, EDGES, PLAIN_RUNS = 10_000, 30_000, 20
KINDS = (
    ("layers, few at a time", True, 0.05, 0.5), ("layers, much fails", True, 0.3, 0.9),
    ("circles, few at a time", False, 0.05, 0.5), ("circles, much fails", False, 0.1, 0.9),
)  # fmt: skip


def main() -> None:
    """Prints a line per network: ours, and a loop in plain Python over a few runs, scaled up."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(
        f"yardstick: {yardstick():.2f} s cpu for 10 million additions in a plain loop (compare figures of one machine by it)"
    )
    for name, layered, low, high in KINDS:
        network = _network(layered, low, high)
        start = Start(("n0",))
        wall, cpu = perf_counter(), process_time()
        found = outcomes(spread(network, start, runs=runs, seed=1))
        wall, cpu = perf_counter() - wall, process_time() - cpu
        begin = process_time()
        plain(network, "n0", PLAIN_RUNS)
        loop = (process_time() - begin) * runs / PLAIN_RUNS
        part = sum(each.p_fail for each in found.values()) / NODES
        print(
            f"{name:<24} {wall:7.2f} s wall {cpu:7.2f} s cpu   plain loop {loop:8.1f} s   {loop / cpu:6.1f} x   {part:.3f} fails"
        )


def yardstick() -> float:
    """How quick this core is at this moment, in plain Python."""
    begin, total = process_time(), 0
    for each in range(10_000_000):
        total += each
    return process_time() - begin


def plain(network: Network, cause: str, runs: int) -> None:
    """Dijkstra per run, as anybody would write it."""
    dice = random.Random(1)
    out: dict[str, list[Edge]] = {}
    for edge in network.edges:
        out.setdefault(edge.origin, []).append(edge)
    buffers = {each.id: each.buffer for each in network.nodes}
    for _ in range(runs):
        done: dict[str, float] = {}
        waits: dict[str, float] = {}
        queue = [(0.0, cause)]
        while queue:
            hours, node = heappop(queue)
            if node in done:
                continue
            done[node] = hours
            for edge in out.get(node, ()):
                if edge.target not in done and dice.random() <= edge.chance.mean:
                    after = hours + dice.triangular(edge.delay.low, edge.delay.high, edge.delay.likely)
                    if edge.uses_buffer:
                        band = buffers[edge.target]
                        if edge.target not in waits:
                            waits[edge.target] = dice.triangular(band.low, band.high, band.likely)
                        after += waits[edge.target]
                    heappush(queue, (after, edge.target))


def _network(layered: bool, low: float, high: float) -> Network:
    dice = random.Random(7)

    def band(least: float, most: float) -> Band:
        return Band(*sorted(dice.uniform(least, most) for _ in range(3)))

    edges = []
    for at in range(EDGES):
        origin, target = (0, 1 + at) if at < 8 else dice.sample(range(NODES), 2)
        if layered:
            origin, target = min(origin, target), max(origin, target)
            target = min(target, origin + 1 + target % 900)
        edges.append(Edge(f"n{origin}", f"n{target}", band(0, 24), band(low, high), dice.random() < 0.5))
    return Network(tuple(Node(f"n{at}", f"n{at}", band(0, 48)) for at in range(NODES)), tuple(edges))


if __name__ == "__main__":
    main()
