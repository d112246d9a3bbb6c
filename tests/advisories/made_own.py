"""What somebody sends with the form of an own document."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
MAIN = {"kind": "csaf_security_advisory", "title": "Lek in Zaaksysteem", "summary": "Er is een lek.", "tlp": "CLEAR"}
PRODUCT = {"vendor": "Zaakzicht", "product": "Zaaksysteem", "versions": "ouder dan 3.2"}
WEAKNESS = {
    "number": "CVE-2026-1001", "title": "Lek", "description": "Een aanvaller leest mee.", "vector": VECTOR,
    "said_0": "affected",
}  # fmt: skip
REMEDY = {"kind": "vendor_fix", "details": "Installeer 3.2.", "url": "https://zaakzicht.example/3.2", "about": ""}
LINK = {"url": "https://zaakzicht.example/lek", "summary": "Het bericht van de leverancier"}
Rows = Sequence[Mapping[str, Any]]


def posted(
    *, products: Rows = (PRODUCT,), weaknesses: Rows = (WEAKNESS,), remedies: Rows = (REMEDY,), links: Rows = (LINK,),
    **main: str,
) -> dict[str, str]:  # fmt: skip
    """As a browser sends it."""
    sent: dict[str, str] = {**MAIN, **main}
    for part, rows in (("products", products), ("weaknesses", weaknesses), ("remedies", remedies), ("links", links)):
        sent[f"{part}-rows"] = str(len(rows))
        for place, row in enumerate(rows):
            sent |= {f"{part}-{place}-{name}": str(value) for name, value in row.items()}
    return sent


def query(sent: Mapping[str, str]) -> QueryDict:
    """The same as a view gets it."""
    made = QueryDict(mutable=True)
    made.update(sent)
    return made


def values(**told: Any) -> dict[str, Any]:
    """What is kept of a plain document."""
    weakness = {name: WEAKNESS[name] for name in ("number", "title", "description", "vector")}
    return {
        "title": MAIN["title"], "summary": MAIN["summary"], "products": [dict(PRODUCT)],
        "weaknesses": [{**weakness, "said": ["affected"]}], "remedies": [{**REMEDY, "about": None}], "links": [dict(LINK)],
        **told,
    }  # fmt: skip
