"""Which addresses and ports can be probed at all, whoever agrees: public addresses, and the ports of the level."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

VISITED_PORTS = frozenset({25, 53, 80, 443})
"""Ports that an ordinary visitor uses; any other is a port scan, level 3."""
PORT_SCAN = 3

_TRANSLATED = ip_network("64:ff9b::/96")
_IN_USE = ip_network("2000::/3")
"""The only part of IPv6 that was given out (IANA); what lies elsewhere leads home or nowhere."""
_NEVER = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # of protocols (RFC 6890); a cloud answers its own machines here
            "192.88.99.0/24",  # 6to4 relays, ended (RFC 7526)
            "168.63.129.16/32",  # a public number at which a cloud answers its own machines
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
_INSIDE = (0x00005EFE, 0x02005EFE)
"""The middle of an address of ISATAP (RFC 5214): an IPv4 address is what is meant."""


@lru_cache(maxsize=4096)
def unfit(address: str, port: int, *, level: int, lab: bool) -> str:
    """Why this can go nowhere: malformed, private or port; "" when it can. A lab is all private, on any port."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "malformed"
    if not 0 < port < 65536 or "%" in address:
        return "malformed"
    if lab:
        return ""
    if not all(_is_public(each) for each in _meant(ip)):
        return "private"
    return "port" if port not in VISITED_PORTS and level < PORT_SCAN else ""


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and ip not in _IN_USE and ip not in _TRANSLATED:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in each for each in _NEVER if each.version == ip.version)


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and any IPv4 address that hides in it (mapped, 6to4, Teredo, NAT64, ISATAP)."""
    if isinstance(ip, IPv4Address):
        yield ip
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
        return
    yield ip
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in _TRANSLATED or int(ip) >> 32 & 0xFFFFFFFF in _INSIDE:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
