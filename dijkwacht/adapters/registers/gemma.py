"""An export of the GEMMA Softwarecatalogus in CSV or a workbook. Best effort: only the export of the old catalogue is described.

Two shapes are known. The old catalogue (until 2026) wrote "Leverancier Naam", "Pakket Naam", "Pakketversie Naam", "Pakketversie
Status" with semicolons, seen in a reader of others (github.com/surfdude1978/softwarecatalogus, import_swc_csv.py at 9e9c667). The
new one writes the fields of its database with commas: "naam", "aanbieder" as an id and "_aanbieder" as a name, versions as a
JSON list in "_moduleVersies" (github.com/VNG-Realisatie/Softwarecatalogus, test-results/gemeente/export-applicaties.csv at
2d58a57). Both list what suppliers *offer* when they were asked for so: that is no register of what is in use here.
"""

from collections.abc import Sequence
from datetime import date

from dijkwacht.adapters.registers.sheets import read_sheets
from dijkwacht.core.advisories.register_lines import Lines, Notes
from dijkwacht.core.advisories.register_rows import Reading
from dijkwacht.core.intake_columns import HEADER_WITHIN, Layout
from dijkwacht.core.intake_values import plain
from dijkwacht.core.sheets import Place, Sheet

FORM = "gemma"
# headers that no other register has
MARKS = frozenset((
    "pakketversie", "pakketversie naam", "pakketversie status", "pakketstatus", "pakket id", "pakketid", "pakketnaam",
    "referentiecomponent", "referentiecomponenten", "_referentiecomponenten", "referentiecomponenten leverancier uuid",
    "moduleversies", "_moduleversies", "_aanbieder", "mutatiedatum pakketversie",
))  # fmt: skip
# of the use by an organisation; a list with none of these tells what there is, not what is used
_OF_USE = frozenset((
    "gemeente", "gemeentenaam", "organisatie", "organisatienaam", "status gebruik", "gebruiksstatus", "in gebruik", "gebruik",
    "startdatum",
))  # fmt: skip


def of(sheets: Sequence[Sheet], *, on: date, layouts: Sequence[Layout] = ()) -> Lines:
    """A line per package and version. A list of what suppliers offer is read with a remark that says so."""
    notes = Notes()
    found = read_sheets(FORM, sheets, Reading(on, lists=True), layouts=layouts, notes=notes)
    for layout in found.layouts:
        sheet = sheets[layout.sheet]
        if found.lines and not headed(sheet, layout.header) & _OF_USE:
            notes.remark("what_suppliers_offer", Place(sheet.name, layout.header))
    return notes.lines(found)


def headed(sheet: Sheet, number: int | None = None) -> frozenset[str]:
    """The headers of a row, plain; of all rows among which a header can stand when no number is given."""
    rows = [row for row in sheet.rows[:HEADER_WITHIN] if number is None or row.number == number]
    return frozenset(plain(cell) for row in rows for cell in row.cells if isinstance(cell, str) and len(cell) < 80)
