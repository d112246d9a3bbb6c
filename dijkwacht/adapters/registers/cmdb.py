"""An inventory (CMDB) in CSV or a workbook, with column names as the organisation chose them, in Dutch or English."""

import time
from collections.abc import Sequence
from datetime import date

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.adapters.registers.sheets import LIMITS, Clock, opened, read_sheets, refused
from dijkwacht.core.advisories.register_lines import Lines
from dijkwacht.core.advisories.register_rows import Reading
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Sheet

FORM = "cmdb"


def read(
    data: bytes,
    *,
    name: str,
    on: date,
    layouts: Sequence[Layout] = (),
    limits: Limits = LIMITS,
    clock: Clock = time.monotonic,
) -> Lines:
    """A line per row that names a product; the sheet that fits best, or those of ``layouts``."""
    try:
        return of(opened(data, name, limits=limits, clock=clock), on=on, layouts=layouts)
    except TableError as error:
        return refused(FORM, error)


def of(sheets: Sequence[Sheet], *, on: date, layouts: Sequence[Layout] = ()) -> Lines:
    """The same, of sheets that were opened already."""
    return read_sheets(FORM, sheets, Reading(on), layouts=layouts)
