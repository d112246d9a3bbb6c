"""Reading a file that was brought for import: what it is, and what its rows would do. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dijkwacht.adapters import ciso_assistant
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core import facts as core
from dijkwacht.core.intake import interpret, propose_layout
from dijkwacht.core.intake_columns import ROLES, Layout
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.intake_plan import Answered, Claim, Plan
from dijkwacht.core.sheets import Place, Problem, Row, Sheet

AUDIT = "audit"  # exported by CISO Assistant: its columns are known
WORKBOOK = "workbook"


class UnreadableError(ValueError):
    """A file that cannot be read as a table; ``problem`` says what and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read. ``layout`` None: nothing in it looks like a header; the person says where it is."""

    kind: str
    sheets: tuple[Sheet, ...]
    layout: Layout | None

    def sheet(self, layout: Layout) -> Sheet:
        """The sheet that a layout points to."""
        return self.sheets[layout.sheet]

    def header(self, layout: Layout) -> Row:
        """The header row; an empty one when there is no such row."""
        rows = (row for row in self.sheet(layout).rows if row.number == layout.header)
        return next(rows, Row(layout.header, ()))

    def rows_below(self, layout: Layout) -> tuple[Row, ...]:
        """The rows under the header."""
        return tuple(row for row in self.sheet(layout).rows if row.number > layout.header)


class Brought(Protocol):
    """A file that somebody brought: an upload that waits, or one from the command line."""

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> bytes: ...

    @property
    def library_content(self) -> bytes | None: ...


def read(upload: Brought, *, on: date) -> Reading:
    """The sheets of a file with a proposal for its columns. Raises UnreadableError."""
    try:
        if upload.name.lower().endswith((".yaml", ".yml")):
            ciso_assistant.read_library(upload.content)
            raise UnreadableError(Problem("library_alone"))
        library = upload.library_content
        sheets = read_table(upload.content, name=upload.name)
        if ciso_assistant.is_audit(sheets):
            framework = ciso_assistant.read_library(library) if library is not None else None
            audit = ciso_assistant.read_audit(sheets, library=framework)
            return Reading(AUDIT, (audit,), ciso_assistant.LAYOUT)
    except TableError as error:
        raise UnreadableError(error.problem) from error
    return Reading(WORKBOOK, tuple(sheets), propose_layout(sheets, Numbers(packs_on(on).norms)))


def arranged(reading: Reading, chosen: Mapping[str, int | None]) -> Layout | None:
    """The layout that a person chose (sheet, header, and a column per role), on top of what was proposed.

    None when there is no such sheet. A column that the sheet does not have is left out.
    """
    proposed = reading.layout
    sheet = chosen.get("sheet")
    position = sheet if sheet is not None else proposed.sheet if proposed else 0
    if not 0 <= position < len(reading.sheets):
        return None
    first = next((row.number for row in reading.sheets[position].rows), 1)
    same = proposed is not None and proposed.sheet == position
    header = chosen.get("header") or (proposed.header if same and proposed else first)
    if reading.kind == AUDIT:
        return proposed
    if any(role in chosen for role in ROLES):
        widest = max((len(row.cells) for row in reading.sheets[position].rows), default=0)
        columns = {role: column for role in ROLES if (column := chosen.get(role)) is not None and 0 <= column < widest}
        return Layout(position, header, columns, {})
    if proposed is not None and same and proposed.header == header:
        return proposed
    return Layout(position, header, {}, {})


def plan(organisation: Organisation, *, reading: Reading, layout: Layout, on: date, catalog: str = "") -> Plan:
    """What the rows would do. A day that has yet to come is a problem: nobody knows today how it will be then."""
    rows = Subject.objects.filter(organisation=organisation, archived_at__isnull=True).exclude(key=organisation.slug)
    subjects = [core.Subject(key, kind, name) for key, kind, name in rows.values_list("key", "kind", "name")]
    found = interpret(
        reading.sheet(layout), layout, packs_on(on).norms, on=on, subjects=subjects, catalog=catalog or None
    )
    ahead = [
        Problem(
            "date_too_late",
            Place(reading.sheet(layout).name, each.row, layout.columns.get("date")),
            {"value": str(each.day), "latest": str(on)},
        )
        for each in _lines(found)
        if each.day is not None and each.day > on
    ]
    return replace(found, problems=tuple(sorted((*found.problems, *ahead), key=_row))) if ahead else found


def _lines(found: Plan) -> list[Claim | Answered]:
    return [*found.claims, *found.answers]


def _row(problem: Problem) -> int:
    return problem.place.row or 0
