"""The investment agenda: sums by hand, and that more of anything never costs less."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.covenant.investment import NOTHING, Agenda, Band, Cost, Size, agenda, size_of
from dijkwacht.core.covenant.needs import Share, Voices, share

HERE = {Size.SMALL: 100, Size.MIDDLE: 200, Size.LARGE: 42}
ALL = Share("share", 1.0, 1.0, 1.0)


def flat(low: int, likely: int, high: int) -> dict[Size, Band]:
    return dict.fromkeys(Size, Band(low, likely, high))


def test_a_worked_example() -> None:
    """Ten small and two large ones, half of which feel it (a quarter to three quarters), over four years."""
    half = Share("share", 0.25, 0.5, 0.75)
    cost = Cost(
        "x", {Size.SMALL: Band(100, 200, 400), Size.LARGE: Band(1000, 2000, 4000)}, {Size.SMALL: Band(10, 20, 40)}, half,
        hours=Band(1, 2, 3),
    )  # fmt: skip
    line = agenda([cost], municipalities={Size.SMALL: 10, Size.LARGE: 2}, years=4).lines[0]
    assert line.municipalities == Band(3, 6, 9)
    assert line.once == Band(750, 3000, 9000)  # 0.25 × (1,000 + 2,000), 0.5 × 6,000, 0.75 × 12,000
    assert line.yearly == Band(25, 100, 300)
    assert line.total == Band(850, 3400, 10200)
    assert line.hours == Band(3, 12, 27)


def test_what_moves_the_total_most_stands_first() -> None:
    wide = Cost("wide", flat(0, 100, 900), {}, ALL)
    narrow = Cost("narrow", flat(90, 100, 110), {}, share(Voices()))
    found = agenda([narrow, wide], municipalities=HERE, years=1)
    assert [(each.kind, each.key) for each in found.swings[:2]] == [("cost", "wide"), ("share", "narrow")]
    assert found.swings[0].high - found.swings[0].low == 900 * 342
    assert found.swings[-1].spread == 0


@pytest.mark.parametrize("band", [(2, 1, 3), (1, 3, 2), (-1, 0, 0), (0, 0, 10**13)])
def test_an_impossible_band_is_refused(band: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="does not hold"):
        Band(*band)


def test_no_period_is_refused() -> None:
    with pytest.raises(ValueError, match="one year"):
        agenda([], municipalities=HERE, years=0)


def test_nothing_costs_nothing() -> None:
    assert agenda([], municipalities=HERE, years=3) == Agenda(3, (), NOTHING, ())


@pytest.mark.parametrize(("n", "size"), [(0, "small"), (24_999, "small"), (25_000, "middle"), (100_000, "large")])
def test_sizes(n: int, size: str) -> None:
    assert size_of(n) == size


BANDS = st.lists(st.integers(0, 10**7), min_size=3, max_size=3).map(sorted).map(lambda each: Band(*each))
SHARES = st.builds(Voices, *[st.integers(0, 60)] * 3).map(share)
COSTS = st.builds(
    Cost, st.sampled_from("abc"), st.dictionaries(st.sampled_from(Size), BANDS),
    st.dictionaries(st.sampled_from(Size), BANDS), SHARES, BANDS,
)  # fmt: skip


@given(st.lists(COSTS, max_size=4), st.integers(1, 10))
def test_totals_hold_their_lines_and_every_swing(costs: list[Cost], years: int) -> None:
    found = agenda(costs, municipalities=HERE, years=years)
    assert found.total.likely == sum(line.total.likely for line in found.lines)
    for swing in found.swings:
        assert found.total.low <= swing.low <= found.total.likely <= swing.high <= found.total.high


@given(COSTS, st.integers(1, 9))
def test_a_longer_period_costs_no_less(cost: Cost, years: int) -> None:
    short = agenda([cost], municipalities=HERE, years=years).total
    long = agenda([cost], municipalities=HERE, years=years + 1).total
    assert (long.low, long.likely, long.high) >= (short.low, short.likely, short.high)
