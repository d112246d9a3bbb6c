"""Files about suppliers: a register of one's own, an export of the GEMMA Softwarecatalogus, a set of procurement requirements.

Here: which of the first two a file is, by what is in it. Nothing is guessed and nothing is half: a result, or problems.
"""

import time
from collections.abc import Callable, Sequence

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.registers.gemma import MARKS, headed
from dijkwacht.adapters.suppliers import gemma, register
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.sheets import Sheet
from dijkwacht.core.suppliers.register_rows import Register, refused

__all__ = ["FORMS", "LIMITS", "read_register"]

FORMS = (register.FORM, gemma.FORM)
LIMITS = Limits(size=20 * MEGABYTE, unpacked=150 * MEGABYTE, rows=20_000, cells=600_000, seconds=30.0)


def read_register(
    data: bytes,
    name: str,
    *,
    form: str | None = None,
    limits: Limits = LIMITS,
    clock: Callable[[], float] = time.monotonic,
) -> Register:
    """The suppliers in a file and what they deliver. ``form``: as a person says that it is, else as it seems to be.

    Whatever is wrong with the file is a problem in the answer. Raises KeyError for a form that we do not know.
    """
    if form is not None and form not in FORMS:
        raise KeyError(form)
    try:
        sheets = read_table(data, name=name, limits=limits, clock=clock, literal=True)
    except TableError as error:
        return refused(form or "", error.problem)
    if (form or _form(sheets)) == gemma.FORM:
        return gemma.of(sheets)
    return register.of(sheets)


def _form(sheets: Sequence[Sheet]) -> str:
    """The catalogue when it has headers that no register of one's own has, and both a supplier and a package."""
    marked = any(headed(sheet) & MARKS for sheet in sheets if not sheet.hidden)
    return gemma.FORM if marked and gemma.fits(sheets) else register.FORM
