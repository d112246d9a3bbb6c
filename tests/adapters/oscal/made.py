"""Small hand-made documents that together use every construct that is read, and a statement to write."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from dijkwacht.core.chain import Seal
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.statement import (
    EvidenceMark,
    OrganisationMark,
    Signer,
    Statement,
    StatementLine,
    UsedFact,
)  # fmt: skip
from dijkwacht.core.verdict import Reason, Status

SCHEMA = Path(__file__).parents[2] / "data" / "oscal-1.2.3-complete-schema.json.gz"
U = "11111111-1111-4111-8111-{:012d}"
RESOURCE = U.format(900)


def uuid(number: int) -> str:
    return U.format(number)


def head(title: str = "Titel", version: str = "1") -> dict[str, Any]:
    return {"title": title, "version": version, "last-modified": "2026-01-01T00:00:00Z", "oscal-version": "1.1.2"}


def under_b() -> dict[str, Any]:
    return {"id": "b.sub", "title": "Onder B", "controls": [{"id": "b-1", "title": "Tweede"}]}


def catalog(number: int = 1, title: str = "Catalogus") -> dict[str, Any]:
    """Two groups (one nested), enhancements in two layers, params, parts, links within and back matter."""
    a1 = {
        "id": "a-1", "class": "control", "title": "Eerste",
        "params": [
            {"id": "a-1_p", "label": "hoe vaak"},
            {"id": "a-1_q", "select": {"how-many": "one", "choice": ["ja", "nee"]}},
        ],
        "props": [{"name": "label", "value": "A-01", "class": "sort"}, {"name": "label", "value": "A-1"}],
        "links": [{"href": "#b-1", "rel": "related"}, {"href": f"#{RESOURCE}", "rel": "reference"}],
        "parts": [
            {"id": "a-1_smt", "name": "statement", "prose": "Doe dit {{ insert: param, a-1_p }}.",
             "parts": [{"id": "a-1_smt.a", "name": "item", "props": [{"name": "label", "value": "a."}], "prose": "onderdeel"}]},
            {"id": "a-1_gdn", "name": "guidance", "prose": "Uitleg.", "props": [{"name": "oud", "value": "x"}]},
        ],
        "controls": [
            {"id": "a-1.1", "title": "Verdieping", "controls": [{"id": "a-1.1.1", "title": "Nog dieper"}]},
            {"id": "a-1.2", "title": "Weg", "props": [{"name": "status", "value": "withdrawn"}]},
        ],
    }  # fmt: skip
    groups = [
        {"id": "a", "class": "family", "title": "Groep A",
         "params": [{"id": "a_p", "values": ["een", "twee"]}], "controls": [a1]},
        {"id": "b", "title": "Groep B", "groups": [under_b()]},
    ]  # fmt: skip
    resource = {"uuid": RESOURCE, "title": "Bron", "rlinks": [{"href": "https://voorbeeld.test/bron.pdf"}]}
    body = {"uuid": uuid(number), "metadata": head(title), "groups": groups, "back-matter": {"resources": [resource]}}
    return {"catalog": body}


def profile(number: int = 2, href: str = "catalog.json", **rest: Any) -> dict[str, Any]:
    imports = rest.pop("imports", [{"href": href, "include-all": {}}])
    return {"profile": {"uuid": uuid(number), "metadata": head("Profiel"), "imports": imports, **rest}}


def mapped(number: int, relation: str, sources: list[str], targets: list[str], **rest: Any) -> dict[str, Any]:
    sides = [[{"type": "control", "id-ref": name} for name in names] for names in (sources, targets)]
    return {"uuid": uuid(number), "relationship": relation, "sources": sides[0], "targets": sides[1], **rest}


def mapping(*maps: dict[str, Any], source: str = "left.json", target: str = "catalog.json") -> dict[str, Any]:
    one = {
        "uuid": uuid(500), "source-resource": {"type": "catalog", "href": source},
        "target-resource": {"type": "catalog", "href": target}, "maps": list(maps),
    }  # fmt: skip
    provenance = {
        "method": "human",
        "matching-rationale": "semantic",
        "status": "draft",
        "mapping-description": "Proef.",
    }
    return {
        "mapping-collection": {
            "uuid": uuid(499),
            "metadata": head("Koppeling"),
            "provenance": provenance,
            "mappings": [one],
        }
    }


def left() -> dict[str, Any]:
    """Another catalog, with ids that the first does not have."""
    controls = [{"id": f"x-{index}", "title": f"Regel {index}"} for index in range(1, 6)]
    return {"catalog": {"uuid": uuid(3), "metadata": head("Links"), "controls": controls}}


def raw(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@cache
def schema() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(json.loads(gzip.decompress(SCHEMA.read_bytes())))


def wrong(content: bytes) -> list[str]:
    """What NIST's schema finds wrong."""
    return [str(error)[:300] for error in schema().iter_errors(json.loads(content))]


def statement(statuses: tuple[Status, ...] = tuple(Status), **changed: Any) -> Statement:
    """A frozen account of BIO2 with a line of every status; one fact with evidence, shared by two lines."""
    mark = EvidenceMark("a" * 64, "beleid.pdf", "application/pdf", 1200, date(2026, 3, 1))
    fact = UsedFact(
        "7", "dijkstad", "Dijkstad", "policy.approved", True, date(2026, 1, 1), None, date(2026, 2, 1), date(2026, 5, 1),
        Assurance.DOCUMENTED, "person", "Noor van der Sluis", 12, evidence=(mark,), explanation="In het college.",
    )  # fmt: skip
    other = replace(fact, id="8", subject="zaak", subject_name="Zaaksysteem", assurance=Assurance.MEASURED, evidence=(),
                    inherited_from="de-meren", last_seen=None, explanation="")  # fmt: skip
    numbers = ("5.01.01", "5.01.02", "8.13.04", "5.30.01", "5.20.03")
    lines = tuple(
        StatementLine(
            f"bio2:{number}", "dijkstad", "Dijkstad", status, Assurance.DOCUMENTED, Shows.EXISTENCE, date(2027, 1, 1),
            (Reason("shows_yes", "policy.approved", "7"),), (fact, other) if index < 2 else (), claim="yes", owner="A. Bakker",
        )
        for index, (number, status) in enumerate(zip(numbers, statuses, strict=False))
    )  # fmt: skip
    made = Statement(
        "s-1", 3, OrganisationMark("dijkstad", "Gemeente Dijkstad", "municipality"), "bio2-soa", "dijkstad",
        date(2026, 12, 31), date(2027, 1, 4), datetime(2027, 1, 4, 10, tzinfo=UTC), Seal(40, "b" * 64),
        {"bio2": "1.3"}, "f" * 16, lines,
        Signer("Ed Beheer", "secretary", "Mandaatbesluit 2026", datetime(2027, 1, 4, 11, tzinfo=UTC)),
    )  # fmt: skip
    return replace(made, **changed)
