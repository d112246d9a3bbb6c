"""From a file to a plan: what a workbook or another tool's export says, before anything is recorded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dijkwacht.adapters.ciso_assistant import LAYOUT, is_audit, read_audit, read_library
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core import facts as core
from dijkwacht.core.intake import interpret
from dijkwacht.core.intake_columns import Layout, propose_layout
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.intake_plan import Plan
from dijkwacht.core.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read. ``layout`` None: no header was recognised on any sheet. ``audit``: of CISO Assistant."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    layout: Layout | None
    audit: bool = False


def read(content: bytes, *, name: str, on: date, library: bytes | None = None) -> Reading:
    """Reads a file and proposes which column is what. Raises TableError naming sheet, row and column."""
    digest = hashlib.sha256(content).hexdigest()
    sheets = read_table(content, name=name)
    if is_audit(sheets):
        known = read_library(library) if library is not None else None
        return Reading(name, digest, (read_audit(sheets, library=known),), LAYOUT, audit=True)
    layout = propose_layout(sheets, Numbers(packs_on(on).norms))
    return Reading(name, digest, tuple(sheets), layout)


def with_columns(reading: Reading, *, sheet: int, columns: Mapping[str, int]) -> Reading:
    """The same reading with the columns that the user chose."""
    header = reading.layout.header if reading.layout is not None and reading.layout.sheet == sheet else 0
    return replace(reading, layout=Layout(sheet, header, dict(columns), {}))


def plan(organisation: Organisation, *, reading: Reading, on: date, catalog: str | None = None) -> Plan:
    """What the file says, with every problem in it. Raises TableError when no header was recognised."""
    if reading.layout is None:
        raise TableError("no_header")
    rows = Subject.objects.filter(organisation=organisation, archived_at__isnull=True)
    subjects = [core.Subject(row.key, row.kind, row.name) for row in rows]
    sheet = reading.sheets[0 if reading.audit else reading.layout.sheet]
    return interpret(sheet, reading.layout, packs_on(on).norms, on=on, subjects=subjects, catalog=catalog)
