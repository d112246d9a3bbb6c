"""Last year's answers: those in the statement that was frozen, else those that were known on its reference date."""

from collections.abc import Collection, Iterable
from datetime import date

from dijkwacht.apps.accountability.models import StatementState
from dijkwacht.apps.accountability.queries.statements import opened, statements
from dijkwacht.apps.accountability.storage import StorageError
from dijkwacht.apps.ledger import values
from dijkwacht.apps.ledger.packs import Packs
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.ensia import Then
from dijkwacht.core.select import choices

Pair = tuple[str, str]  # subject key, fact type


def last_year(
    organisation: Organisation, *, year: int, packs: Packs, fact_types: Collection[str], accounts: Iterable[str]
) -> dict[Pair, Then]:
    """What was answered for the year before this one, read with the questions of now.

    What stands in a statement about that year goes before: that is what was accounted for.
    """
    day = date(year - 1, 12, 31)
    world = gather(organisation, packs=packs, known_at=day, fact_types=fact_types).world
    found: dict[Pair, Then] = {}
    for pair, facts in world.facts.items():
        winner = choices(facts, packs.fact_type(pair[1]), on=day, known_at=day)[0][1].winner
        if winner is not None:
            seen = max(winner.observations, default=winner.valid_from)
            found[pair] = Then(winner.value, winner.said_by, seen)
    return found | _stated(organisation, day.year, packs, frozenset(accounts))


def _stated(organisation: Organisation, year: int, packs: Packs, accounts: frozenset[str]) -> dict[Pair, Then]:
    """The answers on which the statements of a year rest. A package that cannot be read any more says nothing."""
    rows = statements(organisation).filter(account__in=accounts, on__year=year, state=StatementState.FROZEN)
    found: dict[Pair, Then] = {}
    for row in rows:
        try:
            lines = opened(row).lines
        except (StorageError, ValueError):
            continue
        for fact in (fact for line in lines for fact in line.facts):
            try:
                value = values.read(packs.fact_type(fact.fact), fact.value)
            except (KeyError, ValueError):
                continue  # a question that is no longer asked, or was asked otherwise
            found.setdefault((fact.subject, fact.fact), Then(value, fact.said_by, fact.last_seen))
    return found
