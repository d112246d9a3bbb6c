"""The product register as a list for a spreadsheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.apps.advisories.register_rows import Row

MEDIA_TYPE = "text/csv; charset=utf-8"


def register_list(rows: Iterable[Row]) -> bytes:
    """One line per product; cells that look like a formula are neutralised."""
    columns = (
        _("Supplier"), _("Product"), _("Version"), _("Other versions"), _("In use"), _("Known from"), _("As of"),
        _("Reachable from outside"), _("Sources disagree"), _("Open warnings"),
    )  # fmt: skip
    return write_csv(Sheet("productregister", columns, tuple(_line(each) for each in rows)))


def _line(row: Row) -> tuple[Value, ...]:
    others = ", ".join(each for each in row.versions if each != row.version)
    exposed = {True: _("yes"), False: _("no"), None: ""}[row.exposed]
    return (
        row.vendor, row.name, row.version, others, row.stated_words, row.from_words, row.as_of, exposed,
        " ".join(row.disagreements), row.warnings,
    )  # fmt: skip
