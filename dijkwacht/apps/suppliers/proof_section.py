"""What the page of a supplier shows of proof: how each service is covered, all proof, open findings, and what follows."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.models import Proof, Supplier
from dijkwacht.apps.suppliers.proof_page import kind_name, lines, proof_answer
from dijkwacht.apps.suppliers.queries.known import known_of, papers_of
from dijkwacht.apps.suppliers.queries.proofs import covers, open_findings, proofs_in, titles
from dijkwacht.apps.suppliers.sections import Section
from dijkwacht.apps.suppliers.words.proof import TOLD
from dijkwacht.core.access import Right
from dijkwacht.core.suppliers.supplier_facts import facts_of
from dijkwacht.norms.read import norms_on
from dijkwacht.web.terms import text_of, value_words


def on_supplier(seat: Seat, supplier: Supplier, *, on: date) -> Section | None:
    """The section; None for who is only known further down the chain and has no proof."""
    rows = list(proofs_in(seat.organisation, supplier=supplier.pk))
    held = {each.id: each.paper.proof for each in papers_of(Proof.objects.filter(supplier=supplier.pk))} if rows else {}
    if not (supplier.direct or rows):
        return None
    here, changes = seat.organisation.slug, seat.may(Right.SUPPLY) and supplier.ended_on is None
    context = {
        "seat": seat, "changes": changes,
        "lines": lines(covers(seat.organisation, on=on, supplier=supplier.pk), titles(seat.organisation, supplier=supplier.pk)),
        "proofs": [(each, kind_name(each.kind), proof_answer(each, held.get(each.pk), on=on)) for each in rows],
        "findings": list(open_findings(seat.organisation, supplier=supplier.pk)),
        "told": _told(supplier, on),
    }  # fmt: skip
    url = f"{reverse('suppliers:proof_add', args=(here,))}?leverancier={supplier.pk}" if changes else ""
    return Section(
        _("Proof"),
        "suppliers/proof_section.html",
        context,
        key="bewijs",
        url=url,
        action=_("Add proof") if changes else "",
    )


def _told(supplier: Supplier, on: date) -> list[tuple[str, str, str]]:
    """What follows for the norms: the question, the answer, and why."""
    types, known = norms_on(on).fact_types, known_of([supplier.pk], on=on).get(supplier.pk)
    found = facts_of(known, on=on) if known else {}
    return [
        (text_of(types[name].question), value_words(types[name], told.value), str(TOLD[told.why]))
        for name, told in found.items() if name in types
    ]  # fmt: skip
