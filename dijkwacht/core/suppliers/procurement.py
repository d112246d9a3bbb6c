"""Which requirements go into a tender: parts that are bought, stacked without asking anything twice. Pure.

The texts stand in ``norms/suppliers`` in our own words, or in an organisation's private copy of the official set. A part is what
is bought (cloud service, software made to order, middleware …); a general part goes with all. Questions about the context leave
requirements out or make them heavier.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Weight = Literal["must", "wish"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement. ``parts``: with which it comes. ``replaces``: weaker ones that it makes needless, by id.

    ``only_if``: the context must say yes to all of these; ``must_if``: a yes to any makes a wish a must. ``links``: norm
    numbers that it serves; ``facts``: fact types that an answer settles.
    """

    id: str
    parts: frozenset[str]
    weight: Weight
    replaces: frozenset[str] = frozenset()
    only_if: frozenset[str] = frozenset()
    must_if: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A requirement in the tender, once. ``parts``: which of the chosen parts bring it, also those of what it replaces.

    ``asked``: questions about the context that nobody answered; it stands there to be on the safe side.
    """

    requirement: Requirement
    weight: Weight
    parts: tuple[str, ...]
    replaced: tuple[str, ...] = field(default=())
    asked: tuple[str, ...] = field(default=())


def stacked(
    requirements: Iterable[Requirement], *, parts: Collection[str], context: Mapping[str, bool | None]
) -> list[Chosen]:
    """What to ask when these parts are bought, in the order of the pack. A question not answered leaves nothing out.

    Raises ValueError on a part that no requirement comes with, and on requirements that replace each other in a circle.
    """
    rows = list(requirements)
    known = frozenset().union(*(each.parts for each in rows)) if rows else frozenset()
    if unknown := sorted(set(parts) - known):
        raise ValueError(f"no requirement comes with {', '.join(unknown)}")
    taken = {
        each.id: each
        for each in rows
        if each.parts & set(parts) and all(context.get(question) is not False for question in each.only_if)
    }
    gone: dict[str, list[str]] = {}  # what stays, with all that it makes needless
    needless: set[str] = set()
    for each in taken.values():
        under = _below(each.id, taken)
        needless |= under
        gone[each.id] = sorted(under)
    return [_chosen(each, taken, gone[each.id], parts, context) for each in taken.values() if each.id not in needless]


def _below(name: str, taken: Mapping[str, Requirement]) -> set[str]:
    """What a requirement makes needless, directly or through another."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for weaker in taken[waiting.pop()].replaces:
            if weaker == name:
                raise ValueError(f"{name} replaces itself, through what it replaces")
            if weaker in taken and weaker not in found:
                found.add(weaker)
                waiting.append(weaker)
    return found


def _chosen(
    each: Requirement,
    taken: Mapping[str, Requirement],
    gone: list[str],
    parts: Collection[str],
    context: Mapping[str, bool | None],
) -> Chosen:
    """The row of one that stays: a must when it is one, when the context says so, or when what it replaces is."""
    rows = [each, *(taken[name] for name in gone)]
    must = any(row.weight == "must" or any(context.get(question) for question in row.must_if) for row in rows)
    brought = sorted({part for row in rows for part in row.parts if part in parts})
    asked = sorted(
        {question for row in rows for question in row.only_if | row.must_if if context.get(question) is None}
    )
    return Chosen(each, "must" if must else "wish", tuple(brought), tuple(gone), tuple(asked))
