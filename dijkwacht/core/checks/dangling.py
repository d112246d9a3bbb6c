"""Names that point to nothing: an alias, a name server or a mail host whose target does not exist (any more).

Whoever gets hold of the target, at a registrar or at the service it belonged to, speaks for the municipality from then on.
"""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import exchanges, whole, within
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.known import Known
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`dangling`: per name whose alias leads nowhere, or leads to a service where names can be claimed; and for NS and MX."""
    names = {seen.name, f"www.{seen.name}", *seen.subdomains}
    found = [finding for name in sorted(names) if (finding := _alias(seen, name, policy.known))]
    found += _hosts(seen)
    yield from found
    if not found and seen.lookup(seen.name, "A") is None:
        yield whole("dangling", "names", "not_tested", Why("dns_not_asked"))
    elif not found:
        yield whole("dangling", "names", "passed", Why("dangling_none", {"count": len(names)}), peer="not_tested")


def _alias(seen: DomainSeen, name: str, known: Known) -> Finding | None:
    lookup = seen.lookup(name, "A") or seen.lookup(name, "AAAA")
    if lookup is None or not lookup.aliases or not lookup.answered:
        return None
    target = lookup.aliases[-1]
    service = known.service(target)
    about = {"name": name, "target": target, "service": service.title if service else ""}
    if lookup.rcode == "NXDOMAIN":
        if within(target, seen.organisational or seen.name):
            return _finding(name, "warning", Why("dangling_own", about))
        return _finding(name, "failed", Why("dangling_claimable" if service else "dangling_alias", about))
    if service and service.sign == "page":
        return _finding(name, "info", Why("dangling_to_look_at", about))
    return None


def _hosts(seen: DomainSeen) -> Iterator[Finding]:
    """Name servers and mail hosts that do not exist: a whole zone, or all mail, for whoever registers their name."""
    home = seen.organisational or seen.name
    servers = [(host, "dangling_name_server") for host in seen.records(seen.name, "NS")]
    mail = [(host, "dangling_mail_host") for host in exchanges(seen.records(seen.name, "MX"))]
    for host, code in servers + mail:
        lookup = seen.lookup(host, "A")
        if lookup is not None and lookup.rcode == "NXDOMAIN":
            word: Word = "warning" if within(host, home) else "failed"
            yield _finding(host, word, Why(code, {"name": seen.name, "target": host}))


def _finding(target: str, word: Word, why: Why) -> Finding:
    return Finding("dangling", "names", target, word, "not_tested", (why,))
