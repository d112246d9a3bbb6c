"""What leaves about a collective service: an OSCAL component definition, and who could take part and does not as a list."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet
from dijkwacht.adapters.suppliers_out.component import Covers, Service, component_definition
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Collective, Extent

CSV = "text/csv; charset=utf-8"


def oscal(collective: Collective, *, on: date) -> bytes:
    """The document, as known on a day. What no norm in force has is left out of it."""
    norms = packs_on(on).norms
    rows = [row for row in collective.covers.all() if row.requirement in norms.requirements]
    covers = [Covers(row.requirement, "whole" if row.extent == Extent.WHOLE else "part", row.stays) for row in rows]
    holder = collective.provider or str(collective.organisation)
    service = Service(
        f"{collective.organisation.slug}/{collective.pk}", collective.name, collective.what, holder, on,
        on.isoformat(), covers,
    )  # fmt: skip
    return component_definition(service, norms)


def others_list(rows: Iterable[Organisation]) -> bytes:
    """Who could take part and does not, a line each."""
    columns = (_("Organisation"), _("Kind"), _("Safety region"), _("Province"), _("CBS code"))
    lines = [
        (each.name, str(each.get_kind_display()), each.safety_region, each.province, each.cbs_code or "")
        for each in rows
    ]
    return write_csv(Sheet("niet-deelnemers", columns, tuple(lines)))
