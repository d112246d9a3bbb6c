"""What is known of ports, of services whose names can be claimed, and of how software names itself: data of `norms/perimeter`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.core.checks.finding import Word

Where = Literal["server", "powered", "generator", "script", "smtp", "port"]


@dataclass(frozen=True, slots=True)
class Port:
    """A port and what it means when the whole world can reach it."""

    port: int
    service: str
    kind: str  # web, mail, names, remote, files, database, management, building, clear
    word: Word
    meaning: Mapping[str, str]  # nl, en: why it matters
    source: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service on whose names anyone can lay claim once nobody has them. `suffixes`: the ends of those names."""

    id: str
    title: str
    suffixes: tuple[str, ...]
    sign: Literal["nxdomain", "page"]  # what tells that a name is free
    source: str


@dataclass(frozen=True, slots=True)
class SoftwareRule:
    """How a product names itself. The pattern has a group `version` when it tells one; it never sees more than 256 octets."""

    product: str  # vendor:product as in CPE 2.3
    title: str
    where: frozenset[Where]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, as it counted on one day."""

    ports: Mapping[int, Port] = field(default_factory=dict)
    services: tuple[Service, ...] = ()
    software: tuple[SoftwareRule, ...] = ()
    words: tuple[str, ...] = ()  # labels worth trying below a name

    def service(self, host: str) -> Service | None:
        """The service that a host belongs to."""
        labels = host.split(".")
        ends = {".".join(labels[i:]) for i in range(1, len(labels))}
        return next((each for each in self.services if not ends.isdisjoint(each.suffixes)), None)
