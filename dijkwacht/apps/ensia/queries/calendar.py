"""The calendar of a year, from the packs."""

from functools import lru_cache

from dijkwacht.core.ensia import Milestone, Rule, milestones
from dijkwacht.norms.read import calendar


@lru_cache(maxsize=16)
def milestones_of(year: int) -> tuple[Milestone, ...]:
    """What falls on which day of a year, in the order of the days."""
    return milestones(calendar(), year)


def rule_named(key: str) -> Rule | None:
    """The rule of a term; None when the packs no longer have it."""
    return next((rule for rule in calendar() if rule.key == key), None)
