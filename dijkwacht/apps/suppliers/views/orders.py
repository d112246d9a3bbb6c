"""Orders of the minister to keep a supplier out (Cbw 21a): where it is in use, and by what it is replaced."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import dependence_words as say
from dijkwacht.apps.suppliers import what_if_page
from dijkwacht.apps.suppliers.forms.dependence import OrderForm, ReplacementForm
from dijkwacht.apps.suppliers.models import Order, Replacement, Service
from dijkwacht.apps.suppliers.queries import exclusion, scope, stops, web
from dijkwacht.apps.suppliers.services import excluding
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, person_of, persons, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address

QUESTION = "suppliers.exclusion.findable"
SHOWN = 10


@require_safe
def orders(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which orders are there, and how far are we?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = [(each, say.order_state(each, on=on)) for each in exclusion.orders(seat.organisation, on=on)]
    question = address("ledger:question", organisation=organisation, subject=organisation, fact_type=QUESTION)
    context = {"rows": rows, "question": question if seat.may(Right.ANSWER) else "", "changes": seat.may(Right.SUPPLY)}
    return render(
        request,
        "suppliers/orders.html",
        {"seat": seat, "answer": say.orders_answer([each for each, _ in rows]), **context},
    )


@require_safe
def order(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Where is this supplier in use, and what becomes of it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row, on = own_or_404(seat, Order, pk), clock.today(request)
    row.organisation = seat.organisation
    standing, here = exclusion.standing(row, on=on), scope.own(seat.organisation)
    open_ = row.ended_on is None
    late = [open_ and each.late(row, on=on) for each in standing.places]
    places = [(each, *say.place_state(each, late=red), red) for each, red in zip(standing.places, late, strict=True)]
    gone = _gone(row)
    found = stops.what_if(here, gone, on=on)
    query = "&".join(f"wie={each}" for each in gone)
    context = {
        "order": row, "standing": standing, "answer": say.order_state(standing, on=on), "places": places,
        "stops": what_if_page.rows_of(found.stopped[:SHOWN], what_if_page.names_of(found, here)),
        "more": len(found.stopped) - SHOWN,
        "what_if": reverse("suppliers:what_if", args=[organisation]) + f"?{query}" if gone else "",
        "changes": seat.may(Right.SUPPLY) and open_,
    }  # fmt: skip
    return render(request, "suppliers/order.html", {"seat": seat, **context})


def _gone(row: Order) -> list[str]:
    """The suppliers of the order in the web: those of its number, or when it has none those with its name."""
    known = exclusion.suppliers_of(row)
    sure = any(known.values())
    rows = exclusion.numbers([pk for pk, by_number in known.items() if by_number or not sure])
    return sorted({web.supplier_node(pk, kvk) for pk, kvk in rows})


@require_http_methods(["GET", "HEAD", "POST"])
def order_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Records an order as it was received."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    form = OrderForm(sent(request), initial={"given_on": clock.today(request)})
    if form.is_valid():
        row = attempt(form, lambda: excluding.record(seat.organisation, **form.cleaned_data, **when(request, seat)))
        if row is not None:
            messages.success(request, _("Recorded. Below stands where it is in use."))
            return redirect("suppliers:order", organisation, row.pk)
    return form_page(
        request, seat, form, title=_("Record an order"), back=reverse("suppliers:orders", args=[organisation]),
        answer=_("As you received it. At once you see where the supplier is in use, also further down the chain."),
    )  # fmt: skip


@require_POST
def order_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The order no longer holds."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Order, pk)
    press(request, lambda: excluding.end(row, **when(request, seat)), _("Noted that this order no longer holds."))
    return redirect("suppliers:order", organisation, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def replacement(request: HttpRequest, organisation: str, pk: int, service: int) -> HttpResponse:
    """By what a service is replaced under an order, by whom, before when."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row, what = _both(seat, pk, service)
    plan = Replacement.objects.filter(order=row, service=what).first()
    initial = {"by_what": plan.by_what, "owner": plan.owner_id, "due": plan.due} if plan else {"due": row.until}
    form = ReplacementForm(sent(request), persons=persons(request, seat), initial=initial)
    if form.is_valid():
        data = form.cleaned_data | {"owner": person_of(request, seat, form.cleaned_data["owner"])}
        if attempt(form, lambda: excluding.replace(row, service=what, **data, **when(request, seat))) is not None:
            messages.success(request, _("Kept."))
            return redirect("suppliers:order", organisation, pk)
    return form_page(
        request, seat, form, title=_("Replace %(service)s") % {"service": what},
        back=reverse("suppliers:order", args=[organisation, pk]), eyebrow=str(row),
    )  # fmt: skip


@require_POST
def replaced(request: HttpRequest, organisation: str, pk: int, service: int) -> HttpResponse:
    """The supplier is out of this service."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row, what = _both(seat, pk, service)
    said = _("Noted. End the service or the link in the register too, if it is still there.")
    press(request, lambda: excluding.replaced(row, service=what, **when(request, seat)), said)
    return redirect("suppliers:order", organisation, pk)


def _both(seat: Seat, pk: int, service: int) -> tuple[Order, Service]:
    row, what = own_or_404(seat, Order, pk), own_or_404(seat, Service, service)
    row.organisation = what.organisation = seat.organisation
    return row, what
