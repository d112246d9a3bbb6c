"""DNSSEC: are the answers of a name signed, and do the signatures hold? Of the name itself, and of each mail host.

The resolver that validates says so; which resolver may be believed is a setting of the probe, never of this check.
"""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import mail_hosts, unmeasured
from dijkwacht.core.checks.finding import Area, Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, Lookup
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`dnssec_exists` and `dnssec_valid` of the name; `dnssec_mx_exists` and `dnssec_mx_valid` of each mail host."""
    yield from _pair("dnssec", "names", "", seen.lookup(seen.name, "SOA"))
    hosts = mail_hosts(seen, policy.limits["mail_hosts"])
    if not hosts:
        for check in ("dnssec_mx_exists", "dnssec_mx_valid"):
            yield Finding(check, "mail", "", "not_tested", "not_tested", (Why("mail_no_hosts"),))
    for host in hosts:
        yield from _pair("dnssec_mx", "mail", host, _of_host(seen, host))


def _of_host(seen: DomainSeen, host: str) -> Lookup | None:
    """Whatever was asked about a host tells whether its zone is signed: its address, or that it has none."""
    asked = [found for kind in ("A", "AAAA", "SOA") if (found := seen.lookup(host, kind))]
    return next((found for found in asked if found.bogus or found.answered), asked[0] if asked else None)


def _pair(check: str, area: Area, target: str, found: Lookup | None) -> Iterator[Finding]:
    exists, valid, why = _words(found)
    yield Finding(f"{check}_exists", area, target, exists, exists, (why,))
    yield Finding(f"{check}_valid", area, target, valid, valid, (why,))


def _words(found: Lookup | None) -> tuple[Word, Word, Why]:
    about = {"name": found.name if found else "", "reason": found.reason if found else ""}
    if found is not None and found.bogus:
        return "passed", "failed", Why("dnssec_bogus", about)
    if found is None or not found.answered:
        word, why = unmeasured(found)
        return word, "not_tested", why
    if found.secure:
        return "passed", "passed", Why("dnssec_secure", about)
    return "failed", "not_tested", Why("dnssec_none", about)
