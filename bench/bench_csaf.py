"""Advisories: reading and checking CSAF documents and CVE records. Measures, never asserts.

Usage: python -m bench.bench_csaf [FOLDER]

FOLDER holds CSAF documents (a checkout of cisagov/CSAF) or CVE records (of cisagov/vulnrichment or CVEProject/cvelistV5); without
one, documents are made: the middle size of CISA's collection, 22 kB.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dijkwacht.adapters.csaf.check import check_csaf
from dijkwacht.adapters.csaf.load import load_object
from dijkwacht.adapters.csaf.read import read_csaf
from dijkwacht.adapters.csaf.schema import against_schema
from dijkwacht.adapters.enrichment.cve import read_cve
from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.core.advisories.priority import priority, signals_of
from dijkwacht.core.advisories.revision import change
from dijkwacht.norms.advisories import priority_table


def each(what: str, work: Callable[[Any], Any], items: list[Any]) -> list[Any]:
    """Prints milliseconds per item, by the clock of the processor; gives the results."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        found = [work(item) for item in items]
        best = min(best, time.process_time() - began)
    print(f"{what:<52}{best / len(items) * 1000:9.3f} ms, {len(items)} in {best:.2f} s")
    return found


def made(number: int) -> bytes:
    """A document of some 22 kB: 20 products, 6 weaknesses."""
    branches = [
        {
            "category": "product_version_range",
            "name": f"vers:unknown/<{n}",
            "product": {"name": f"Product {n}", "product_id": f"P{n}"},
        }
        for n in range(20)
    ]
    ids = [f"P{n}" for n in range(20)]
    weaknesses = [
        {
            "cve": f"CVE-2026-{10_000 + n}",
            "notes": [{"category": "description", "title": "Beschrijving", "text": "Tekst. " * 100}],
            "product_status": {"known_affected": ids},
            "remediations": [{"category": "vendor_fix", "details": "Werk bij. " * 20, "product_ids": ids} for _ in range(3)],
            "scores": [{"products": ids, "cvss_v3": {"version": "3.1", "baseScore": 9.8, "baseSeverity": "CRITICAL",
                        "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
        }
        for n in range(6)
    ]  # fmt: skip
    at = "2026-09-01T08:00:00Z"
    document = {
        "category": "csaf_security_advisory",
        "csaf_version": "2.0",
        "title": f"Advies {number}",
        "lang": "nl",
        "publisher": {"category": "coordinator", "name": "Dijkteam", "namespace": "https://dijkteam.example"},
        "notes": [{"category": "summary", "text": "Samenvatting. " * 50}],
        "references": [{"category": "self", "summary": "Dit advies", "url": "https://dijkteam.example/x.json"}],
        "tracking": {
            "id": f"DT-2026-{number:05d}",
            "status": "final",
            "version": "1",
            "initial_release_date": at,
            "current_release_date": at,
            "revision_history": [{"number": "1", "date": at, "summary": "Eerste"}],
        },
    }
    vendor = {
        "category": "vendor",
        "name": "Waterwerk",
        "branches": [{"category": "product_name", "name": "Peil", "branches": branches}],
    }
    return json.dumps(
        {"document": document, "product_tree": {"branches": [vendor]}, "vulnerabilities": weaknesses}
    ).encode()


def main() -> None:
    """Measures what is in the folder, or what is made."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    names = sorted(folder.rglob("*.json")) if folder else []
    if records := [name for name in names if name.name.startswith("CVE-")]:
        each("a CVE record, its file included", lambda name: read_cve(name.read_bytes()), records)
        return
    data = [name.read_bytes() for name in names if b'"csaf_version"' in name.read_bytes()] or [
        made(n) for n in range(300)
    ]
    print(f"{len(data)} documents of {sum(map(len, data)) // len(data)} bytes on average")
    each("json.loads, for comparison", json.loads, data)
    each("loaded", load_object, data)
    read = each("read to an Advisory", read_csaf, data)
    advisories = [found.advisory for found in read if found.advisory is not None]
    check_csaf(data[0])  # imports the checker
    each(
        "schema",
        lambda found: against_schema(found.body, found.advisory.form),
        [found for found in read if found.advisory],
    )
    each("read and checked: schema, rules", check_csaf, data[:500])
    table = priority_table()
    each("priority", lambda found: priority(signals_of(found, None, table, score=base_score), table), advisories)
    each("two revisions compared", lambda found: change(found, found, table, score=base_score), advisories)


if __name__ == "__main__":
    main()
