"""Which questions of the ledger a check answers, and which requirements rest on those."""

from collections.abc import Iterable
from datetime import date

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.core.checks.facts import FactRule
from dijkwacht.norms.read import fact_rules


def rules_of(area: str, check: str) -> list[FactRule]:
    """The rules by which this check helps to answer a question."""
    return [rule for rule in fact_rules() if (area, check) in (*rule.all, *rule.needs)]


def requirements_of(facts: Iterable[str], *, on: date) -> list[str]:
    """The requirements that ask one of these questions themselves, in the order of the packs."""
    wanted, packs = set(facts), packs_on(on)
    return [name for name in packs.norms.requirements if not wanted.isdisjoint(packs.dependencies.own[name])]
