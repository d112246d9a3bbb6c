"""How keys are exchanged: curves and finite-field groups, the hash that signs the exchange, the extended master secret."""

from collections.abc import Iterable, Iterator

from dijkwacht.core.checks.ends import TLS12, TLS13, End, over
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen, HelloSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.weighing import both, weigh

CHECKS = ("fs_params", "kex_hash_func", "extended_master_secret")
SHA2 = frozenset({"sha256", "sha384", "sha512", "ed25519", "ed448"})


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`fs_params`, `kex_hash_func` and `extended_master_secret`, per address."""
    return over(seen, policy, CHECKS, _judge)


def _judge(end: End, _seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    yield _groups(end, policy)
    yield _hash(end, policy)
    yield _master_secret(end, policy)


def groups(hellos: Iterable[HelloSeen], policy: Policy) -> set[str]:
    """The groups that were agreed on, by name; a prime that is none of RFC 7919 as `dh` with its bits."""
    found = set()
    for each in hellos:
        if each.group:
            found.add(policy.name("group", each.group))
        elif each.dh_bits:
            found.add(policy.names.get("dh_prime", {}).get(each.dh_prime) or f"dh{each.dh_bits}")
    return found


def _groups(end: End, policy: Policy) -> Finding:
    """The hello with weak curves only shows what the server accepts when asked; internet.nl sees what it prefers."""
    preferred = groups((each for each in end.hellos if each.probe != "weak_groups"), policy)
    if end.handshake is not None and end.handshake.ok and end.handshake.group:
        preferred.add(policy.name("group", end.handshake.group))
    found = preferred | groups((each for each in end.hellos if each.probe == "weak_groups"), policy)
    if not found:
        return Finding("fs_params", end.area, end.target, "not_tested", "passed", (Why("no_forward_secrecy"),))
    weighed = weigh(policy, "group", tuple(sorted(found)))
    if weighed.word == "passed" and end.unasked("weak_groups"):
        return Finding("fs_params", end.area, end.target, "not_tested", "passed", (Why("weak_groups_unasked"),))
    peer = weighed.word if found == preferred else weigh(policy, "group", tuple(sorted(preferred))).word
    return weighed.finding("fs_params", end.area, end.target, peer=peer)


def _hash(end: End, policy: Policy) -> Finding:
    """Below TLS 1.2 the hash is no choice of the server but of the version, and TLS 1.3 knows no weak one."""
    signed = {each.hash for each in end.hellos if each.version == TLS12 and each.hash}
    if not signed:
        if end.speaks(TLS13):
            return weigh(policy, "hash", ()).finding("kex_hash_func", end.area, end.target)
        return Finding("kex_hash_func", end.area, end.target, "not_tested", "passed", (Why("no_signed_exchange"),))
    support = "yes" if signed & SHA2 or end.speaks(TLS13) else "no"
    weighed = both(weigh(policy, "hash", tuple(sorted(signed))), weigh(policy, "hash_support", (support,)), policy)
    if weighed.word == "passed" and end.unasked("weak_hash"):
        return Finding("kex_hash_func", end.area, end.target, "not_tested", "passed", (Why("weak_hash_unasked"),))
    return weighed.finding("kex_hash_func", end.area, end.target)


def _master_secret(end: End, policy: Policy) -> Finding:
    check = "extended_master_secret"
    agreed = [each for each in end.hellos if each.version == TLS12]
    if not agreed:
        return Finding(check, end.area, end.target, "not_tested", "not_tested", (Why("no_tls12"),))
    if any(each.ems for each in agreed):
        return weigh(policy, "option", ()).finding(check, end.area, end.target)
    return weigh(policy, "option", ("no_extended_master_secret",)).finding(check, end.area, end.target)
