"""A service of a supplier or of organisations together as an OSCAL component definition: what it covers, and what remains.

OSCAL 1.1.2, which most programs read; nothing in it is newer. Canonical JSON with ids that follow from the content.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.oscal.parts import (
    Json,
    back_matter,
    catalog_resources,
    control_id,
    day,
    document,
    identity,
    metadata,
    prop,
    rule_title,
)
from dijkwacht.core.catalog import Norms
from dijkwacht.core.suppliers.asking import Extent

VERSION = "1.1.2"
_EXTENT = {"whole": "Geheel gedekt door deze dienst", "part": "Deels gedekt door deze dienst"}


@dataclass(frozen=True, slots=True)
class Covers:
    """A requirement (``bio2:5.20.01``) that a service covers. ``remains``: what the organisation must still do itself, or "".

    Raises ValueError when part is covered and nothing is said of the rest: that would read as all.
    """

    requirement: str
    extent: Extent
    remains: str = ""

    def __post_init__(self) -> None:
        if self.extent == "part" and not self.remains.strip():
            raise ValueError(f"{self.requirement} is covered in part, and what remains is not said")


@dataclass(frozen=True, slots=True)
class Service:
    """A service. ``id``: stable, of the pack or the register; ``holder``: who gives it; ``on``: as known on this day."""

    id: str
    name: str
    text: str
    holder: str
    on: date
    version: str
    covers: Sequence[Covers]

    @property
    def title(self) -> str:
        """Its name on one line, or its id when it has none."""
        return " ".join(self.name.split()) or self.id


def component_definition(service: Service, norms: Norms) -> bytes:
    """The document. Raises ValueError for a requirement that no norm has, and for one that stands twice."""
    names = [each.requirement for each in service.covers]
    for name in names:
        if name not in norms.requirements:
            raise ValueError(f"{service.id} covers {name[:80]}, which no norm has")
        if names.count(name) > 1:
            raise ValueError(f"{service.id} covers {name} twice")
    catalogs = dict.fromkeys(name.partition(":")[0] for name in names)
    resources = catalog_resources(norms, catalogs)
    component: Json = {
        "uuid": identity("service", service.id), "type": "service", "title": service.title,
        "description": service.text.strip() or service.title, "props": [prop("service", service.id)],
        "responsible-roles": [{"role-id": "provider", "party-uuids": [_party(service)]}],
    }  # fmt: skip
    if resources:
        component["control-implementations"] = [
            _implementation(service, name, resource["uuid"], norms) for name, resource in resources.items()
        ]
    body = {"metadata": _head(service), "components": [component]}
    return document("component-definition", body | back_matter(resources.values()))


def _party(service: Service) -> str:
    return identity("party", service.holder)


def _head(service: Service) -> Json:
    head = metadata(service.title, version=service.version, at=day(service.on))
    return head | {
        "oscal-version": VERSION, "roles": [{"id": "provider", "title": "Levert de dienst"}],
        "parties": [{"uuid": _party(service), "type": "organization", "name": " ".join(service.holder.split()) or service.title}],
    }  # fmt: skip


def _implementation(service: Service, catalog: str, resource: str, norms: Norms) -> Json:
    return {
        "uuid": identity("service-implementation", service.id, catalog, norms.catalogs[catalog].version),
        "source": f"#{resource}", "description": f"Wat {service.title} dekt, zoals bekend op {service.on.isoformat()}.",
        "implemented-requirements": [
            _implemented(service, each, norms) for each in service.covers if each.requirement.partition(":")[0] == catalog
        ],
    }  # fmt: skip


def _implemented(service: Service, each: Covers, norms: Norms) -> Json:
    found: Json = {
        "uuid": identity("service-covers", service.id, each.requirement), "control-id": control_id(each.requirement),
        "description": f"{rule_title(norms.requirements[each.requirement])}. {_EXTENT[each.extent]}.",
        "props": [prop("covers", each.extent), prop("requirement", each.requirement)],
    }  # fmt: skip
    return found | ({"remarks": f"Zelf nog te doen: {each.remains}"} if each.remains.strip() else {})
