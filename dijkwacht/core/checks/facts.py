"""From words to the answers of the ledger: which questions about a name a measurement answers, and with what.

What was not measured gives no answer, so that a fact grows old instead of turning by accident.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.core.checks.certificates import covers
from dijkwacht.core.checks.finding import SAID, Word
from dijkwacht.core.checks.history import Key
from dijkwacht.core.checks.observed import DomainSeen, WebAddress

By = Literal["own", "law", "norm"]


@dataclass(frozen=True, slots=True)
class FactRule:
    """Which checks answer a question; see `norms/perimeter/facts.yaml`. `source`, `uncertain`: texts per language."""

    fact: str
    by: By
    all: tuple[Key, ...]
    accept: frozenset[Word]
    skip: frozenset[Word]
    needs: tuple[Key, ...]
    source: Mapping[str, str] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """The word of a check as we say it, and by each edition; `counts` False: suspected, not yet measured twice."""

    own: Word
    law: Word
    norm: Word
    counts: bool = True

    def by(self, whose: By) -> Word:
        """The word in one of the three ways."""
        return self.own if whose == "own" else self.law if whose == "law" else self.norm


def answers(words: Mapping[Key, Words], rules: Iterable[FactRule]) -> Iterator[tuple[str, bool]]:
    """Each question that these words answer, and whether with yes. A suspected word answers nothing yet."""
    for rule in rules:
        answer = _answer(words, rule)
        if answer is not None:
            yield rule.fact, answer


def _answer(words: Mapping[Key, Words], rule: FactRule) -> bool | None:
    def word(check: Key) -> Word | None:
        found = words.get(check)
        return found.by(rule.by) if found and found.counts else None

    if any(word(check) not in rule.accept for check in rule.needs):
        # What is needed was measured and is not there: then there is a no only where it is itself part of the question.
        missing = [check for check in rule.needs if (found := word(check)) in SAID and found not in rule.accept]
        return False if any(check in rule.all for check in missing) else None
    seen = [word(check) for check in rule.all]
    left = [each for each in seen if each not in rule.skip]
    if any(each is not None and each in SAID and each not in rule.accept for each in left):
        return False
    return True if left and all(each in rule.accept for each in left) else None


def has_web(seen: DomainSeen, *, known: bool = False) -> bool | None:
    """Whether a web site answers on this name. False when the name has no address at all; None when that was not measured.

    Closed ports are a no only where no site is `known`: one that was seen before, or may only be down for a moment, is not gone
    because it does not answer. A no takes a name out of what must be secured, so it is never lightly said.
    """
    if any(each.https == "open" or each.http == "open" for each in seen.web):
        return True
    asked = [seen.lookup(seen.name, kind) for kind in ("A", "AAAA")]
    if all(each is not None and each.answered and not each.records for each in asked):
        return False
    # Both ports closed on every address: nobody serves a site here. A time-out or our own guard says nothing.
    if not known and seen.web and all(each.https == "closed" and each.http == "closed" for each in seen.web):
        return False
    return None


def has_mail(seen: DomainSeen) -> bool | None:
    """Whether the name receives mail: it has mail hosts, and no null MX. None when that was not measured.

    Without any MX a sender may still try the web server (RFC 5321, 5.1); a name that leaves it at that is held to receive none.
    """
    found = seen.lookup(seen.name, "MX")
    if found is None or not found.answered:
        return None
    return any(record.split(" ", 1)[-1].strip() not in ("", ".") for record in found.records)


KINDS: Mapping[str, str] = {
    "2.23.140.1.1": "ev",
    "2.23.140.1.2.2": "ov",
    "2.23.140.1.2.3": "ov",  # validated to a person: counts as more than the name alone
    "2.23.140.1.2.1": "dv",
}
"""The policies that the CA/Browser Forum reserves for kinds of certificates (Baseline Requirements, 7.1.6.1)."""
_WEAKEST_FIRST = ("dv", "ov", "ev", "qwac")


def certificate_kind(seen: DomainSeen, *, known: bool = False) -> str | None:
    """dv, ov, ev, qwac or none (no site), by the policies in the certificate; of several addresses the weakest.

    None when not all that speak TLS showed theirs, or one names no kind, is not trusted, or is for another name: what nobody
    vouches for proves nothing. `known`: see `has_web`.
    """
    if has_web(seen, known=known) is False:
        return "none"
    shown = [_kind(seen, each) for each in seen.web if each.https == "open"]
    kinds = [each for each in shown if each is not None]
    return min(kinds, key=_WEAKEST_FIRST.index) if kinds and len(kinds) == len(shown) else None


def _kind(seen: DomainSeen, address: WebAddress) -> str | None:
    done = address.handshake
    leaf = seen.certificates.get(done.chain[0]) if done is not None and done.chain and not done.trust else None
    if leaf is None or not covers(leaf.names, seen.name):
        return None
    if leaf.qualified:
        return "qwac"
    return next((KINDS[policy] for policy in leaf.policies if policy in KINDS), None)
