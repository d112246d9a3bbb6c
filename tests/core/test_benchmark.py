"""Laws of the benchmark: no figure over fewer than five, and none that can be worked out either."""

from collections.abc import Mapping, Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.benchmark import compared, figure, releasable, share_met

LEAST = 5
sizes = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), max_size=6)
shares = st.floats(0, 1, allow_nan=False)
groups = st.dictionaries(st.sampled_from("abcd"), st.lists(shares, max_size=15), max_size=4)


@given(sizes)
def test_no_two_figures_differ_by_fewer_than_five(found: Mapping[str, int]) -> None:
    """Everyone minus any of the groups that are shown is nobody, or at least five."""
    shown = releasable(found, least=LEAST)
    total = sum(found.values())
    assert total >= LEAST or not shown
    assert all(found[key] >= LEAST for key in shown)
    for some in chain.from_iterable(combinations(sorted(shown), n) for n in range(1, len(shown) + 1)):
        rest = total - sum(found[key] for key in some)
        assert rest == 0 or rest >= LEAST, (found, shown, some)


@given(groups)
def test_every_figure_is_over_five_or_more(values: Mapping[str, Sequence[float]]) -> None:
    found = compared(values, least=LEAST)
    total = sum(map(len, values.values()))
    assert (found.everyone is None) == (total < LEAST)
    for key, each in found.groups.items():
        assert each.n == len(values[key]) >= LEAST
    if found.everyone:
        assert found.everyone.n == total


@given(st.lists(shares, min_size=1, max_size=40))
def test_the_quarters_lie_in_order_between_the_ends(values: list[float]) -> None:
    found = figure(values)
    assert round(100 * min(values)) <= found.low <= found.middle <= found.high <= round(100 * max(values))


@given(st.lists(shares, min_size=1, max_size=20), st.randoms())
def test_who_stands_where_does_not_matter(values: list[float], chance: object) -> None:
    mixed = list(values)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert figure(mixed) == figure(values)


@given(st.lists(st.just(0.4), min_size=5, max_size=9))
def test_equal_values_give_that_value(values: list[float]) -> None:
    found = figure(values)
    assert (found.low, found.middle, found.high) == (40, 40, 40)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({"a": 4}, ""),
        ({"a": 5}, "a"),
        ({"a": 20, "b": 4}, ""),  # b would be everyone minus a
        ({"a": 20, "b": 4, "c": 1}, "a"),  # b and c together are five
        ({"a": 20, "b": 5, "c": 3}, "a"),  # b goes as well, so that nobody can work out c
        ({"a": 20, "b": 6, "c": 7}, "abc"),
        ({"a": 20, "b": 0}, "a"),
        ({}, ""),
    ],
)
def test_what_is_left_out_so_that_nothing_can_be_worked_out(found: dict[str, int], shown: str) -> None:
    assert {key for key in releasable(found, least=LEAST) if found[key]} == set(shown)


def test_the_part_in_order_leaves_out_what_does_not_apply() -> None:
    assert share_met({"met": 3, "unknown": 1, "not_applicable": 6}) == 0.75
    assert share_met({"not_applicable": 6}) is None


def test_no_values_no_figure() -> None:
    with pytest.raises(ValueError, match="no values"):
        figure([])
