"""The exceptions from a requirement that hold on a day: a statement tells of them, also where no verdict rests on them. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from dijkwacht.core.catalog import Norms
from dijkwacht.core.facts import Fact, World
from dijkwacht.core.select import choices


def exceptions_on(
    norms: Norms, world: World, requirement: str, subject: str, *, on: date, known_at: date
) -> tuple[Fact, ...]:
    """Those that count on a day for one line and have not ended by then, by fact type and subject."""
    found: list[Fact] = []
    for name in sorted(norms.exceptions(requirement)):
        for held in _held(norms, world, name, requirement, subject):
            winner = choices(held, norms.fact_types[name], on=on, known_at=known_at)[0][1].winner
            if winner is not None and _lasts(winner, on):
                found.append(winner)
    return tuple(found)


def _held(norms: Norms, world: World, name: str, requirement: str, subject: str) -> Iterator[list[Fact]]:
    """The facts of a type about each subject that the line is about: all of them where it is about the organisation."""
    whole = norms.requirements[requirement].subject == "organisation"
    for (about, fact_type), held in sorted(world.facts.items()):
        if fact_type == name and (whole or about in (subject, world.organisation)):
            yield held


def _lasts(fact: Fact, on: date) -> bool:
    until = fact.value.get("until") if isinstance(fact.value, Mapping) else None
    return isinstance(until, date) and on <= until
