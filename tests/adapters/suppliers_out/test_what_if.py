"""What would stop, as data."""

import json
from datetime import date

from dijkwacht.adapters.suppliers_out.what_if import Named, Stopped, WhatIf, as_csv, as_json

HALL, SHOP = Named("s:1", "=Rekenhal", "leverancier"), Named("p:1", "Burgerzaken; balie", "proces")
ASKED = WhatIf(
    "Dijkstad", date(2026, 11, 30), "nl", (HALL,), (Stopped(HALL, 0.0, None, True), Stopped(SHOP, 4.5, HALL, False))
)


def test_json() -> None:
    data = json.loads(as_json(ASKED))
    assert data["gone"] == [{"id": "s:1", "name": "=Rekenhal", "kind": "leverancier"}]
    assert [(each["id"], each["hours"], each["by"], each["sure"]) for each in data["stops"]] == [
        ("s:1", 0, None, True), ("p:1", 4.5, "s:1", False),
    ]  # fmt: skip
    assert as_json(ASKED) == as_json(ASKED)


def test_csv_has_hours_as_a_spreadsheet_reads_them_and_no_formula() -> None:
    head, first, second, _ = as_csv(ASKED).decode("utf-8-sig").split("\r\n")
    assert head == "kenmerk;naam;soort;stopt na uren;zeker;doordat stopt"
    assert first == "s:1;'=Rekenhal;leverancier;0;ja;"
    assert second == 'p:1;"Burgerzaken; balie";proces;4,5;nee, een buffer is niet bekend;\'=Rekenhal'
