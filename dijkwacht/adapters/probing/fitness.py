"""Which addresses and ports can be probed at all, whoever agrees: public addresses, and the ports of the level."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

VISITED_PORTS = frozenset({25, 53, 80, 443})
"""Ports that an ordinary visitor uses; any other is a port scan, level 3."""
PORT_SCAN = 3

_TRANSLATED = ip_network("64:ff9b::/96")


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
    return ip.is_global and not ip.is_multicast


def _meant(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and any IPv4 address that hides in it (mapped, 6to4, Teredo, NAT64)."""
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
    if ip in _TRANSLATED:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
