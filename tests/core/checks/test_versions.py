"""The order of versions: what comes before what, and that it is an order."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.versions import is_version, key

TEXTS = st.one_of(
    st.text(max_size=80),
    st.from_regex(r"v?[0-9]{1,3}(\.[0-9]{1,3}){0,4}(-?(rc|beta|p|b|dev)[0-9]{0,2})?", fullmatch=True),
)
NUMBERS = st.lists(st.integers(0, 10**9), min_size=1, max_size=5)


@pytest.mark.parametrize(
    "line",
    [
        ["1.0-dev", "1.0-alpha1", "1.0-beta", "1.0-beta2", "1.0-rc1", "1.0", "1.0a", "1.0b", "1.0.1", "1.2", "1.10", "2"],
        ["2.3.3", "2.3.4", "2.3.5"], ["7.4", "7.4p1", "7.4p2", "9.8", "9.8p1", "10.0"], ["1.0.2", "1.0.2a", "1.0.2k", "1.1.0"],
        ["5.8.0", "5.8.1", "5.8.2-beta", "5.8.2"], ["1.9", "1.12.4", "3.5.0"], ["1.0~rc1", "1.0"], ["8", "8.0.1"],
    ],
)  # fmt: skip
def test_order(line: list[str]) -> None:
    assert all(key(low) < key(high) for low, high in pairwise(line))


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.0", "1"), ("1.0.0", "1"), ("v1.2", "1.2"), ("1.0.0-rc1", "1.0-rc1"), ("1.2+abc", "1.2"), ("1.01", "1.1"), ("0", "0.0")],
)  # fmt: skip
def test_equal(one: str, other: str) -> None:
    assert key(one) == key(other)


@given(NUMBERS, NUMBERS)
def test_numbers_count_as_numbers(one: list[int], other: list[int]) -> None:
    size = max(len(one), len(other))
    longer = [each + [0] * (size - len(each)) for each in (one, other)]
    texts = [".".join(map(str, each)) for each in (one, other)]
    assert (key(texts[0]) < key(texts[1])) == (longer[0] < longer[1])
    assert (key(texts[0]) == key(texts[1])) == (longer[0] == longer[1])


@given(TEXTS, TEXTS, TEXTS)
def test_it_is_an_order(a: str, b: str, c: str) -> None:
    x, y, z = key(a), key(b), key(c)
    assert (x < y) + (x == y) + (x > y) == 1
    if x <= y <= z:
        assert x <= z


@given(st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}", fullmatch=True))
def test_before_and_after_a_release(version: str) -> None:
    assert key(f"{version}-rc1") < key(version) < key(f"{version}p1") < key(f"{version}.1")


def test_what_is_no_version() -> None:
    assert not is_version("")
    assert not is_version("onbekend")
    assert not is_version("1" * 65)
    assert not is_version("²")
    assert is_version("2019.78")
