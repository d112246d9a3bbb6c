"""Import: how long a workbook takes to read and to understand, and what a hostile one costs. Measures, never asserts.

Usage: python -m bench.bench_import
"""

import io
import resource
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl

from dijkwacht.adapters.limits import MEGABYTE, TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.facts import World
from dijkwacht.core.intake import interpret, propose_layout
from dijkwacht.core.intake_claims import answers_from_claims
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.judge import Judgement
from dijkwacht.examples import selfassessment
from dijkwacht.norms.read import norms_on

ON = date(2026, 11, 25)
ROWS = 50_000


def took(what: str, work: Callable[[], Any], times: int = 1) -> Any:
    """Prints the best of some runs in milliseconds, and gives what the last one gave."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    print(f"{what:<58}{best * 1000:10.1f} ms")
    return result


def large() -> bytes:
    """A workbook of as many rows as may be."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Groot")
    sheet.append(selfassessment.HEADER)
    numbers = sorted(each.partition(":")[2] for each in norms_on(ON).requirements if each.startswith("bio2:"))
    for i in range(ROWS - 1):
        day = ON - timedelta(days=i % 300)
        sheet.append(
            [numbers[i % len(numbers)], "Omschrijving", "ja", f"Toelichting {i}", f"zaak-{i}", day, "N. Tervaan"]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """Half a gigabyte in half a megabyte, in the place of the first sheet."""
    source = zipfile.ZipFile(io.BytesIO(selfassessment.build(ON)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in source.namelist():
            with file.open(name, "w", force_zip64=True) as entry:
                entry.write(b"<worksheet>" if "sheet1" in name else source.read(name))
                for _ in range(512 * ("sheet1" in name)):
                    entry.write(b" " * MEGABYTE)
    return out.getvalue()


def many_rows() -> bytes:
    """An ODS file that says it has ten million filled rows."""
    spaces = " ".join(
        f"xmlns:{each}='urn:oasis:names:tc:opendocument:xmlns:{each}:1.0'" for each in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='B'>"
        "<table:table-row table:number-rows-repeated='10000000'><table:table-cell office:value-type='string'>"
        "<text:p>ja</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    return out.getvalue()


def refused(data: bytes) -> str:
    """The code with which a file is refused."""
    try:
        read_table(data)
    except TableError as error:
        return error.problem.code
    return "not refused"


def main() -> None:
    """Prints all figures."""
    norms = took("read the norm packs (once per process)", lambda: norms_on(ON))
    data = took("build the example workbook", lambda: selfassessment.build(ON))
    sheets = took("read 117 lines, XLSX", lambda: read_table(data), 5)
    layout = took("propose sheet, header and columns", lambda: propose_layout(sheets, Numbers(norms)), 5)
    if layout is None:
        raise SystemExit("no layout")
    plan = took("interpret 117 lines", lambda: interpret(sheets[layout.sheet], layout, norms, on=ON), 5)
    judgement = Judgement(norms, World.of("dijkstad"), on=ON, known_at=ON)
    derived = took("derive facts from the claims", lambda: answers_from_claims(judgement, plan.claims), 5)
    print(f"  {len(plan.claims)} claims, {len(derived.answers)} facts, {len(derived.open)} left open")

    data = large()
    sheets = took(f"read {ROWS} rows of 7 cells, XLSX ({len(data) / MEGABYTE:.1f} MB)", lambda: read_table(data))
    header = replace(layout, sheet=0, header=1)  # the same columns
    took(f"interpret {ROWS} rows (duplicates told)", lambda: interpret(sheets[0], header, norms, on=ON))

    for what, hostile in (("zip bomb of 512 MB", bomb()), ("10 million repeated rows, ODS", many_rows())):
        tracemalloc.start()
        code = took(f"refuse {what} ({len(hostile) / 1024:.0f} kB)", lambda data=hostile: refused(data))
        print(f"  {code}, peak {tracemalloc.get_traced_memory()[1] / MEGABYTE:.1f} MB")
        tracemalloc.stop()
    print(f"largest this process became: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
