"""From findings per address to one word per check: our own, that of each edition, and that of internet.nl.

Our own word is the worst of what was measured. Internet.nl folds what was not tested in too, so that one dead address of a
web name takes the word of every check that all other addresses passed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dijkwacht.core.checks.finding import Area, Finding, Word, worst
from dijkwacht.core.checks.policy import Policy

Key = tuple[Area, str]
_DEAD_TAKES = frozenset({"tls", "headers"})
"""Categories that internet.nl measures per address of a web name."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The words of one check of one name, and the findings they come from."""

    word: Word
    peer: Word
    law: Word  # by the edition that the law refers to; our own word where a check knows no editions
    norm: Word  # by the newest edition
    findings: tuple[Finding, ...]


def fold(findings: Iterable[Finding], policy: Policy) -> dict[Key, Folded]:
    """Each check of each area. The order of the findings changes no word."""
    found: dict[Key, list[Finding]] = {}
    for each in findings:
        found.setdefault((each.area, each.check), []).append(each)
    roles = {each.role: each.id for each in policy.editions}
    law, norm = roles.get("law", ""), roles.get("norm", "")
    dead = any(each.peer == "error" for each in found.get(("web", "https_exists"), ()))
    return {key: _folded(key, group, (law, norm), policy, dead=dead) for key, group in found.items()}


def _folded(key: Key, group: list[Finding], editions: tuple[str, str], policy: Policy, *, dead: bool) -> Folded:
    law, norm = editions
    peer = _peer(key, group, policy, dead=dead)
    if len(group) == 1:  # most checks have one finding: nothing to weigh
        only = group[0]
        said = only.editions
        return Folded(only.word, peer, said.get(law, only.word), said.get(norm, only.word), (only,))
    return Folded(
        own([each.word for each in group]),
        peer,
        own([each.editions.get(law, each.word) for each in group]),
        own([each.editions.get(norm, each.word) for each in group]),
        tuple(group),
    )


def own(words: Iterable[Word]) -> Word:
    """The worst of what was measured; `not_tested` only when nothing was."""
    return worst(each for each in words if each != "not_tested")


def _peer(key: Key, group: list[Finding], policy: Policy, *, dead: bool) -> Word:
    word = group[0].peer if len(group) == 1 else worst(each.peer for each in group)
    if dead and word == "passed" and key[0] == "web" and key[1] != "https_exists":
        rule = policy.rule(*key)
        return "not_tested" if rule is not None and rule.category in _DEAD_TAKES else word
    return word


def result(folded: Mapping[Key, Folded]) -> dict[str, dict[str, Word]]:
    """The words of internet.nl as its tests of a web site and of mail show them: `{"web": {check: word}, "mail": {…}}`.

    What is asked of the name itself (DNSSEC, name servers) stands in both.
    """
    shown: dict[str, dict[str, Word]] = {"web": {}, "mail": {}}
    for (area, check), each in sorted(folded.items()):
        for part in shown if area == "names" else (area,):
            shown[part][check] = each.peer
    return shown
