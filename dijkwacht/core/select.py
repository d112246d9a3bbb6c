"""Which fact counts: for one subject and fact type, day by day from a moment on, as known on a day."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from dijkwacht.core.days import day_after
from dijkwacht.core.facts import Fact, FactType, breakpoints


class Choice(NamedTuple):
    """What counts on one day: a ``winner``, or nothing and why (not_asked, expired, contradicted).

    ``rivals`` are the facts that tie but differ (contradicted), or the one that ran out (expired).
    """

    winner: Fact | None
    why: str = ""
    rivals: tuple[Fact, ...] = ()


def won(choice: Choice) -> Fact:
    """The winner where there must be one. Raises LookupError."""
    if choice.winner is None:
        raise LookupError(choice.why)
    return choice.winner


NOTHING = Choice(None, "not_asked")
Choices = tuple[tuple[date, Choice], ...]


def choices(facts: Iterable[Fact], fact_type: FactType, *, on: date, known_at: date) -> Choices:
    """Pieces (first day, what counts from then on); the first piece starts at ``on``."""
    known = [fact for fact in facts if fact.known(known_at)]
    if not known:
        return ((on, NOTHING),)
    life = fact_type.shelf_life
    if len(known) == 1 and known[0].valid_to is None and known[0].valid_from <= on:
        return _alone(known[0], on, None if life is None else known[0].last_usable_day(life, known_at))
    last = {fact.id: fact.last_usable_day(life, known_at) for fact in known} if life else {}
    days = {on}
    for fact in known:
        days.update(day for day in breakpoints(fact, life, known_at) if day > on)
    pieces: list[tuple[date, Choice]] = []
    for day in sorted(days):
        choice = _on(day, known, last)
        if not pieces or pieces[-1][1] != choice:
            pieces.append((day, choice))
    return tuple(pieces)


def _alone(fact: Fact, on: date, last: date | None) -> Choices:
    """One fact that holds from now on, up to the last day on which it is usable."""
    if last is None or last == date.max:
        return ((on, Choice(fact)),)
    expired = Choice(None, "expired", (fact,))
    return ((on, expired),) if last < on else ((on, Choice(fact)), (day_after(last), expired))


def usable(facts: Iterable[Fact], fact_type: FactType, *, on: date, known_at: date) -> list[Fact]:
    """The facts that may count on a day: known, valid, and within their shelf life."""
    known = [fact for fact in facts if fact.known(known_at)]
    life = fact_type.shelf_life
    last = {fact.id: fact.last_usable_day(life, known_at) for fact in known} if life else {}
    return [fact for fact in known if _valid(fact, on) and on <= last.get(fact.id, date.max)]


def _valid(fact: Fact, day: date) -> bool:
    return fact.valid_from <= day and (fact.valid_to is None or day < fact.valid_to)


def _on(day: date, known: list[Fact], last: dict[str, date]) -> Choice:
    valid = [fact for fact in known if _valid(fact, day)]
    fresh = [fact for fact in valid if day <= last.get(fact.id, date.max)]
    if not fresh:
        if not valid:
            return NOTHING
        return Choice(None, "expired", (max(valid, key=lambda fact: (last[fact.id], fact.id)),))
    best = max((fact.assurance, fact.valid_from) for fact in fresh)
    tied = sorted((f for f in fresh if (f.assurance, f.valid_from) == best), key=lambda f: f.id)
    if any(not same(a.value, b.value) for a, b in pairwise(tied)):
        return Choice(None, "contradicted", tuple(tied))
    return Choice(tied[0])


def same(a: Any, b: Any) -> bool:
    """Whether two values of one fact type are equal (true is not 1)."""
    return bool(type(a) is type(b) and a == b) or (_number(a) and _number(b) and a == b)


def _number(a: Any) -> bool:
    return isinstance(a, int | float) and not isinstance(a, bool)


def expiry(choice: Choice, fact_type: FactType, known_at: date) -> date | None:
    """The first day on which the winner no longer shows anything; None when it does not age."""
    if choice.winner is None or fact_type.shelf_life is None:
        return None
    return day_after(choice.winner.last_usable_day(fact_type.shelf_life, known_at))
