"""Per name: what consent lets us measure of it, host by host, by which path, and what it does not cover and why."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from ipaddress import ip_address

from dijkwacht.adapters.probing.raw import from_data
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, Observation, Served
from dijkwacht.apps.perimeter.queries.consents import judged, opted_out
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.consent import HIGHEST, Allowed, Consent, Refused, Request, Scope, Step, decide
from dijkwacht.core.consent_claims import NOWHERE
from dijkwacht.core.consent_scope import address_of

NEEDED = {"name": 2, "web": 2, "mail": 2, "servers": 1}
"""The level that measuring each kind of host asks: `norms/perimeter/rules.yaml` has it per check."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One host or address of a name. ``kind``: name, web, mail or servers; ``why``: not the next level up.

    ``others``: how many other organisations were found at the address.
    """

    kind: str
    host: str
    address: str
    level: int
    path: tuple[Step, ...]
    why: Refused | None
    others: int = 0

    @property
    def enough(self) -> bool:
        """Whether the ordinary measurement of it is covered."""
        return self.level >= NEEDED[self.kind]


@dataclass(frozen=True, slots=True)
class Covered:
    """A name with all that was seen of it. ``measured``: whether its hosts are known; before that only the name itself is."""

    domain: Domain
    reaches: tuple[Reach, ...]
    measured: bool

    @property
    def lacking(self) -> tuple[Reach, ...]:
        """What cannot be measured as it should."""
        return tuple(each for each in self.reaches if not each.enough)


def coverage(organisation: Organisation, domains: Sequence[Domain], *, on: date, at: datetime) -> list[Covered]:
    """What consent says now of each of these names and of the hosts that were seen of it."""
    consents, left = judged([organisation], at=at), opted_out(organisation, on=on)
    found = []
    for domain in domains:
        seen = _seen(domain)
        hosts = [("name", domain.name, ""), *(_hosts(seen) if seen else ())]
        reaches = tuple(_reach(kind, host, address, consents, left, at=at) for kind, host, address in hosts)
        found.append(Covered(domain, reaches, seen is not None))
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """An address that serves others too: how many, our names there, and whether we may visit it by consent of a supplier."""

    address: str
    others: int
    names: tuple[str, ...]
    covered: bool


def shared(organisation: Organisation, *, on: date, at: datetime) -> list[Shared]:
    """The addresses of this organisation at which others were found too, those that we may not visit first."""
    consents, left = judged([organisation], at=at), opted_out(organisation, on=on)
    serving = next((each.serving for each in consents if each.kind == "own"), {})
    rows = Served.objects.filter(organisation=organisation, address__in=[str(each) for each in serving])
    names: dict[str, list[str]] = {}
    for address, name in rows.order_by("name").values_list("address", "name"):
        names.setdefault(address, []).append(name)
    found = []
    for each, others in serving.items():
        ours = tuple(names.get(str(each), ()))
        may = (decide(consents, Request(name, str(each), NEEDED["web"], at), opted_out=left) for name in ours)
        found.append(Shared(str(each), others, ours, any(isinstance(decision, Allowed) for decision in may)))
    return sorted(found, key=lambda each: (each.covered, address_key(each.address)))


def address_key(text: str) -> tuple[int, int]:
    """To order addresses by: IPv4 first, then by number."""
    address = ip_address(text)
    return address.version, int(address)


def uncovered(organisation: Organisation, names: Sequence[str], *, on: date, at: datetime) -> list[str]:
    """Those of these names that lie in no consent in force, whatever the hour."""
    # Whose a name is, is told apart from this.
    consents = [replace(each, windows=(), elsewhere=NOWHERE) for each in judged([organisation], at=at)]
    left = opted_out(organisation, on=on)
    return [
        name
        for name in names
        if not isinstance(decide(consents, Request(name, "", NEEDED["name"], at), opted_out=left), Allowed)
    ]


def _seen(domain: Domain) -> DomainSeen | None:
    row = Observation.objects.filter(domain=domain).order_by("-at").first()
    if row is None:
        return None
    try:
        return from_data(json.loads(gzip.decompress(bytes(row.raw))))
    except (ValueError, TypeError, KeyError, OSError):  # of an earlier version: it is measured anew
        return None


def _hosts(seen: DomainSeen) -> Iterator[tuple[str, str, str]]:
    """Web and name servers are reached for the name itself; a mail host for its own name, as the measurement does."""
    for web in seen.web:
        yield "web", seen.name, web.address
    for host in seen.mail:
        for each in host.addresses:
            yield "mail", host.name, each.address
        if not host.addresses:
            yield "mail", host.name, ""
    for server in seen.name_servers:
        yield "servers", seen.name, server.address


def _reach(kind: str, host: str, address: str, consents: Sequence[Consent], left: Scope, *, at: datetime) -> Reach:
    found_at = address_of(address)
    others = max((each.serving.get(found_at, 0) for each in consents), default=0) if found_at is not None else 0
    why: Refused | None = None
    for level in range(HIGHEST, 0, -1):
        found = decide(consents, Request(host, address, level, at), opted_out=left)
        if isinstance(found, Allowed):
            return Reach(kind, host, address, level, found.path, why, others)
        why = found
    return Reach(kind, host, address, 0, (), why, others)
