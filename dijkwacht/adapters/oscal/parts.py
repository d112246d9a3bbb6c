"""What every document that we write is made of: head, identities that follow from the content, properties, back matter."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from dijkwacht.adapters.oscal.bundle import canonical
from dijkwacht.core.catalog import Catalog, Norms, Requirement

VERSION = "1.2.1"
NS = "urn:dijkwacht:oscal"  # of the properties that OSCAL itself does not name
OURS = uuid5(NAMESPACE_URL, NS)
Json = dict[str, Any]


def identity(*names: str) -> str:
    """A UUID (version 5) that is the same for the same names."""
    return str(uuid5(OURS, "\x1f".join(names)))


def document(kind: str, body: Json) -> bytes:
    """A document as canonical JSON; its own uuid follows from all that is in it."""
    uuid = str(UUID(bytes=sha256(canonical(body)).digest()[:16], version=5))
    return canonical({kind: {"uuid": uuid, **body}})


def metadata(title: str, *, version: str, at: datetime, remarks: str = "") -> Json:
    """The head of a document. ``at``: the moment to which its content belongs, not that of writing."""
    head: Json = {"title": title, "last-modified": moment(at), "version": version, "oscal-version": VERSION}
    return head | ({"remarks": remarks} if remarks else {})


def moment(at: datetime) -> str:
    """A moment as OSCAL writes it, with its time zone."""
    return at.isoformat(timespec="seconds")


def day(on: date) -> datetime:
    """A day as the moment that OSCAL wants: its beginning, in UTC."""
    return datetime.combine(on, time(0), tzinfo=UTC)


def prop(name: str, value: str, *, own: bool = True, remarks: str = "") -> Json:
    """A property; of our own name space unless OSCAL knows its name."""
    found: Json = {"name": name, "value": " ".join(value.split()) or "–"}
    return found | ({"ns": NS} if own else {}) | ({"remarks": remarks} if remarks else {})


def token(text: str) -> str:
    """An id as OSCAL takes it: what is no letter, digit, dot, hyphen or underscore becomes an underscore."""
    found = "".join(each if each.isalnum() or each in "._-" else "_" for each in text)
    return found if found[:1].isalpha() or found[:1] == "_" else f"_{found}"


def control_id(requirement: str) -> str:
    """The id of a requirement: ``bio2-8.13.04`` for bio2:8.13.04."""
    catalog, _, number = requirement.partition(":")
    return token(f"{catalog}-{number}")


def objective_id(requirement: str) -> str:
    """The id of the one thing that is assessed of a requirement."""
    return f"{control_id(requirement)}_obj"


def file_name(catalog: Catalog) -> str:
    """How the file with a catalog is called; mappings and profiles refer to it by this name."""
    return f"{catalog.id}-{catalog.version}-catalog.json"


def title_of(texts: Mapping[str, str]) -> str:
    """The Dutch text, else any; OSCAL wants one."""
    return texts.get("nl") or next(iter(texts.values()), "") or "–"


def rule_title(rule: Requirement) -> str:
    """The title of a requirement, or its number when it has none."""
    return title_of(rule.title) if rule.title else rule.number


def catalog_resources(norms: Norms, names: Iterable[str]) -> dict[str, Json]:
    """Per catalog the resource by which other documents refer to it."""
    found = {}
    for name in names:
        catalog = norms.catalogs[name]
        found[name] = {
            "uuid": identity("catalog", catalog.id, catalog.version),
            "title": f"{title_of(catalog.name)} {catalog.version}",
            "rlinks": [{"href": file_name(catalog), "media-type": "application/oscal.catalog+json"}],
        }
    return found


def back_matter(resources: Iterable[Json]) -> Json:
    """The resources at the end of a document; nothing when there are none."""
    found = list(resources)
    return {"back-matter": {"resources": found}} if found else {}
