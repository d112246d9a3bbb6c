"""Documents made for tests: every name is invented."""

import json
from copy import deepcopy
from typing import Any

NCSC = "https://www.ncsc.nl"


def document(**changes: Any) -> dict[str, Any]:
    """A valid CSAF 2.0 advisory of an invented publisher; ``changes`` replace whole parts of the top."""
    body: dict[str, Any] = {
        "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "title": "Kwetsbaarheid in Grachtenpeil",
            "lang": "nl",
            "publisher": {"category": "coordinator", "name": "Dijkteam", "namespace": "https://dijkteam.example"},
            "distribution": {"tlp": {"label": "GREEN"}},
            "notes": [{"category": "summary", "text": "Een lek in een peilmeter."}],
            "references": [
                {"category": "self", "summary": "Dit advies", "url": "https://dijkteam.example/dt-2026-0001.json"}
            ],
            "tracking": {
                "id": "DT-2026-0001",
                "status": "final",
                "version": "1.0.0",
                "initial_release_date": "2026-09-01T08:00:00Z",
                "current_release_date": "2026-09-01T08:00:00Z",
                "generator": {"engine": {"name": "Hand"}},
                "revision_history": [{"number": "1.0.0", "date": "2026-09-01T08:00:00Z", "summary": "Eerste versie"}],
            },
        },
        "product_tree": {
            "branches": [
                {
                    "category": "vendor",
                    "name": "Waterwerk",
                    "branches": [
                        {
                            "category": "product_name",
                            "name": "Grachtenpeil",
                            "branches": [
                                leaf("product_version_range", "vers:unknown/<3.2", "A"),
                                leaf("product_version", "3.2", "B"),
                            ],
                        }
                    ],
                }
            ]
        },
        "vulnerabilities": [
            {
                "cve": "CVE-2026-10001",
                "notes": [{"category": "description", "text": "Een lek in een peilmeter."}],
                "product_status": {"known_affected": ["A"], "fixed": ["B"]},
                "remediations": [{"category": "vendor_fix", "details": "Neem 3.2.", "product_ids": ["A"]}],
                "scores": [{"products": ["A"], "cvss_v3": SCORE}],
            }
        ],
    }
    return deepcopy(body | changes)


SCORE = {
    "version": "3.1",
    "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "baseScore": 9.8,
    "baseSeverity": "CRITICAL",
}


def leaf(category: str, name: str, product: str) -> dict[str, Any]:
    """A branch that ends in a product."""
    return {"category": category, "name": name, "product": {"name": f"Grachtenpeil {name}", "product_id": product}}


def raw(body: Any) -> bytes:
    """As bytes."""
    return json.dumps(body, ensure_ascii=False).encode()


def put(body: Any, path: str, value: Any) -> Any:
    """The same document with another value at a JSON pointer; ``...`` takes the key away."""
    made = deepcopy(body)
    at = made
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return made
