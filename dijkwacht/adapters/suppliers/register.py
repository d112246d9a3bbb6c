"""A supplier register of one's own in CSV or a workbook: one table, a row per service or contract, columns in any order."""

from collections.abc import Sequence

from dijkwacht.core.sheets import Sheet
from dijkwacht.core.suppliers.register_read import FORM, read_rows
from dijkwacht.core.suppliers.register_rows import Register

__all__ = ["FORM", "of"]


def of(sheets: Sequence[Sheet]) -> Register:
    """All that the sheet tells that fits best, or problems with their cells."""
    return read_rows(sheets)
