"""A registered version that may tell less than it could: who writes ``12`` may have any 12.x.

Its place is its key with ``=`` and a character for how many numbers were written, so just behind the key. Against all versions it
stands where ``12.0`` stands; where a document cuts through the stretch of 12, a row can be about this place alone. Only in the
order of `versions`, and not out of an SBOM, which tells versions whole. Told with examples in docs/matching.md.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from dijkwacht.core.advisories.versions import END, TOP, number

__all__ = ["Shorter", "is_shorter", "numbers_of", "place_of", "shorter_than", "stretch_of"]

_MARK = "="  # in no key
_MOST = 4  # numbers: what is written longer is taken as it is, and a document of long versions gives few rows
_ZERO = number("0")
_NUMBERS = re.compile(r"\d+(?:\.\d+)*", re.ASCII)


class Shorter(NamedTuple):
    """The places ``start <= place < stop`` of what is written shorter than an end of a stretch. ``key``: its key as a version."""

    key: str
    start: str
    stop: str


def place_of(key: str, text: str) -> str:
    """The place of a registered version of numbers alone; any other version stands at its key."""
    numbers = numbers_of(key)
    if "".join(numbers) + END != key or not (written := _NUMBERS.search(text)):
        return key
    count = max(len(numbers), written[0].count(".") + 1)
    return _marked(key, count) if count <= _MOST else key


def is_shorter(place: str) -> bool:
    """Whether it is the place of numbers alone, of which there may be more."""
    return place[-2:-1] == _MARK


def stretch_of(place: str) -> tuple[str, str]:
    """The key of such a place, and the place behind all versions that begin with these numbers."""
    key, written = place[:-2], int(place[-1])
    return key, key[: -len(END)] + _ZERO * (written - len(numbers_of(key))) + TOP


@lru_cache(maxsize=1 << 16)
def shorter_than(end: str) -> tuple[Shorter, ...]:
    """What may stand before an end as well as behind it: of 12.0.5 both ``12`` and ``12.0``, of ``2019 CU14`` 2019."""
    found: list[Shorter] = []
    place = bare = written = 0  # ``bare``: up to here without the zeros that are last
    while written < _MOST and "1" <= end[place : place + 1] <= "X":
        start, place, written = place, _behind(end, place), written + 1
        if end[start:place] != _ZERO:
            bare = place
        follows = end[place : place + 1]
        if follows != TOP and (bare < place or follows > END):
            key = end[:bare] + END
            found.append(Shorter(key, _marked(key, written), _marked(key, written + 1)))
            if not "1" <= follows <= "X":  # letters: the same with zeros
                found.append(Shorter(key, _marked(key, written + 1), key + TOP))
    return tuple(found)


def _marked(key: str, written: int) -> str:
    return f"{key}{_MARK}{written}"


def numbers_of(key: str) -> list[str]:
    """The numbers with which a key begins, each as it stands there."""
    found, place = [], 0
    while "1" <= key[place : place + 1] <= "X":
        start, place = place, _behind(key, place)
        found.append(key[start:place])
    return found


def _behind(key: str, place: int) -> int:
    """Where the number ends that begins here: its first character is how many digits it has."""
    return place + 1 + ord(key[place]) - 48
