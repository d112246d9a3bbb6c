"""RPKI: may the network that announces an address do so? Route origin validation by RFC 6811, address by address.

*Exists*: some authorisation (ROA) covers the address. *Valid*: every route that is seen for the address is authorised.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal

from dijkwacht.core.checks.asked import addresses, mail_hosts, parents, whole
from dijkwacht.core.checks.finding import Area, Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, Route, Routing
from dijkwacht.core.checks.policy import Policy

Validity = Literal["valid", "invalid", "not_found"]


@lru_cache(maxsize=16384)  # many names share few routes
def validity(route: Route) -> Validity:
    """The state of one route (RFC 6811, section 2). An authorisation of AS 0 covers, and never allows (RFC 7607)."""
    announced = _network(route.prefix)
    covering = [
        (length, asn)
        for prefix, length, asn in route.roas
        if announced is not None and (roa := _network(prefix)) is not None and _covers(roa, announced)
    ]
    if announced is None or not covering:
        return "not_found"
    allowed = any(asn == route.asn != 0 and announced.prefixlen <= length for length, asn in covering)
    return "valid" if allowed else "invalid"


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`…_rpki_exists` and `…_rpki_valid` of the web (`web`), name servers (`ns`), mail hosts (`mail`) and the name servers of
    those (`mail_mx_ns`)."""
    hosts = mail_hosts(seen, policy.limits["mail_hosts"])
    groups: tuple[tuple[str, Area, Iterable[str]], ...] = (
        ("web_rpki", "web", addresses(seen.lookups, seen.name)),
        ("ns_rpki", "names", (each.address for each in seen.name_servers)),
        ("mail_rpki", "mail", (each for host in hosts for each in addresses(seen.lookups, host))),
        ("mail_mx_ns_rpki", "mail", (each for host in hosts for each in _server_addresses(seen, host))),
    )
    for check, area, found in groups:
        yield from _group(seen, check, area, found)


def _server_addresses(seen: DomainSeen, host: str) -> Iterator[str]:
    """Addresses of the name servers of the zone that a mail host is in, as far as they were asked."""
    for zone in (host, *parents(host)):
        if servers := seen.records(zone, "NS"):
            for server in servers:
                yield from addresses(seen.lookups, server)
            return


def _group(seen: DomainSeen, check: str, area: Area, addresses_of: Iterable[str]) -> Iterator[Finding]:
    found = tuple(dict.fromkeys(addresses_of))
    names = (f"{check}_exists", f"{check}_valid")
    if seen.routing is None or not found:
        why = Why("rpki_no_tables") if seen.routing is None else Why("rpki_no_addresses")
        yield from (whole(name, area, "not_tested", why) for name in names)
        return
    for address in found:
        yield from _address(names, area, address, seen.routing.get(address))


def _address(names: tuple[str, str], area: Area, address: str, routing: Routing | None) -> Iterator[Finding]:
    if routing is None:
        why = (Why("rpki_not_looked_up", {"address": address}),)
        yield from (Finding(name, area, address, "not_tested", "not_tested", why) for name in names)
        return
    covered = Why("rpki_covered" if routing.covered else "rpki_uncovered", {"address": address})
    word: Word = "passed" if routing.covered else "warning"
    yield Finding(names[0], area, address, word, word, (covered,))
    yield _routes(names[1], area, address, routing)


def _routes(check: str, area: Area, address: str, routing: Routing) -> Finding:
    if not routing.routes:
        why = (Why("rpki_not_routed", {"address": address}),)
        return Finding(check, area, address, "not_tested", "not_tested", why)
    states = [(route, validity(route)) for route in routing.routes]
    wrong = tuple(
        Why(f"rpki_{state}", {"address": address, "prefix": route.prefix, "asn": route.asn})
        for route, state in states
        if state != "valid"
    )
    if wrong:
        return Finding(check, area, address, "failed", "failed", wrong)
    good = tuple(
        Why("rpki_valid", {"address": address, "prefix": route.prefix, "asn": route.asn}) for route, _ in states
    )
    return Finding(check, area, address, "passed", "passed", good)


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _covers(wide: IPv4Network | IPv6Network, narrow: IPv4Network | IPv6Network) -> bool:
    if wide.version != narrow.version or wide.prefixlen > narrow.prefixlen:
        return False
    shift = wide.max_prefixlen - wide.prefixlen
    return int(wide.network_address) >> shift == int(narrow.network_address) >> shift
