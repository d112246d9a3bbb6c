"""What each edition of the TLS guidelines says of what a server has, side by side, and what it says in one word."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dijkwacht.core.checks.finding import Area, Finding, Why, Word, worst
from dijkwacht.core.checks.policy import Edition, Policy, Worth

Items = tuple[str, ...]
_BAD: tuple[Worth, ...] = ("insufficient", "phase_out")


@dataclass(frozen=True, slots=True)
class Weighed:
    """The word of the newest edition, that of each, and why."""

    word: Word
    editions: Mapping[str, Word]
    why: tuple[Why, ...]

    def finding(self, check: str, area: Area, target: str, *also: Why, peer: Word | None = None) -> Finding:
        """As a finding of a check."""
        return Finding(check, area, target, self.word, peer or self.word, (*self.why, *also), self.editions)


@lru_cache(maxsize=4096)
def weigh(policy: Policy, subject: str, items: Items) -> Weighed:
    """What the editions say of these items of one subject, all of which the server has: the worst counts. No item: passed."""
    editions = {
        each.id: worst((each.word(subject, item) for item in items), empty="passed") for each in policy.editions
    }
    why = tuple(why for each in policy.editions for why in _reasons(policy, each, subject, items))
    return Weighed(newest(policy, editions), editions, why)


def both(first: Weighed, second: Weighed, policy: Policy) -> Weighed:
    """Two subjects under one check: the worst of both."""
    editions = {key: worst((first.editions[key], second.editions[key])) for key in first.editions}
    return Weighed(newest(policy, editions), editions, (*first.why, *second.why))


def newest(policy: Policy, editions: Mapping[str, Word]) -> Word:
    """The word of the newest edition that counted; `not_tested` when none did."""
    return editions[policy.editions[-1].id] if policy.editions else "not_tested"


def _reasons(policy: Policy, edition: Edition, subject: str, items: Items) -> tuple[Why, ...]:
    found = []
    for worth in _BAD:
        bad = [named(policy, subject, each) for each in items if edition.of(subject, each) == worth]
        if bad:
            params = {"subject": subject, "items": bad, "edition": edition.title, "role": edition.role}
            found.append(Why("tls_insufficient", params) if worth == "insufficient" else Why("tls_phase_out", params))
    return tuple(found)


def named(policy: Policy, subject: str, item: str) -> str:
    """An item as people know it: a suite by its name, the rest as it stands."""
    return policy.names.get("suite", {}).get(item) or f"0x{item}" if subject == "suite" else item
