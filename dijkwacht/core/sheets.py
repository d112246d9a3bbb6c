"""A table as a person sees it in a spreadsheet: sheets, numbered rows, typed cells, and what can be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

NO_PARAMS: Mapping[str, str] = MappingProxyType({})


class Odd(Enum):
    """A cell that holds no plain value."""

    FORMULA = "formula"  # what it shows was computed elsewhere and may be stale or false
    FAULT = "fault"  # #N/A, #REF! and the like
    NO_DATE = "no_date"  # shown as a date, but the number lies outside the calendar


Cell = str | bool | int | float | date | Odd | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``number`` counts from 1, as the spreadsheet shows it; empty cells at the end are left out."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell:
        """The cell in a column counted from 0; None outside the row."""
        return self.cells[column] if column is not None and column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows that hold something, in order."""

    name: str
    rows: tuple[Row, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file. ``column`` counts from 0."""

    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def letter(self) -> str:
        """The column as the spreadsheet shows it: A, B, AA; empty if there is no column."""
        return "" if self.column is None else column_letter(self.column)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, as a code with parameters and a place. Words are added at the rim."""

    code: str
    place: Place = Place()
    params: Mapping[str, str] = field(default_factory=lambda: NO_PARAMS)


def column_letter(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for A, 26 for AA. Raises ValueError on anything but one to three letters A-Z."""
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha() and letters.isupper()):
        raise ValueError(f"not a column: {letters!r:.20}")
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
