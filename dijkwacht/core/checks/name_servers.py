"""Name servers over IPv6: two with an address, and every address answers. For the name itself, so for web and mail alike."""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import unmeasured, usable, whole
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, NameServerAddress
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`ns_aaaa` of the name, `ns_reach` of each IPv6 address of its name servers."""
    found = seen.lookup(seen.name, "NS")
    if not seen.name_servers and (found is None or not usable(found)):
        word, why = unmeasured(found)
        yield whole("ns_aaaa", "names", word, why, peer="failed" if word == "error" else word)
        yield whole("ns_reach", "names", "not_tested", why)
        return
    sixes = [each for each in seen.name_servers if ":" in each.address and not each.address.startswith("::ffff:")]
    yield _enough(seen, sixes, policy.limits["name_servers_ipv6"])
    if not sixes:
        yield whole("ns_reach", "names", "not_tested", Why("ns_no_ipv6"))
    yield from map(_reached, sixes)


def _enough(seen: DomainSeen, sixes: list[NameServerAddress], least: int) -> Finding:
    hosts = sorted({each.host for each in sixes})
    about = {"count": len(hosts), "least": least, "hosts": hosts, "of": len({each.host for each in seen.name_servers})}
    if len(hosts) >= least:
        return whole("ns_aaaa", "names", "passed", Why("ns_ipv6", about))
    for host in seen.records(seen.name, "NS"):  # too few: surely, or because an answer is missing?
        lookup = seen.lookup(host, "AAAA")
        if lookup is not None and not usable(lookup):
            word, why = unmeasured(lookup)
            return whole("ns_aaaa", "names", word, why, peer="failed")
    return whole("ns_aaaa", "names", "failed", Why("ns_few_ipv6", about))


def _reached(each: NameServerAddress) -> Finding:
    about = {"host": each.host, "address": each.address, "reach": each.reach}
    word: Word = "failed"
    why = Why("ns_silent", about)
    if each.reach == "open":
        word, why = "passed", Why("ns_answers", about)
    elif each.reach in ("denied", "not_tried"):
        word, why = "not_tested", Why("ns_not_tried", about)
    return Finding("ns_reach", "names", each.address, word, word, (why,), host=each.host)
