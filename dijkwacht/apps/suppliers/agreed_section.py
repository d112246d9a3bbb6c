"""What the page of a supplier shows of what was agreed in tenders: how much, and what must be looked at."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries.tenders import agreed_of
from dijkwacht.apps.suppliers.sections import Section
from dijkwacht.apps.suppliers.words.tenders import agreed_answer

SHOWN = 3


def on_supplier(seat: Seat, supplier: Supplier, *, on: date) -> Section | None:
    """The section; None when nothing was agreed with this supplier in a tender."""
    rows = agreed_of(seat.organisation, on=on).filter(supplier=supplier)
    total = rows.count()
    if not total:
        return None
    context = {
        "seat": seat, "on": on, "total": total, "rows": rows.filter(due__isnull=False)[:SHOWN],
        "answer": agreed_answer(rows, on=on),
    }  # fmt: skip
    url = f"{reverse('suppliers:agreed', args=(seat.organisation.slug,))}?leverancier={supplier.pk}"
    return Section(
        _("Agreed requirements"),
        "suppliers/agreed_section.html",
        context,
        key="afspraken",
        url=url,
        action=_("See all"),
    )
