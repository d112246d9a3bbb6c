"""Needs: shares with their interval, what is still to be said, and their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.covenant.needs import (
    ENOUGH,
    Priority,
    Realism,
    Status,
    Voices,
    Weighed,
    in_order,
    interval,
    share,
    unsaid,
)

COUNTS = st.integers(0, 400)
VOICES = st.builds(Voices, COUNTS, COUNTS, COUNTS)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # by hand from the formula of Wilson; the second is the example of Newcombe (1998): 15 of 148
    [(5, 10, 0.2366, 0.7634), (15, 148, 0.0624, 0.1605), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_that_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    assert interval(hits, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(("hits", "of"), [(0, 0), (-1, 4), (5, 4)])
def test_what_is_no_share_is_refused(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        interval(hits, of)


@given(VOICES)
def test_a_share_lies_within_its_interval(voices: Voices) -> None:
    found = share(voices)
    assert 0 <= found.low <= found.likely <= found.high <= 1
    assert (found.code == "nobody") is (voices.spoke == 0)
    assert (found.code == "few") is (0 < voices.spoke < ENOUGH)


@given(st.integers(1, 60), st.integers(2, 9))
def test_more_voices_of_the_same_kind_narrow_it(felt: int, times: int) -> None:
    few, many = interval(felt, felt * 2), interval(felt * times, felt * 2 * times)
    assert many[1] - many[0] < few[1] - few[0]


def test_nobody_spoke_says_nothing() -> None:
    assert (share(Voices()).low, share(Voices()).high) == (0.0, 1.0)


FULL = Weighed(
    "x", Voices(2, 1), Realism.YEAR, Priority.HIGH, "VNG", Status.RUNNING, cost=True, closes=1,
)  # fmt: skip


def test_what_the_letter_asks_is_asked_until_it_is_said() -> None:
    assert unsaid(Weighed("x")) == ("breadth", "realism", "priority", "holder", "cost")
    assert unsaid(FULL) == ()
    assert unsaid(Weighed("x", status=Status.AGREED))[-1] == "runs"
    assert unsaid(Weighed("x", holder="  "))[3] == "holder"


@pytest.mark.parametrize("status", [Status.MET, Status.DROPPED])
def test_of_a_closed_need_nothing_is_asked(status: Status) -> None:
    assert unsaid(Weighed("x", status=status)) == ()


def test_order_is_open_then_priority_then_voices() -> None:
    rows = [
        Weighed("met", Voices(9), priority=Priority.HIGH, status=Status.MET),
        Weighed("low", Voices(9), priority=Priority.LOW),
        Weighed("few", Voices(1), priority=Priority.HIGH),
        Weighed("many", Voices(4), priority=Priority.HIGH),
        Weighed("some", Voices(1, 5), priority=Priority.HIGH),
        Weighed("unsaid", Voices(20)),
    ]
    assert [each.key for each in in_order(rows)] == ["many", "some", "few", "unsaid", "low", "met"]
