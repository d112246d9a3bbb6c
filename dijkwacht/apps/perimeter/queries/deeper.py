"""A deeper look: for which names consent goes that far, and what stands in the way of the others."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dijkwacht.adapters.probing.fitness import PORT_SCAN
from dijkwacht.adapters.probing.raw import from_data
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, Observation
from dijkwacht.apps.perimeter.queries.consents import judged, opted_out
from dijkwacht.core.checks.observed import DomainSeen, OpenPort
from dijkwacht.core.consent import Allowed, Consent, Refused, Request, Scope, decide

__all__ = ["PORT_SCAN", "Depth", "depths", "may", "ports_of"]


@dataclass(frozen=True, slots=True)
class Depth:
    """A name and a deeper look at it. ``why``: what stands in the way, None: nothing. ``open``, ``shut``: addresses of its web.

    Ports are tried on ``open`` alone; ``shut`` has for each address why not.
    """

    domain: Domain
    why: Refused | None
    open: tuple[str, ...]
    shut: tuple[tuple[str, str], ...]

    @property
    def may(self) -> bool:
        """Whether a deeper look may begin."""
        return self.why is None


def may(organisation: Organisation, domains: Sequence[Domain], *, on: date, at: datetime) -> list[Domain]:
    """Those of these names that may be looked at deeper, whatever the hour: the gate minds the hours."""
    consents, left = judged([organisation], at=at), opted_out(organisation, on=on)
    return [each for each in domains if _refused(each, consents, left, at=at) is None]


def depths(organisation: Organisation, domains: Sequence[Domain], *, on: date, at: datetime) -> list[Depth]:
    """How far a deeper look at each of these names would go."""
    consents, left = judged([organisation], at=at), opted_out(organisation, on=on)
    return [_depth(each, consents, left, at=at) for each in domains]


def ports_of(domain: Domain) -> tuple[OpenPort, ...]:
    """What the last deeper look saw of ports; none when there was no such look, or it cannot be read any more."""
    row = Observation.objects.filter(domain=domain, run__deep=True).order_by("-at").first()
    seen = _read(row)
    return seen.ports if seen else ()


def _depth(domain: Domain, consents: Sequence[Consent], left: Scope, *, at: datetime) -> Depth:
    why = _refused(domain, consents, left, at=at)
    seen = _read(Observation.objects.filter(domain=domain).order_by("-at").first()) if why is None else None
    open_to: list[str] = []
    shut: list[tuple[str, str]] = []
    for address in dict.fromkeys(each.address for each in seen.web) if seen else ():
        found = decide(_always(consents), Request(domain.name, address, PORT_SCAN, at), opted_out=left)
        if isinstance(found, Allowed):
            open_to.append(address)
        else:
            shut.append((address, found.code))
    return Depth(domain, why, tuple(open_to), tuple(shut))


def _refused(domain: Domain, consents: Sequence[Consent], left: Scope, *, at: datetime) -> Refused | None:
    found = decide(_always(consents), Request(domain.name, "", PORT_SCAN, at), opted_out=left)
    return found if isinstance(found, Refused) else None


def _always(consents: Sequence[Consent]) -> list[Consent]:
    return [replace(each, windows=()) for each in consents]


def _read(row: Observation | None) -> DomainSeen | None:
    try:
        return from_data(json.loads(gzip.decompress(bytes(row.raw)))) if row else None
    except (ValueError, TypeError, KeyError, OSError):  # of an earlier version: it is measured anew
        return None
