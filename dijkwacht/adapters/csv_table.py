"""Reads comma, semicolon or tab separated text: UTF-8, UTF-16 or Windows-1252, as spreadsheet programs write it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from dijkwacht.adapters.limits import Budget, TableError
from dijkwacht.adapters.text import clean
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 30  # records looked at to find the delimiter
_CHECK_EVERY = 500


def read_csv(data: bytes, name: str, budget: Budget, *, literal: bool = False) -> list[Sheet]:
    """One sheet, with row numbers as a spreadsheet counts them (a quoted line break starts no row).

    ``literal``: a cell that starts with ``=`` is the text that it is, and ``="1.10"``, by which programs keep a spreadsheet
    from changing it, is ``1.10``. Otherwise it is a formula.
    """
    text = decode(data)
    text, delimiter = _told(text)
    delimiter = delimiter or _delimiter(text, budget)
    rows = []
    for number, record in _records(text, delimiter, name, budget):
        cells = _cells(record, name, number, budget, literal)
        if cells:
            budget.take_cells(sum(cell is not None for cell in cells), sheet=name, row=number)
            rows.append(Row(number, cells))
    return [Sheet(name, tuple(rows))]


def decode(data: bytes) -> str:
    """The text of a file. Raises TableError ``binary`` for NUL bytes, ``encoding`` when no encoding fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        raise TableError("binary")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text:
            raise TableError("binary")
        return text
    raise TableError("encoding")


def _told(text: str) -> tuple[str, str | None]:
    """Excel's own first line ``sep=;``: kept as an empty row, so that the numbers stay right."""
    first = text[:8].partition("\n")[0].strip()
    if first.startswith("sep=") and len(first) == 5:
        return text[text.index("\n") :] if "\n" in text else "", first[4]
    return text, None


def _delimiter(text: str, budget: Budget) -> str:
    """The delimiter that cuts the first records into the most, and the most equal, columns."""

    def score(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for _, record in _records(text, delimiter, "", budget):
                widths[len(record)] += 1
                if widths.total() >= _SAMPLE:
                    break
        except TableError:
            pass  # told again, with its place, when the rows are read
        wide = {width: count for width, count in widths.items() if width > 1}
        width = max(wide, key=lambda each: (wide[each], each), default=0)
        return wide.get(width, 0), width

    return max(_DELIMITERS, key=score)


def _records(text: str, delimiter: str, name: str, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            if number % _CHECK_EVERY == 0:
                budget.check_time()
            yield number, record
    except csv.Error as error:
        code = "text_too_long" if "field larger" in str(error) else "broken_quotes"
        raise TableError(code, sheet=name, row=number + 1, most=str(budget.limits.text)) from error


def _cells(record: list[str], name: str, number: int, budget: Budget, literal: bool) -> tuple[Cell, ...]:
    limits = budget.limits
    cells: list[Cell] = []
    for column, text in enumerate(record):
        if not text:
            continue
        if len(text) > limits.text:
            raise TableError("text_too_long", sheet=name, row=number, column=column, most=str(limits.text))
        value = _value(text, literal)
        if value is None:
            continue
        if column >= limits.columns:
            raise TableError("too_many_columns", sheet=name, row=number, column=column, most=str(limits.columns))
        if number > limits.rows:
            raise TableError("too_many_rows", sheet=name, row=number, most=str(limits.rows))
        cells.extend([None] * (column - len(cells)))
        cells.append(value)
    return tuple(cells)


def _value(text: str, literal: bool) -> Cell:
    if not text.startswith("="):
        return clean(text)
    if not literal:
        return Odd.FORMULA
    return clean(text[2:-1] if text.startswith('="') and text.endswith('"') and '"' not in text[2:-1] else text)
