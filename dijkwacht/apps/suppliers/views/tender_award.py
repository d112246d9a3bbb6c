"""An award: with whom, on which contract, for which service."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import tender_page
from dijkwacht.apps.suppliers.forms.tender_offers import NEW, AwardForm
from dijkwacht.apps.suppliers.models import Contract, Offer, Service, Supplier, TenderState
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.services import awarding
from dijkwacht.apps.suppliers.services.awarding import Deal
from dijkwacht.apps.suppliers.views.pages import attempt, sent, when
from dijkwacht.apps.suppliers.views.tender_offers import offer_or_404
from dijkwacht.apps.suppliers.views.tenders import BOTH
from dijkwacht.apps.suppliers.words.tenders import DAY
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_http_methods(BOTH)
def award(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """This offer wins: what then stands in the register, and what was agreed."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    offer = offer_or_404(seat, pk, state=TenderState.SENT)
    on = clock.today(request)
    form = AwardForm(sent(request), initial=_initial(offer), **_options(seat, on))
    if form.is_valid():
        deal = _deal(seat, form.cleaned_data)
        done = attempt(form, lambda: awarding.award(offer, deal=deal, **when(request, seat)))
        if done is not None:
            messages.success(request, _("Awarded. What was agreed is now followed."))
            return redirect("suppliers:supplier", organisation=organisation, pk=done.supplier_id)
    shown = tender_page.Shown(offer.tender, on=on)
    rows = queries.said(offer, shown.lines)
    context = {
        "offer": offer,
        "tender": offer.tender,
        "form": form,
        "told": tender_page.offer_row(offer, offer.tender, rows),
    }
    context |= tender_page.offered(shown, rows)
    return render(request, "suppliers/tender_award.html", {"seat": seat, **context})


def _initial(offer: Offer) -> dict[str, Any]:
    """Who it most likely is: the supplier with this number."""
    known = Supplier.objects.filter(
        organisation=offer.tender.organisation, kvk=offer.kvk, ended_on__isnull=True, merged_into__isnull=True
    )
    found = known.first() if offer.kvk else None
    title = offer.tender.title
    told = {"title": title, "service_name": title, "service": "" if found else NEW}
    return {"supplier": str(found.pk) if found else NEW, **told}


def _options(seat: Seat, on: date) -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from in the register."""
    mine: dict[str, Any] = {"organisation": seat.organisation, "ended_on__isnull": True}
    suppliers = Supplier.objects.filter(merged_into__isnull=True, **mine)
    contracts = [
        each for each in Contract.objects.filter(**mine).select_related("supplier") if not each.until or each.until > on
    ]
    services = Service.objects.filter(**mine).select_related("supplier")
    return {
        "suppliers": [(str(each.pk), f"{each.name} (KvK {each.kvk})" if each.kvk else each.name) for each in suppliers],
        "contracts": [(str(each.pk), f"{each.supplier}: {each.title}") for each in contracts],
        "services": [(str(each.pk), f"{each.supplier}: {each.name}") for each in services],
    }


def _deal(seat: Seat, told: dict[str, Any]) -> Deal:
    """What was filled in, with the rows that it names."""

    def row(model: Any, name: str) -> Any:
        asked = told[name]
        return (
            model.objects.filter(organisation=seat.organisation, pk=asked).first() if asked not in ("", NEW) else None
        )

    last = told["last_day"]
    return Deal(
        row(Supplier, "supplier"), row(Contract, "contract"), told["title"], told["number"], told["starts_on"],
        last + DAY if last else None, row(Service, "service"),
        told["service_name"] if told["service"] == NEW else "", told["service_kind"],
    )  # fmt: skip
