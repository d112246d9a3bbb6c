"""What reading a product register costs, and merging it: 100,000 lines of an inventory in CSV; also XLSX and CycloneDX.

    python -m bench.bench_registers [lines]

Prints the processor time of reading and of merging (into nothing, the same again, and with one line in ten changed) and the
largest memory that Python held meanwhile, in a second run so that measuring it does not slow the first.
"""

import csv
import io
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import openpyxl

from dijkwacht.adapters.registers import read
from dijkwacht.core.advisories.register import Standing, merge
from dijkwacht.core.advisories.register_lines import Lines, Source
from dijkwacht.core.advisories.register_view import products

ON = date(2026, 11, 30)
HEADER = ("Fabrikant", "Product", "Versie", "Hostnaam", "Eigenaar", "Extern bereikbaar", "Laatst gezien", "CPE")


def rows(count: int, *, other: bool = False) -> list[tuple[str, ...]]:
    """Invented lines: 400 vendors, 4,000 products, two thirds with a version."""
    return [
        (
            f"Voorbeeld {n % 400} B.V.", f"Pakket {n % 4000}",
            "" if n % 3 == 2 else f"{n % 12}.{n % 40}.{n % 7 + (other and n % 10 == 0)}", f"srv{n:06}",
            f"Afdeling {n % 25}", "ja" if n % 50 == 0 else "nee", "2026-10-31", "",
        )
        for n in range(count)
    ]  # fmt: skip


def as_csv(table: list[tuple[str, ...]]) -> bytes:
    """With semicolons in Windows-1252, as Dutch Excel writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEADER, *table])
    return out.getvalue().encode("cp1252")


def as_xlsx(table: list[tuple[str, ...]]) -> bytes:
    """A workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("CMDB")
    for row in (HEADER, *table):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_bom(table: list[tuple[str, ...]]) -> bytes:
    """An SBOM."""
    parts = [
        {"type": "library", "name": row[1], "version": row[2], "publisher": row[0], "bom-ref": row[3],
         "purl": f"pkg:generic/{row[3]}@{row[2] or '0'}"}
        for row in table
    ]  # fmt: skip
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": parts}).encode()


def timed(label: str, work: Callable[[], Any], *, memory: bool = False) -> Any:
    """Runs it for the time, and once more for the memory where that is asked."""
    began = time.process_time()
    result = work()
    took = time.process_time() - began
    peak = ""
    if memory:
        tracemalloc.start()
        work()
        peak = f"{tracemalloc.get_traced_memory()[1] / 2**20:7.0f} MiB"
        tracemalloc.stop()
    print(f"{label:44} {took:6.2f} s {peak}", flush=True)
    return result


def merged(found: Lines, standing: tuple[Standing, ...], kind: str) -> tuple[Standing, ...]:
    """The register after taking over the lines."""
    return merge(found, standing, Source(kind), on=ON).standing


def main() -> None:
    """Measures and prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    data, again = as_csv(rows(count)), as_csv(rows(count, other=True))
    print(f"{count} lines, CSV of {len(data) / 2**20:.1f} MiB")
    found = timed("CSV read", lambda: read(data, name="cmdb.csv", on=ON), memory=True)
    assert len(found.lines) == count, found.counts
    standing = timed("merged into an empty register", lambda: merged(found, (), "cmdb"), memory=True)
    timed("merged again, nothing changed", lambda: merged(found, standing, "cmdb"))
    other = read(again, name="cmdb.csv", on=ON)
    timed("merged with one version in ten changed", lambda: merged(other, standing, "cmdb"))
    timed("put together as products", lambda: products(standing))
    for label, build in (("XLSX", as_xlsx), ("CycloneDX JSON", as_bom)):
        made = build(rows(count))
        got = timed(f"{label} read ({len(made) / 2**20:.1f} MiB)", partial(read, made, name="x", on=ON))
        assert len(got.lines) == count, (got.problems[:3], got.counts)


if __name__ == "__main__":
    main()
