"""What a tender asks, what offers say of it, and what an award settles. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dijkwacht.core.days import Duration, add
from dijkwacht.core.suppliers.asking import RequirementSet
from dijkwacht.core.suppliers.procurement import Weight, stacked

Says = Literal["yes", "partly", "no", "unknown"]
SAYS: tuple[Says, ...] = ("no", "partly", "unknown", "yes")
"""What an offer says, worst first. Not answered comes after partly: who asks again may still hear yes."""
TEXT = "nl"
"""The language in which the lines of a tender are kept."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A line as it follows from a set. ``follow_months`` None: once is enough; ``replaced``: what it makes needless.

    ``asked``: questions about the context without an answer that would leave it out or make it heavier.
    """

    key: str
    theme: str
    parts: tuple[str, ...]
    text: str
    verify: str
    weight: Weight
    links: tuple[str, ...]
    facts: tuple[str, ...]
    follow_months: int | None
    replaced: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """What another choice does to the lines: which come, which stay with what weight, which go (by key).

    ``lost``: of those that go the ones that somebody had changed by hand.
    """

    added: tuple[Derived, ...]
    kept: tuple[tuple[Derived, Weight], ...]
    dropped: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A line as it stands in a tender. ``touched``: left out, or with a note."""

    weight: Weight
    touched: bool = False


def derived(
    found: RequirementSet, *, parts: Collection[str], context: Mapping[str, bool | None]
) -> tuple[Derived, ...]:
    """The lines of a tender, theme by theme; what goes with every tender comes by itself.

    Raises ValueError on a part or question that the set does not have.
    """
    questions = {each.id for each in found.context}
    if unknown := sorted(set(context) - questions):
        raise ValueError(f"no question is called {', '.join(unknown)}")
    used = frozenset[str]().union(*(each.parts for each in found.plain))
    chosen = stacked(found.plain, parts=[*{*parts, *(found.always & used)}], context=context)
    place, words = {each.id: n for n, each in enumerate(found.themes)}, found.by_id
    rows = []
    for each in chosen:
        row = words[each.requirement.id]
        rows.append(
            Derived(
                row.id, row.theme, each.parts, row.text.get(TEXT, ""), row.verify.get(TEXT, ""), each.weight,
                each.requirement.links, each.requirement.facts, _months(row.follow), each.replaced, each.asked,
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: place.get(row.theme, len(place))))


def _months(follow: Duration | None) -> int | None:
    """In whole months, rounded up."""
    return None if follow is None else max(1, follow.months + (follow.days + 29) // 30)


def followed(before: Iterable[Derived], now: Sequence[Derived], held: Mapping[str, Held]) -> Followed:
    """What becomes of the lines when parts or context change. ``before``: as they followed from the choice until now.

    A weight that differs from what followed was chosen by hand, and stays.
    """
    was = {each.key: each.weight for each in before}
    by_hand = {key for key, row in held.items() if key in was and row.weight != was[key]}
    kept = tuple(
        (each, held[each.key].weight if each.key in by_hand else each.weight) for each in now if each.key in held
    )
    there = {each.key for each in now}
    dropped = tuple(key for key in held if key not in there)
    lost = tuple(key for key in dropped if key in by_hand or held[key].touched)
    return Followed(tuple(each for each in now if each.key not in held), kept, dropped, lost)


def stands(says: Says, verified: Says) -> Says:
    """What counts: what we found ourselves, or else what the offer says."""
    return says if verified == "unknown" else verified


def tally(rows: Iterable[tuple[Weight, Says]]) -> dict[Weight, Counter[Says]]:
    """How many musts and wishes are met, in part, not, or not answered. There is no total: they are not alike."""
    found: dict[Weight, Counter[Says]] = {"must": Counter(), "wish": Counter()}
    for weight, says in rows:
        found[weight][says] += 1
    return found


def settled(lines: Iterable[tuple[Collection[str], Says]]) -> dict[str, bool]:
    """Which fact types an award settles: no when one line says no, yes when each says yes, else nothing."""
    by_fact: dict[str, set[Says]] = {}
    for facts, says in lines:
        for fact in facts:
            by_fact.setdefault(fact, set()).add(says)
    return {fact: "no" not in said for fact, said in sorted(by_fact.items()) if "no" in said or said == {"yes"}}


def due_after(on: date, months: int | None) -> date | None:
    """The day before which it is looked at again; None when once is enough."""
    return None if months is None else add(on, Duration(months, 0))
