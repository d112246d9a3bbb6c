"""The "ICT-foto" of the Informatiebeveiligingsdienst (IBD): a sheet of products with J or N behind each, without versions.

Source: informatiebeveiligingsdienst.nl, "Invullen van de lege ICT-foto" (read November 2026): products from NIST's dictionary
and from the GEMMA Softwarecatalogus, a column "aanwezig J/N" in which N stands until somebody changes it. So N is a weak
statement. The wording of the other headers is not published: they are recognised, and a person may correct it.
"""

from collections.abc import Sequence
from datetime import date

from dijkwacht.adapters.registers.sheets import read_sheets
from dijkwacht.core.advisories.register_lines import Lines, Notes
from dijkwacht.core.advisories.register_rows import Reading
from dijkwacht.core.intake_columns import Layout
from dijkwacht.core.sheets import Sheet

FORM = "ict_foto"


def of(sheets: Sequence[Sheet], *, on: date, layouts: Sequence[Layout] = ()) -> Lines:
    """J is a line, N a line that says *absent*, an empty cell is counted. All sheets with such a column are read."""
    notes = Notes()
    found = read_sheets(FORM, sheets, Reading(on, photo=True), layouts=layouts, every=True, notes=notes)
    absent = sum(line.stated == "absent" for line in found.lines)
    if found.lines and absent == len(found.lines):  # the sheet as the IBD sends it: nobody has filled it in
        notes.problem("photo_untouched", rows=str(absent))
    elif absent:
        notes.remark("no_is_the_default", count=str(absent))
    return notes.lines(found)
