"""Percentages as internet.nl gives them: per category the points that were earned, and the mean of the categories.

It comes near to that of internet.nl, and is not the same: points for half a success are given per word, as the packs say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.checks.finding import Area, Word
from dijkwacht.core.checks.fold import Folded, Key
from dijkwacht.core.checks.policy import Policy, Rule

_EARNED: frozenset[Word] = frozenset({"passed", "info", "warning"})
_LACKING: frozenset[Word] = frozenset({"failed", "error"})
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "web": ("ipv6", "dnssec", "tls", "rpki"),
    "mail": ("ipv6", "dnssec", "auth", "tls", "rpki"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """`percent`: 0 to 100, None when nothing that counts was measured. `categories`: earned and most points of each."""

    percent: int | None
    categories: Mapping[str, tuple[int, int]]


def score(folded: Mapping[Key, Folded], policy: Policy, part: Literal["web", "mail"], *, by: str = "peer") -> Score:
    """The score of a name as a web site or as a receiver of mail. `by`: whose words count: `peer`, `word`, `law` or `norm`."""
    areas: tuple[Area, ...] = (part, "names")
    categories: dict[str, tuple[int, int]] = {}
    for (area, check), each in folded.items():
        rule = policy.rule(area, check)
        if area not in areas or rule is None or not rule.points or rule.category not in _CATEGORIES[part]:
            continue
        first = folded.get((area, rule.after))
        got = points(rule, getattr(each, by), lacking=first is not None and getattr(first, by) in _LACKING)
        if got is not None:
            earned, most = categories.get(rule.category, (0, 0))
            categories[rule.category] = (earned + got, most + rule.points)
    if not categories:
        return Score(None, {})
    shares = [earned / most for earned, most in categories.values()]
    return Score(int(100 * sum(shares) / len(shares) + 1e-9), categories)


def points(rule: Rule, word: Word, *, lacking: bool = False) -> int | None:
    """The points of a word: all for passed, info and warning, none for failed and error, unless the pack says otherwise.

    None: not tested, so left out of the sum and of its most. `lacking`: the check that it comes after fell short.
    """
    if word == "not_tested" and rule.after:
        return rule.scores.get(word, 0) if lacking else None
    if word in rule.scores:
        return rule.scores[word]
    return None if word == "not_tested" else rule.points if word in _EARNED else 0
