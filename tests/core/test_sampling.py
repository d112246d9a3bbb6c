"""A sample: the same for the same seed, another for another, nothing twice, and no number favoured."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core import sampling
from dijkwacht.core.sampling import sample

SEEDS = st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(each) < 0xE000 for each in text))


def shuffled(seed: str, of: int, size: int) -> tuple[int, ...]:
    """The same by the plainest shuffle that follows the description."""
    items, counter, span = list(range(of)), 0, 2**256
    for place in range(min(of, size)):
        while True:
            number = int.from_bytes(sha256(f"{seed}:{counter}".encode()).digest(), "big")
            counter += 1
            if number < span // (of - place) * (of - place):
                break
        other = place + number % (of - place)
        items[place], items[other] = items[other], items[place]
    return tuple(sorted(items[:size]))


@given(SEEDS, st.integers(0, 60), st.integers(0, 70))
def test_as_described(seed: str, of: int, size: int) -> None:
    drawn = sample(seed, of=of, size=size)
    assert drawn == shuffled(seed, of, size)
    assert len(set(drawn)) == len(drawn) == min(of, size)
    assert all(0 <= each < of for each in drawn)
    assert list(drawn) == sorted(drawn)


def test_known_by_heart() -> None:
    """Fixed for ever: a sample of years ago can be drawn again."""
    assert sample("dijkstad", of=117, size=5) == (8, 48, 63, 69, 84)


def test_every_line_as_likely() -> None:
    """3,000 samples of 3 out of 10: each about 900 times; the bounds are six standard deviations away."""
    seen = Counter(each for seed in range(3000) for each in sample(str(seed), of=10, size=3))
    assert set(seen) == set(range(10))
    assert all(abs(n - 900) < 6 * (3000 * 0.3 * 0.7) ** 0.5 for n in seen.values())


def test_a_number_in_the_incomplete_row_is_thrown_away() -> None:
    span = 2**256
    assert sampling._below(10, iter([span - 1, 7])) == 7
    assert sampling._below(16, iter([span - 1, 7])) == 15


@pytest.mark.parametrize(("of", "size"), [(-1, 1), (1, -1)])
def test_less_than_nothing(of: int, size: int) -> None:
    with pytest.raises(ValueError, match="smaller"):
        sample("x", of=of, size=size)
