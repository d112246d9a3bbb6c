"""Tenders: begun, put together, sent out, stopped, and on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import tender_page
from dijkwacht.apps.suppliers.forms import tenders as forms
from dijkwacht.apps.suppliers.models import PrivateSet, Tender, TenderLine, TenderState
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.services import tender_papers, tendering
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, press, sent, when
from dijkwacht.apps.suppliers.words.tenders import DAY, list_answer, tender_answer
from dijkwacht.core.access import Right
from dijkwacht.web import clock

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def tenders(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which tenders are there, and which wait for something?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows, late = list(queries.tenders_of(seat.organisation)), queries.late_of(seat.organisation, on=on)
    context = {"rows": rows, "late": late, "answer": list_answer(rows, on=on), "changes": seat.may(Right.SUPPLY)}
    return render(request, "suppliers/tenders.html", {"seat": seat, "on": on, **context})


@require_http_methods(BOTH)
def tender_begin(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begins a tender: what is bought, and at once what would be asked."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    private = _private(seat, request.GET.get("set", ""))
    form = forms.ChoiceForm(sent(request), found=queries.set_of(private), private=private)
    if form.is_valid() and "look" not in request.POST:
        tender = attempt(form, lambda: tendering.begin(seat.organisation, choice=form.choice, **when(request, seat)))
        if tender is not None:
            messages.success(request, _("The tender is there. It is a draft: everything can still be changed."))
            return redirect("suppliers:tender", organisation=organisation, pk=tender.pk)
    sets = queries.sets_of(seat.organisation).filter(ended_on__isnull=True)
    texts = {
        "title": _("Begin a tender"), "back": reverse("suppliers:tenders", args=(organisation,)), "sets": sets,
        "eyebrow": _("Tenders"), "submit": _("Begin this tender"), "private": private,
    }  # fmt: skip
    return _choosing(request, seat, form, **texts)


@require_http_methods(BOTH)
def tender_choose(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Other parts or another context; the lines follow."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    tender = tender_or_404(seat, pk, state=TenderState.DRAFT)
    private, seen = tender.private_set, request.POST.get("seen") or tendering.fingerprint(tender.lines.all())
    initial = forms.initial_choice(tender)
    form = forms.ChoiceForm(sent(request), found=queries.set_of(private), private=private, initial=initial)
    if form.is_valid() and "look" not in request.POST:
        verb = tendering.choose
        done = attempt(form, lambda: verb(tender, choice=form.choice, seen=seen, **when(request, seat)))
        if done is not None:
            messages.success(request, _followed(done))
            return redirect("suppliers:tender", organisation=organisation, pk=pk)
    texts = {
        "title": _("What is bought"), "back": reverse("suppliers:tender", args=(organisation, pk)), "eyebrow": tender.title,
        "submit": _("Save"), "seen": seen,
    }  # fmt: skip
    return _choosing(request, seat, form, **texts)


@require_safe
def tender(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is asked, what was offered, and what must still be done?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = tender_or_404(seat, pk)
    shown = tender_page.Shown(row, on=clock.today(request))
    offers = list(row.offers.select_related("supplier"))
    winner = next((each for each in offers if each.awarded), None)
    told = [tender_page.offer_row(each, row, queries.said(each, shown.lines)) for each in offers]
    context = {
        "tender": row, "shown": shown, "offers": told, "winner": winner, "groups": shown.groups, "about": shown.about,
        "answer": tender_answer(row, shown.counts, offers=len(offers), winner=str(winner.supplier) if winner else ""),
        "changes": seat.may(Right.SUPPLY), "last_day": row.offers_before - DAY if row.offers_before else None,
        "languages": _languages(row),
    }  # fmt: skip
    return render(request, "suppliers/tender.html", {"seat": seat, **context})


@require_http_methods(BOTH)
def tender_lines(request: HttpRequest, organisation: str, pk: int, number: int) -> HttpResponse:
    """What becomes of the lines of one theme: how heavy they are, whether they are asked, a note."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = tender_or_404(seat, pk, state=TenderState.DRAFT)
    shown = tender_page.Shown(row, on=clock.today(request))
    groups = {each.number: each for each in queries.groups_of(shown.lines)}
    if number not in groups:
        raise Http404
    lines = groups[number].lines
    form = forms.LinesForm(sent(request), lines=lines, seen=tendering.fingerprint(lines))
    if form.is_valid():
        seen, verb = form.cleaned_data["seen"], tendering.change_lines
        changed = attempt(form, lambda: verb(row, said=form.said, seen=seen, **when(request, seat)))
        if changed is not None:
            messages.success(request, _changed(len(changed)))
            to = number + 1 if "next" in request.POST and number + 1 in groups else None
            if to:
                return redirect("suppliers:tender_lines", organisation=organisation, pk=pk, number=to)
            return redirect("suppliers:tender", organisation=organisation, pk=pk)
    shown_rows = [(shown.row(line), fields) for line, fields in form.rows]
    context = {"tender": row, "form": form, "rows": shown_rows, "name": shown.name(groups[number])}
    context |= {"more": number + 1 in groups, "number": number, "of": len(groups)}
    return render(request, "suppliers/tender_lines.html", {"seat": seat, **context})


@require_http_methods(BOTH)
def tender_own_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A requirement of our own."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = tender_or_404(seat, pk, state=TenderState.DRAFT)
    form = forms.OwnForm(sent(request))
    if form.is_valid():
        line = attempt(form, lambda: tendering.add_line(row, **form.cleaned_data, **when(request, seat)))
        if line is not None:
            messages.success(request, _("Added. It stands at the end of the tender."))
            return redirect("suppliers:tender", organisation=organisation, pk=pk)
    back = reverse("suppliers:tender", args=(organisation, pk))
    return form_page(request, seat, form, title=_("Add a requirement of your own"), back=back, eyebrow=row.title)


@require_http_methods(BOTH)
def tender_own(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Another text of a requirement of our own."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    line = _own_line(seat, pk)
    names = {"wording": line.text, "verify": line.verify, "weight": line.weight, "follow_months": line.follow_months}
    form = forms.OwnForm(sent(request), initial=names)
    if form.is_valid():
        done = attempt(form, lambda: tendering.change_own(line, **form.cleaned_data, **when(request, seat)))
        if done is not None:
            return redirect("suppliers:tender", organisation=organisation, pk=line.tender_id)
    back = reverse("suppliers:tender", args=(organisation, line.tender_id))
    return form_page(request, seat, form, title=_("Requirement of your own"), back=back, eyebrow=line.tender.title)


@require_POST
def tender_own_drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a requirement of our own away again."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    line = _own_line(seat, pk)
    press(request, lambda: tendering.drop_own(line, **when(request, seat)), _("Taken away."))
    return redirect("suppliers:tender", organisation=organisation, pk=line.tender_id)


@require_http_methods(BOTH)
def tender_send(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It goes out; from then on nothing changes."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = tender_or_404(seat, pk, state=TenderState.DRAFT)
    form = forms.SendForm(sent(request))
    if form.is_valid():
        before = form.cleaned_data["last_day"] + DAY
        done = attempt(form, lambda: tendering.send(row, offers_before=before, **when(request, seat)))
        if done is not None:
            messages.success(request, _("Noted as sent out. Download the workbook and send it to whoever may offer."))
            return redirect("suppliers:tender", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Send out"), back=reverse("suppliers:tender", args=(organisation, pk)),
        eyebrow=row.title, submit=_("Send out"),
        notes=[_("The requirements stand from then on as they are now, and the PDF of today is kept as evidence. You send the"
                 " papers yourself.")],
    )  # fmt: skip


@require_http_methods(BOTH)
def tender_stop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It does not go on."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = tender_or_404(seat, pk)
    if row.state not in (TenderState.DRAFT, TenderState.SENT):
        raise Http404
    form = forms.BecauseForm(sent(request))
    if form.is_valid():
        done = attempt(form, lambda: tendering.stop(row, **form.cleaned_data, **when(request, seat)))
        if done is not None:
            return redirect("suppliers:tender", organisation=organisation, pk=pk)
    back = reverse("suppliers:tender", args=(organisation, pk))
    title = _("Stop this tender")
    return form_page(request, seat, form, title=title, back=back, eyebrow=row.title, submit=_("Stop"))


@require_safe
def tender_paper(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """The tender as a file to save, in Dutch or English."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = tender_or_404(seat, pk)
    language = request.GET.get("taal", "nl")
    if kind not in tender_papers.WRITERS or language not in tender_papers.LANGUAGES:
        raise Http404
    made = tender_papers.written(row, kind=kind, language=language, on=clock.today(request))
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def tender_or_404(seat: Seat, pk: int, *, state: str = "") -> Tender:
    """A tender of this organisation; with ``state`` only one that is so."""
    rows = Tender.objects.filter(organisation=seat.organisation, pk=pk).select_related("private_set", "owner", "file")
    row = (rows.filter(state=state) if state else rows).first()
    if row is None:
        raise Http404
    row.organisation = seat.organisation
    return row


def _choosing(request: HttpRequest, seat: Seat, form: forms.ChoiceForm, **texts: Any) -> HttpResponse:
    """The page of what is bought, with what would be asked once something was filled in."""
    context: dict[str, Any] = {"seat": seat, "form": form, **texts}
    if form.is_valid():
        rows = attempt(form, lambda: tendering.lines_for(form.choice))
        context["result"] = tender_page.result_of(form.found, rows) if rows is not None else None
    return render(request, "suppliers/tender_choose.html", context)


def _private(seat: Seat, asked: str) -> PrivateSet | None:
    """The private set that was asked for; the set of the house when none was."""
    if not asked:
        return None
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        raise Http404
    return own_or_404(seat, PrivateSet, int(asked), ended_on__isnull=True)


def _own_line(seat: Seat, pk: int) -> TenderLine:
    line = own_or_404(seat, TenderLine, pk, within="tender__organisation", theme=queries.OWN)
    if line.tender.state != TenderState.DRAFT:
        raise Http404
    return line


def _languages(tender: Tender) -> list[str]:
    """In which languages the papers can be had, that of the page first."""
    mine = (get_language() or "nl").partition("-")[0]
    known = ["nl"] if tender.private_set_id else list(tender_papers.LANGUAGES)
    return sorted(known, key=lambda each: each != mine)


def _changed(n: int) -> str:
    return ngettext("%(n)d line changed.", "%(n)d lines changed.", n) % {"n": n}


def _followed(done: Any) -> str:
    added, gone, lost = len(done.added), len(done.dropped), len(done.lost)
    told = [
        ngettext("%(n)d line was added.", "%(n)d lines were added.", added) % {"n": added},
        ngettext("%(n)d fell away.", "%(n)d fell away.", gone) % {"n": gone},
    ]
    if lost:
        words = ngettext("Of those you had changed %(n)d yourself.", "Of those you had changed %(n)d yourself.", lost)
        told.append(words % {"n": lost})
    return " ".join(told)
