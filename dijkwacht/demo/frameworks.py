"""What the demo municipality brought in: a list of its own council, and how that relates to BIO2."""

import json
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dijkwacht.apps.frameworks.services import bringing, reading
from dijkwacht.apps.people.models import Organisation, Person

TITLE = "Raadslijst digitale veiligheid"
GROUPS = (
    ("Beleid en bestuur", (
        ("raad-1", "Er is vastgesteld beleid voor informatiebeveiliging"),
        ("raad-2", "Het beleid wordt elk jaar bekeken"),
        ("raad-3", "De raad krijgt elk jaar een brief over de stand"),
    )),
    ("Herstel", (
        ("raad-4", "Terugzetten van back-ups is dit jaar geoefend"),
        ("raad-5", "De gemeente kan een week zonder haar systemen"),
    )),
    ("Leveranciers en mensen", (
        ("raad-6", "Leveranciers laten zien dat zij hun afspraken nakomen"),
        ("raad-7", "Medewerkers weten wat zij bij een incident moeten doen"),
    )),
)  # fmt: skip
# relation, numbers of BIO2, lines of the list, and whether those numbers together cover the line
MAPS = (
    ("equivalent-to", ("5.01.01",), ("raad-1",), None),
    ("equal-to", ("5.01.02",), ("raad-2",), None),
    ("superset-of", ("8.13.04",), ("raad-4",), None),
    ("subset-of", ("5.30.01", "5.30.02"), ("raad-5",), 1),
    ("intersects-with", ("5.20.03",), ("raad-6",), None),
    ("subset-of", ("6.03.02",), ("raad-7",), None),
)


def bring(organisation: Organisation, *, person: Person, on: date, at: datetime) -> None:
    """Brings in the list and its mapping, as somebody would from the page."""
    files = [("raadslijst-catalog.json", _catalog()), ("raadslijst-mapping.json", _mapping())]
    found = reading.read(organisation, files, norm="bio2", on=on)
    bringing.keep(organisation, found, files=files, person=person, on=on, at=at)


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:dijkwacht:demo:{name}"))


def _head(title: str) -> dict[str, Any]:
    return {"title": title, "version": "2026", "last-modified": "2026-01-15T00:00:00Z", "oscal-version": "1.2.1"}


def _catalog() -> bytes:
    groups = [
        {"title": name, "controls": [{"id": each, "title": title} for each, title in lines]} for name, lines in GROUPS
    ]
    return json.dumps({"catalog": {"uuid": _uuid("catalog"), "metadata": _head(TITLE), "groups": groups}}).encode()


def _mapping() -> bytes:
    maps = [
        {
            "uuid": _uuid(f"map-{index}"), "relationship": relation,
            "sources": [{"type": "control", "id-ref": number} for number in numbers],
            "targets": [{"type": "control", "id-ref": line} for line in lines],
            **({"coverage": {"target-coverage": covers}} if covers is not None else {}),
        }
        for index, (relation, numbers, lines, covers) in enumerate(MAPS)
    ]  # fmt: skip
    mapping = {
        "uuid": _uuid("mapping"), "source-resource": {"type": "catalog", "href": "bio2"},
        "target-resource": {"type": "catalog", "href": "raadslijst-catalog.json"}, "maps": maps,
    }  # fmt: skip
    provenance = {
        "method": "human", "matching-rationale": "functional", "status": "complete",
        "mapping-description": "Gemaakt door de griffie met de CISO.",
    }  # fmt: skip
    maker = _uuid("griffie")
    head = _head(f"BIO2 naar {TITLE}") | {
        "roles": [{"id": "creator", "title": "Maker"}],
        "parties": [{"uuid": maker, "type": "organization", "name": "Griffie van Dijkstad"}],
        "responsible-parties": [{"role-id": "creator", "party-uuids": [maker]}],
    }
    body = {"uuid": _uuid("maps"), "metadata": head, "provenance": provenance, "mappings": [mapping]}
    return json.dumps({"mapping-collection": body}).encode()
