"""Versions that software shows on a name, with the warnings about them, and what the owner said of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dijkwacht.apps.perimeter.models import Domain, VersionSaid
from dijkwacht.apps.perimeter.queries import readings
from dijkwacht.core.checks.software import ADVISORY
from dijkwacht.core.checks.software_said import OwnerSaid


@dataclass(frozen=True, slots=True)
class Version:
    """A version with warnings about it. ``said``: what the owner says of it now."""

    product: str
    title: str
    version: str
    advisories: tuple[str, ...]
    said: VersionSaid | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.product} {self.version}"


def versions(domain: Domain) -> list[Version]:
    """Those that the last measurement found warnings about, by product and version."""
    reading = readings.standing_of(domain, area="names", check=ADVISORY)
    said = {(each.product, each.version): each for each in standing(domain)}
    found: dict[tuple[str, str], Version] = {}
    for about in _told(reading.targets if reading else []):
        key = str(about["product"]), str(about["version"])
        found.setdefault(key, Version(key[0], str(about["title"]), key[1], tuple(about["advisories"]), said.get(key)))
    return [found[key] for key in sorted(found)]


def standing(domain: Domain) -> list[VersionSaid]:
    """What the owner says now."""
    rows = VersionSaid.objects.filter(domain=domain, ended_at__isnull=True).select_related("person")
    return list(rows.order_by("product", "version"))


def said_of(domain: Domain) -> dict[tuple[str, str], OwnerSaid]:
    """The same, for the check."""
    return {
        (each.product, each.version): OwnerSaid(each.runs, frozenset(map(str, each.advisories)))
        for each in standing(domain)
    }


def _told(targets: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What the reasons say of versions with warnings."""
    for target in targets:
        for why in target.get("why", ()):
            about = why.get("params", {})
            if "advisories" in about and "product" in about:
                yield about
