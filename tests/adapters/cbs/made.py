"""Answers of a table service as it stores them, with invented figures: OData v3 and v4, with all that is odd about them."""

import json
from pathlib import Path
from typing import Any

V3 = "https://dataderden.cbs.nl/ODataApi/OData/47022NED/$metadata#Cbs.OData.WebAPI."
V4 = "https://datasets.cbs.nl/odata/v1/CBS/85472NED/$metadata#"
COUNT = "GeregistreerdeMisdrijven_1"


def v3_row(number: int, area: str, period: str, value: Any, topic: str = "3.7.4 ") -> dict[str, Any]:
    """A row of a TypedDataSet."""
    return {"ID": number, "SoortMisdrijf": topic, "WijkenEnBuurten": area, "Perioden": period, COUNT: value}


def v3(folder: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """The folder of 47022NED by version 3."""
    if rows is None:
        rows = [
            v3_row(0, "NL01      ", "2025MM01", 900), v3_row(1, "GM9901    ", "2025MM01", 12),
            v3_row(2, "GM9901    ", "2025MM02", None), v3_row(3, "WK990101  ", "2025MM01", 3),
            v3_row(4, "GM9901    ", "2025MM01", 5, "1.1.1 "), v3_row(5, "GM9901    ", "2025JJ00", 120),
        ]  # fmt: skip
    columns = [
        {
            "odata.type": "Cbs.OData.WebAPI.Topic",
            "ID": 4,
            "Type": "Topic",
            "Key": COUNT,
            "Title": "Geregistreerde misdrijven  ",
        },
        {"ID": 0, "Type": "Dimension", "Key": "SoortMisdrijf", "Title": "Soort misdrijf"},
    ]
    areas = [{"Key": "GM9901    ", "Title": "Dijkstad (verzonnen)   "}, {"Key": "WK990101", "Title": "Centrum"}]
    info = [{"Identifier": "47022NED", "Title": "Geregistreerde misdrijven", "Modified": "2026-11-15T02:00:00"}]
    put(folder, "TypedDataSet", {"odata.metadata": V3 + "TypedDataSet", "value": rows})
    put(folder, "DataProperties", {"odata.metadata": V3 + "DataProperties", "value": columns})
    put(folder, "WijkenEnBuurten", {"odata.metadata": V3 + "WijkenEnBuurten", "value": areas})
    put(folder, "TableInfos", {"odata.metadata": V3 + "TableInfos", "value": info})
    return folder


def v4_rows(area: str, period: str, share: tuple[Any, Any, Any], measure: str = "M001") -> list[dict[str, Any]]:
    """Three observations: a figure with its bounds."""
    return [
        {"Id": 1, "Measure": measure, "ValueAttribute": "None", "Value": value, "Marges": margin, "RegioS": area,
         "Perioden": period}
        for value, margin in zip(share, ("MW00000", "MOG0095 ", "MBG0095"), strict=True)
    ]  # fmt: skip


def v4(folder: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """The folder of 85472NED by version 4."""
    if rows is None:
        rows = [
            *v4_rows("NL01  ", "2023JJ00", (15.6, 15.4, 15.9)), *v4_rows("GM9902", "2023JJ00", (None, None, None)),
            *v4_rows("NL01", "2023JJ00", (46.2, 45.3, 47.0), "M002"), *v4_rows("NL01", "2023JJ00", (17, 16.3, 17.6), "M003"),
        ]  # fmt: skip
    measures = [
        {"Identifier": "M001", "Title": "Totaal  online criminaliteit "}, {"Identifier": "M002", "Title": "Gemeld"},
        {"Identifier": "M003", "Title": "Aangifte"}, {"Identifier": "M004", "Title": "Iets anders"},
    ]  # fmt: skip
    put(folder, "Observations", {"@odata.context": V4 + "Observations", "value": rows})
    put(folder, "MeasureCodes", {"@odata.context": V4 + "MeasureCodes", "value": measures})
    put(
        folder,
        "RegioSCodes",
        {"@odata.context": V4 + "RegioSCodes", "value": [{"Identifier": "NL01 ", "Title": "Nederland"}]},
    )
    put(folder, "Properties", {"@odata.context": V4 + "Properties", "Title": "Slachtoffers", "Modified": "2024-12-04"})
    return folder


def put(folder: Path, name: str, told: Any) -> None:
    """Writes one answer."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
