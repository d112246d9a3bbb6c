"""Whom each of many things would stop, all at once: `dependence.concentration` for a country. Pure.

A set of organisations is one whole number with a bit for each. Most leans have no ways around: there, what stops with something
is what stops with all that leans on it, and one pass from the top down does. Only what has ways around, stands in a circle, or
is leant on by such a thing is worked out one by one, in what is left of the web.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dijkwacht.core.suppliers.dependence import Lean, Share


def spread(leans: Iterable[Lean], *, on: Iterable[str], owners: Mapping[str, str]) -> list[Share]:
    """For each of ``on`` whom it would stop, the widest first: the same as `concentration` of a web of these leans."""
    names = sorted(set(owners.values()))
    bits = {name: 1 << place for place, name in enumerate(names)}
    told = Under(
        (each for each in leans if each.what != each.on), {what: bits[owner] for what, owner in owners.items()}
    )
    found = []
    for each in on:
        if mask := told.stopped(each):
            whose = frozenset(names[place] for place in _places(mask))
            found.append(Share(each, whose, len(whose) / len(names)))
    return sorted(found, key=lambda share: (-len(share.organisations), share.on))


def _places(mask: int) -> Iterator[int]:
    """Which bits are set, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Under:
    """Of each thing what stops with it, as bits. ``bits``: of each thing that counts, whose it is."""

    def __init__(self, leans: Iterable[Lean], bits: Mapping[str, int]) -> None:
        self._own = bits
        self._under: dict[str, int] = defaultdict(int)  # of what leans on it, as far as that was told
        self._left = _Reach(self._peeled(leans))

    def stopped(self, thing: str) -> int:
        """The bits of all that stops when this does, but for its own."""
        if not self._left.leant_on(thing):
            return self._under.get(thing, 0)
        found = 0
        for what in self._left.of(thing):
            found |= self._under.get(what, 0)
            if what != thing:
                found |= self._own.get(what, 0)
        return found

    def _peeled(self, leans: Iterable[Lean]) -> list[tuple[str, str, str]]:
        """Tells to what a thing leans on, without ways around, what stops with it, as soon as all that leans on it was told.

        Gives the leans that are left: of circles, of ways around, and of what these lean on.
        """
        needs, ways = _apart(leans)
        waits: dict[str, int] = defaultdict(int)  # how many still lean on it
        for ons in needs.values():
            for on in ons:
                waits[on] += 1
        for some in ways.values():
            for on, _ in some:
                waits[on] += 1  # never told: what has ways around does not stop with one of them
        ready = [what for what in {**needs, **ways} if not waits[what]]
        while ready:
            what = ready.pop()
            mask = self._own.get(what, 0) | self._under[what]
            for on in needs.pop(what, ()):
                self._under[on] |= mask
                waits[on] -= 1
                if not waits[on]:
                    ready.append(on)
        left = [(what, on, "") for what, ons in needs.items() for on in ons]
        return left + [(what, on, group) for what, some in ways.items() for on, group in some]


def _apart(leans: Iterable[Lean]) -> tuple[dict[str, set[str]], dict[str, list[tuple[str, str]]]]:
    """What each thing leans on without ways around, and the ways of what has several, with the word of each group."""
    needs: dict[str, set[str]] = defaultdict(set)
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in leans:
        if each.group:
            groups[each.what, each.group].add(each.on)
        else:
            needs[each.what].add(each.on)
    ways: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (what, group), ons in groups.items():
        if len(ons) == 1:  # a single way has no way around it
            needs[what] |= ons
        else:
            ways[what] += [(on, group) for on in ons]
    return needs, ways


class _Reach:
    """What stops with one thing, whenever that is: `Web.stops` without hours."""

    def __init__(self, leans: Iterable[tuple[str, str, str]]) -> None:
        self._alone: dict[str, list[str]] = defaultdict(list)
        self._among: dict[str, list[tuple[str, str]]] = defaultdict(list)  # groups of ways: whose, and its word
        self._ways: dict[tuple[str, str], int] = defaultdict(int)
        for what, on, group in dict.fromkeys(leans):
            if group:
                self._among[on].append((what, group))
                self._ways[what, group] += 1
            else:
                self._alone[on].append(what)

    def leant_on(self, thing: str) -> bool:
        """Whether anything leans on it."""
        return thing in self._alone or thing in self._among

    def of(self, thing: str) -> set[str]:
        """The thing, and all that stops with it."""
        found, todo = {thing}, [thing]
        out: dict[tuple[str, str], int] = {}
        while todo:
            on = todo.pop()
            hit = list(self._alone.get(on, ()))
            for way in self._among.get(on, ()):
                out[way] = out.get(way, 0) + 1
                if out[way] == self._ways[way]:
                    hit.append(way[0])
            for what in hit:
                if what not in found:
                    found.add(what)
                    todo.append(what)
        return found
