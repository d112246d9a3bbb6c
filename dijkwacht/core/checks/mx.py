"""Where mail for a name goes: mail hosts, the null MX of RFC 7505, or nothing said."""

from collections.abc import Iterator

from dijkwacht.core.checks import spf
from dijkwacht.core.checks.asked import addresses, exchanges, mail_hosts, unmeasured, usable, whole
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`mx_state` of the name, and of each mail host that has no address."""
    found = seen.lookup(seen.name, "MX")
    if found is None or not usable(found):
        word, why = unmeasured(found)
        yield whole("mx_state", "mail", word, why)
        return
    null = any(record.rpartition(" ")[2] in ("", ".") for record in found.records)
    hosts = exchanges(found.records)
    if not found.records:
        if spf.sends_nothing(seen):
            yield whole("mx_state", "mail", "info", Why("mx_none_sends_nothing"))
        else:
            yield whole("mx_state", "mail", "not_tested", Why("mx_none"))
        return
    if not hosts:
        yield whole("mx_state", "mail", "not_tested", Why("mx_null"))
        return
    if null:
        yield whole("mx_state", "mail", "warning", Why("mx_null_beside", {"hosts": list(hosts[:10])}))
    most = policy.limits["mail_hosts"]
    if len(hosts) > most:
        yield whole("mx_state", "mail", "info", Why("mx_more", {"count": len(hosts), "most": most}))
    for host in mail_hosts(seen, most):
        yield _host(seen, host)


def _host(seen: DomainSeen, host: str) -> Finding:
    """Whether a mail host can be found. One that cannot loses mail, though internet.nl says nothing of it here."""
    lookups = [seen.lookup(host, kind) for kind in ("A", "AAAA")]
    if addresses(seen.lookups, host):
        return Finding("mx_state", "mail", host, "passed", "passed", (Why("mx_host"),))
    for lookup in lookups:
        if lookup is None or not usable(lookup):
            word, why = unmeasured(lookup)
            return Finding("mx_state", "mail", host, word, "passed", (why,))
    return Finding("mx_state", "mail", host, "warning", "passed", (Why("mx_host_without_address", {"host": host}),))
