"""Draws that follow from a seed and nothing else, so the same on every machine. Pure: whole numbers in, fractions out.

The mixing is splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014). A triangular draw is
made of the smaller and the larger of two uniform ones (Stein and Keblis, 2009):
low + (high - likely) * smaller + (likely - low) * larger.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
PLAIN = 4_000_000
"""So many draws have each a place of their own; larger networks share a pool, see ``Pool``."""
DEAD = np.float32(1e30)
"""What a chance that did not come up is multiplied by: so late is never."""
_STEP, _FIRST, _SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64 of each."""
    values = values + _STEP
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


def uniform(seed: int, stream: int, count: int) -> Floats:
    """So many fractions strictly between 0 and 1, by seed and stream; a longer row begins with the shorter one."""
    start = mixed(np.array([(seed ^ (stream * 0xD1342543DE82EF95)) % 2**64], dtype=np.uint64))
    bits = mixed(np.arange(count, dtype=np.uint64) * _STEP + start) >> np.uint64(41)
    return np.asarray((bits.astype(np.float32) + np.float32(0.5)) * np.float32(2**-23), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Pool:
    """Draws for all edges and nodes. Thing i takes ``runs`` draws from ``offsets[i]`` on, one per run.

    No two things start at the same place, so within one run all draws are independent and each run is distributed exactly
    as with plain drawing. In a shared pool run r of one thing is run s of another: runs lean on each other a little, which
    moves no mean, only how fast the mean settles (tests/core/cascade/test_draws.py holds it against plain drawing).
    """

    runs: int
    smaller: Floats
    larger: Floats
    chance: Floats
    offsets: list[int]


@lru_cache(maxsize=2)
def pool(things: int, *, runs: int, seed: int) -> Pool:
    """The draws of so many things. While there is room each thing has its own. Kept for the next what-if."""
    plain = things * runs <= PLAIN
    places = 1 << max(things - 1, 1).bit_length()
    size = things * runs if plain else places + runs
    first, second = uniform(seed, 1, size), uniform(seed, 2, size)
    chance = uniform(seed, 3, size) * DEAD
    if plain:
        offsets = [each * runs for each in range(things)]
    else:
        order = np.argsort(mixed(np.arange(places, dtype=np.uint64) ^ np.uint64(seed % 2**64)), kind="stable")
        offsets = order[:things].tolist()
    return Pool(runs, np.minimum(first, second), np.maximum(first, second), chance, offsets)
