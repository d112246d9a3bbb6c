"""Limits on files from strangers, and the error that says which one was passed and where."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from dijkwacht.core.sheets import Place, Problem

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a table may be at most. Sizes in bytes, time in seconds."""

    size: int = 20 * MEGABYTE
    unpacked: int = 150 * MEGABYTE  # everything read from one archive together
    ratio: int = 200  # unpacked to packed; counts from one megabyte on
    entries: int = 2_000
    sheets: int = 100
    rows: int = 50_000
    columns: int = 200
    cells: int = 1_000_000  # filled ones, over all sheets
    text: int = 32_767  # characters in one cell, Excel's own limit
    depth: int = 64
    token: int = 2 * MEGABYTE  # bytes without a single element or text: keeps the XML parser linear
    seconds: float = 30.0


class TableError(ValueError):
    """A file that cannot be read as a table. ``problem`` has a code, a place and parameters."""

    def __init__(
        self, code: str, *, sheet: str | None = None, row: int | None = None, column: int | None = None, **params: str
    ) -> None:
        super().__init__(code)
        self.problem = Problem(code, Place(sheet, row, column), params)

    def __str__(self) -> str:
        place = self.problem.place
        where = ", ".join(str(part) for part in (place.sheet, place.row, place.letter) if part)
        return f"{self.problem.code} ({where})" if where else self.problem.code


class Budget:
    """What one reading may still spend: time and filled cells. The clock is a parameter, so that tests own the time."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._until = clock() + limits.seconds
        self._cells = 0

    def check_time(self) -> None:
        """Raises TableError ``too_slow`` once the time is up."""
        if self._clock() > self._until:
            raise TableError("too_slow", seconds=f"{self.limits.seconds:g}")

    def take_cells(self, count: int, *, sheet: str | None, row: int) -> None:
        """Counts filled cells. Raises TableError ``too_many_cells``."""
        self._cells += count
        if self._cells > self.limits.cells:
            raise TableError("too_many_cells", sheet=sheet, row=row, most=str(self.limits.cells))
