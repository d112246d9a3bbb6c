"""An inventory (CMDB) in CSV or a workbook, with column names as the organisation chose them, in Dutch or English."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.adapters.registers.sheets import read_sheets
from dijkwacht.core.advisories.register_lines import Lines
from dijkwacht.core.advisories.register_rows import Reading
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Sheet

FORM = "cmdb"


def of(sheets: Sequence[Sheet], *, on: date, layouts: Sequence[Layout] = ()) -> Lines:
    """A line per row that names a product; the sheet that fits best, or those of ``layouts``."""
    return read_sheets(FORM, sheets, Reading(on), layouts=layouts)
