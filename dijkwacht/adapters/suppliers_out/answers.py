"""Reads the answers of a supplier to the requirements of a tender: our workbook filled in, as ODS, XLSX or CSV. All or nothing.

Nothing is guessed: an empty answer is no answer, and what is neither yes, partly nor no is told with its row and column.
"""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Cell, Odd, Place, Problem, Row, Sheet

Says = Literal["yes", "partly", "no"]
LIMITS = Limits(rows=10_000, cells=200_000)
MOST = 100  # problems of one file: who has more has seen enough
HEAD_WITHIN = 20  # rows from the top of a sheet in which the headers stand

_HEADERS: Mapping[str, frozenset[str]] = {
    "id": frozenset(("kenmerk", "reference", "id", "eis-id", "requirement id")),
    "says": frozenset(("voldoet u", "voldoet", "voldoet u aan deze eis", "do you comply", "comply", "complies")),
    "explanation": frozenset(("toelichting", "explanation")),
    "evidence": frozenset(("bewijs", "evidence")),
}
_NEEDED = ("id", "says")
_WORDS: Mapping[Says, frozenset[str]] = {
    "yes": frozenset(("ja", "j", "yes", "y", "waar", "true")),
    "partly": frozenset(("deels", "gedeeltelijk", "partly", "partially", "partial")),
    "no": frozenset(("nee", "n", "no", "onwaar", "false")),
}
_SAYS: Mapping[str, Says] = {word: says for says, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a supplier says of one requirement. ``says`` None: nothing; ``row``: where, as the spreadsheet shows it."""

    id: str
    says: Says | None
    explanation: str
    evidence: str
    row: int


@dataclass(frozen=True, slots=True)
class Answers:
    """All rows in their order, or every problem and no rows."""

    sheet: str = ""
    rows: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read_answers(
    data: bytes,
    name: str,
    *,
    known: Collection[str] | None = None,
    limits: Limits = LIMITS,
    clock: Callable[[], float] = time.monotonic,
) -> Answers:
    """The answers in a file. ``known``: the requirements of the tender by their ids; an answer to another is a problem."""
    try:
        sheets = read_table(data, name=name, limits=limits, clock=clock, literal=True)
    except TableError as error:
        return Answers(problems=(error.problem,))
    found = [(sheet, head) for sheet in sheets if not sheet.hidden and (head := _head(sheet))]
    if len(found) != 1:
        code = "two_answer_sheets" if found else "no_answer_sheet"
        return Answers(problems=(Problem(code, params={"sheets": ", ".join(sheet.name for sheet, _ in found)}),))
    ((sheet, (number, columns)),) = found
    reader = _Reader(sheet.name, columns, known)
    for row in sheet.rows:
        if row.number > number:
            reader.take(row)
    if reader.problems:
        return Answers(sheet.name, problems=tuple(reader.problems[:MOST]))
    return Answers(sheet.name, tuple(reader.rows.values()))


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The number of the row with the headers, and the column of each; None when there is none."""
    for row in sheet.rows:
        if row.number > HEAD_WITHIN:
            break
        columns: dict[str, int] = {}
        for at, cell in enumerate(row.cells):
            said = plain(cell.partition("?")[0]) if isinstance(cell, str) else ""
            for role, words in _HEADERS.items():
                if said in words:
                    columns.setdefault(role, at)
        if all(role in columns for role in _NEEDED):
            return row.number, columns
    return None


class _Reader:
    """Rows to answers, with what is wrong with them."""

    def __init__(self, sheet: str, columns: Mapping[str, int], known: Collection[str] | None) -> None:
        self.rows: dict[str, Answer] = {}
        self.problems: list[Problem] = []
        self._sheet, self._columns, self._known = sheet, columns, known

    def take(self, row: Row) -> None:
        """One row; what has neither a reference nor an answer is passed over."""
        texts = {role: self._text(row, role) for role in ("id", "explanation", "evidence")}
        says = self._says(row)
        name = texts["id"]
        filled = says is not None or bool(texts["explanation"]) or bool(texts["evidence"])
        if name in self.rows:
            self._wrong("id_twice", row, "id", id=name, first=str(self.rows[name].row))
        elif name and (self._known is None or name in self._known):
            self.rows[name] = Answer(name, says, texts["explanation"], texts["evidence"], row.number)
        elif filled and name:
            self._wrong("id_strange", row, "id", id=name[:80])
        elif filled and row.cell(self._columns["id"]) is None:
            self._wrong("id_missing", row, "id")

    def _says(self, row: Row) -> Says | None:
        cell = row.cell(self._columns["says"])
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        text = self._text(row, "says")
        if not text:
            return None
        word = _SAYS.get(plain(text))
        if word is None:
            self._wrong("no_says", row, "says", value=text[:60])
        return word

    def _text(self, row: Row, role: str) -> str:
        """The cell as text; empty where there is no such column. A reference that became a day is told: it is lost."""
        cell: Cell = row.cell(self._columns.get(role))
        if cell is None:
            return ""
        if isinstance(cell, Odd):
            code = "formula" if cell is Odd.FORMULA else "fault"
            self._wrong(code, row, role)
            return ""
        if role == "id" and not isinstance(cell, str):
            self._wrong("id_number", row, role, id=str(cell)[:80])
            return ""
        return str(cell).strip()

    def _wrong(self, code: str, row: Row, role: str, **params: str) -> None:
        self.problems.append(Problem(code, Place(self._sheet, row.number, self._columns.get(role)), params))
