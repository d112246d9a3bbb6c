"""What ``vers:…`` says, as stretches that a person can be told. What leaves a doubt about a version is not told otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dijkwacht.core.advisories.prose import Bound, read_prose
from dijkwacht.core.advisories.ranges import NOT_UNDERSTOOD, constraints, read_range
from dijkwacht.core.advisories.versions import version_key

__all__ = ["Spoken", "spoken"]

End = tuple[str, str]
"""A sign and a version."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Versions in one of these stretches, but for ``holes``."""

    stretches: tuple[Bound, ...]
    holes: tuple[str, ...] = ()


def spoken(text: str) -> Spoken | None:
    """The stretches of a ``vers:`` text, lowest first; None of another text, or when it was not understood whole."""
    told, means = constraints(text), read_range(text)
    if told is None or means is NOT_UNDERSTOOD or means.perhaps:
        return None
    if means.whole:
        return Spoken((Bound(all=True),))
    holes = tuple(version for sign, version in told if sign == "!=")
    ends = [each for each in told if each[0][:1] in ("<", ">")]
    found = [
        *(bound for sign, version in told if sign in ("", "=") for bound in _single(version)),
        *(_between(sorted(ends, key=lambda each: version_key(each[1]))) if ends else ()),
    ]
    return Spoken(tuple(found) if ends or not holes else (*found, Bound(all=True)), holes)


def _single(version: str) -> Iterable[Bound]:
    """One version; where publishers put a sentence in its place, what that says."""
    return [Bound(low=version, high=version)] if version_key(version) else read_prose(version) or []


def _between(ends: list[End]) -> Iterator[Bound]:
    """Ends in order as stretches, as `ranges` takes them: a lower end opens, the last upper end before the next one closes."""
    low: tuple[str, bool] | None = ("", True) if ends[0][0].startswith("<") else None
    for place, (sign, version) in enumerate(ends):
        if sign.startswith(">"):
            low = low or (version, sign == ">=")
        elif low is not None and (place + 1 == len(ends) or ends[place + 1][0].startswith(">")):
            yield Bound(low=low[0], low_in=low[1], high=version, high_in=sign == "<=")
            low = None
    if low is not None:
        yield Bound(low=low[0], low_in=low[1])
