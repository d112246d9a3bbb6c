"""A cell as it goes over the line, and back: plain fields, each checked against the names of a landscape."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dijkwacht.core.days import parse_day, parse_duration
from dijkwacht.core.landscape.cells import Cell, Confidence, Landscape, Status
from dijkwacht.core.landscape.merge import Local, Rows, overlaid
from dijkwacht.core.shown import reads_as_it_is

TEXTS = ("area", "phase", "layer", "actor", "role", "nl", "en", "basis", "source", "status", "confidence", "as_of",
         "stale_after", "unread", "together")  # fmt: skip
NEEDED = ("area", "phase", "layer", "actor", "role", "nl", "basis", "source", "status", "confidence", "as_of")
FIELDS = (*TEXTS, "kinds")
LONGEST = 2_000


class CellError(ValueError):
    """Why fields are no cell: the cell, the field, and a code (missing, unknown, text, odd, day, duration, long)."""

    def __init__(self, cell: str, field: str, code: str) -> None:
        super().__init__(f"{cell}: {field}: {code}")
        self.cell, self.field, self.code = cell, field, code


def plain(cell: Cell) -> dict[str, Any]:
    """All fields of a cell as text, and the kinds as a list."""
    return {
        "area": cell.area, "phase": cell.phase, "layer": cell.layer, "actor": cell.actor, "role": cell.role,
        "nl": cell.text.get("nl", ""), "en": cell.text.get("en", ""), "basis": cell.basis, "source": cell.source,
        "status": cell.status.value, "confidence": cell.confidence.value, "as_of": cell.as_of.isoformat(),
        "stale_after": "" if cell.stale_after is None else str(cell.stale_after), "unread": cell.unread,
        "together": cell.together, "kinds": list(cell.kinds),
    }  # fmt: skip


def rows_of(landscape: Landscape) -> dict[str, dict[str, Any]]:
    """Every cell of a landscape in plain fields."""
    return {key: plain(cell) for key, cell in landscape.cells.items()}


def cell_of(name: str, fields: Mapping[str, Any], known: Landscape) -> Cell:
    """The cell that these fields say. Raises CellError at the first field that is wrong."""
    texts = {key: fields.get(key, "") for key in TEXTS}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise CellError(name, key, "text")
        if len(value) > LONGEST:
            raise CellError(name, key, "long")
        if not reads_as_it_is(value):
            raise CellError(name, key, "odd")
        if key in NEEDED and not value.strip():
            raise CellError(name, key, "missing")
    _names(name, texts, known)
    kinds = fields.get("kinds", [])
    if not isinstance(kinds, list) or any(not isinstance(each, str) or each not in known.kinds for each in kinds):
        raise CellError(name, "kinds", "unknown")
    try:
        day = parse_day(texts["as_of"])
        term = parse_duration(texts["stale_after"]) if texts["stale_after"] else None
    except ValueError:
        raise CellError(name, *_when(texts)) from None
    return Cell(
        name, texts["area"], texts["phase"], texts["layer"], texts["actor"], texts["role"],
        {"nl": texts["nl"], "en": texts["en"] or texts["nl"]}, texts["basis"], texts["source"],
        Status(texts["status"]), Confidence(texts["confidence"]), day, term, texts["unread"], texts["together"],
        tuple(kinds), str(fields.get("local", "")),
    )  # fmt: skip


def _when(texts: Mapping[str, str]) -> tuple[str, str]:
    try:
        parse_day(texts["as_of"])
    except ValueError:
        return "as_of", "day"
    return "stale_after", "duration"


def _names(name: str, texts: Mapping[str, str], known: Landscape) -> None:
    allowed: Mapping[str, Any] = {
        "area": known.areas, "phase": known.phases, "layer": known.layers, "actor": known.actors, "role": known.roles,
        "together": {**known.chains, "": None}, "status": {*Status}, "confidence": {*Confidence},
    }  # fmt: skip
    for key, words in allowed.items():
        if texts[key] not in words:
            raise CellError(name, key, "unknown")


def fitting(known: Landscape, cells: Rows) -> Landscape:
    """The landscape with these cells in the place of its own. They were sound when they came: a cell with a name that is there
    no longer counts no more."""
    found: dict[str, Cell] = {}
    for key, fields in cells.items():
        with suppress(CellError):
            found[key] = cell_of(key, fields, known)
    return replace(known, cells=found)


def laid_over(known: Landscape, local: tuple[Local, ...]) -> Landscape:
    """The landscape as it reads where this was done to it; only what was touched is read anew.

    What was done with a name that the pack has no longer counts no more: then the pack's own cell stands, if it has one.
    """
    if not local:
        return known
    touched = {each.cell for each in local}
    own = overlaid({key: plain(known.cells[key]) for key in touched if key in known.cells}, local)
    kept = {key: cell for key, cell in known.cells.items() if key not in touched or key in own}
    for key, fields in own.items():
        with suppress(CellError):
            kept[key] = cell_of(key, fields, known)
    return replace(known, cells=kept)
