"""What stops, and on whom all lean, as lists that a spreadsheet opens."""

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.apps.suppliers.dependence_words import after
from dijkwacht.apps.suppliers.queries.concentration import Table
from dijkwacht.apps.suppliers.queries.stops import WhatIf
from dijkwacht.apps.suppliers.what_if_page import Names, rows_of
from dijkwacht.web.tlp_words import tlp_word

MEDIA_TYPE = "text/csv; charset=utf-8"


def what_if_csv(found: WhatIf, names: Names, *, tlp: str) -> bytes:
    """One line per process or system that stops, the soonest first; what is not known says so."""
    columns = (
        _("Organisation"), _("Process or system"), _("Hours"), _("When"), _("Known"), _("Through"), _("Ways around that ran out"),
        _("Label (TLP)"),
    )  # fmt: skip
    label = tlp_word(tlp) if tlp else ""
    rows = (
        (
            row.organisation, row.stop.name, int(row.stop.hours), after(row.stop.hours, sure=row.stop.sure),
            _("Yes") if row.stop.sure else _("No"), " → ".join(row.way), row.stop.ran_out, label,
        )
        for row in rows_of(found.stopped, names)
    )  # fmt: skip
    return write_csv(Sheet("wat-stopt", columns, tuple(rows)))


def leant_csv(table: Table, *, tlp: str) -> bytes:
    """One line per supplier, the widest first."""
    columns = (
        _("Supplier"), _("KvK number"), _("Stops"), _("Of"), _("Buy from it themselves"), _("Whole regions"),
        _("In the tightest knot"), _("Label (TLP)"),
    )  # fmt: skip
    label = tlp_word(tlp) if tlp else ""
    rows = (
        (
            row.name, row.node[1:] if row.node[0] == "k" else "", len(row.who), table.whole, row.direct, ", ".join(row.regions),
            _("Yes") if row.knot else _("No"), label,
        )
        for row in table.rows
    )  # fmt: skip
    return write_csv(Sheet("concentratie", columns, tuple(rows)))
