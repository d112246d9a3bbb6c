"""Opens a workbook or CSV of a stranger as a product register, and reads its rows."""

import time
from collections.abc import Callable, Sequence

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.advisories.register_lines import Line, Lines, Notes
from dijkwacht.core.advisories.register_rows import Reading, ask_columns, interpret, propose
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Place, Sheet

# An inventory of a large municipality has tens of thousands of lines; an import of a self-assessment hundreds.
LIMITS = Limits(size=50 * MEGABYTE, unpacked=300 * MEGABYTE, rows=200_000, cells=3_000_000, seconds=60.0)
Clock = Callable[[], float]


def opened(data: bytes, name: str, *, limits: Limits = LIMITS, clock: Clock = time.monotonic) -> list[Sheet]:
    """The sheets. Cells of a CSV that look like a formula are text. Raises TableError."""
    return read_table(data, name=name, limits=limits, clock=clock, literal=True)


def refused(form: str, error: TableError) -> Lines:
    """What is left of a file that cannot be opened: the one problem with it."""
    problem = error.problem
    return Lines(form, problems=(problem,), counts={problem.code: 1})


def read_sheets(
    form: str,
    sheets: Sequence[Sheet],
    how: Reading,
    *,
    layouts: Sequence[Layout] = (),
    every: bool = False,
    notes: Notes | None = None,
) -> Lines:
    """The lines on the sheets. ``layouts``: as a person chose them; else as we propose. ``every``: all sheets, else the best."""
    notes = notes or Notes()
    chosen = list(layouts) or propose(sheets, how.words)
    if not chosen:
        notes.problem("no_header", Place(sheets[0].name if sheets else None))
        return notes.lines(Lines(form))
    if not every and not layouts:
        best = max(chosen, key=lambda layout: (_fits(layout, how), len(sheets[layout.sheet].rows)))
        for layout in chosen:
            if layout is not best:
                notes.remark("sheet_not_read", Place(sheets[layout.sheet].name))
        chosen = [best]
    lines: list[Line] = []
    unanswered = 0
    for layout in chosen:
        sheet = sheets[layout.sheet]
        if ask_columns(sheet, layout, notes, how.words):
            found, silent = interpret(sheet, layout, how, notes)
            lines += found
            unanswered += silent
    return notes.lines(Lines(form, tuple(lines), unanswered=unanswered, layouts=tuple(chosen)))


def _fits(layout: Layout, how: Reading) -> int:
    """How many of the columns that tell what a product is were found."""
    return how.words.suffices(layout.columns) + sum(role in layout.columns for role in ("vendor", "product", "version"))
