"""From the rows of a table to lines of a register. What cannot be read is told with its cell; nothing is guessed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.core.advisories.register_lines import LONGEST, LONGEST_OTHER, RAW, Line, Notes, Stated
from dijkwacht.core.advisories.register_names import named
from dijkwacht.core.advisories.register_words import (
    PHOTO,
    REGISTER,
    WordError,
    headers,
    is_no_version,
    says_yes,
    stated_by,
)
from dijkwacht.core.intake_columns import HEADER_WITHIN, Layout, Vocabulary, propose_layout
from dijkwacht.core.intake_values import CellError, read_day, shown
from dijkwacht.core.sheets import Cell, Odd, Place, Row, Sheet

_TEXTS = ("vendor", "product", "purl", "cpe", "name", "owner", "location", "organisation", "status")
_NEEDED = ("product", "purl", "cpe", "name", "present")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one form are read. ``photo``: a line is what says J; ``lists``: cells may hold a JSON list of texts."""

    on: date
    photo: bool = False
    lists: bool = False

    @property
    def words(self) -> Vocabulary:
        """The headers to look for."""
        return PHOTO if self.photo else REGISTER


def propose(sheets: Sequence[Sheet], words: Vocabulary = REGISTER) -> list[Layout]:
    """Per visible sheet that can be read its header and columns, the sheets in their order."""
    found = []
    for position, sheet in enumerate(sheets):
        rows = tuple(Row(row.number, headers(row.cells)) for row in sheet.rows[:HEADER_WITHIN])
        layout = None if sheet.hidden else propose_layout([Sheet(sheet.name, rows)], words=words)
        if layout is not None and (words.suffices(layout.columns) or _unsure(layout, words)):
            found.append(Layout(position, layout.header, layout.columns, layout.unsure))
    return found


def _unsure(layout: Layout, words: Vocabulary) -> bool:
    """Whether a person who chooses between columns that fit equally well makes it readable."""
    return words.suffices({**layout.columns, **{role: columns[0] for role, columns in layout.unsure.items()}})


def ask_columns(sheet: Sheet, layout: Layout, notes: Notes, words: Vocabulary) -> bool:
    """Notes which roles are left open. False where rows cannot be read before a person has chosen."""
    readable = words.suffices(layout.columns)
    for role, columns in layout.unsure.items():
        place = Place(sheet.name, layout.header, columns[0])
        names = ", ".join(Place(column=column).letter for column in columns)
        if readable and role not in _NEEDED and role not in ("vendor", "version"):
            notes.remark("columns_left_out", place, role=role, columns=names)
        else:
            notes.problem("columns_unsure", place, role=role, columns=names)
    if not readable and not layout.unsure:
        notes.problem("no_product_column", Place(sheet.name, layout.header))
    return readable


def interpret(sheet: Sheet, layout: Layout, how: Reading, notes: Notes) -> tuple[list[Line], int]:
    """The lines under the header, and how many rows name a product but leave open whether it is there."""
    header = next((row.cells for row in sheet.rows if row.number == layout.header), ())
    reader = _Rows(sheet, layout, how, notes)
    lines: list[Line] = []
    for row in sheet.rows:
        if row.number > layout.header and row.cells != header:
            lines.extend(reader.read(row))
    return lines, reader.unanswered


class _Rows:
    """One pass over a sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, how: Reading, notes: Notes) -> None:
        self.sheet, self.columns, self.how, self.notes = sheet, layout.columns, how, notes
        self.unanswered = 0
        self._roles = [role for role in _TEXTS if role in layout.columns]

    def _place(self, row: Row, role: str = "") -> Place:
        return Place(self.sheet.name, row.number, self.columns.get(role))

    def read(self, row: Row) -> Iterator[Line]:
        """The lines of one row: none for a row without a product, several where a cell lists several versions."""
        if self._odd(row):
            return
        texts = {role: self._text(row, role) for role in self._roles}
        named = self._fill(row, texts)
        if named is None:
            return
        stated = self._stated(row, texts.get("status", ""))
        if stated is None:
            return
        shared = {
            "stated": stated, "exposed": self._exposed(row), "as_of": self._day(row), "raw": _raw(row.cells),
        }  # fmt: skip
        for version in self._versions(row) or [named]:
            yield Line(row.number, version=version, **shared, **texts)  # type: ignore[arg-type]

    def _odd(self, row: Row) -> bool:
        """Whether a cell that is read holds a formula or a fault."""
        found = False
        for role, column in self.columns.items():
            cell = row.cell(column)
            if isinstance(cell, Odd) and not (cell is Odd.NO_DATE and role == "as_of"):
                self.notes.problem(
                    "not_a_date" if cell is Odd.NO_DATE else cell.value, self._place(row, role), value=""
                )
                found = True
        return found

    def _text(self, row: Row, role: str) -> str:
        cell = row.cell(self.columns.get(role))
        if cell is None:
            return ""
        text = " ".join(_told(cell).split())
        if self.how.lists and text.startswith("["):
            text = ", ".join(_listed(text))
        if len(text) > (most := LONGEST.get(role, LONGEST_OTHER)):
            self.notes.problem("text_too_long", self._place(row, role), most=str(most))
            return text[:most]
        return text

    def _fill(self, row: Row, texts: dict[str, str]) -> str | None:
        """Vendor and product from purl and CPE where the row has none; the version that these name. None: no product."""
        purl, cpe, version = texts.get("purl", ""), texts.get("cpe", ""), ""
        if purl or cpe:
            try:
                vendor, product, version = named(purl, cpe)
            except ValueError as error:
                role = str(error) if str(error) in ("purl", "cpe") else "purl"
                self.notes.remark(
                    "not_a_purl" if role == "purl" else "not_a_cpe", self._place(row, role), value=texts[role][:60]
                )
            else:
                texts["vendor"], texts["product"] = texts.get("vendor") or vendor, texts.get("product") or product
        if not texts.get("product") and texts.get("name"):
            texts["product"] = texts["name"]
        if texts.get("product"):
            if not texts.get("vendor"):
                self.notes.remark("no_vendor", self._place(row, "vendor"), product=texts["product"][:60])
            return version
        self.notes.remark("no_product", self._place(row, "product"))
        return None

    def _stated(self, row: Row, status: str) -> Stated | None:
        """What the row says of use; None when it says nothing, which is counted, or nothing that we understand."""
        if "present" not in self.columns:
            return stated_by(status)
        try:
            said = says_yes(row.cell(self.columns["present"]))
        except WordError:
            cell = row.cell(self.columns["present"])
            self.notes.problem("not_yes_or_no", self._place(row, "present"), value=shown(cell))
            return None
        if said is None:
            self.unanswered += 1
            # a product without an answer on a list of all products is no statement; on a list of one's own it is there
            return None if self.how.photo else stated_by(status)
        return stated_by(status) if said else "absent"

    def _exposed(self, row: Row) -> bool | None:
        try:
            return says_yes(row.cell(self.columns.get("exposed")))
        except WordError:
            cell = row.cell(self.columns["exposed"])
            self.notes.remark("exposed_unknown", self._place(row, "exposed"), value=shown(cell))
            return None

    def _day(self, row: Row) -> date | None:
        cell = row.cell(self.columns.get("as_of"))
        try:
            day = None if cell is Odd.NO_DATE else read_day(cell, on=self.how.on)
        except CellError as error:
            self.notes.remark(error.code, self._place(row, "as_of"), **error.params)
            return None
        if day is not None and day > self.how.on:
            latest = self.how.on.isoformat()
            self.notes.remark("date_too_late", self._place(row, "as_of"), value=day.isoformat(), latest=latest)
            return None
        return day

    def _versions(self, row: Row) -> list[str]:
        """The versions that the row names; none where it names none."""
        cell = row.cell(self.columns.get("version"))
        if isinstance(cell, date):  # 5.10 typed in a cell that thinks in days
            self.notes.remark("version_is_date", self._place(row, "version"), value=cell.isoformat())
            return []
        text = self._text(row, "version")
        found = [text]
        if self.how.lists and (whole := _told(cell).strip()).startswith("["):
            found = list(dict.fromkeys(_listed(whole)))
        if isinstance(cell, float):  # 1.10 and 1.1 look the same in a cell that thinks in numbers
            self.notes.remark("version_is_number", self._place(row, "version"), value=text)
        if text and all(is_no_version(each) for each in found):
            self.notes.remark("version_says_nothing", self._place(row, "version"), value=text[:60])
        return [each for each in found if each and not is_no_version(each)]


def _told(cell: Cell) -> str:
    match cell:
        case None | Odd():
            return ""
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _listed(text: str) -> list[str]:
    """The texts in a JSON list; the text itself when it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        return [text]
    return [" ".join(each.split()) for each in found if each.strip()]


def _raw(cells: Sequence[Cell]) -> str:
    """The row as a person recognises it."""
    text = " | ".join(_told(cell) for cell in cells)
    return text if len(text) <= RAW else text[: RAW - 1] + "…"
