"""The rows of a CSV with the columns of a table: comma, semicolon or tab, read row by row."""

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from dijkwacht.adapters.cbs.trouble import CbsError, CbsLimits


class CsvRows:
    """Rows by name of their column. ``head`` is empty: a CSV tells nothing of itself."""

    def __init__(self, file: BinaryIO, name: str, limits: CbsLimits) -> None:
        self.head: dict[str, str] = {}
        self._name, self._limits = name, limits
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        try:
            yield from self._rows()
        except UnicodeDecodeError:
            raise CbsError("not_text", file=self._name) from None
        except csv.Error:
            raise CbsError("broken_csv", file=self._name) from None

    def _rows(self) -> Iterator[dict[str, Any]]:
        first = self._text.readline(self._limits.record)
        if len(first) >= self._limits.record:
            raise CbsError("row_too_large", file=self._name)
        between = max(";,\t", key=first.count)
        (columns,) = csv.reader([first], delimiter=between, strict=True)
        columns = [each.strip() for each in columns]
        if len(columns) < 2 or len(set(columns)) != len(columns):
            raise CbsError("broken_csv", file=self._name, row=1)
        for number, cells in enumerate(csv.reader(self._lines(), delimiter=between, strict=True), start=1):
            if not cells:
                continue
            if len(cells) != len(columns):
                raise CbsError("broken_csv", file=self._name, row=number)
            yield dict(zip(columns, cells, strict=True))

    def _lines(self) -> Iterator[str]:
        """The lines, none of them endless; a quoted cell over many lines is stopped by the limit of the csv module."""
        while line := self._text.readline(self._limits.record):
            if len(line) >= self._limits.record:
                raise CbsError("row_too_large", file=self._name)
            yield line
