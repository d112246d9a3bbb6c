"""Joining a joint review, looking at what came out, adopting it for a supplier of one's own, and letting go of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers import adoption_words
from dijkwacht.apps.suppliers.adoption_section import row_of
from dijkwacht.apps.suppliers.forms.portal import AdoptForm, JoinForm, LeaveForm
from dijkwacht.apps.suppliers.models import Adoption, Review, Service, Supplier
from dijkwacht.apps.suppliers.portal_page import words as value_words
from dijkwacht.apps.suppliers.queries import adoptions, entitled
from dijkwacht.apps.suppliers.services import adopting
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address
from dijkwacht.web.terms import text_of


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes part in a review of a supplier of ours, to see what comes out."""
    seat = _seat(request, organisation, Right.SUPPLY)
    on = clock.real_today()
    if entitled.seen(pk, seat, on=on) is not None:
        return redirect("suppliers:adopt", organisation=organisation, pk=pk)
    rows = entitled.opened_up(seat.organisation, on=on).select_related("organisation", "portal__business")
    review = rows.filter(pk=pk).first()
    mine = [] if review is None else adoptions.candidates(review, seat.organisation)
    if review is None or not mine:
        raise Http404
    back = address("suppliers:supplier", organisation=organisation, pk=str(mine[0].pk))
    form = JoinForm(sent(request), suppliers=_options(mine), initial={"supplier": mine[0].pk})
    if request.method == "POST" and form.is_valid():
        supplier = own_or_404(seat, Supplier, form.cleaned_data["supplier"])
        deed = lambda: adopting.join(review, organisation=seat.organisation, supplier=supplier, **when(request, seat))  # noqa: E731
        if attempt(form, deed) is not None:
            messages.success(request, _("You take part. Here is what came out so far."))
            return redirect("suppliers:adopt", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Join “%(title)s”") % {"title": review.title}, notes=_joining(review), back=back,
        submit=_("Join"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What came out of a review, how fresh that is, and adopting it."""
    seat = _seat(request, organisation, Right.SUPPLY if request.method == "POST" else Right.SEE)
    review, on = _seen(seat, pk), clock.today(request)
    suppliers = adoptions.candidates(review, seat.organisation)
    services = [(each.pk, each.name) for each in adoptions.services_of(suppliers)]
    start = {"supplier": suppliers[0].pk} if suppliers else {}
    form = AdoptForm(sent(request), suppliers=_options(suppliers), services=services, initial=start)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _adopt(request, seat, review, form.cleaned_data))
        if done is not None:
            said, turned = _("Adopted."), adoption_words.turned_sentence(len(done.judged.changes))
            messages.success(request, f"{said} {turned}")
            return redirect("suppliers:adopt", organisation=organisation, pk=pk)
    context = {**_outcome(seat, review, on=on), "form": form, "may": seat.may(Right.SUPPLY), "suppliers": suppliers}
    return render(request, "suppliers/adopt.html", context)


@require_POST
def renew(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adopts again what was concluded anew."""
    seat = _seat(request, organisation, Right.SUPPLY)
    adoption = own_or_404(seat, Adoption, pk)
    press(request, lambda: adopting.renew(adoption, **when(request, seat)), _("Adopted again, until the new day."))
    return redirect("suppliers:adopt", organisation=organisation, pk=adoption.review_id)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets go of an adopted review, after a look at what that means."""
    seat = _seat(request, organisation, Right.SUPPLY)
    adoption = own_or_404(seat, Adoption, pk, ended_on=None)
    back = address("suppliers:adopt", organisation=organisation, pk=str(adoption.review_id))
    form = LeaveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        done = attempt(form, lambda: adopting.leave(adoption, because=because, **when(request, seat)))
        if done is not None:
            said, turned = _("Let go."), adoption_words.turned_sentence(len(done.judged.changes))
            messages.success(request, f"{said} {turned}")
            return redirect("suppliers:adopt", organisation=organisation, pk=adoption.review_id)
    notes = [_("What the review found does not count for you any more. What rested on it alone becomes unknown.")]
    return form_page(
        request, seat, form, title=_("Let go of “%(title)s”") % {"title": adoption.review.title}, notes=notes,
        eyebrow=adoption.supplier.name, back=back, submit=_("Let go"),
    )  # fmt: skip


def _joining(review: Review) -> list[str]:
    """What somebody should know before he joins."""
    return [
        _("%(holder)s keeps this review of %(service)s by %(supplier)s.")
        % {"holder": review.organisation, "service": review.service, "supplier": review.portal},
        _("Who takes part sees what comes out. The supplier and the other participants see that you do."),
    ]


def _seat(request: HttpRequest, organisation: str, right: Right) -> Seat:
    """Who asks; a supplier adopts nothing."""
    seat = organisation_or_404(request, organisation, right)
    if seat.organisation.kind == OrganisationKind.SUPPLIER:
        raise Http404
    return seat


def _seen(seat: Seat, pk: int) -> Review:
    found = entitled.seen(pk, seat, on=clock.real_today())
    if found is None:
        raise Http404
    return found[0]


def _adopt(request: HttpRequest, seat: Seat, review: Review, data: dict[str, Any]) -> adopting.Adopted:
    supplier = own_or_404(seat, Supplier, data["supplier"])
    number = data.get("service")
    service = own_or_404(seat, Service, number) if number else None
    return adopting.adopt(review, supplier=supplier, service=service, remark=data["remark"], **when(request, seat))


def _options(suppliers: list[Supplier]) -> list[tuple[int, str]]:
    return [(each.pk, each.name) for each in suppliers]


def _outcome(seat: Seat, review: Review, *, on: Any) -> dict[str, Any]:
    """What came out and how fresh it is, for the page."""
    held = [each for each in adoptions.held(seat.organisation, on=on) if each.adoption.review_id == review.pk]
    since = held[0].adoption.adopted_on if held else None
    fresh = held[0].fresh if held else adoptions.freshness(review, on=on)
    facts = [
        (text_of(each.fact_type.question), value_words(each.fact_type, each.value), each)
        for each in adoptions.outcome(review, on=on, since=since)
    ]
    return {
        "seat": seat, "review": review, "fresh": fresh, "facts": facts, "rows": [row_of(each) for each in held],
        "answer": adoption_words.state_sentence(review, fresh),
        "findings_say": adoption_words.findings_sentence(fresh),
        "reviews": address("suppliers:reviews", organisation=seat.organisation.slug),
    }  # fmt: skip
