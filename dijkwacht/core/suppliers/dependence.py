"""What stops when something stops, and after how long; and on whom everything leans. Pure.

A *lean* says that one thing needs another: a process a service, a service its supplier, a supplier a sub-supplier. It can hold
out for some hours without. Leans with the same ``group`` are ways to do the same: only when all of them have run out does it
hurt. Circles are no trouble: what stops first, stops first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import isfinite
from typing import NamedTuple, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Lean:
    """``what`` needs ``on``, and holds out ``hours`` without it. None: nobody knows; reckoned as at once, and said.

    Raises ValueError for hours below nothing or without end.
    """

    what: str
    on: str
    hours: float | None = 0.0
    group: str = ""

    def __post_init__(self) -> None:
        if self.hours is not None and (self.hours < 0 or not isfinite(self.hours)):
            raise ValueError(f"{self.what} cannot hold out for {self.hours} hours without {self.on}")


@dataclass(frozen=True, slots=True)
class Stop:
    """Something stops after so many hours, because ``by`` did ("" for what was gone first).

    ``sure``: False when a buffer on the way is not known, so that it may take longer.
    """

    what: str
    hours: float
    by: str
    sure: bool


class Top(NamedTuple):
    """The same of something on which nothing else leans; of two the lesser counts: the sooner, of equals the sure one."""

    hours: float
    unsure: bool
    by: str


class Web:
    """Everything that leans on something, to be asked many times; building it takes time in proportion to the leans."""

    def __init__(self, leans: Iterable[Lean]) -> None:
        self._whose: list[str] = []  # of each group of ways: what has them
        self._ways: list[int] = []  # and how many it has
        self._needed: dict[str, list[tuple[int, float, bool]]] = defaultdict(list)  # by what is leant on
        groups: dict[tuple[str, bool, str], int] = {}
        for (what, on, group), hours in _once(leans).items():
            key = (what, bool(group), group or on)
            if key not in groups:
                groups[key] = len(self._whose)
                self._whose.append(what)
                self._ways.append(0)
            self._ways[groups[key]] += 1
            self._needed[on].append((groups[key], hours or 0.0, hours is not None))

    def stops(self, gone: Collection[str]) -> dict[str, Stop]:
        """What stops when these are gone from now on, themselves included, in the order in which it does."""
        found: dict[str, Stop] = {}
        out: dict[
            int, tuple[int, float, bool]
        ] = {}  # of a group with several ways: how many ran out, when the last, unsure
        coming = [(0.0, False, each, "") for each in gone]
        heapify(coming)
        while coming:
            at, unsure, what, by = heappop(coming)
            if what in found:
                continue
            found[what] = Stop(what, at, by, not unsure)
            for place, buffer, known in self._needed.get(what, ()):
                whose = self._whose[place]
                if whose in found:
                    continue
                until, doubt = at + buffer, unsure or not known
                if self._ways[place] > 1:
                    count, last, before = out.get(place, (0, 0.0, False))
                    until, doubt = max(until, last), doubt or before
                    out[place] = (count + 1, until, doubt)
                    if count + 1 < self._ways[place]:
                        continue
                heappush(coming, (until, doubt, whose, what))
        return found


def tops(found: Mapping[str, Stop], uses: Iterable[tuple[K, str, float | None, str]]) -> dict[K, Top]:
    """What stops of things on which nothing else leans, when ``found`` is what stops under them: as `Web.stops`, in one pass.

    ``uses``: what leans, on what, for how many hours it holds out, and the word of its ways around, as in a `Lean`. The same
    whatever their order.
    """
    best: dict[K, Top] = {}
    split: dict[tuple[K, str], dict[str, float | None]] = {}
    for what, on, hours, group in uses:
        if group:
            ways = split.setdefault((what, group), {})
            known = [each for each in (ways.get(on), hours) if each is not None]
            ways[on] = max(known) if known else None
        elif (under := found.get(on)) is not None:
            top = Top(under.hours + (hours or 0.0), hours is None or not under.sure, on)
            if what not in best or top < best[what]:
                best[what] = top
    for (what, _), ways in split.items():
        if all(on in found for on in ways):
            hours, last = max((found[on].hours + (hours or 0.0), on) for on, hours in ways.items())
            top = Top(hours, any(hours is None or not found[on].sure for on, hours in ways.items()), last)
            if what not in best or top < best[what]:
                best[what] = top
    return best


def _once(leans: Iterable[Lean]) -> dict[tuple[str, str, str], float | None]:
    """Each lean once, with the longest hours that are told of it; nothing leans on itself."""
    found: dict[tuple[str, str, str], float | None] = {}
    for each in leans:
        if each.what != each.on:
            key = (each.what, each.on, each.group)
            before = found.get(key)
            found[key] = each.hours if before is None else max(before, each.hours or 0.0)
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """How far one thing holds up others: which organisations stop something when it stops, and which of all they are.

    ``part``: 0 to 1, of the organisations that have anything at all of that kind.
    """

    on: str
    organisations: frozenset[str]
    part: float


def concentration(web: Web, *, on: Iterable[str], owners: Mapping[str, str]) -> list[Share]:
    """For each of ``on`` whom it would stop, the widest first. ``owners``: of each thing that counts, whose it is."""
    everyone = len(set(owners.values()))
    found = []
    for each in on:
        whose = frozenset(owners[what] for what in web.stops([each]) if what in owners and what != each)
        if whose:
            found.append(Share(each, whose, len(whose) / everyone))
    return sorted(found, key=lambda share: (-len(share.organisations), share.on))


def cores(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The k-core of each node: the largest k for which it is among nodes that each have k pairs with each other.

    A high number means many suppliers that many organisations have in common: trouble there comes together. Pairs with
    oneself and pairs that stand twice do not count.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    degree = {each: len(others) for each, others in near.items()}
    waiting: dict[int, list[str]] = defaultdict(list)  # by how many they are near of what is left
    for each, count in degree.items():
        waiting[count].append(each)
    found: dict[str, int] = {}
    for level in range(max(degree.values(), default=0) + 1):
        ready = waiting.pop(level, [])
        while ready:
            each = ready.pop()
            if each in found:
                continue
            found[each] = level
            for other in near[each]:
                if (count := degree[other]) > level and other not in found:
                    degree[other] = count - 1
                    (ready if count - 1 == level else waiting[count - 1]).append(other)
    return found
