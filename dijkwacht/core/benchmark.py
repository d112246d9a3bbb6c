"""Comparing with like organisations without telling on anyone: how far the middle is, and when that may be said. Pure.

A figure is never over fewer than ``least`` organisations, and no two figures that are shown differ by fewer than that:
whoever subtracts one from the other learns nothing of anybody. docs/decisions/0008-benchmark-by-consent.md says why.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Generic, TypeVar

from dijkwacht.core.verdict import Status

Key = TypeVar("Key", bound=Hashable)
Who = TypeVar("Who", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figure:
    """The middle of ``n`` values and the quarters on both sides, in whole percents."""

    n: int
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Compared(Generic[Key]):
    """Figures that may be shown: over everyone (None: too few), and per group as far as that tells on nobody."""

    everyone: Figure | None
    groups: Mapping[Key, Figure]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands: its own share in whole percents (None: it has none), and the figures that may stand beside it."""

    own: int | None
    like: Figure | None
    everyone: Figure | None


def share_met(counts: Mapping[str, int]) -> float | None:
    """The part of the lines that apply and are in order, 0 to 1; None when no line applies."""
    asked = sum(counts.values()) - counts.get(Status.NOT_APPLICABLE, 0)
    return counts.get(Status.MET, 0) / asked if asked else None


def releasable(sizes: Mapping[Key, int], *, least: int) -> frozenset[Key]:
    """The groups that may be shown beside the figure over everyone; none when all together are too few.

    What is left out is nothing, or at least ``least`` together: else it could be worked out from what is shown.
    """
    total = sum(sizes.values())
    if total < least:
        return frozenset()
    shown = {key: size for key, size in sizes.items() if size >= least}
    smallest_last = sorted(shown, key=lambda key: (-shown[key], repr(key)))
    while smallest_last and 0 < total - sum(shown[key] for key in smallest_last) < least:
        smallest_last.pop()
    return frozenset(smallest_last)


def compared(values: Mapping[Key, Sequence[float]], *, least: int) -> Compared[Key]:
    """The figures over groups of values between 0 and 1."""
    everyone = [value for found in values.values() for value in found]
    if len(everyone) < least:
        return Compared(None, {})
    shown = releasable({key: len(found) for key, found in values.items()}, least=least)
    return Compared(figure(everyone), {key: figure(values[key]) for key in values if key in shown})


def figure(values: Sequence[float]) -> Figure:
    """The middle and the quarters of values between 0 and 1. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Figure(len(values), round(100 * low), round(100 * median(values)), round(100 * high))


def place(shares: Mapping[Who, float], groups: Mapping[Who, str], *, own: Who, group: str | None, least: int) -> Place:
    """Where ``own`` stands among the shares (0 to 1) of its group and of everyone. ``groups``: that of each, "" for none."""
    values: dict[str, list[float]] = {}
    for who, share in shares.items():
        values.setdefault(groups[who], []).append(share)
    found = compared(values, least=least)
    mine = shares.get(own)
    like = found.groups.get(group) if group else None
    return Place(None if mine is None else round(100 * mine), like, found.everyone)
