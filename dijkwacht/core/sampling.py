"""A random sample that anybody can draw again: from a seed, by SHA-256 over a counter, every choice as likely as another. Pure.

Who knows the seed and the number of items draws the same sample, with any program: docs/algorithms/sampling.md.
"""

from collections.abc import Iterator
from hashlib import sha256

DIGITS = 32  # bytes per draw
_SPAN = 1 << (8 * DIGITS)


def sample(seed: str, *, of: int, size: int) -> tuple[int, ...]:
    """``size`` different numbers below ``of``, in ascending order; all of them when there are not more.

    Raises ValueError for a negative number. The first steps of a Fisher-Yates shuffle, with numbers that follow from the seed.
    """
    if of < 0 or size < 0:
        raise ValueError("a sample is not smaller than nothing")
    numbers = _numbers(seed)
    moved: dict[int, int] = {}  # only the places that were swapped: a sample of a million costs no more than its size
    chosen = []
    for place in range(min(of, size)):
        other = place + _below(of - place, numbers)
        chosen.append(moved.get(other, other))
        moved[other] = moved.get(place, place)
    return tuple(sorted(chosen))


def _numbers(seed: str) -> Iterator[int]:
    """SHA-256 over the seed, a colon and a counter from 0, each as one large number."""
    counter = 0
    while True:
        yield int.from_bytes(sha256(f"{seed}:{counter}".encode()).digest())
        counter += 1


def _below(bound: int, numbers: Iterator[int]) -> int:
    """A number below a bound. One that falls in the last, incomplete row of the span is thrown away: else low numbers win."""
    limit = _SPAN - _SPAN % bound
    return next(number for number in numbers if number < limit) % bound
