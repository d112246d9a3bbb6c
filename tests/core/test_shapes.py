"""Outlines on the map: small, whole, and not torn."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.shapes import drawn, simplified
from dijkwacht.norms.read import municipal_shapes, municipalities

points = st.tuples(st.floats(0, 100), st.floats(0, 100))


@given(st.lists(points, max_size=40), st.floats(0.1, 20))
def test_simplified_keeps_the_ends_and_only_takes_away(line: list[tuple[float, float]], tolerance: float) -> None:
    found = simplified(line, tolerance)
    rest = iter(line)
    assert all(point in rest for point in found)
    if line:
        assert (found[0], found[-1]) == (line[0], line[-1])


def test_a_straight_line_needs_two_points() -> None:
    assert simplified([(0, 0), (1, 0.01), (2, 0)], 0.5) == [(0, 0), (2, 0)]


def test_every_municipality_is_on_the_map_in_few_bytes() -> None:
    shapes = municipal_shapes()
    assert set(shapes.paths) == {each["cbs_code"] for each in municipalities()}
    assert sum(map(len, shapes.paths.values())) < 40_000
    for path in shapes.paths.values():
        assert re.fullmatch(r"(M-?\d+[ -]-?\d+(l-?\d+[ -]?-?\d+)+z)+", path), path


def test_north_is_up_and_the_box_fits() -> None:
    square = {"a": [[(5.0, 52.0), (6.0, 52.0), (6.0, 53.0), (5.0, 53.0), (5.0, 52.0)]]}
    shapes = drawn(square, width=100)
    assert shapes.height > shapes.width  # a degree north is longer than one east
    assert shapes.paths["a"].startswith(f"M0 {shapes.height}")
    assert drawn({}).paths == {}
