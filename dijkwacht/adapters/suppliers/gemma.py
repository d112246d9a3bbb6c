"""Suppliers and packages out of an export of the GEMMA Softwarecatalogus, in CSV or a workbook.

Certain of the old catalogue (until 2026): "Leverancier Naam", "Pakket Naam", "Pakketversie Naam", "Pakket Beschrijving" and
"Pakketversie Status" are columns of its file of all packages; its page *Beschrijving exportbestanden* says so
(softwarecatalogus.nl). Seen once, of the new one: "naam", "beschrijvingKort", "aanbieder" as an id and "_aanbieder" as a name
(github.com/VNG-Realisatie/Softwarecatalogus, test-results/gemeente/export-applicaties.csv at 2d58a57).

Not certain: the columns of a municipality's own list in either of them. Not read, because they say what a supplier offers and not
what an organisation has: the technology (SaaS), where it is hosted, the page of the product. The id of a supplier in the
catalogue is no number in our own books. So of a package only its name, what it is, and whose it is are known.
"""

from collections.abc import Sequence

from dijkwacht.adapters.registers.gemma import FORM, headed
from dijkwacht.core.advisories.register_words import stated_by
from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Place, Sheet
from dijkwacht.core.suppliers.register_read import with_notes
from dijkwacht.core.suppliers.register_rows import Register, ServiceRow, SupplierRow
from dijkwacht.core.suppliers.register_same import Told, one_each
from dijkwacht.core.suppliers.register_words import GEMMA
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONG, Cells, find_table, no_name

__all__ = ["FORM", "fits", "of"]

# headers that tell of the use by an organisation; a list with none of these tells what there is, not what is used
_OF_USE = frozenset((
    "gemeente", "gemeentenaam", "organisatie", "organisatienaam", "status gebruik", "gebruiksstatus", "in gebruik", "gebruik",
))  # fmt: skip


def fits(sheets: Sequence[Sheet]) -> bool:
    """Whether a supplier and a package can be read."""
    return find_table(sheets, GEMMA, Notes(), missing="no_package_columns", exact=True) is not None


def of(sheets: Sequence[Sheet]) -> Register:
    """Each supplier and each package once. A row without one of these is left out with a remark, as is what is out of use."""
    notes = Notes()
    table = find_table(sheets, GEMMA, notes, missing="no_package_columns", exact=True)
    if table is None:
        return with_notes(Register(FORM), notes)
    rows = [(cells, line) for cells in table.rows(notes) if (line := _line(cells))]
    if not rows and not notes.problems:
        notes.problem("no_suppliers")
    suppliers, whose = one_each([Told(SupplierRow(cells.number, line[0]), cells.place) for cells, line in rows], notes)
    services: dict[tuple[int, str], ServiceRow] = {}
    for (cells, (_, name, what)), supplier in zip(rows, whose, strict=True):
        services.setdefault((supplier, plain(name)), ServiceRow(cells.number, supplier, name, what))
    if rows and not headed(table.sheet, table.header) & _OF_USE:
        notes.remark("what_suppliers_offer", Place(table.sheet.name, table.header))
    found = Register(FORM, tuple(suppliers), tuple(services.values()), ignored=table.ignored)
    return with_notes(found, notes)


def _line(cells: Cells) -> tuple[str, str, str] | None:
    """Supplier, package, and what it is."""
    supplier, name = cells.text("supplier"), cells.text("service")
    what, status = cells.text("what", LONG), cells.text("status")
    if no_name(supplier) or no_name(name):
        cells.remark("row_left_out", "supplier" if no_name(supplier) else "service")
        return None
    if stated_by(status) == "absent":
        cells.remark("not_in_use", "status", name=name[:60])
        return None
    return supplier, name, "" if no_name(what) else what
