"""What the page of a supplier shows of joint reviews: those adopted, with how fresh they are, and those that could be."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers import adoption_words
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries import adoptions
from dijkwacht.apps.suppliers.queries.adoptions import Held
from dijkwacht.apps.suppliers.sections import Section


@dataclass(frozen=True, slots=True)
class Row:
    """An adopted review in sentences. ``changed``: empty when nothing did."""

    held: Held
    state: str
    findings: str
    changed: str


def row_of(each: Held) -> Row:
    """An adoption as it is shown."""
    fresh, adoption = each.fresh, each.adoption
    return Row(
        each, adoption_words.state_sentence(adoption.review, fresh), adoption_words.findings_sentence(fresh),
        adoption_words.changed_sentence(fresh, adoption),
    )  # fmt: skip


def on_supplier(seat: Seat, supplier: Supplier, *, on: date) -> Section | None:
    """The section; None when there is no joint review of this supplier that we took part in or could."""
    rows = [row_of(each) for each in adoptions.held(seat.organisation, on=on, supplier=supplier)]
    ready = adoptions.adoptable(seat.organisation, supplier, on=on)
    open_ = adoptions.joinable(seat.organisation, on=on, supplier=supplier)
    if not (rows or ready or open_):
        return None
    return Section(
        _("Joint reviews"), "suppliers/adopt_section.html", {"seat": seat, "rows": rows, "ready": ready, "open": open_},
        key="onderzoeken",
    )  # fmt: skip
