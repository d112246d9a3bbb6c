"""What else TLS may do: compress, renegotiate, take data before the handshake is done."""

from collections.abc import Iterator

from dijkwacht.core.checks.ends import SSL2, TLS12, TLS13, End, over
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.weighing import weigh

CHECKS = ("tls_compression", "renegotiation_secure", "renegotiation_client", "zero_rtt")


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`tls_compression`, `renegotiation_secure`, `renegotiation_client` and `zero_rtt`, per address."""
    return over(seen, policy, CHECKS, _judge)


def _judge(end: End, _seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    compressed = any(each.compression for each in end.hellos)
    yield _option(end, policy, "tls_compression", "tls_compression" if compressed else "")
    old = [each for each in end.hellos if SSL2 < each.version <= TLS12]
    unsafe = bool(old) and not any(each.secure_renegotiation for each in old)
    yield _option(end, policy, "renegotiation_secure", "insecure_renegotiation" if unsafe else "")
    yield _by_client(end, policy)
    yield _early(end, policy)


def _option(end: End, policy: Policy, check: str, has: str) -> Finding:
    return weigh(policy, "option", (has,) if has else ()).finding(check, end.area, end.target)


def _by_client(end: End, policy: Policy) -> Finding:
    """At worst `info`: internet.nl counts it no further, and the newest edition allows it when it is limited."""
    check, done = "renegotiation_client", end.handshake
    if done is not None and done.renegotiation == "accepted":
        editions = weigh(policy, "option", ("client_renegotiation",)).editions
        return Finding(check, end.area, end.target, "info", "info", (Why("client_may_renegotiate"),), editions)
    if (done is not None and done.renegotiation == "refused") or not _below_13(end):
        return weigh(policy, "option", ()).finding(check, end.area, end.target)
    return Finding(check, end.area, end.target, "not_tested", "passed", (Why("renegotiation_unasked"),))


def _early(end: End, policy: Policy) -> Finding:
    """What a session ticket allows. Mail: internet.nl does not look any more, and no mail program sends early data."""
    check, done = "zero_rtt", end.handshake
    if done is not None and done.ok and done.early_data:
        weighed = weigh(policy, "option", ("early_data",))
        if end.area == "mail":
            return Finding(check, end.area, end.target, "info", "passed", weighed.why, weighed.editions)
        return weighed.finding(check, end.area, end.target)
    if (done is not None and done.ok) or not end.speaks(TLS13):
        return weigh(policy, "option", ()).finding(check, end.area, end.target)
    return Finding(check, end.area, end.target, "not_tested", "passed", (Why("early_data_unasked"),))


def _below_13(end: End) -> bool:
    return any(each.version < TLS13 for each in end.hellos)
