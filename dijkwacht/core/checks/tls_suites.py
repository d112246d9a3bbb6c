"""Cipher suites that a server accepts, and whether it prefers the better ones."""

from collections.abc import Iterator
from functools import lru_cache

from dijkwacht.core.checks.ends import SSL2, TLS12, End, over
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Edition, Policy, Worth
from dijkwacht.core.checks.weighing import named, newest, weigh

CHECKS = ("tls_ciphers", "tls_cipher_order")
_RANK: dict[Worth, int] = {"good": 0, "sufficient": 1, "phase_out": 2, "insufficient": 3, "unlisted": 3}
_CHOOSING = ("tls12", "order")
"""Hellos that offer what must be phased out before what is good: the choice shows what the server prefers."""
_ASKED = ("weak", "ccm8")


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`tls_ciphers` and `tls_cipher_order`, per address."""
    return over(seen, policy, CHECKS, _judge)


def accepted(end: End) -> tuple[str, ...]:
    """The suites that were agreed on, as four hexadecimal digits, sorted. SSL 2.0 has suites of its own kind: left out."""
    found = {each.suite for each in end.hellos if each.version != SSL2}
    if end.handshake is not None and end.handshake.ok:
        found.add(end.handshake.suite)
    return tuple(f"{each:04x}" for each in sorted(found))


def _judge(end: End, _seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    weighed = weigh(policy, "suite", accepted(end))
    if weighed.word == "passed" and any(end.unasked(each) for each in _ASKED):
        yield Finding("tls_ciphers", end.area, end.target, "not_tested", "passed", (Why("weak_suites_unasked"),))
    else:
        yield weighed.finding("tls_ciphers", end.area, end.target)
    yield _order(end, policy)


def _order(end: End, policy: Policy) -> Finding:
    """A better suite is accepted, and yet a worse one was chosen from an offer of both."""
    better = next((each for each in end.hellos if each.probe == "good"), None)
    chosen = [each for each in end.hellos if each.probe in _CHOOSING and each.version == TLS12]
    if not chosen or better is None:
        word: Word = "not_tested" if not chosen and end.unasked("tls12") else "passed"
        return Finding("tls_cipher_order", end.area, end.target, word, "passed", (), dict.fromkeys(_ids(policy), word))
    instead = max((f"{each.suite:04x}" for each in chosen), key=lambda suite: _rank(policy.editions[-1], suite))
    best = f"{better.suite:04x}"
    editions: dict[str, Word] = {
        each.id: "failed" if _rank(each, instead) > _rank(each, best) else "passed" for each in policy.editions
    }
    word = newest(policy, editions)
    params = {"chosen": named(policy, "suite", instead), "better": named(policy, "suite", best)}
    wrong = "failed" in editions.values()
    return Finding(
        "tls_cipher_order", end.area, end.target, word, word, (Why("suite_order", params),) if wrong else (), editions
    )


@lru_cache(maxsize=2048)
def _rank(edition: Edition, suite: str) -> int:
    return _RANK[edition.of("suite", suite)]


def _ids(policy: Policy) -> tuple[str, ...]:
    return tuple(each.id for each in policy.editions)
