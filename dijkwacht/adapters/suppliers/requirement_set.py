"""An official set of procurement requirements in XLSX, ODS or CSV, such as the ICO wizard hands out.

**Uncertain**: the headers of the wizard's own export are not published. Usual wordings in Dutch and English are recognised; no
real file was seen. The texts stay with the organisation that brought them in: they are of others.
"""

import time
from collections.abc import Callable

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.suppliers.requirement_rows import RequirementSet, read_rows

LIMITS = Limits(size=10 * MEGABYTE, unpacked=100 * MEGABYTE, rows=5_000, cells=150_000, seconds=20.0)


def read_requirements(
    data: bytes, name: str, *, limits: Limits = LIMITS, clock: Callable[[], float] = time.monotonic
) -> RequirementSet:
    """The requirements in a file. Whatever is wrong with it is a problem in the answer."""
    try:
        sheets = read_table(data, name=name, limits=limits, clock=clock, literal=True)
    except TableError as error:
        problem = error.problem
        return RequirementSet(problems=(problem,), counts={problem.code: 1})
    return read_rows(sheets)
