"""Reads an ODS workbook as a stream. Format: OpenDocument 1.3, part 3.

The trap is repetition: one element may stand for a million rows or cells. Empty repeats only move the counter; filled
ones count against the limits before they are made.
"""

from datetime import date
from xml.sax.xmlreader import AttributesImpl

from dijkwacht.adapters.limits import Budget, TableError
from dijkwacht.adapters.text import Pieces, clean, number, percentage
from dijkwacht.adapters.xml_stream import Handler, parse
from dijkwacht.adapters.zip_guard import SafeZip
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet

MEDIA_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_MANIFEST = "META-INF/manifest.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_NOT_CELL_TEXT = (
    "office:annotation", "table:shapes", "table:tracked-changes", "table:detective", "draw:frame", "table:content-validations",
)  # fmt: skip
_REPEAT_MOST = 2**31


def read_ods(archive: SafeZip, budget: Budget) -> list[Sheet]:
    """All sheets, hidden ones marked. Raises TableError with sheet, row and column."""
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST, most=budget.limits.token):
        raise TableError("protected")
    handler = _Tables(budget)
    parse(archive.chunks("content.xml"), handler)
    return handler.sheets


class _Tables(Handler):
    """All tables of the document."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.sheets: list[Sheet] = []
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._hidden = False
        self._rows: list[Row] = []
        self._next = 1  # the number of the next row
        self._cells: list[Cell] = []
        self._column = 0
        self._filled = 0
        self._row_repeat = self._repeat = 1
        self._attrs: AttributesImpl | None = None
        self._pieces = Pieces(budget.limits.text)
        self._paragraphs = 0
        self._in_text = 0
        self._outside = 0  # depth within something that is no cell text

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if self._outside or name in _NOT_CELL_TEXT:
            self._outside += 1
        elif name in _CELLS:
            self._attrs, self._repeat, self._paragraphs = attrs, self._times(attrs, "table:number-columns-repeated"), 0
        elif name == "table:table-row":
            self._start_row(attrs)
        elif name == "table:table":
            self._start_table(attrs)
        elif name.startswith("text:"):
            self._start_text(name, attrs)
        elif name == "style:style":
            self._style = attrs.get("style:name", "")
        elif name == "style:table-properties" and attrs.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def end(self, name: str) -> None:
        if self._outside:
            self._outside -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self.sheets.append(Sheet(self.sheet or "", tuple(self._rows), self._hidden))
            self.sheet = self.row = None
        elif name in ("text:p", "text:h"):
            self._in_text -= 1

    def text(self, content: str) -> None:
        if self._in_text and not self._outside:
            self._add(content)

    def _add(self, content: str) -> None:
        self._pieces.add(content, sheet=self.sheet, row=self.row, column=self._column)

    def _times(self, attrs: AttributesImpl, name: str) -> int:
        """How often an element is repeated. Raises TableError when that is no sensible number."""
        text = attrs.get(name, "1")
        times = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
        if not 1 <= times <= _REPEAT_MOST:
            raise TableError("broken_xml", sheet=self.sheet, row=self.row)
        return times

    def _start_table(self, attrs: AttributesImpl) -> None:
        if self.sheet is not None:  # a table within a cell: no spreadsheet program writes one
            raise TableError("broken_xml", sheet=self.sheet, row=self.row)
        if len(self.sheets) >= self.budget.limits.sheets:
            raise TableError("too_many_sheets", most=str(self.budget.limits.sheets))
        self.sheet = attrs.get("table:name", "")
        self._hidden = attrs.get("table:style-name", "") in self._hidden_styles
        self._rows, self._next = [], 1

    def _start_row(self, attrs: AttributesImpl) -> None:
        self.row, self._row_repeat = self._next, self._times(attrs, "table:number-rows-repeated")
        self._cells, self._column, self._filled = [], 0, 0

    def _start_text(self, name: str, attrs: AttributesImpl) -> None:
        if name in ("text:p", "text:h"):
            self._in_text += 1
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._add("\n")
        elif name == "text:s" and self._in_text:
            self._add(" " * min(self._times(attrs, "text:c"), self.budget.limits.text + 1))
        elif name == "text:tab" and self._in_text:
            self._add("\t")
        elif name == "text:line-break" and self._in_text:
            self._add("\n")

    def _end_cell(self) -> None:
        value, limits = self._cell(self._pieces.take()), self.budget.limits
        if value is not None:
            last = self._column + self._repeat
            if last > limits.columns:
                column = max(self._column, limits.columns)
                most = str(limits.columns)
                raise TableError("too_many_columns", sheet=self.sheet, row=self.row, column=column, most=most)
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * self._repeat)
            self._filled += self._repeat
        self._column += self._repeat
        self._attrs = None

    def _end_row(self) -> None:
        limits, first = self.budget.limits, self._next
        self._next += self._row_repeat
        if not self._cells:
            return
        if self._next - 1 > limits.rows:
            raise TableError("too_many_rows", sheet=self.sheet, row=max(first, limits.rows + 1), most=str(limits.rows))
        self.budget.take_cells(self._filled * self._row_repeat, sheet=self.sheet, row=first)
        cells = tuple(self._cells)
        self._rows.extend(Row(number, cells) for number in range(first, self._next))

    def _cell(self, text: str) -> Cell:
        attrs = self._attrs
        if attrs is None:
            return None
        if "table:formula" in attrs:
            return Odd.FORMULA
        if attrs.get("calcext:value-type") == "error":
            return Odd.FAULT
        match attrs.get("office:value-type"):
            case "float" | "currency":
                return self._number(attrs)
            case "percentage":
                return percentage(self._number(attrs))
            case "date":
                return _day(attrs.get("office:date-value", ""))
            case "boolean":
                return attrs.get("office:boolean-value") == "true"
            case _:
                return clean(attrs.get("office:string-value") or text)

    def _number(self, attrs: AttributesImpl) -> int | float:
        value = number(attrs.get("office:value", ""))
        if value is None:
            raise TableError("broken_cell", sheet=self.sheet, row=self.row, column=self._column)
        return value


def _day(text: str) -> date | Odd:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return Odd.NO_DATE
