"""From the rows of a table to a supplier register: every problem at once, each supplier, service and contract once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from dijkwacht.core.days import Duration
from dijkwacht.core.intake_values import CellError, plain
from dijkwacht.core.sheets import Sheet
from dijkwacht.core.suppliers.identity import chamber_number, folded
from dijkwacht.core.suppliers.register_rows import (
    ContractRow,
    Processing,
    Register,
    ServiceRow,
    SubRow,
    SupplierRow,
    UseKind,
    UseRow,
)
from dijkwacht.core.suppliers.register_same import Told, one_each
from dijkwacht.core.suppliers.register_words import REGISTER, country, domain, hours, is_endless, period
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, Cells, find_table, mail_address, no_name

FORM = "register"
_T = TypeVar("_T", ServiceRow, ContractRow, UseRow)
_OF_A_SERVICE = ("what", "cloud", "personal", "admin", "process", "system", "hours")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as read."""

    cells: Cells
    supplier: SupplierRow
    service: ServiceRow | None
    contract: ContractRow | None
    uses: tuple[tuple[UseKind, str], ...]
    hours: float | None
    subs: tuple[str, ...]


def read_rows(sheets: Sequence[Sheet]) -> Register:
    """The register on the sheet that fits best; problems and nothing else when anything is wrong with it."""
    notes = Notes()
    table = find_table(sheets, REGISTER, notes, missing="no_supplier_column")
    if table is None:
        return with_notes(Register(FORM), notes)
    lines = [line for cells in table.rows(notes) if (line := _line(cells))]
    if not lines and not notes.problems:
        notes.problem("no_suppliers")
    return with_notes(put_together(lines, notes, ignored=table.ignored), notes)


def with_notes(found: Register, notes: Notes) -> Register:
    """The register with what was noted; with a problem nothing of it is left but the columns that were not read."""
    problems, remarks = notes.told()
    whole = Register(found.form, ignored=found.ignored) if problems else found
    return replace(whole, problems=problems, remarks=remarks, counts=dict(notes.counts))


# -- one row -----------------------------------------------------------------------------------------
def _line(cells: Cells) -> _Line | None:
    """The row as read; None when it names no supplier. Everything in it is looked at, so that all is told at once."""
    supplier = _supplier(cells)
    spent = _spent(cells)
    uses: list[tuple[UseKind, str]] = [("process", name) for name in cells.listed("process")]
    uses += [("system", name) for name in cells.listed("system")]
    owner = _owner(cells)
    service = _service(cells, owner, None if uses else spent)
    contract = _contract(cells, owner)
    subs = cells.listed("subs")
    if cells.says_nothing("supplier"):
        cells.problem("no_supplier_name", "supplier")
    if supplier is None:
        return None
    for name in subs:
        if folded(name) == folded(supplier.name) and plain(name):
            cells.problem("own_sub", "subs", name=name[:60])
    return _Line(cells, supplier, service, contract, tuple(uses), spent, subs)


def _supplier(cells: Cells) -> SupplierRow | None:
    name = cells.text("supplier")
    kvk = cells.text("kvk")
    try:
        kvk = "" if no_name(kvk) else chamber_number(kvk)
    except ValueError:
        cells.problem("not_a_kvk", "kvk", value=kvk[:60])
    site = cells.text("domain")
    try:
        site = "" if no_name(site) else domain(site)
    except CellError as error:
        cells.problem(error.code, "domain", **error.params)
    own_id, land = cells.text("own_id"), cells.text("country")
    if no_name(name):
        return None
    return SupplierRow(
        cells.number, name, kvk, "" if no_name(own_id) else own_id, site, "" if no_name(land) else country(land)
    )


def _service(cells: Cells, owner: str, spent: float | None) -> ServiceRow | None:
    name = cells.text("service")
    found = ServiceRow(
        cells.number, -1, name, cells.text("what", LONG), cells.yes("cloud"), cells.yes("personal"), cells.yes("admin"), spent,
        owner,
    )  # fmt: skip
    if not no_name(name):
        return found
    if cells.says_nothing("service") and not all(cells.says_nothing(role) for role in _OF_A_SERVICE):
        cells.problem("no_service", "service")
    return None


def _contract(cells: Cells, owner: str) -> ContractRow | None:
    number, title = cells.text("contract_number"), cells.text("contract_title")
    first = cells.day("start")
    end = cells.row.cell(cells.table.columns.get("end"))
    endless = isinstance(end, str) and is_endless(end)
    last = None if endless else cells.day("end")
    if first and last and last < first:
        cells.problem("ends_before_start", "end", value=last.isoformat(), start=first.isoformat())
    processing = cells.claim("processing", na=True)
    told = {
        "number": "" if no_name(number) else number, "title": "" if no_name(title) else title, "first": first, "last": last,
        "endless": endless, "notice": _notice(cells), "processing": cast("Processing | None", processing and processing.value),
        "audit": cells.yes("audit"), "exit": cells.yes("exit"),
    }  # fmt: skip
    if not endless and all(value in (None, "") for name, value in told.items() if name != "endless"):
        return None
    return ContractRow(cells.number, -1, owner=owner, **cast("dict[str, Any]", told))


def _notice(cells: Cells) -> Duration | None:
    text = cells.text("notice")
    try:
        return None if no_name(text) else period(text)
    except CellError as error:
        cells.problem(error.code, "notice", **error.params)
        return None


def _spent(cells: Cells) -> float | None:
    cell = cells.cell("hours")
    if isinstance(cell, bool | date):
        cells.problem("not_hours", "hours", value=str(cell))
        return None
    text = "" if cell is None else str(cell)
    try:
        return None if no_name(text) else hours(text)
    except CellError as error:
        cells.problem(error.code, "hours", **error.params)
        return None


def _owner(cells: Cells) -> str:
    """An e-mail address; who is named otherwise is not taken over, and told."""
    text = cells.text("owner")
    if no_name(text):
        return ""
    if not (found := mail_address(text)):
        cells.remark("owner_no_address", "owner")
    return found


# -- all rows ----------------------------------------------------------------------------------------
def put_together(lines: Sequence[_Line], notes: Notes, *, ignored: tuple[str, ...]) -> Register:
    """Each supplier, service, contract, use and sub-supplier once. What two rows tell differently is a problem."""
    suppliers, whose = one_each([Told(line.supplier, line.cells.place) for line in lines], notes)
    found = _Found()
    for line, supplier in zip(lines, whose, strict=True):
        service = found.service(line, supplier)
        found.contract(line, supplier, service)
        found.leans(line, supplier, service)
    return Register(
        FORM, tuple(suppliers), tuple(found.services), tuple(found.contracts), tuple(found.uses.values()),
        tuple(found.subs.values()), ignored,
    )  # fmt: skip


class _Found:
    """What was found so far, and where."""

    def __init__(self) -> None:
        self.services: list[ServiceRow] = []
        self._contracts: list[ContractRow] = []
        self._under: list[dict[int, None]] = []  # of each contract the services, in order
        self.uses: dict[tuple[int, str, str], UseRow] = {}
        self.subs: dict[tuple[int, int | None, str], SubRow] = {}
        self._service_at: dict[tuple[int, str], int] = {}
        self._contract_at: dict[tuple[object, ...], int] = {}

    def service(self, line: _Line, supplier: int) -> int | None:
        """The position of the service of this row."""
        if line.service is None:
            return None
        service = replace(line.service, supplier=supplier)
        at = self._service_at.setdefault((supplier, plain(service.name)), len(self.services))
        if at == len(self.services):
            self.services.append(service)
        else:
            fields = ("what", "cloud", "personal", "admin", "hours", "owner")
            self.services[at] = _filled(self.services[at], service, fields, line.cells, "service_differs")
        return at

    def contract(self, line: _Line, supplier: int, service: int | None) -> None:
        """The contract of this row: by number, else by title, else by its days and service."""
        if line.contract is None:
            return
        contract = replace(line.contract, supplier=supplier)
        name = (plain(contract.number), "") if contract.number else ("", plain(contract.title))
        key: tuple[object, ...] = (supplier, *name) if any(name) else (supplier, service, contract.first, contract.last)
        at = self._contract_at.setdefault(key, len(self._contracts))
        if at == len(self._contracts):
            self._contracts.append(contract)
            self._under.append({})
        if service is not None:
            self._under[at][service] = None
        before = self._contracts[at]
        if before is contract:
            return
        fields = ("title", "first", "last", "endless", "notice", "processing", "audit", "exit", "owner")
        before = self._contracts[at] = _filled(before, contract, fields, line.cells, "contract_differs")
        if (before.endless and before.last) or (before.first and before.last and before.last < before.first):
            line.cells.problem("contract_differs", "end", row=str(before.row))

    @property
    def contracts(self) -> list[ContractRow]:
        """The contracts, each with the services under it."""
        return [replace(each, services=tuple(under)) for each, under in zip(self._contracts, self._under, strict=True)]

    def leans(self, line: _Line, supplier: int, service: int | None) -> None:
        """What needs the service of this row, and on whom it leans itself."""
        row = line.cells.number
        for kind, name in line.uses:
            if service is None:  # told already
                break
            use = UseRow(row, service, kind, name, line.hours)
            key = (service, kind, plain(name))
            before = self.uses.setdefault(key, use)
            self.uses[key] = _filled(before, use, ("hours",), line.cells, "use_differs")
        for name in line.subs:
            self.subs.setdefault((supplier, service, plain(name)), SubRow(row, supplier, service, name))


_LOOSE = frozenset(("what", "title", "owner"))  # of which several may be true: the first is kept
_ROLE = {"first": "start", "last": "end", "endless": "end", "title": "contract_title"}


def _filled(before: _T, other: _T, fields: tuple[str, ...], cells: Cells, code: str) -> _T:
    """The first with what only the other tells; what they tell differently is told with both rows."""
    more: dict[str, Any] = {}
    for name in fields:
        old, new = getattr(before, name), getattr(other, name)
        if new in (None, "") or (new is False and name == "endless") or old == new:
            continue
        if old in (None, "") or (old is False and name == "endless"):
            more[name] = new
        elif name in _LOOSE:
            cells.remark("first_kept", _ROLE.get(name, name), row=str(before.row))
        else:
            cells.problem(code, _ROLE.get(name, name), row=str(before.row))
    return replace(before, **more)
