"""Text and numbers of a cell: made printable, no longer than allowed, nothing that is no number."""

import math
import re

from dijkwacht.adapters.limits import TableError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ESCAPE = re.compile(r"_x00[01][0-9A-Fa-f]_")  # how Excel writes a control character in XML
_EXACT = 1e15  # up to here a float holds every whole number
_BREAKS = re.compile(r"\r\n?")


def clean(text: str) -> str | None:
    """The text without control characters and outer white space; None when nothing is left."""
    if "_x" in text:
        text = _ESCAPE.sub("", text)
    return _CONTROL.sub("", _BREAKS.sub("\n", text)).strip() or None


def number(text: str) -> int | float | None:
    """The number that a cell holds, whole where it is whole; None when it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def percentage(share: float) -> str:
    """A share as the spreadsheet shows it: ``95%`` for 0.95."""
    return f"{share * 100:.10g}%"


class Pieces:
    """Collects the pieces of one cell's text. Raises TableError ``text_too_long`` as soon as it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[str] = []
        self._length = 0

    def add(self, piece: str, *, sheet: str | None, row: int | None, column: int | None) -> None:
        """One more piece, at the place named in the error."""
        self._length += len(piece)
        if self._length > self._most:
            raise TableError("text_too_long", sheet=sheet, row=row, column=column, most=str(self._most))
        self._parts.append(piece)

    def take(self) -> str:
        """All pieces together; starts again empty."""
        text = "".join(self._parts)
        self._parts, self._length = [], 0
        return text
