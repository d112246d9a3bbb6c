"""Cells of an organisation's own over the pack: added, changed, hidden, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dijkwacht.apps.landscape.models import Doing, LocalCell
from dijkwacht.apps.landscape.queries.cells import base_of, cell_mark, local
from dijkwacht.apps.landscape.services.doing import Deed, Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.landscape import form
from dijkwacht.web.moments import day_of

PREFIX = "local_"


@dataclass(frozen=True, slots=True)
class _Done:
    """What is done to a cell: the fields that count from now on, what the pack says of them, and why."""

    cell: str
    doing: Doing
    fields: Mapping[str, Any]
    base: Mapping[str, Any]
    because: str


def add_cell(
    organisation: Organisation, *, fields: Mapping[str, Any], because: str, person: Person, at: datetime
) -> LocalCell:
    """A new cell, with the next number here. Raises Refused (cell) with the field that is wrong."""
    with doing(organisation, person=person, at=at) as deed:
        name = _new_name(organisation)
        fields = _checked(organisation, name, fields)
        row = _make(deed, _Done(name, Doing.ADD, fields, {}, because))
        deed.write("cell_added", about=f"cell:{name}", rows=[row], name=fields["nl"], because=because)
    return row


def change_cell(
    organisation: Organisation,
    cell: str,
    *,
    fields: Mapping[str, Any],
    because: str,
    person: Person,
    at: datetime,
    seen: str = "",
) -> LocalCell | None:
    """Says otherwise than the pack; None when nothing differs, and then nothing local is left.

    ``seen``: as which it was looked at, by `cell_mark`; empty: whatever it is. Raises Refused: cell (a field that is wrong), gone
    (no such cell), meanwhile (it is another since).
    """
    with doing(organisation, person=person, at=at) as deed:
        if seen and seen != cell_mark(organisation, cell):
            raise Refused("meanwhile")
        base, before = base_of(organisation), local(organisation, cell)
        fields = _checked(organisation, cell, fields)
        if before is not None and before.doing == Doing.ADD:
            row, rows = _over(deed, before, _Done(cell, Doing.ADD, fields, {}, because))
        elif cell not in base.cells:
            raise Refused("gone")
        else:
            said = form.plain(base.cells[cell])
            differing = {key: value for key, value in fields.items() if said.get(key) != value}
            old = {key: said.get(key) for key in differing}
            if differing:
                row, rows = _over(deed, before, _Done(cell, Doing.CHANGE, differing, old, because))
            else:
                row, rows = None, _ended(deed, before)
        if rows:
            deed.write("cell_changed", about=f"cell:{cell}", rows=rows, name=fields["nl"], because=because)
    return row


def hide_cell(organisation: Organisation, cell: str, *, because: str, person: Person, at: datetime) -> LocalCell:
    """Leaves a cell out here. Raises Refused (gone): no such cell in the pack."""
    with doing(organisation, person=person, at=at) as deed:
        base = base_of(organisation)
        if cell not in base.cells:
            raise Refused("gone")
        found = base.cells[cell]
        row, rows = _over(deed, local(organisation, cell), _Done(cell, Doing.HIDE, {}, form.plain(found), because))
        deed.write("cell_hidden", about=f"cell:{cell}", rows=rows, name=found.text["nl"], because=because)
    return row


def restore_cell(organisation: Organisation, cell: str, *, person: Person, at: datetime) -> None:
    """Takes back what was done here to a cell. Raises Refused (gone): nothing was."""
    with doing(organisation, person=person, at=at) as deed:
        row = local(organisation, cell)
        if row is None:
            raise Refused("gone")
        known = base_of(organisation).cells.get(cell)
        name = str(row.fields.get("nl") or (known.text["nl"] if known else cell))
        deed.write("cell_restored", about=f"cell:{cell}", rows=_ended(deed, row), name=name)


def _new_name(organisation: Organisation) -> str:
    """A name that no cell of another organisation has, since added cells travel in packs, nor one of a pack that says so."""
    number = LocalCell.objects.filter(organisation=organisation, doing=Doing.ADD).count() + 1
    taken = {
        *base_of(organisation).cells,
        *LocalCell.objects.filter(organisation=organisation).values_list("cell", flat=True),
    }
    while (name := f"{PREFIX}{organisation.slug[:50]}_{number}") in taken:
        number += 1
    return name


def _checked(organisation: Organisation, name: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields in the one way to write them, so that what says the same is the same. Raises Refused (cell)."""
    try:
        return form.plain(form.cell_of(name, fields, base_of(organisation)))
    except form.CellError as error:
        raise Refused("cell", field=error.field, why=error.code) from None


def _make(deed: Deed, done: _Done) -> LocalCell:
    return LocalCell.objects.create(
        organisation=deed.organisation, cell=done.cell, doing=done.doing, fields=dict(done.fields), base=dict(done.base),
        because=done.because, since=day_of(deed.at), by=deed.person,
    )  # fmt: skip


def _over(deed: Deed, before: LocalCell | None, done: _Done) -> tuple[LocalCell, list[LocalCell]]:
    """A row in the place of the one before it, and all rows that were touched."""
    ended = _ended(deed, before)
    row = _make(deed, done)
    return row, [row, *ended]


def _ended(deed: Deed, row: LocalCell | None) -> list[LocalCell]:
    if row is None:
        return []
    row.until = day_of(deed.at)
    row.save(update_fields=["until"])
    return [row]
