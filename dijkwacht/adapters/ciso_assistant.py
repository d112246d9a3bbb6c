"""Reads a BIO2 audit exported by CISO Assistant (XLSX, CSV) and its framework library (YAML): numbers and answers only.

The export has one row per requirement node: its urn, ``ref_id``, ``compliance_result`` and the texts of the library.
The texts are not kept: some are protected, and we have our own. Columns as in version 3.9 (2026).
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import yaml

from dijkwacht.adapters.limits import MEGABYTE, TableError
from dijkwacht.core.intake_columns import HEADER_WITHIN, Layout
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet

LIBRARY_SIZE = 5 * MEGABYTE
LIBRARY_NODES = 200_000  # YAML events
LIBRARY_DEPTH = 40
LAYOUT = Layout(sheet=0, header=0, columns={"number": 0, "answer": 1}, unsure={})

_ANSWERS = {
    "compliant": "yes",
    "partially_compliant": "partly",
    "non_compliant": "no",
    "not_applicable": "not_applicable",
    "not_assessed": None,
    "": None,
}
_NODE = re.compile(r"urn:[^:]+:risk:req_node:([^:]+):(.+)")
_FRAMEWORKS = {"bio2": "bio2"}  # by the name in their urns: the norm whose numbers they have


@dataclass(frozen=True, slots=True)
class Library:
    """A framework: its name in urns, its version, and the number of each node that can be assessed."""

    name: str
    version: str
    numbers: Mapping[str, str]  # urn -> ref_id


def is_audit(sheets: Sequence[Sheet]) -> bool:
    """Whether these sheets are an audit export."""
    return any(_header(sheet) is not None for sheet in sheets)


def read_audit(sheets: Sequence[Sheet], *, library: Library | None = None) -> Sheet:
    """The audit as a sheet of two columns, number and answer, in the rows where they stood; read it with LAYOUT.

    Raises TableError: ``no_audit``, ``unknown_framework``, ``other_library`` or ``unknown_result``, with the row.
    """
    for sheet in sheets:
        columns = _header(sheet)
        if columns is not None:
            return Sheet(sheet.name, tuple(_rows(sheet, columns, library)))
    raise TableError("no_audit")


def _header(sheet: Sheet) -> dict[str, int] | None:
    """The columns that we need by name, with the header's row number under an empty name; None when it is no audit."""
    for row in sheet.rows[:HEADER_WITHIN]:
        names = {cell.strip().lower(): i for i, cell in enumerate(row.cells) if isinstance(cell, str)}
        result = names.get("compliance_result", names.get("result"))
        if "urn" in names and "ref_id" in names and result is not None:
            return {"": row.number, "urn": names["urn"], "ref_id": names["ref_id"], "result": result} | (
                {"assessable": names["assessable"]} if "assessable" in names else {}
            )
    return None


def _rows(sheet: Sheet, columns: Mapping[str, int], library: Library | None) -> Iterator[Row]:
    for row in sheet.rows:
        if row.number <= columns[""]:
            continue
        odd = next((column for column, cell in enumerate(row.cells) if cell is Odd.FORMULA), None)
        if odd is not None:
            raise TableError("formula", sheet=sheet.name, row=row.number, column=odd)
        if "assessable" in columns and row.cell(columns["assessable"]) in (False, "False", "FALSE"):
            continue
        answer = _answer(sheet, row, columns["result"])
        if answer is not None:
            yield Row(row.number, (_number(sheet, row, columns, library), answer))


def _answer(sheet: Sheet, row: Row, column: int) -> str | None:
    cell = row.cell(column)
    word = "" if cell is None else str(cell).strip().lower().replace("-", "_").replace(" ", "_")
    if word not in _ANSWERS:
        raise TableError("unknown_result", sheet=sheet.name, row=row.number, column=column, value=word[:60])
    return _ANSWERS[word]


def _number(sheet: Sheet, row: Row, columns: Mapping[str, int], library: Library | None) -> Cell:
    """The number with its norm before it. It is in the urn too, so it does not matter what Excel made of ``ref_id``."""
    urn = row.cell(columns["urn"])
    match = _NODE.fullmatch(urn.strip()) if isinstance(urn, str) else None
    name = match[1] if match else ""
    catalog = _FRAMEWORKS.get(name)
    if match is None or catalog is None:
        raise TableError("unknown_framework", sheet=sheet.name, row=row.number, column=columns["urn"], value=name[:60])
    if library is not None and library.name != name:
        raise TableError("other_library", sheet=sheet.name, row=row.number, value=name, library=library.name)
    reference = library.numbers.get(match[0]) if library else None
    return f"{catalog}:{reference or match[2]}"


def read_library(source: BinaryIO | Path | bytes) -> Library:
    """The framework in a library file. Raises TableError: too_large, unsafe_yaml, broken_yaml, no_library."""
    data = source if isinstance(source, bytes) else source.read_bytes() if isinstance(source, Path) else None
    if data is None:
        data = source.read(LIBRARY_SIZE + 1)  # type: ignore[union-attr]  # neither bytes nor a path: a file
    return _library(read_yaml(data))


def read_yaml(data: bytes) -> object:
    """What stands in a library file. Raises TableError: too_large, unsafe_yaml, broken_yaml."""
    if len(data) > LIBRARY_SIZE:
        raise TableError("too_large", most=str(LIBRARY_SIZE // MEGABYTE))
    try:
        _check(data)
        document: object = yaml.CSafeLoader(data).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise TableError("broken_yaml", row=None if mark is None else mark.line + 1) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("broken_yaml") from error
    return document


def _check(data: bytes) -> None:
    """Refuses what could grow or run: aliases, tags, depth, and more nodes than any library has."""
    depth = 0
    for count, event in enumerate(yaml.parse(io.BytesIO(data), Loader=yaml.CSafeLoader)):
        line = None if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise TableError("unsafe_yaml", row=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > LIBRARY_DEPTH or count > LIBRARY_NODES:
            raise TableError("unsafe_yaml", row=line)


def _library(document: object) -> Library:
    objects = document.get("objects") if isinstance(document, dict) else None
    framework = objects.get("framework") if isinstance(objects, dict) else None
    if framework is None and isinstance(objects, dict) and isinstance(objects.get("frameworks"), list):
        framework = next(iter(objects["frameworks"]), None)
    nodes = framework.get("requirement_nodes") if isinstance(framework, dict) else None
    if not isinstance(document, dict) or not isinstance(framework, dict) or not isinstance(nodes, list):
        raise TableError("no_library")
    numbers = {
        str(node["urn"]): str(node["ref_id"])
        for node in nodes
        if isinstance(node, dict) and node.get("assessable") is True and "urn" in node and "ref_id" in node
    }
    if not numbers:
        raise TableError("no_library")
    name = str(framework.get("urn", "")).rpartition(":")[2]
    return Library(name, str(document.get("version", "")), numbers)
