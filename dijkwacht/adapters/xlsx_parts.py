"""The small parts of an XLSX file: which sheets there are, the shared texts, and which styles show a date.

Format: ECMA-376 part 1 (SpreadsheetML). Element names are matched without their prefix, as writers choose it freely.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.xmlreader import AttributesImpl

from dijkwacht.adapters.limits import Budget, TableError
from dijkwacht.adapters.text import Pieces
from dijkwacht.adapters.xml_stream import Handler, parse
from dijkwacht.adapters.zip_guard import SafeZip

DATE, PERCENT = "date", "percent"
# built-in number formats that show a date (ECMA-376 18.8.30, with those of East Asian versions), and percentages
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_PERCENTAGES = frozenset({9, 10})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name and the entry that holds it."""

    name: str
    entry: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook part says."""

    sheets: tuple[SheetPart, ...]
    from_1904: bool
    texts: str | None
    styles: str | None


class _Relations(Handler):
    def __init__(self, budget: Budget, base: str) -> None:
        super().__init__(budget)
        self._base = base
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attrs: AttributesImpl) -> None:
        if local(name) != "Relationship" or attrs.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self._base, attrs.get("Target", ""))).lstrip("/")
        self.targets[attrs.get("Id", "")] = target
        self.kinds.setdefault(attrs.get("Type", "").rpartition("/")[2], target)


class _Book(Handler):
    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attrs: AttributesImpl) -> None:
        match local(name):
            case "workbookPr":
                self.from_1904 = attrs.get("date1904", "0") in ("1", "true")
            case "sheet":
                related = next((attrs[key] for key in attrs.getNames() if local(key) == "id" and ":" in key), "")
                self.sheets.append((attrs.get("name", ""), related, attrs.get("state", "visible") != "visible"))


class _Texts(Handler):
    """Shared texts. Phonetic readings (``rPh``) are no part of the text."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.texts: list[str] = []
        self._pieces = Pieces(budget.limits.text)
        self._reading = False
        self._phonetic = False

    def start(self, name: str, attrs: AttributesImpl) -> None:
        name = local(name)
        self._phonetic = self._phonetic or name == "rPh"
        self._reading = name == "t" and not self._phonetic

    def text(self, content: str) -> None:
        if self._reading:
            self._pieces.add(content, sheet=None, row=None, column=None)

    def end(self, name: str) -> None:
        name = local(name)
        self._reading = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(self._pieces.take())
            if len(self.texts) > self.budget.limits.cells:
                raise TableError("too_many_cells", most=str(self.budget.limits.cells))


class _Styles(Handler):
    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.shows: list[str | None] = []
        self._formats: dict[int, str | None] = {}
        self._in_cells = False

    def start(self, name: str, attrs: AttributesImpl) -> None:
        match local(name):
            case "numFmt":
                self._formats[_number(attrs.get("numFmtId"))] = _shown_by(attrs.get("formatCode", ""))
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                self.shows.append(self._shown(_number(attrs.get("numFmtId"))))

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._in_cells = False

    def _shown(self, number: int) -> str | None:
        if number in self._formats:
            return self._formats[number]
        return DATE if number in _DATES else PERCENT if number in _PERCENTAGES else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _shown_by(code: str) -> str | None:
    """What a number format shows. A format with only hours or minutes is no date."""
    bare = _LITERAL.sub("", code[:255]).partition(";")[0].lower()
    if bare in ("general", "standaard"):
        return None
    if "y" in bare or "d" in bare or "j" in bare or "mmm" in bare:
        return DATE
    return PERCENT if "%" in bare else None


def _related(archive: SafeZip, budget: Budget, entry: str) -> _Relations:
    folder, file = posixpath.split(entry)
    relations = _Relations(budget, folder)
    name = posixpath.join(folder, "_rels", file + ".rels")
    if name in archive.names:
        parse(archive.chunks(name), relations)
    return relations


def read_workbook(archive: SafeZip, budget: Budget) -> Workbook:
    """The sheets in their order, and where the shared texts and styles are. Raises TableError."""
    entry = _related(archive, budget, "").kinds.get("officeDocument", "xl/workbook.xml")
    if entry.endswith(".bin"):
        raise TableError("binary_excel")
    book = _Book(budget)
    parse(archive.chunks(entry), book)
    related = _related(archive, budget, entry)
    if len(book.sheets) > budget.limits.sheets:
        raise TableError("too_many_sheets", most=str(budget.limits.sheets))
    return Workbook(
        tuple(_sheets(book, related)), book.from_1904, related.kinds.get("sharedStrings"), related.kinds.get("styles")
    )


def _sheets(book: _Book, related: _Relations) -> Iterator[SheetPart]:
    for name, identity, hidden in book.sheets:
        entry = related.targets.get(identity)
        if entry is None:
            raise TableError("broken_archive", sheet=name)
        if "chartsheet" not in entry and "dialogsheet" not in entry and "macrosheet" not in entry:
            yield SheetPart(name, entry, hidden)


def read_texts(archive: SafeZip, budget: Budget, entry: str | None) -> list[str]:
    """The shared texts, by their number."""
    handler = _Texts(budget)
    if entry in archive.names:
        parse(archive.chunks(str(entry)), handler)
    return handler.texts


def read_styles(archive: SafeZip, budget: Budget, entry: str | None) -> list[str | None]:
    """Per cell style: DATE, PERCENT or None."""
    handler = _Styles(budget)
    if entry in archive.names:
        parse(archive.chunks(str(entry)), handler)
    return handler.shows
