"""Tables of invented municipalities, as a service stores them: registrations, inhabitants, victims."""

import json
from typing import Any

from dijkwacht.core.crime.periods import month_of
from tests.adapters.cbs.made import V3, v3_row, v4_rows

NEWEST = 2026 * 12 + 9  # October 2026
TOWNS = tuple(f"GM{number}" for number in range(9901, 9909))


def police(counts: dict[str, Any], *, months: int = 25) -> bytes:
    """Registrations per month: the same number each month, or what a function of the month gives; the newest is one."""
    rows = []
    for area, said in counts.items():
        for month in range(NEWEST - months + 1, NEWEST + 1):
            value = said(month) if callable(said) else said
            rows.append(v3_row(len(rows), f"{area}  ", month_of(month).code, 1 if month == NEWEST else value))
    return json.dumps({"odata.metadata": V3 + "TypedDataSet", "value": rows}).encode()


def people(counts: dict[str, int], year: int = 2026) -> bytes:
    """Inhabitants in January."""
    rows = [
        {"RegioS": area, "Perioden": f"{year}MM01", "BevolkingAanHetBeginVanDePeriode_1": n}
        for area, n in counts.items()
    ]
    return json.dumps({"odata.metadata": "x/37230NED/$metadata#TypedDataSet", "value": rows}).encode()


def victims(shares: dict[str, dict[str, tuple[Any, Any, Any]]]) -> list[dict[str, Any]]:
    """The rows of the survey: per area and year the share with its bounds; and a national one of who told it."""
    rows = [
        row
        for area, years in shares.items()
        for year, span in years.items()
        for row in v4_rows(area, f"{year}JJ00", span)
    ]
    for measure in ("M002", "M003"):
        rows += v4_rows("NL01", "2023JJ00", (17.0, 16.3, 17.6), measure)
    return rows
