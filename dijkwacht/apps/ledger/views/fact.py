"""What do we know about this, since when, and from whom?"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger import fact_page as pages
from dijkwacht.apps.ledger import receipts, words
from dijkwacht.apps.ledger.forms.looking import EvidenceForm, WithdrawForm
from dijkwacht.apps.ledger.queries import facts
from dijkwacht.apps.ledger.queries.facts import QuestionState
from dijkwacht.apps.ledger.services import facts as services
from dijkwacht.apps.ledger.services import saying
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.ledger.services.saying import Spoken
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address


@require_safe
def fact(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """A question with its whole history."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return _page(request, seat, _state_or_404(request, seat, subject, fact_type))


@require_POST
def evidence(request: HttpRequest, organisation: str, subject: str, fact_type: str) -> HttpResponse:
    """Adds evidence to the answer that counts."""
    seat = organisation_or_404(request, organisation, Right.ANSWER)
    state = _state_or_404(request, seat, subject, fact_type)
    on = clock.today(request)
    held = pages.page(seat, state, on=on).own_winner
    form = EvidenceForm(request.POST, request.FILES, on=on)
    if held is None or not form.is_valid():
        return _page(request, seat, state, evidence_form=form)
    data = form.cleaned_data
    spoken = Spoken(
        held.value, seen=state.token, explanation=data["explanation"], files=data["evidence"], made_on=data["made_on"]
    )  # fmt: skip
    try:
        told = saying.say(
            state.subject, fact_type=fact_type, spoken=spoken, person=seat.person, on=on, at=clock.now(request)
        )
    except ValueError as error:
        form.add_error("evidence", words.trouble(error, on=on))
        return _page(request, seat, state, evidence_form=form)
    return redirect(f"{_url(seat, state)}?receipt={told.act}")


@require_POST
def withdraw(request: HttpRequest, organisation: str, subject: str, fact_type: str, fact: int) -> HttpResponse:
    """Takes one recorded answer back."""
    seat = organisation_or_404(request, organisation, Right.CORRECT)
    state = _state_or_404(request, seat, subject, fact_type)
    on, found = clock.today(request), facts.fact(seat.organisation, fact)
    if found is None or (found.subject_id, found.fact_type) != (state.subject.pk, fact_type):
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why this answer is taken back. Nothing has been changed."))
        return redirect(_url(seat, state))
    try:
        told = services.withdraw(
            found, person=seat.person, on=on, at=clock.now(request), reason=form.cleaned_data["reason"]
        )
    except Refusal as refusal:
        messages.error(request, words.trouble(refusal, on=on))
        return redirect(_url(seat, state))
    return redirect(f"{_url(seat, state)}?receipt={told.act}")


def _page(
    request: HttpRequest, seat: Seat, state: QuestionState, *, evidence_form: EvidenceForm | None = None
) -> HttpResponse:
    on = clock.today(request)
    page = pages.page(seat, state, on=on)
    context = {"seat": seat, "page": page, "slug": seat.organisation.slug, "until": _last_day(page, on)}
    if clock.travelled(request) is None:
        context |= _acting(request, seat, page, on=on, evidence_form=evidence_form)
    return render(request, "ledger/fact.html", context)


def _acting(
    request: HttpRequest, seat: Seat, page: pages.Page, *, on: date, evidence_form: EvidenceForm | None
) -> dict[str, Any]:
    """What this person can do here."""
    back = {"back": _url(seat, page.state)}
    own = {"organisation": seat.organisation.slug, "subject": page.subject.key, "fact_type": page.fact_type.id}
    told = receipts.receipt(seat, request.GET.get("receipt", ""), on=on)
    out: dict[str, Any] = {"receipt": told, "may_withdraw": seat.may(Right.CORRECT)}
    if told is not None:
        undo = address("ledger:undo", organisation=seat.organisation.slug, act=str(told.act))
        out["undo_url"] = f"{undo}?{urlencode(back)}"
    if seat.may(Right.SHARE):
        named = {"onderwerp": page.subject.key, "gegeven": page.fact_type.id}
        out["share_url"] = f"{address('people:share', organisation=seat.organisation.slug)}?{urlencode(named)}"
    if seat.may(Right.AUDIT):
        out["audit_url"] = f"{address('ledger:audit', **own)}?{urlencode(back)}"
    if seat.may(Right.ANSWER):
        out["answer_url"] = f"{address('ledger:question', **own)}?{urlencode(back)}"
        out["changing"] = pages.changing(seat, page, on=on, post=out["answer_url"])
        if page.own_winner is not None:
            out["evidence_form"] = evidence_form or EvidenceForm(on=on, auto_id="proof_%s")
    return out


def _last_day(page: pages.Page, on: date) -> date | None:
    """The last day on which the answer that counts still does."""
    winner, life = page.state.choice.winner, page.fact_type.shelf_life
    return winner.last_usable_day(life, on) if winner is not None and life is not None else None


def _state_or_404(request: HttpRequest, seat: Seat, subject: str, fact_type: str) -> QuestionState:
    state = pages.state_of(seat, subject, fact_type, on=clock.today(request))
    if state is None:
        raise Http404
    return state


def _url(seat: Seat, state: QuestionState) -> str:
    return reverse("ledger:fact", args=(seat.organisation.slug, state.subject.key, state.fact_type.id))
