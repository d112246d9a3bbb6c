"""Reads an organisation's own copy of a norm from a table: number, title, text. It stays with that organisation."""

from collections.abc import Iterator

from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.framework import Item
from dijkwacht.core.intake_columns import HEADER_WITHIN
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet

_NAMES = {
    "number": ("nummer", "number", "nr", "no", "id", "control", "maatregel", "ref_id"),
    "title": ("titel", "title", "naam", "name", "onderwerp"),
    "text": ("tekst", "text", "omschrijving", "description", "beschrijving", "inhoud"),
}


def read_texts(data: bytes, *, name: str = "") -> tuple[Item, ...]:
    """The lines in their order. A number is kept as it stands; which requirement it is, is not decided here.

    Raises TableError: what ``read_table`` raises, no_text_header, number_date, number_decimal, formula or number_twice.
    """
    for sheet in read_table(data, name=name):
        header = _header(sheet)
        if header is not None:
            return tuple(_items(sheet, *header))
    raise TableError("no_text_header")


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row in sheet.rows[:HEADER_WITHIN]:
        words = [cell.strip().lower() if isinstance(cell, str) else "" for cell in row.cells]
        found = {key: words.index(name) for key, names in _NAMES.items() for name in reversed(names) if name in words}
        if "number" in found and ("text" in found or "title" in found):
            return row.number, found
    return None


def _items(sheet: Sheet, header: int, columns: dict[str, int]) -> Iterator[Item]:
    seen: dict[str, int] = {}
    for row in sheet.rows:
        if row.number <= header or not any(cell not in (None, "") for cell in row.cells):
            continue
        values = {key: _text(sheet, row, column) for key, column in columns.items()}
        number = values["number"]
        if not number:
            continue  # a chapter heading, or the rest of a text
        if number in seen:
            raise TableError(
                "number_twice", sheet=sheet.name, row=row.number, name=number[:60], number=str(seen[number])
            )
        seen[number] = row.number
        yield Item(number, number, values.get("title", "") or number, values.get("text", ""))


def _text(sheet: Sheet, row: Row, column: int) -> str:
    cell: Cell = row.cell(column)
    if cell is Odd.FORMULA:
        raise TableError("formula", sheet=sheet.name, row=row.number, column=column)
    if cell is None or isinstance(cell, Odd):
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and repr(cell)[::-1].find(".") == 2:
        return repr(cell)  # two decimals can only have been typed so
    code = "number_decimal" if isinstance(cell, int | float) else "number_date"
    raise TableError(code, sheet=sheet.name, row=row.number, column=column, value=str(cell)[:30])
