"""One line of the year: its questions, with last year's answers beside them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ensia import forms, pages, words
from dijkwacht.apps.ensia.models import Answerer, Year
from dijkwacht.apps.ensia.pages import LineRow
from dijkwacht.apps.ensia.queries.askings import askings
from dijkwacht.apps.ensia.queries.lines import Answer, line_named
from dijkwacht.apps.ensia.services import years as services
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.ensia.views.year import year_or_404
from dijkwacht.apps.ledger import receipts
from dijkwacht.apps.ledger.queries.asked import asked_of
from dijkwacht.apps.ledger.services.confirming import MOST
from dijkwacht.apps.ledger.services.confirming import confirm as confirm_facts
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.ensia import Change
from dijkwacht.web import clock

PRESSING = (Change.EXPIRED, Change.CONTRADICTED, Change.CHANGED)


@require_safe
def line(request: HttpRequest, organisation: str, year: int, line: str) -> HttpResponse:
    """What is to be answered of this line, and what became of last year's answers?"""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    found, row = _row_or_404(request, seat, year, line)
    answers = _visible(request, seat, row.state.answers)
    mine = _asked(found, seat, line)
    if not seat.may(Right.SEE) and not answers and not mine:
        raise Http404
    rows = pages.answer_rows(seat.organisation, answers)
    context = {
        "year": found, "row": row, "sentence": pages.line_sentence(row, answers, on=clock.today(request)),
        "pressing": [each for each in rows if each.answer.change in PRESSING],
        "open": [each for each in rows if each.answer.change is Change.OPEN],
        "same": pages.by_theme(each for each in rows if each.answer.fact is not None),
        "fixed": [each for each in rows if each.answer.change is Change.SAME and each.answer.fact is None],
        "settled": [each for each in rows if each.answer.change in (Change.CONFIRMED, Change.ADDED)],
        **_may(seat, found), **_receipt(request, seat), "form": forms.HandInForm(),
        "askings": dict.fromkeys(askings(mine).values()),
    }  # fmt: skip
    return render(request, "ensia/line.html", {"seat": seat, **context})


@require_POST
def confirm(request: HttpRequest, organisation: str, year: int, line: str) -> HttpResponse:
    """Confirms answers that were shown as unchanged, in one act."""
    seat = organisation_or_404(request, organisation, Right.ANSWER_ASSIGNED)
    found, row = _row_or_404(request, seat, year, line)
    allowed = {each.fact for each in _visible(request, seat, row.state.answers)} - {None}
    facts = [int(each) for each in request.POST.getlist("fact") if each.isascii() and each.isdecimal()][:MOST]
    if found.closed_on is not None:
        messages.error(request, words.trouble("closed"))
    elif chosen := [pk for pk in facts if pk in allowed]:
        done = confirm_facts(
            seat.organisation, facts=chosen, person=seat.person, on=clock.today(request), at=clock.now(request),
            why=f"ENSIA {found.year}: {line}",
        )  # fmt: skip
        _say(request, len(done.facts), len(facts) - len(done.facts))
    else:
        _say(request, 0, len(facts))
    return redirect("ensia:line", organisation=organisation, year=year, line=line)


@require_POST
def hand_in(request: HttpRequest, organisation: str, year: int, line: str) -> HttpResponse:
    """Records that a line was handed in, or takes that back."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found, _row = _row_or_404(request, seat, year, line)
    form = forms.HandInForm(request.POST)
    signed: dict[str, Any] = {"person": seat.person, "on": clock.today(request), "at": clock.now(request)}
    try:
        if request.POST.get("back"):
            services.take_back_hand_in(found, line=line, **signed)
        elif form.is_valid():
            services.hand_in(found, line=line, note=form.cleaned_data["note"], **signed)
    except Refused as refused:
        messages.error(request, words.trouble(refused.code))
    else:
        messages.success(request, _("Saved."))
    return redirect("ensia:line", organisation=organisation, year=year, line=line)


def _say(request: HttpRequest, confirmed: int, passed_over: int) -> None:
    if confirmed:
        said = ngettext("%(n)d answer is confirmed.", "%(n)d answers are confirmed.", confirmed)
        messages.success(request, said % {"n": confirmed})
    if passed_over or not confirmed:
        said = ngettext(
            "%(n)d answer was not confirmed: it changed meanwhile, or is not yours to confirm.",
            "%(n)d answers were not confirmed: they changed meanwhile, or are not yours to confirm.",
            passed_over,
        )
        messages.warning(request, said % {"n": passed_over})


def _row_or_404(request: HttpRequest, seat: Seat, year: int, line: str) -> tuple[Year, LineRow]:
    found = year_or_404(seat, year)
    if line_named(line) is None:
        raise Http404
    return found, pages.line_rows(found, on=clock.today(request), only=[line])[0]


def _visible(request: HttpRequest, seat: Seat, answers: Any) -> list[Answer]:
    """The answers that this person may see here: all, or those that were asked of him."""
    if seat.may(Right.SEE):
        return list(answers)
    asked, on = asked_of(seat), clock.today(request)
    return [each for each in answers if asked.holds(each.subject, each.fact_type.id, on=on)]


def _asked(year: Year, seat: Seat, line: str) -> list[Answerer]:
    """Of what this person is asked to answer of a line: all of it, or themes."""
    return list(year.answerers.filter(line=line, person=seat.person, until__isnull=True).select_related("year"))


def _receipt(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What the answer came to that was given from this page; undoing it comes back here."""
    told = receipts.receipt(seat, request.GET.get("receipt", ""), on=clock.today(request))
    if told is None:
        return {}
    undo = reverse("ledger:undo", args=(seat.organisation.slug, told.act))
    return {"receipt": told, "undo_url": f"{undo}?{urlencode({'back': request.path})}"}


def _may(seat: Seat, year: Year) -> dict[str, bool]:
    is_open = year.closed_on is None
    return {
        "may_prepare": seat.may(Right.PREPARE) and is_open,
        "may_answer": seat.may(Right.ANSWER_ASSIGNED) and is_open,
    }
