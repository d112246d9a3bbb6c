"""Reads a table of a stranger by its headers: which column holds what, and what a cell says. Pure.

Everything that cannot be read is noted with its sheet, row and column, all of it at once; nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.core.intake_columns import HEADER_WITHIN, Layout, Vocabulary, propose_layout
from dijkwacht.core.intake_values import CellError, Claimed, plain, read_claim, read_day, read_text, shown
from dijkwacht.core.sheets import Cell, Odd, Place, Row, Sheet
from dijkwacht.core.table_notes import Notes

LONGEST = 300  # characters of a name
LONG = 5_000  # of a text
MANY = 200  # names in one cell
KEPT = 20_000_000  # characters of one file: a shared text of a workbook may stand in every row
NAMES = 100_000  # names in cells that list them, of one file
_OLDEST, _FURTHEST = date(1950, 1, 1), date(2099, 12, 31)
_HEADERS_SHOWN = 20
_TICKS = frozenset(("x", "v", "✓", "✔", "√", "☑"))
_NO_NAME = frozenset(
    ("", "?", "-", "–", "—", "...", "onbekend", "unknown", "n.v.t", "nvt", "n/a", "geen", "none", "tbd", "n.t.b")
)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))  # come along when text is copied from a page
# characters that do not print, halves of characters, and those that turn text around so that it looks otherwise than it is
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_HOST_MAIL = re.compile(r"[^\s@<>,;]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
_BEHIND = re.compile(r"\s*\([^()]*\)\s*$|\s+(?:ja/nee|j/n|yes/no|y/n)$")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of which the header was found. ``columns``: from 0, per role. ``ignored``: headers that no role has, as written."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    ignored: tuple[str, ...] = ()

    def rows(self, notes: Notes) -> Iterator["Cells"]:
        """The rows under the header that hold something in a known column; a header that is repeated is none."""
        head = next((row.cells for row in self.sheet.rows if row.number == self.header), ())
        for row in self.sheet.rows:
            filled = any(row.cell(column) is not None for column in self.columns.values())
            if filled and row.number > self.header and row.cells != head:
                yield Cells(self, row, notes)


def find_table(
    sheets: Sequence[Sheet], words: Vocabulary, notes: Notes, *, missing: str, exact: bool = False
) -> Table | None:
    """The table that fits best on the visible sheets; None, with problem ``missing`` and the headers seen, when none fits.

    Columns that fit one role equally well are the problem ``columns_unsure``. ``exact``: headers with a typing error are unknown.
    """
    simple = [_simple(sheet, words, exact) for sheet in sheets]
    layout = propose_layout(simple, words=words)
    if layout is None or not words.suffices({**layout.columns, **dict.fromkeys(layout.unsure, 0)}):
        sheet, row = _first(sheets, layout)
        seen = ", ".join(shown(cell, 40) for cell in (row.cells if row else ())[:_HEADERS_SHOWN] if cell is not None)
        seen = _ODD.sub("", seen)  # a page repeats it
        notes.problem(missing, Place(sheet.name if sheet else None, row.number if row else None), headers=seen)
        return None
    sheet = sheets[layout.sheet]
    told: set[int] = set()
    for role, columns in layout.unsure.items():
        if told.issuperset(columns):  # of a role that they fit better
            continue
        told.update(columns)
        names = ", ".join(Place(column=column).letter for column in columns)
        notes.problem("columns_unsure", Place(sheet.name, layout.header, columns[0]), role=role, columns=names)
    for position, other in enumerate(simple):
        if (
            position != layout.sheet
            and (found := propose_layout([other], words=words))
            and words.suffices(found.columns)
        ):
            notes.remark("sheet_not_read", Place(other.name))
    return None if layout.unsure else Table(sheet, layout.header, layout.columns, _ignored(sheet, layout))


def _simple(sheet: Sheet, words: Vocabulary, exact: bool) -> Sheet:
    rows = (Row(row.number, _headers(row.cells, words, exact)) for row in sheet.rows[:HEADER_WITHIN])
    return Sheet(sheet.name, tuple(rows), sheet.hidden)


def _first(sheets: Sequence[Sheet], layout: Layout | None) -> tuple[Sheet | None, Row | None]:
    """The row that looked most like a header, else the first one that a person can see."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    if layout is not None:
        sheet = sheets[layout.sheet]
        return sheet, next(row for row in sheet.rows if row.number == layout.header)
    return (seen[0], seen[0].rows[0]) if seen else (None, None)


def _ignored(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    head = next(row for row in sheet.rows if row.number == layout.header)
    used = set(layout.columns.values())
    return tuple(shown(cell) for column, cell in enumerate(head.cells) if cell is not None and column not in used)


def _headers(cells: tuple[Cell, ...], words: Vocabulary, exact: bool) -> tuple[Cell, ...]:
    """The headers as the words have them. One that only contains such a word is about something else: it gets no role."""
    strong = frozenset().union(*words.strong.values())
    known = strong.union(*words.weak.values())

    def one(cell: Cell) -> Cell:
        if not isinstance(cell, str) or len(cell) > LONGEST:
            return None
        bare = re.sub(r"\s*/\s*", "/", plain(cell.replace("_", " ").translate(_UNSEEN)))
        for said in (plain(cell), bare, plain(_BEHIND.sub("", cell.casefold().replace("_", " ")))):
            if said in known:
                return said
        return None if exact or strong & set(re.split(r"[^\w/.-]+", bare)) else bare

    return tuple(map(one, cells))


class Cells:
    """One row. Each reader notes what is wrong with its cell, and answers as for an empty one."""

    def __init__(self, table: Table, row: Row, notes: Notes) -> None:
        self.table, self.row, self.notes = table, row, notes

    @property
    def number(self) -> int:
        """The row as the spreadsheet shows it."""
        return self.row.number

    def place(self, role: str = "") -> Place:
        """Where the cell of this role is."""
        return Place(self.table.sheet.name, self.row.number, self.table.columns.get(role))

    def problem(self, code: str, role: str = "", /, **params: str) -> None:
        """Notes a problem with the cell of this role."""
        self.notes.problem(code, self.place(role), **params)

    def remark(self, code: str, role: str = "", /, **params: str) -> None:
        """Notes a remark on the cell of this role."""
        self.notes.remark(code, self.place(role), **params)

    def says_nothing(self, role: str) -> bool:
        """Whether nothing stands there, or a word that says as much."""
        cell = self.row.cell(self.table.columns.get(role))
        return cell is None or (isinstance(cell, str) and no_name(cell))

    def cell(self, role: str) -> Cell:
        """What stands there; a formula or a fault is a problem, and None."""
        cell = self.row.cell(self.table.columns.get(role))
        if isinstance(cell, Odd):
            self.problem("not_a_date" if cell is Odd.NO_DATE else cell.value, role, value="")
            return None
        if isinstance(cell, str) and cell.startswith("="):  # in a CSV
            self.problem("formula", role)
            return None
        return cell

    def text(self, role: str, most: int = LONGEST, *, lines: bool = False) -> str:
        """The text, on one line unless ``lines``."""
        try:
            found = whole(read_text(self.cell(role)), most, lines=lines)
        except CellError as error:
            self.problem(error.code, role, **error.params)
            return ""
        self.notes.kept += len(found)
        if self.notes.kept > KEPT:
            self._too_much("too_much_text", KEPT)
            return ""
        return found

    def _too_much(self, code: str, most: int) -> None:
        """Notes once that a file holds more than is read."""
        if code not in self.notes.counts:
            self.problem(code, most=str(most))

    def listed(self, role: str) -> tuple[str, ...]:
        """The names between semicolons or on lines of their own, each once."""
        parts = re.split(r"[;\n]", self.text(role, LONG, lines=True))
        names = list(dict.fromkeys(" ".join(part.split()) for part in parts if not no_name(part)))
        for name in names:
            if len(name) > LONGEST:
                self.problem("text_too_long", role, most=str(LONGEST))
                return ()
        if len(names) > MANY:
            self.problem("too_many_names", role, most=str(MANY))
            return ()
        self.notes.names += len(names)
        if self.notes.names > NAMES:
            self._too_much("too_many_names_in_all", NAMES)
            return ()
        return tuple(names)

    def claim(self, role: str, *, na: bool = False) -> Claimed | None:
        """Yes or no, and with ``na`` not applicable; None when it says nothing."""
        cell = self.cell(role)
        if isinstance(cell, str) and plain(cell) in _TICKS:
            return Claimed.YES
        try:
            said = read_claim(cell)
        except CellError:
            said = Claimed.PARTLY
        if said is Claimed.PARTLY or (said is Claimed.NOT_APPLICABLE and not na):
            self.problem("not_yes_no_na" if na else "not_yes_or_no", role, value=shown(cell))
            return None
        return said

    def yes(self, role: str) -> bool | None:
        """Yes or no; None when it says nothing."""
        said = self.claim(role)
        return None if said is None else said is Claimed.YES

    def day(self, role: str) -> date | None:
        """A day from 1950 to the end of this century; None for an empty cell."""
        cell = self.cell(role)
        try:
            return day_of(cell)
        except CellError as error:
            self.problem(error.code, role, **error.params)
            return None

    def count(self, role: str) -> int | None:
        """A whole number of zero or more."""
        cell = self.cell(role)
        if cell is None or (isinstance(cell, str) and no_name(cell)):
            return None
        text = str(cell).strip()
        if isinstance(cell, bool | date) or not re.fullmatch(r"[0-9]{1,9}", text):
            self.problem("not_a_count", role, value=shown(cell))
            return None
        return int(text)


def day_of(cell: Cell) -> date | None:
    """The day in a cell; None when it is empty. Raises CellError; a contract may be older than the answers of an intake."""
    if isinstance(cell, str) and no_name(cell):
        return None
    try:
        return read_day(cell, on=_FURTHEST)
    except CellError as error:
        if error.code == "date_too_early" and (found := date.fromisoformat(error.params["value"])) >= _OLDEST:
            return found
        if error.code == "date_too_early":
            raise CellError(error.code, value=error.params["value"], earliest=_OLDEST.isoformat()) from None
        raise


def whole(text: str, most: int = LONGEST, *, lines: bool = False) -> str:
    """A text that can be kept and shown as it is: single spaces, nothing unseen. Raises CellError.

    Codes: ``text_too_long``, and ``odd_characters`` for what does not print or turns text around.
    """
    text = text.translate(_UNSEEN)
    if odd := _ODD.search(text):
        raise CellError("odd_characters", value=f"U+{ord(odd[0]):04X}")
    parts = [" ".join(part.split()) for part in (text.split("\n") if lines else [text])]
    found = "\n".join(parts).strip()
    if len(found) > most:
        raise CellError("text_too_long", most=str(most))
    return found


def no_name(text: str) -> bool:
    """Whether a text says nothing: empty, a dash, *onbekend*, *n.v.t.*"""
    return text.strip() in _NO_NAME or plain(text) in _NO_NAME


def mail_address(text: str) -> str:
    """An e-mail address; "" when the text is none."""
    said = text.strip().removeprefix("mailto:")
    return said if len(said) <= 254 and _HOST_MAIL.fullmatch(said) else ""
