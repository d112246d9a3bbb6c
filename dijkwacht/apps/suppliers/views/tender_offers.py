"""Offers to a tender: added, read out of a workbook, filled in, laid side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import tender_page
from dijkwacht.apps.suppliers.forms import tender_offers as forms
from dijkwacht.apps.suppliers.models import Offer, Tender, TenderState
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.services import offering
from dijkwacht.apps.suppliers.views.pages import attempt, evidence_of, form_page, sent, when
from dijkwacht.apps.suppliers.views.tenders import BOTH, tender_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.tender_words import answer_sentence


@require_http_methods(BOTH)
def offer_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adds an offer, with the answers of its workbook when there is one."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    tender = tender_or_404(seat, pk, state=TenderState.SENT)
    form = forms.NewOfferForm(sent(request), _files(request), initial={"received_on": clock.today(request)})
    if form.is_valid():
        answers = _answers(form, tender, form.cleaned_data["file"])
        if not form.errors:
            offer = attempt(form, lambda: _add(request, seat, tender, form.cleaned_data, answers))
            if offer is not None:
                messages.success(request, _("The offer is there."))
                return redirect("suppliers:offer", organisation=organisation, pk=offer.pk)
    back = reverse("suppliers:tender", args=(organisation, pk))
    return form_page(request, seat, form, title=_("Add an offer"), back=back, eyebrow=tender.title, submit=_("Add"))


@require_safe
def offer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does this offer meet, and what not?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = offer_or_404(seat, pk)
    shown = tender_page.Shown(row.tender, on=clock.today(request))
    rows = queries.said(row, shown.lines)
    found = tender_page.offered(shown, rows)
    context = {
        "offer": row, "tender": row.tender, "told": tender_page.offer_row(row, row.tender, rows), **found,
        "changes": seat.may(Right.SUPPLY) and queries.open_offers(row.tender),
    }  # fmt: skip
    return render(request, "suppliers/tender_offer.html", {"seat": seat, **context})


@require_http_methods(BOTH)
def offer_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who offered, and when."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = offer_or_404(seat, pk, state=TenderState.SENT)
    initial = {"name": row.name, "kvk": row.kvk, "received_on": row.received_on}
    form = forms.OfferForm(sent(request), initial=initial)
    if form.is_valid():
        done = attempt(form, lambda: offering.change_offer(row, **form.cleaned_data, **when(request, seat)))
        if done is not None:
            return redirect("suppliers:offer", organisation=organisation, pk=pk)
    back = reverse("suppliers:offer", args=(organisation, pk))
    return form_page(request, seat, form, title=_("Who offers"), back=back, eyebrow=row.tender.title)


@require_http_methods(BOTH)
def offer_read(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Reads the answers out of a workbook, in place of what was said; what we found ourselves stays."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = offer_or_404(seat, pk, state=TenderState.SENT)
    form = forms.AnswersForm(sent(request), _files(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        answers = _answers(form, row.tender, file)
        if not form.errors:
            changed = attempt(form, lambda: _take(request, seat, row, file, answers))
            if changed is not None:
                n = len(changed)
                messages.success(request, ngettext("%(n)d answer changed.", "%(n)d answers changed.", n) % {"n": n})
                return redirect("suppliers:offer", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Read a filled-in workbook"), back=reverse("suppliers:offer", args=(organisation, pk)),
        eyebrow=row.name, submit=_("Read it"), notes=[_("What it says takes the place of what was filled in. What you found"
                                                        " yourself stays.")],
    )  # fmt: skip


@require_http_methods(BOTH)
def offer_lines(request: HttpRequest, organisation: str, pk: int, number: int) -> HttpResponse:
    """What the offer says of the lines of one theme, and what we found of it."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = offer_or_404(seat, pk, state=TenderState.SENT)
    shown = tender_page.Shown(row.tender, on=clock.today(request))
    told = queries.said(row, shown.lines)
    groups = {each.number: each for each in queries.groups_of([each.line for each in told])}
    if number not in groups:
        raise Http404
    some = [each for each in told if each.line in groups[number].lines]
    form = forms.OfferLinesForm(sent(request), told=some, seen=offering.fingerprint(x.row for x in some if x.row))
    if form.is_valid():
        seen, verb = form.cleaned_data["seen"], offering.say
        changed = attempt(form, lambda: verb(row, told=form.said, seen=seen, **when(request, seat)))
        if changed is not None:
            return _onward(request, organisation, row, number + 1 if number + 1 in groups else None)
    rows = [(shown.row(each.line), fields) for each, fields in form.rows]
    context = {"offer": row, "tender": row.tender, "form": form, "rows": rows, "name": shown.name(groups[number])}
    context |= {"more": number + 1 in groups, "number": number, "of": len(groups)}
    return render(request, "suppliers/tender_offer_lines.html", {"seat": seat, **context})


@require_safe
def tender_compare(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Which offer meets what?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    tender = tender_or_404(seat, pk)
    shown = tender_page.Shown(tender, on=clock.today(request))
    found = tender_page.compared(shown, list(tender.offers.all()))
    return render(request, "suppliers/tender_compare.html", {"seat": seat, "tender": tender, **found})


def offer_or_404(seat: Seat, pk: int, *, state: str = "") -> Offer:
    """An offer to a tender of this organisation; with ``state`` only of a tender that is so."""
    rows = Offer.objects.filter(tender__organisation=seat.organisation, pk=pk)
    rows = rows.select_related("tender__private_set", "tender__file", "tender__owner", "supplier", "file")
    row = (rows.filter(tender__state=state) if state else rows).first()
    if row is None:
        raise Http404
    row.tender.organisation = seat.organisation
    return row


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _answers(form: Any, tender: Tender, file: Any) -> Any:
    """What the workbook says; None without one. What is wrong with it stands at the field."""
    if not file:
        return None
    if file.size > offering.LARGEST:
        form.add_error("file", _("This file is too large."))
        return None
    found = offering.read(tender, file.read(), str(file.name))
    file.seek(0)
    for problem in found.problems:
        form.add_error("file", answer_sentence(problem))
    return found


def _add(request: HttpRequest, seat: Seat, tender: Tender, told: dict[str, Any], answers: Any) -> Offer:
    told = {**told, "file": evidence_of(request, seat, told["file"])}
    return offering.add_offer(tender, answers=answers, **told, **when(request, seat))


def _take(request: HttpRequest, seat: Seat, row: Offer, file: Any, answers: Any) -> Any:
    kept = evidence_of(request, seat, file)
    return offering.take_answers(row, answers, file=kept, **when(request, seat))


def _onward(request: HttpRequest, organisation: str, row: Offer, following: int | None) -> HttpResponse:
    messages.success(request, _("Saved."))
    if "next" in request.POST and following is not None:
        return redirect("suppliers:offer_lines", organisation=organisation, pk=row.pk, number=following)
    return redirect("suppliers:offer", organisation=organisation, pk=row.pk)
