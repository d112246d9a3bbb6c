"""What the page of a supplier shows of what stops with it, and of orders to keep it out."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers import dependence_words as say
from dijkwacht.apps.suppliers import what_if_page
from dijkwacht.apps.suppliers.models import Order, Supplier
from dijkwacht.apps.suppliers.queries import exclusion, scope, stops, web
from dijkwacht.apps.suppliers.sections import Section

SHOWN = 5


def on_supplier(seat: Seat, supplier: Supplier, *, on: date) -> Section | None:
    """The section; None for a supplier that ended or was merged."""
    if supplier.merged_into_id is not None or (supplier.ended_on is not None and supplier.ended_on <= on):
        return None
    node = web.supplier_node(supplier.pk, supplier.kvk)
    here = scope.own(seat.organisation)
    found = stops.what_if(here, [node], on=on)
    names = what_if_page.names_of(found, here)
    orders = Order.objects.filter(web.running(on, since="given_on"), organisation=seat.organisation)
    context = {
        "seat": seat, "scope": here, "answer": say.happens(found, names.suppliers, shared=False),
        "rows": what_if_page.rows_of(found.stopped[:SHOWN], names),
        "orders": [each for each in orders if supplier.pk in exclusion.suppliers_of(each)],
    }  # fmt: skip
    url = reverse("suppliers:what_if", args=[seat.organisation.slug]) + f"?wie={node}"
    action = _("All of it, and drawn") if found.stopped else ""
    return Section(
        _("What stops with it"), "suppliers/stops_section.html", context, key="wat-stopt", url=url if action else "",
        action=action,
    )  # fmt: skip
