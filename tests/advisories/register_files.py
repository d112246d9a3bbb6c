"""Files with products, made for the occasion."""

import io
import json
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

CMDB = (
    ("Fabrikant", "Product", "Versie", "Extern bereikbaar", "Eigenaar"),
    ("Zaakzicht B.V.", "Zaaksysteem", "3.1", "ja", "Team Zaken"),
    ("Polderpost", "Mailserver", "", "", ""),
    ("Terpware", "Verbindingspoort", "22.4", "nee", ""),
)


def csv(rows: Sequence[Sequence[str]] = CMDB) -> bytes:
    """The rows as a CSV."""
    return "\r\n".join(";".join(row) for row in rows).encode()


def xlsx(rows: Sequence[Sequence[Any]] = CMDB) -> bytes:
    """The rows as a workbook."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def sbom(count: int = 2, *, name: str = "Zaaksysteem", version: str = "1.0") -> bytes:
    """An SBOM of an application with some parts."""
    parts = [
        {
            "type": "library", "name": f"onderdeel-{n}", "version": version, "group": "example",
            "purl": f"pkg:maven/example/onderdeel-{n}@{version}",
        }
        for n in range(count)
    ]  # fmt: skip
    about = {"component": {"type": "application", "name": name, "version": "3.1"}}
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "metadata": about, "components": parts}).encode()
