"""What a consent covers: names, networks and AS numbers, and the hours of the week; and how these are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Window:
    """Part of the week in which may be sent: ISO weekdays (1 is Monday), minutes of the day from and until (not included)."""

    days: frozenset[int]
    start: int = 0
    end: int = 24 * 60

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies in it. An end before the start runs over midnight, into the next day."""
        minute = at.hour * 60 + at.minute
        if self.start < self.end:
            return at.isoweekday() in self.days and self.start <= minute < self.end
        if minute >= self.start:
            return at.isoweekday() in self.days
        return minute < self.end and (at.isoweekday() - 2) % 7 + 1 in self.days


@dataclass(frozen=True, slots=True)
class Scope:
    """Names and addresses. A name pattern is `example.nl` (that name), `*.example.nl` (all below it) or `*` (all names)."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    systems: frozenset[int] = frozenset()  # AS numbers

    def names_it(self, name: str) -> str:
        """The pattern that covers the name; "" when none does."""
        if not name or not self.names:
            return ""
        if name in self.names:
            return name
        rest = name
        while "." in rest:
            rest = rest.partition(".")[2]
            if f"*.{rest}" in self.names:
                return f"*.{rest}"
        return "*" if "*" in self.names else ""

    def holds(self, address: Address | None, systems: frozenset[int]) -> str:
        """The network or AS (`AS64500`) that covers the address; "" when none does."""
        if address is None:
            return ""
        for network in self.networks:
            if network.version == address.version and address in network:
                return str(network)
        found = self.systems & systems
        return f"AS{min(found)}" if found else ""


NOTHING = Scope()


def scope_of(entries: Sequence[str]) -> Scope:
    """A scope out of `example.nl`, `*.example.nl`, `192.0.2.0/24`, `2001:db8::1`, `AS64500`. Raises ValueError."""
    names: set[str] = set()
    networks: list[Network] = []
    systems: set[int] = set()
    for entry in entries:
        text = entry.strip().lower()
        text = text.removesuffix(".") if text != "*." else text  # else everything would be meant
        network = _network(text)
        if network is not None:
            networks.append(network)
        elif text.startswith("as") and text[2:].isascii() and text[2:].isdigit():
            systems.add(int(text[2:]))
        else:
            names.add(_pattern(text, entry))
    return Scope(frozenset(names), tuple(networks), frozenset(systems))


@lru_cache(maxsize=4096)
def address_of(text: str) -> Address | None:
    """An address out of text; IPv4 in IPv6 is that IPv4 address; None for what is no address."""
    if not text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if isinstance(mapped, IPv4Address) else address


def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _pattern(text: str, entry: str) -> str:
    labels = text.removeprefix("*.").split(".") if text != "*" else []
    good = all(label and len(label) < 64 and label.isascii() and _plain(label) for label in labels)
    if not good or (text != "*" and not labels):
        raise ValueError(f"not a name, a pattern *.name, a network or an AS number: {entry!r}")
    return text


def _plain(label: str) -> bool:
    return all(letter.isalnum() or letter in "-_" for letter in label)
