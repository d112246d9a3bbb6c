"""Reads an XLSX workbook as a stream: rows come out as they are met, so that a hostile sheet costs no memory.

Why not openpyxl: it reads the same sheet some three times slower, and cannot be stopped halfway by a time limit.
"""

from datetime import date, timedelta
from xml.sax.xmlreader import AttributesImpl

from dijkwacht.adapters.limits import Budget, TableError
from dijkwacht.adapters.text import Pieces, clean, number, percentage
from dijkwacht.adapters.xlsx_parts import DATE, PERCENT, Workbook, local, read_styles, read_texts, read_workbook
from dijkwacht.adapters.xml_stream import Handler, parse
from dijkwacht.adapters.zip_guard import SafeZip
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet, column_index

_ROWS_IN_EXCEL = 1_048_576
_NOT_A_LEAP_DAY = 60  # 29 February 1900, which Excel counts and the calendar does not
_LAST_SERIAL = 2_958_465  # 31 December 9999


def read_xlsx(archive: SafeZip, budget: Budget) -> list[Sheet]:
    """All sheets, hidden ones marked. Raises TableError with sheet, row and column."""
    book = read_workbook(archive, budget)
    texts = read_texts(archive, budget, book.texts)
    styles = read_styles(archive, budget, book.styles)
    sheets = []
    for part in book.sheets:
        handler = _Rows(budget, part.name, texts, styles, book)
        parse(archive.chunks(part.entry), handler)
        sheets.append(Sheet(part.name, tuple(handler.rows), part.hidden))
    return sheets


def day_of(serial: float, *, from_1904: bool) -> date | Odd:
    """The day of an Excel serial number; NO_DATE outside its calendar."""
    days = int(serial)
    if not 0 < days <= _LAST_SERIAL or (days == _NOT_A_LEAP_DAY and not from_1904):
        return Odd.NO_DATE
    if from_1904:
        return date(1904, 1, 1) + timedelta(days) if days <= _LAST_SERIAL - 1462 else Odd.NO_DATE
    return date(1899, 12, 30 if days > _NOT_A_LEAP_DAY else 31) + timedelta(days)


class _Rows(Handler):
    """The rows of one sheet."""

    def __init__(self, budget: Budget, sheet: str, texts: list[str], styles: list[str | None], book: Workbook) -> None:
        super().__init__(budget)
        self.rows: list[Row] = []
        self.sheet, self.row = sheet, None
        self._texts, self._styles, self._book = texts, styles, book
        self._row = 0
        self._column = -1
        self._cells: list[Cell] = []
        self._filled = 0
        self._kind, self._style, self._formula = "n", 0, False
        self._value = Pieces(budget.limits.text)
        self._reading = False
        self._phonetic = False

    def start(self, name: str, attrs: AttributesImpl) -> None:
        name = local(name)
        if name == "c":
            self._start_cell(attrs)
        elif name == "row":
            self._start_row(attrs)
        elif name == "v" or (name == "t" and not self._phonetic):
            self._reading = True
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True

    def text(self, content: str) -> None:
        if self._reading:
            self._value.add(content, sheet=self.sheet, row=self._row, column=self._column)

    def end(self, name: str) -> None:
        name = local(name)
        self._reading = False
        if name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = False

    def _start_row(self, attrs: AttributesImpl) -> None:
        given = attrs.get("r")
        number = int(given) if given and given.isascii() and given.isdigit() else self._row + 1
        if given and number <= self._row:
            raise TableError("broken_xml", sheet=self.sheet, row=number)
        if number > _ROWS_IN_EXCEL:
            raise TableError("too_many_rows", sheet=self.sheet, row=number, most=str(self.budget.limits.rows))
        self._row = self.row = number
        self._column, self._filled = -1, 0
        self._cells = []

    def _start_cell(self, attrs: AttributesImpl) -> None:
        given = attrs.get("r")
        column = column_index(given.rstrip("0123456789")) if given else self._column + 1
        if column <= self._column:
            raise TableError("broken_xml", sheet=self.sheet, row=self._row)
        self._column = column
        self._kind, self._formula = attrs.get("t", "n"), False
        style = attrs.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() else 0

    def _end_cell(self) -> None:
        value = self._cell(self._value.take())
        if value is None:
            return
        limits = self.budget.limits
        if self._column >= limits.columns:
            most = str(limits.columns)
            raise TableError("too_many_columns", sheet=self.sheet, row=self._row, column=self._column, most=most)
        if self._row > limits.rows:
            raise TableError("too_many_rows", sheet=self.sheet, row=self._row, most=str(limits.rows))
        self._cells.extend([None] * (self._column - len(self._cells)))
        self._cells.append(value)
        self._filled += 1

    def _end_row(self) -> None:
        if self._cells:
            self.budget.take_cells(self._filled, sheet=self.sheet, row=self._row)
            self.rows.append(Row(self._row, tuple(self._cells)))
            self._cells = []

    def _cell(self, raw: str) -> Cell:
        if self._formula:
            return Odd.FORMULA
        if not raw:
            return None
        match self._kind:
            case "s":
                return clean(self._shared(raw))
            case "inlineStr" | "str":
                return clean(raw)
            case "b":
                return raw.strip() in ("1", "true")
            case "e":
                return Odd.FAULT
            case "d":
                return self._iso(raw)
            case _:
                return self._number(raw)

    def _shared(self, raw: str) -> str:
        try:
            return self._texts[int(raw)] if not raw.startswith("-") else self._broken()
        except (ValueError, IndexError):
            return self._broken()

    def _broken(self) -> str:
        raise TableError("broken_cell", sheet=self.sheet, row=self._row, column=self._column)

    def _iso(self, raw: str) -> date | Odd:
        try:
            return date.fromisoformat(raw.strip()[:10])
        except ValueError:
            return Odd.NO_DATE

    def _number(self, raw: str) -> Cell:
        value = number(raw)
        if value is None:
            return self._broken()
        shows = self._styles[self._style] if self._style < len(self._styles) else None
        if shows == DATE:
            return day_of(value, from_1904=self._book.from_1904)
        if shows == PERCENT:
            return percentage(value)
        return value
