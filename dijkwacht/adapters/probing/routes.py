"""Route tables from files: which routes cover an address (RIS dump), and which ROAs cover those (validated payloads).

Kept as sorted arrays per prefix length: some 20 octets a row, so that the tables of the whole internet (1.2 million routes,
0.7 million payloads) take about 40 MB, and an address is found in microseconds.
"""

import gzip
import json
import mmap
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_pton
from typing import IO, Any

from dijkwacht.core.checks.observed import Route, Routing

ENOUGH_PEERS = 10
"""Peers that must see a route before it counts, unless a policy says otherwise."""
KEPT = 8192
"""Answers that are kept."""

_OBJECT = re.compile(rb"\{[^{}]*\}")
_Row = tuple[int, int, int]  # length of the prefix, AS number, longest length allowed (of a route: 0)


class TablesError(ValueError):
    """A file that is no route table."""


@dataclass(slots=True)
class _Family:
    """Rows of one address family: per prefix length the networks (shifted to their length), and what belongs to them."""

    bits: int
    networks: dict[int, Sequence[int]] = field(default_factory=dict)
    values: dict[int, Sequence[int]] = field(default_factory=dict)  # AS number << 8 | longest length

    def fill(self, rows: dict[int, list[int]]) -> None:
        """Takes rows: per length, network << 40 | value."""
        for length in sorted(rows):
            found = sorted(set(rows[length]))
            networks: Iterable[int] = (each >> 40 for each in found)
            self.networks[length] = list(networks) if length > 64 else array("Q", networks)
            self.values[length] = array("Q", (each & 0xFF_FFFF_FFFF for each in found))

    def covering(self, number: int, upto: int) -> Iterator[_Row]:
        """Rows whose prefix covers an address, no longer than `upto`; the shortest first."""
        for length, networks in self.networks.items():
            if length > upto:
                return
            wanted = number >> (self.bits - length)
            at = bisect_left(networks, wanted)
            while at < len(networks) and networks[at] == wanted:
                value = self.values[length][at]
                yield length, value >> 8, value & 0xFF
                at += 1


class Tables:
    """Routes and payloads, as read. Answers are kept: many names share few addresses."""

    def __init__(self, routes: Iterable[tuple[str, int]], payloads: Iterable[tuple[str, int, int]]) -> None:
        """`routes`: prefix and AS number, those that enough peers see. `payloads`: prefix, longest length, AS number."""
        self._routes = _filled((prefix, asn, 0) for prefix, asn in routes)
        self._payloads = _filled((prefix, asn, longest) for prefix, longest, asn in payloads)
        self._kept: dict[str, Routing] = {}

    def routing(self, address: str) -> Routing:
        """What the tables say of an address. Raises ValueError for what is no address."""
        found = self._kept.get(address)
        if found is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            found = self._kept[address] = self._routing(address)
        return found

    def systems(self, address: str) -> frozenset[int]:
        """The AS numbers that announce the most specific route to an address."""
        routes = self.routing(address).routes
        longest = max((int(each.prefix.rpartition("/")[2]) for each in routes), default=0)
        return frozenset(each.asn for each in routes if each.prefix.endswith(f"/{longest}"))

    def _routing(self, address: str) -> Routing:
        family, number = _number(address)
        bits = 32 if family == AF_INET else 128
        routes = []
        for length, asn, _ in self._routes[family].covering(number, bits):
            roas = tuple(
                (_prefix(family, number, short), longest, origin)
                for short, origin, longest in self._payloads[family].covering(number, length)
            )
            routes.append(Route(_prefix(family, number, length), asn, roas))
        covered = next(self._payloads[family].covering(number, bits), None) is not None
        return Routing(address, tuple(routes), covered)


def read_tables(vrps: Path, routes: Path, *, peers: int = ENOUGH_PEERS) -> Tables:
    """Tables out of a JSON file of validated payloads (as validators write it) and a RIS dump: prefix, AS, peers, or AS first.

    Either may be gzipped. A route that fewer than `peers` see is left out. Raises TablesError, OSError.
    """
    with _opened(routes) as lines:
        return Tables(_announced(lines, routes.name, peers), list(_payloads(vrps)))


def _announced(lines: Iterable[bytes], name: str, peers: int) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(lines, 1):
        text = line.decode("ascii", "replace").strip()
        if not text or text[0] in "%#":
            continue
        parts = text.split()
        try:
            first, second, seen = parts[0], parts[1], int(parts[2])
            prefix, origins = (first, second) if "/" in first else (second, first)
            systems = [int(each.removeprefix("AS")) for each in origins.strip("{}").split(",")]
            if "/" not in prefix:
                raise ValueError(prefix)
        except (IndexError, ValueError):
            raise TablesError(
                f"{name}, line {number}: a prefix, an AS number and a number of peers were expected"
            ) from None
        if seen >= peers:
            yield from ((prefix, asn) for asn in systems)


def _payloads(path: Path) -> Iterator[tuple[str, int, int]]:
    """One object at a time, so that a file of 60 MB does not become a thousand MB of objects."""
    found = False
    for text in _objects(path):
        try:
            row: dict[str, Any] = json.loads(text)
            if "prefix" not in row:
                continue
            prefix = str(row["prefix"])
            yield prefix, int(row.get("maxLength", prefix.rpartition("/")[2])), int(str(row["asn"]).removeprefix("AS"))
        except (KeyError, TypeError, ValueError):
            raise TablesError(f"{path.name}: not a validated payload: {text[:80]!r}") from None
        found = True
    if not found:
        raise TablesError(
            f"{path.name}: no validated payloads: JSON with roas of prefix, maxLength and asn was expected"
        )


def _objects(path: Path) -> Iterator[bytes]:
    if path.suffix == ".gz":
        with _opened(path) as whole:
            yield from (match[0] for match in _OBJECT.finditer(whole.read()))
    elif path.stat().st_size:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            yield from (match[0] for match in _OBJECT.finditer(whole))


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _filled(rows: Iterable[tuple[str, int, int]]) -> dict[int, _Family]:
    held: dict[int, dict[int, list[int]]] = {AF_INET: defaultdict(list), AF_INET6: defaultdict(list)}
    for prefix, asn, longest in rows:
        text, _, bits = prefix.partition("/")
        try:
            family, number = _number(text)
            length = int(bits)
            shift = (32 if family == AF_INET else 128) - length
            if shift < 0 or length < 0 or not 0 <= asn < 1 << 32 or not 0 <= longest <= 128:
                raise ValueError(prefix)
        except ValueError:
            raise TablesError(f"not a prefix with an AS number: {prefix} {asn}") from None
        held[family][length].append(number >> shift << 40 | asn << 8 | longest)
    families: dict[int, _Family] = {AF_INET: _Family(32), AF_INET6: _Family(128)}
    for family, found in held.items():
        families[family].fill(found)
    return families


def _number(address: str) -> tuple[int, int]:
    family = AF_INET6 if ":" in address else AF_INET
    try:
        return family, int.from_bytes(inet_pton(family, address))
    except OSError:
        raise ValueError(f"not an address: {address[:60]!r}") from None


def _prefix(family: int, number: int, length: int) -> str:
    if family == AF_INET:
        return str(IPv4Network((number >> (32 - length) << (32 - length), length)))
    return str(IPv6Network((number >> (128 - length) << (128 - length), length)))
