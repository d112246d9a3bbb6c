"""The layout of the picture of dependence: nothing overlaps, every line ends on its boxes, and order only makes it better."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.suppliers.columns import crossings
from dijkwacht.core.suppliers.drawing import Box, Drawing, Node, Size, drawn, reached

SMALL = Size(width=100, between=40, gap=10, lane=8, most=5, folded=30)


@st.composite
def webs(draw: st.DrawFn, most: int = 24) -> tuple[list[Node], list[tuple[str, str]]]:
    layers = draw(st.lists(st.integers(0, 5), min_size=1, max_size=most))
    nodes = [
        Node(f"n{at}", layer, draw(st.sampled_from((30, 48, 66))), keep=draw(st.booleans()))
        for at, layer in enumerate(layers)
    ]
    names = st.sampled_from([each.id for each in nodes])
    return nodes, draw(st.lists(st.tuples(names, names), max_size=40))


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x or other.x + other.width <= one.x
        or one.y + one.height <= other.y or other.y + other.height <= one.y
    )  # fmt: skip


def crossed(drawing: Drawing) -> int:
    """Counted the slow way, from the lines as they were drawn: between two columns their order turns round."""
    parts: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for line in drawing.lines:
        points = sorted(line.points)
        if not line.beside:
            for (x1, y1), (x2, y2) in zip(points[::2], points[1::2], strict=True):
                parts.setdefault((x1, x2), []).append((y1, y2))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for rows in parts.values() for a, b in combinations(rows, 2))


@settings(max_examples=150, deadline=None)
@given(webs())
def test_no_two_boxes_overlap_and_every_node_stands_in_one(web: tuple[list[Node], list[tuple[str, str]]]) -> None:
    nodes, pairs = web
    found = drawn(nodes, pairs, size=SMALL)
    assert all(apart(one, other) for one, other in combinations(found.boxes, 2))
    assert sorted(name for box in found.boxes for name in box.holds) == sorted(each.id for each in nodes)
    assert all(box.x >= 0 and box.y >= 0 for box in found.boxes)
    assert all(box.x + box.width <= found.width and box.y + box.height <= found.height for box in found.boxes)
    assert all(type(n) is int for box in found.boxes for n in (box.x, box.y))


@settings(max_examples=150, deadline=None)
@given(webs())
def test_every_line_ends_on_its_boxes_and_every_pair_has_one(web: tuple[list[Node], list[tuple[str, str]]]) -> None:
    nodes, pairs = web
    found = drawn(nodes, pairs, size=SMALL)
    boxes = {box.id: box for box in found.boxes}
    home = {name: box.id for box in found.boxes for name in box.holds}
    assert {(line.what, line.on) for line in found.lines} == {
        (home[what], home[on]) for what, on in pairs if home[what] != home[on]
    }
    for line in found.lines:
        for (x, y), box in zip((line.points[0], line.points[-1]), (boxes[line.what], boxes[line.on]), strict=True):
            assert x in (box.x, box.x + box.width)
            assert box.y <= y <= box.y + box.height
            assert line.beside == (boxes[line.what].layer == boxes[line.on].layer)


@settings(max_examples=150, deadline=None)
@given(webs())
def test_order_never_makes_more_crossings_than_as_given(web: tuple[list[Node], list[tuple[str, str]]]) -> None:
    nodes, pairs = web
    found, naive = drawn(nodes, pairs, size=SMALL), drawn(nodes, pairs, size=SMALL, sweeps=0)
    assert found.crossings == crossed(found)
    assert naive.crossings == crossed(naive)
    assert crossed(found) <= crossed(naive)


@settings(max_examples=100, deadline=None)
@given(webs())
def test_no_line_runs_through_a_box_that_it_passes(web: tuple[list[Node], list[tuple[str, str]]]) -> None:
    nodes, pairs = web
    found = drawn(nodes, pairs, size=SMALL)
    for line in found.lines:
        for (x1, y1), (x2, y2) in zip(line.points[1:-1:2], line.points[2:-1:2], strict=False):
            assert y1 == y2
            assert not any(
                box.y <= y1 <= box.y + box.height and box.x < max(x1, x2) and box.x + box.width > min(x1, x2)
                for box in found.boxes
            )


def test_a_tangle_is_undone() -> None:
    nodes = [Node(name, 0) for name in "abc"] + [Node(name, 1) for name in "xyz"]
    pairs = [("a", "z"), ("b", "y"), ("c", "x")]
    assert drawn(nodes, pairs, sweeps=0).crossings == 3
    assert drawn(nodes, pairs).crossings == 0
    assert crossings([["a", "b"], ["x", "y"]], [("a", "x"), ("a", "y"), ("b", "y")]) == 0


def test_the_same_each_time() -> None:
    nodes = [Node(f"n{at}", at % 4) for at in range(40)]
    pairs = [(f"n{at}", f"n{(at * 7 + 3) % 40}") for at in range(40)]
    assert drawn(nodes, pairs) == drawn(nodes, pairs)


def test_what_stopped_and_what_most_lean_on_is_folded_last() -> None:
    nodes = [Node("system", 0), *(Node(f"s{at}", 1, keep=at == 9) for at in range(10))]
    found = drawn(nodes, [("system", "s7")], size=SMALL)
    boxes = [box for box in found.boxes if box.layer == 1]
    assert len(boxes) == SMALL.most
    assert {box.id for box in boxes if len(box.holds) == 1} == {"s0", "s1", "s7", "s9"}
    assert [box.holds for box in boxes if len(box.holds) > 1] == [("s2", "s3", "s4", "s5", "s6", "s8")]
    assert reached(found, {"s3"}) == {"s2"}


def test_one_more_than_fits_folds_two_and_as_many_as_fit_folds_none() -> None:
    for count, folded in ((SMALL.most, []), (SMALL.most + 1, [2])):
        found = drawn([Node(f"n{at}", 0) for at in range(count)], [], size=SMALL)
        assert [len(box.holds) for box in found.boxes if len(box.holds) > 1] == folded


def test_suppliers_that_lean_on_each_other_in_a_circle() -> None:
    nodes = [Node("a", 3), Node("b", 3), Node("c", 4)]
    found = drawn(nodes, [("a", "b"), ("b", "a"), ("b", "c"), ("c", "a"), ("a", "a")])
    assert [(line.what, line.on, line.beside) for line in found.lines] == [
        ("a", "b", True), ("b", "a", True), ("b", "c", False), ("c", "a", False),
    ]  # fmt: skip
    back = found.lines[-1]
    assert back.points[0][0] > back.points[-1][0]  # it points back
    assert found.layers == (3, 4)


def test_nothing_and_one() -> None:
    assert drawn([], []) == Drawing((), (), 0, 0)
    (box,) = drawn([Node("a", 7)], []).boxes
    assert (box.x, box.y) == (0, 0)


def test_four_hundred_fit_without_folding() -> None:
    nodes = [Node(f"n{at}", at % 5) for at in range(400)]
    pairs = [(f"n{at}", f"n{(at * 13 + 1) % 400}") for at in range(400)]
    found = drawn(nodes, pairs, size=Size(most=400))
    assert len(found.boxes) == 400
    assert found.crossings < drawn(nodes, pairs, size=Size(most=400), sweeps=0).crossings


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match="goes to ghost"):
        drawn([Node("a", 0)], [("a", "ghost")])
    with pytest.raises(ValueError, match="a is in the picture twice"):
        drawn([Node("a", 0), Node("a", 1)], [])
