"""A network of dependencies: nodes with a buffer, edges with a delay and a chance, all as bands; what is wrong with one. Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST_NODES, MOST_EDGES, MOST_HOURS = 20_000, 100_000, 100_000.0


@dataclass(frozen=True, slots=True)
class Band:
    """Lowest, likely and highest, in hours or as a chance; a triangular distribution."""

    low: float
    likely: float
    high: float

    @property
    def mean(self) -> float:
        """The mean of the triangular distribution."""
        return (self.low + self.likely + self.high) / 3

    def plus(self, hours: float) -> "Band":
        """The band, later by so much."""
        return Band(self.low + hours, self.likely + hours, self.high + hours)


NOTHING = Band(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Node:
    """A process or facility. ``buffer``: how long it goes on by itself; ``recovery``: from when its cause is gone. In hours."""

    id: str
    name: str
    buffer: Band = NOTHING
    recovery: Band = NOTHING
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """Failure of ``origin`` reaches ``target`` after ``delay``, with a chance; after its buffer too if ``uses_buffer``."""

    origin: str
    target: str
    delay: Band
    chance: Band
    uses_buffer: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """All of it. ``problems`` tells what is wrong."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, as a code, and where: ``power`` for a node, ``power -> water`` for an edge. ``what``: the value."""

    code: str
    where: str = ""
    what: str = ""

    def __str__(self) -> str:
        return " ".join(each for each in (f"{self.where}:" if self.where else "", TEXTS[self.code], self.what) if each)


TEXTS = {
    "not_a_network": "a network is a mapping with a list of nodes and a list of edges",
    "not_a_mapping": "must be a mapping",
    "no_id": "has no id of at most 64 characters",
    "twice": "this node is there twice",
    "no_nodes": "there are no nodes",
    "too_many_nodes": f"more than {MOST_NODES} nodes",
    "too_many_edges": f"more than {MOST_EDGES} edges",
    "dangling": "leads from or to a node that is not there:",
    "self_loop": "leads from a node to itself",
    "not_a_band": "must be three numbers, lowest, likely and highest:",
    "not_finite": "must be finite numbers:",
    "not_ordered": "must run up from lowest over likely to highest:",
    "negative": "must not be below zero:",
    "too_long": f"is longer than {MOST_HOURS:.0f} hours:",
    "not_a_chance": "a chance lies from 0 to 1:",
    "not_a_flag": "must be true or false:",
    "not_a_text": "must be text:",
    "unknown_key": "has a key that means nothing here:",
    "missing": "lacks",
}


class NetworkError(ValueError):
    """A network that cannot be used, with what is wrong (the first twenty)."""

    def __init__(self, found: Sequence[Problem]) -> None:
        self.problems = tuple(found[:20])
        more = len(found) - len(self.problems)
        super().__init__("; ".join(map(str, self.problems)) + (f"; and {more} more" if more else ""))


def band_problem(band: Band, *, chance: bool = False) -> str:
    """The code of what is wrong with a band; empty when it is well."""
    three = (band.low, band.likely, band.high)
    if not all(map(math.isfinite, three)):
        return "not_finite"
    if chance and not all(0 <= each <= 1 for each in three):
        return "not_a_chance"
    if min(three) < 0:
        return "negative"
    if not band.low <= band.likely <= band.high:
        return "not_ordered"
    return "too_long" if band.high > MOST_HOURS else ""


def problems(network: Network) -> list[Problem]:
    """What is wrong with a network. Cycles are well: a node fails at the earliest moment. Two edges between the same are too."""
    found = [] if network.nodes else [Problem("no_nodes")]
    if len(network.nodes) > MOST_NODES:
        return [Problem("too_many_nodes")]
    if len(network.edges) > MOST_EDGES:
        return [Problem("too_many_edges")]
    names: set[str] = set()
    for node in network.nodes:
        found += [Problem("twice", node.id)] * (node.id in names)
        names.add(node.id)
        for what, band in (("buffer_hours", node.buffer), ("recovery_hours", node.recovery)):
            found += _said(node.id, what, band, band_problem(band))
    for edge in network.edges:
        found += _edge_problems(edge, names)
    return found


def _edge_problems(edge: Edge, names: set[str]) -> Iterator[Problem]:
    where = f"{edge.origin} -> {edge.target}"
    for end in dict.fromkeys((edge.origin, edge.target)):
        if end not in names:
            yield Problem("dangling", where, end)
    if edge.origin == edge.target:
        yield Problem("self_loop", where)
    yield from _said(where, "delay_hours", edge.delay, band_problem(edge.delay))
    yield from _said(where, "probability", edge.chance, band_problem(edge.chance, chance=True))


def _said(where: str, what: str, band: Band, code: str) -> list[Problem]:
    return [Problem(code, where, f"{what} [{band.low:g}, {band.likely:g}, {band.high:g}]")] if code else []


def checked(network: Network) -> Network:
    """The network. Raises NetworkError when something is wrong with it."""
    if found := problems(network):
        raise NetworkError(found)
    return network


@dataclass(frozen=True, slots=True)
class Start:
    """What fails at the beginning. ``hours``: for how long, None: without end; ``extra``: hours added per edge, by place."""

    failed: tuple[str, ...]
    hours: float | None = None
    extra: dict[int, float] = field(default_factory=dict)
