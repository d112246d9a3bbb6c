"""Networks for tests, some by Hypothesis."""

from hypothesis import strategies as st

from dijkwacht.core.cascade.network import NOTHING, Band, Edge, Network, Node

SURE = Band(1, 1, 1)


def net(*edges: Edge, buffers: dict[str, Band] | None = None) -> Network:
    """The network of these edges, nodes in the order in which they come."""
    names = dict.fromkeys(end for each in edges for end in (each.origin, each.target))
    return Network(tuple(Node(name, name, (buffers or {}).get(name, NOTHING)) for name in names), edges)


def line(origin: str, target: str, hours: float | Band = 1.0, chance: Band = SURE, *, waits: bool = False) -> Edge:
    """An edge; hours without a band are certain."""
    return Edge(origin, target, hours if isinstance(hours, Band) else Band(hours, hours, hours), chance, waits)


def bands(most: float) -> st.SearchStrategy[Band]:
    """Any band from nothing up to ``most``, zero bands among them."""
    number = st.one_of(st.sampled_from([0.0, most]), st.floats(0, most, width=32))
    return st.tuples(number, number, number).map(lambda three: Band(*sorted(three)))


@st.composite
def networks(draw: st.DrawFn, *, most: int = 7) -> Network:
    """Any network of a few nodes, circles and double edges among them; node n0 is there."""
    count = draw(st.integers(2, most))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    edges = [
        Edge(f"n{origin}", f"n{target}", draw(bands(20)), draw(bands(1)), draw(st.booleans()))
        for origin, target in draw(st.lists(ends, max_size=16))
    ]
    return Network(tuple(Node(f"n{at}", f"n{at}", draw(bands(9))) for at in range(count)), tuple(edges))
