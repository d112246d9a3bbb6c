"""Product registers as municipalities have them: the ICT-foto, an inventory, an SBOM, the GEMMA Softwarecatalogus.

Each form is a module: of a tree with ``read(data, *, name, on) -> Lines``, of a table with ``of(sheets, *, on)``. Here: which
form a file has, with the reasons, and reading it as that form or as the one that a person chose.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.limits import Limits, TableError
from dijkwacht.adapters.registers import cmdb, cyclonedx, gemma, ict_foto, spdx
from dijkwacht.adapters.registers.sheets import LIMITS, Clock, opened, refused
from dijkwacht.core.advisories.register_lines import Lines
from dijkwacht.core.advisories.register_rows import propose
from dijkwacht.core.advisories.register_words import PHOTO, REGISTER
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Problem, Sheet

__all__ = ["FORMS", "LIMITS", "Detected", "detect", "read"]

_Reader = Callable[..., Lines]
_TABLES: Mapping[str, _Reader] = {ict_foto.FORM: ict_foto.of, gemma.FORM: gemma.of, cmdb.FORM: cmdb.of}
_TREES: Mapping[str, _Reader] = {cyclonedx.FORM: cyclonedx.read, spdx.FORM: spdx.read}
FORMS = (*_TABLES, *_TREES)
_BOM = re.compile(rb"<(?:[\w.-]{1,40}:)?bom[\s>]")


@dataclass(frozen=True, slots=True)
class Detected:
    """The form of a file, None when there is none that fits, and why. ``sheets``: of a table, opened once."""

    form: str | None
    reasons: tuple[Reason, ...] = ()
    problem: Problem | None = None
    sheets: Sequence[Sheet] = ()


def detect(data: bytes, name: str, *, limits: Limits = LIMITS, clock: Clock = time.monotonic) -> Detected:
    """By what is in the file, whatever its name says. A file that cannot be opened has a problem, and no form."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0").replace(b"\0", b"")
    if start.startswith(b"{"):
        return _tree(data.replace(b"\0", b"") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data)
    if start.startswith(b"<") and _BOM.search(start) and b"cyclonedx.org/schema/bom" in start:
        return Detected(cyclonedx.FORM, (Reason("root_is_bom"),))
    try:
        sheets = opened(data, name, limits=limits, clock=clock)
    except TableError as error:
        return Detected(None, problem=error.problem)
    return _table(sheets)


def _tree(data: bytes) -> Detected:
    if re.search(rb'"bomFormat"\s*:\s*"CycloneDX"', data):
        return Detected(cyclonedx.FORM, (Reason("has_field", (("field", "bomFormat"),)),))
    if b'"spdxVersion"' in data:
        return Detected(spdx.FORM, (Reason("has_field", (("field", "spdxVersion"),)),))
    return Detected(None, problem=Problem("no_sbom"))


def _table(sheets: Sequence[Sheet]) -> Detected:
    photo, register = propose(sheets, PHOTO), propose(sheets, REGISTER)
    marks = sorted({mark for sheet in sheets if not sheet.hidden for mark in gemma.headed(sheet) & gemma.MARKS})
    if photo and not any({"version", "purl"} & layout.columns.keys() for layout in photo) and not marks:
        return Detected(
            ict_foto.FORM, (_column("present", photo[0], sheets), Reason("no_versions")), sheets=sheets
        )  # fmt: skip
    if not register:
        return Detected(None, problem=Problem("no_header"), sheets=sheets)
    if marks:
        return Detected(
            gemma.FORM, tuple(Reason("has_column", (("column", mark),)) for mark in marks[:3]), sheets=sheets
        )
    best = max(register, key=lambda layout: len(layout.columns))
    known = [role for role in ("vendor", "product", "version", "purl", "cpe", "name") if role in best.columns]
    return Detected(cmdb.FORM, tuple(_column(role, best, sheets) for role in known), sheets=sheets)


def _column(role: str, layout: Layout, sheets: Sequence[Sheet]) -> Reason:
    """That a column was found for a role, with its header as written."""
    header = next(row for row in sheets[layout.sheet].rows if row.number == layout.header)
    return Reason("has_role", (("role", role), ("column", str(header.cell(layout.columns[role]))[:60])))


def read(
    data: bytes,
    *,
    name: str,
    on: date,
    form: str | None = None,
    layouts: Sequence[Layout] = (),
    limits: Limits = LIMITS,
    clock: Clock = time.monotonic,
) -> Lines:
    """The lines of a file on day ``on``, as the form that a person says it has, else as the one it seems to have.

    ``layouts``: the columns of a table as a person chose them. Whatever is wrong with the file is a problem in the answer.
    Raises KeyError for a form that we do not know.
    """
    if form is not None:
        return _as(form, data, name, on=on, layouts=layouts, limits=limits, clock=clock)
    found = detect(data, name, limits=limits, clock=clock)
    if found.form is None:
        problem = found.problem or Problem("no_header")
        return Lines("", problems=(problem,), counts={problem.code: 1})
    return _as(found.form, data, name, on=on, layouts=layouts, limits=limits, clock=clock, sheets=found.sheets)


def _as(
    form: str,
    data: bytes,
    name: str,
    *,
    on: date,
    layouts: Sequence[Layout],
    limits: Limits,
    clock: Clock,
    sheets: Sequence[Sheet] = (),
) -> Lines:
    """The lines of a file of this form; ``sheets``: of a table that was opened already."""
    if form in _TREES:
        return _TREES[form](data, name=name, on=on, limits=limits, clock=clock)
    table = _TABLES[form]
    try:
        return table(sheets or opened(data, name, limits=limits, clock=clock), on=on, layouts=layouts)
    except TableError as error:
        return refused(form, error)
