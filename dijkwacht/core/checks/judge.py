"""All checks over one observation."""

from dijkwacht.core.checks import (
    caa,
    certificates,
    cookies,
    csp,
    dane,
    dangling,
    dkim,
    dmarc,
    dnssec,
    headers,
    https,
    ipv6,
    mx,
    name_servers,
    ports,
    rpki,
    security_txt,
    software,
    spf,
    starttls,
    subdomains,
    third_parties,
    tls_exchange,
    tls_extras,
    tls_suites,
    tls_versions,
)
from dijkwacht.core.checks.finding import Finding
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy

WEB = (
    ipv6, https, tls_versions, tls_suites, tls_exchange, tls_extras, certificates, caa, dane, csp, headers, cookies,
    third_parties, security_txt,
)  # fmt: skip
NAMES = (name_servers, dnssec, rpki, mx, spf, dmarc, dkim, starttls, subdomains, dangling, ports, software)


def judge(seen: DomainSeen, policy: Policy) -> tuple[Finding, ...]:
    """What every check finds, check by check. Pure: the same observation under the same policy gives the same findings."""
    return tuple(finding for module in (*WEB, *NAMES) for finding in module.findings(seen, policy))
