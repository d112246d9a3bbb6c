"""Versions of TLS and SSL that a server agrees to."""

from collections.abc import Iterator

from dijkwacht.core.checks.ends import SSL2, TLS12, TLS13, End, over
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.weighing import weigh

CHECKS = ("tls_version",)
VERSIONS = {TLS13: "tls1.3", TLS12: "tls1.2", 0x0302: "tls1.1", 0x0301: "tls1.0", 0x0300: "ssl3.0", SSL2: "ssl2.0"}


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`tls_version`, per address."""
    return over(seen, policy, CHECKS, _judge)


def spoken(end: End) -> tuple[str, ...]:
    """The versions that were agreed on, newest first."""
    found = {each.version for each in end.hellos}
    if end.handshake is not None and end.handshake.ok:
        found.add(end.handshake.version)
    return tuple(VERSIONS.get(each, f"0x{each:04x}") for each in sorted(found, reverse=True))


def _judge(end: End, _seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    versions = spoken(end)
    weighed = weigh(policy, "version", versions)
    if weighed.word == "passed" and end.unasked("tls11"):
        # Whether older versions work was not measured: no reason to say that they do not.
        yield Finding("tls_version", end.area, end.target, "not_tested", "passed", (Why("old_versions_unasked"),))
        return
    yield weighed.finding("tls_version", end.area, end.target, Why("versions", {"items": list(versions)}))
