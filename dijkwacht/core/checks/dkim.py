"""DKIM: nobody outside can list the keys, but a name that has any has something below `_domainkey` (RFC 6376 with RFC 8020).

A name with no keys is sure to sign no mail. An empty name in between is sure to have something below it, and no more.
"""

from collections.abc import Iterator

from dijkwacht.core.checks import dmarc, spf
from dijkwacht.core.checks.asked import unmeasured, usable, whole
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`dkim`: whether there may be keys; not tested for a name that says it sends no mail."""
    found = seen.lookup(f"_domainkey.{seen.name}", "TXT")
    if found is None or not usable(found):
        word, why = unmeasured(found)
        yield whole("dkim", "mail", word, why, peer="failed" if word == "error" else word)
    elif found.rcode != "NXDOMAIN":
        yield whole("dkim", "mail", "passed", Why("dkim_present"))
    elif spf.sends_nothing(seen) and dmarc.rejects(seen, policy):
        yield whole("dkim", "mail", "not_tested", Why("dkim_sends_nothing"))
    else:
        yield whole("dkim", "mail", "failed", Why("dkim_none"))
