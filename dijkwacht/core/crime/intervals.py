"""How sure a figure is: intervals of 95% for counts and shares, and whether two figures differ. Pure.

Told with its sources in docs/algorithms/crime.md. No figure is shown without what comes out of here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

Z = 1.959963984540054  # the normal value that leaves 2.5% on either side
_TAIL = 0.025
_EXACT = 100  # counts up to here by the exact method of Garwood; above it that of Byar is the same to three digits
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the lower and upper bound of its interval of 95%; ``lower <= value <= upper``."""

    value: float
    lower: float
    upper: float

    def times(self, factor: float) -> "Interval":
        """All three multiplied by a factor of zero or more."""
        return Interval(self.value * factor, self.lower * factor, self.upper * factor)


class Change(StrEnum):
    """What may be said of the difference between two figures."""

    HIGHER = "higher"
    LOWER = "lower"
    TOO_SMALL = "too_small"  # chance alone may explain it


def count_interval(count: int) -> Interval:
    """The interval of a count of events that come by chance (Poisson). Raises ValueError below zero."""
    if count < 0:
        raise ValueError("a count is zero or more")
    return _exact(count) if count <= _EXACT else _byar(count)


def rate_interval(count: int, exposure: float, *, per: float = 1000) -> Interval:
    """Events per ``per`` of the exposure (inhabitants, or inhabitants times years). Raises ValueError without exposure."""
    if not exposure > 0 or not math.isfinite(exposure):
        raise ValueError("an exposure is more than zero")
    return count_interval(count).times(per / exposure)


def share_interval(part: int, whole: int) -> Interval:
    """The share of a whole between 0 and 1, by the score interval of Wilson. Raises ValueError on what is no part."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("a part lies between zero and the whole")
    share, square = part / whole, Z * Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return Interval(share, min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share))


def difference(first: Interval, second: Interval) -> Interval:
    """``first - second`` with the interval of 95% that follows from both (MOVER). Both must be independent."""
    value = first.value - second.value
    down = math.hypot(first.value - first.lower, second.upper - second.value)
    up = math.hypot(first.upper - first.value, second.value - second.lower)
    return Interval(value, value - down, value + up)


def change(now: Interval, before: Interval) -> Change:
    """Whether ``now`` is higher or lower than ``before``, or whether that is too small to say."""
    found = difference(now, before)
    if found.lower > 0:
        return Change.HIGHER
    return Change.LOWER if found.upper < 0 else Change.TOO_SMALL


@lru_cache(maxsize=_EXACT + 1)
def _exact(count: int) -> Interval:
    lower = 0.0 if count == 0 else _solved(lambda mean: 1 - _below(count - 1, mean), count)
    upper = _solved(lambda mean: 1 - _below(count, mean), count, tail=1 - _TAIL)
    return Interval(float(count), lower, upper)


def _solved(more: Callable[[float], float], count: int, *, tail: float = _TAIL) -> float:
    """The mean at which a rising probability passes ``tail``, by halving."""
    low, high = 0.0, count + 10 * math.sqrt(count + 1) + 10
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if more(middle) < tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _below(count: int, mean: float) -> float:
    """The probability of at most ``count`` events where ``mean`` are expected."""
    term = total = math.exp(-mean)
    for each in range(1, count + 1):
        term *= mean / each
        total += term
    return total


def _byar(count: int) -> Interval:
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3
    upper = more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3
    return Interval(float(count), lower, upper)
