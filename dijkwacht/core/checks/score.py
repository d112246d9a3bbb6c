"""Percentages as internet.nl gives them: per category the points that were earned, and the mean of the categories.

Which points a word or a reason earns is in the packs. Not followed: of several servers of one name internet.nl counts the one
with the fewest points in all, and here every check counts its own worst server.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.checks.finding import Area, Finding, Word
from dijkwacht.core.checks.fold import Folded, Key
from dijkwacht.core.checks.policy import Policy, Rule, Share

_EARNED: frozenset[Word] = frozenset({"passed", "info", "warning"})
_LACKING: frozenset[Word] = frozenset({"failed", "error"})
Said = Callable[[Finding], Word]
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
    said = _said(policy, by)
    for area, check in folded:
        rule = policy.rule(area, check)
        if area not in areas or rule is None or not rule.points or rule.category not in _CATEGORIES[part]:
            continue
        got = _earned(rule, (area, check), folded, by, said)
        if got is not None:
            earned, most = categories.get(rule.category, (0, 0))
            categories[rule.category] = (earned + got, most + rule.points)
    if not categories:
        return Score(None, {})
    shares = [earned / most for earned, most in categories.values()]
    return Score(int(100 * sum(shares) / len(shares) + 1e-9), categories)


def _earned(rule: Rule, key: Key, folded: Mapping[Key, Folded], by: str, said: Said) -> int | None:
    """The points of one check; None when it is left out of the sum and of its most."""
    area, each, first = key[0], folded[key], folded.get((key[0], rule.after))
    word: Word = getattr(each, by)
    lacking = first is not None and getattr(first, by) in _LACKING
    got = _reached(rule, rule.share, each, first if lacking else None, said) if rule.share is not None else None
    if got is None:
        reasons = [{why.code for why in finding.why} for finding in each.findings if said(finding) == word]
        earned = (points(rule, word, lacking=lacking, codes=codes) for codes in reasons or [set[str]()])
        got = min((each for each in earned if each is not None), default=None)
    if not got:
        return got
    for other, limits in rule.beside.items():
        found = folded.get((area, other))
        codes = {why.code for finding in found.findings for why in finding.why} if found is not None else set()
        got = min([got, *(most for code, most in limits.items() if code in codes)])
    return got


def points(rule: Rule, word: Word, *, lacking: bool = False, codes: Collection[str] = ()) -> int | None:
    """The points of a word: all for passed, info and warning, none for failed and error, unless the pack says otherwise.

    None: not tested, so left out of the sum and of its most. `codes`: the reasons of the word; those that the pack gives points
    decide. `lacking`: the check that it comes after fell short, so there was nothing to earn.
    """
    if known := [rule.codes[code] for code in codes if code in rule.codes]:
        return min(known)
    if lacking and rule.after:
        return 0
    if word in rule.scores:
        return rule.scores[word]
    return None if word == "not_tested" else rule.points if word in _EARNED else 0


def _reached(rule: Rule, share: Share, each: Folded, first: Folded | None, said: Said) -> int | None:
    """The mean of the points of the hosts whose addresses were tried, rounded down; None when none was.

    `first`: the check of whether hosts have an address, where it fell short: those that have none count as none.
    """
    hosts: dict[str, set[bool]] = {}
    for finding in each.findings:
        if (word := said(finding)) in _EARNED or word in _LACKING:
            hosts.setdefault(finding.host, set()).add(word in _EARNED)
    if not hosts:
        return None
    bare = sum(map(_without, first.findings)) if first is not None else 0
    earned = [share.some if len(answers) == 2 else rule.points if True in answers else 0 for answers in hosts.values()]
    if len(earned) + bare == 1:
        return min(earned[0], share.alone)
    return sum(earned) // (len(earned) + bare)


def _without(finding: Finding) -> int:
    """How many hosts without an address a finding tells of: one, unless it counts them."""
    if finding.word not in _LACKING:
        return 0
    of, count = (next((why.params[key] for why in finding.why if key in why.params), None) for key in ("of", "count"))
    return of - count if isinstance(of, int) and isinstance(count, int) else 1


def _said(policy: Policy, by: str) -> Said:
    """The word of one finding by which a score is counted."""
    if by == "peer":
        return lambda finding: finding.peer
    edition = next((each.id for each in policy.editions if each.role == by), "")
    return lambda finding: finding.editions.get(edition, finding.word)
