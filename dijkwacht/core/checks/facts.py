"""From words to the answers of the ledger: which questions about a name a measurement answers, and with what.

What was not measured gives no answer, so that a fact grows old instead of turning by accident.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dijkwacht.core.checks.finding import SAID, Word
from dijkwacht.core.checks.history import Key
from dijkwacht.core.checks.observed import Certificate, DomainSeen

By = Literal["own", "law", "norm"]


@dataclass(frozen=True, slots=True)
class FactRule:
    """Which checks answer a question; see `norms/perimeter/facts.yaml`."""

    fact: str
    by: By
    all: tuple[Key, ...]
    accept: frozenset[Word]
    skip: frozenset[Word]
    needs: tuple[Key, ...]
    source: str
    uncertain: str = ""


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


def has_web(seen: DomainSeen) -> bool | None:
    """Whether a web site answers on this name. None when that was not measured; False when the name has no address at all."""
    if any(each.https == "open" or each.http == "open" for each in seen.web):
        return True
    asked = [seen.lookup(seen.name, kind) for kind in ("A", "AAAA")]
    if all(each is not None and each.answered and not each.records for each in asked):
        return False
    # Both ports closed on every address: nobody serves a site here. A time-out or our own guard says nothing.
    if seen.web and all(each.https == "closed" and each.http == "closed" for each in seen.web):
        return False
    return None


def has_mail(seen: DomainSeen) -> bool | None:
    """Whether the name receives mail: it has mail hosts, and no null MX. None when that was not measured."""
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


def certificate_kind(seen: DomainSeen) -> str | None:
    """dv, ov, ev, qwac or none, by the policies in the certificate; None when it was not seen or names none of them."""
    if has_web(seen) is False:
        return "none"
    for each in seen.web:
        chain = (
            each.handshake.chain
            if each.handshake
            else next((h.certificates for h in each.hellos if h.certificates), ())
        )
        leaf: Certificate | None = seen.certificates.get(chain[0]) if chain else None
        if leaf is None:
            continue
        if leaf.qualified:
            return "qwac"
        kinds = [KINDS[policy] for policy in leaf.policies if policy in KINDS]
        if kinds:
            return kinds[0]
    return None
