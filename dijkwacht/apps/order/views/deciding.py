"""The decision itself and what comes after it: steps, looking back, closing, paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.order import file_page as page
from dijkwacht.apps.order import forms
from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.apps.order.services import deciding, papers
from dijkwacht.apps.order.views.pages import at_file, attempt, done, file_page, own_or_404, press
from dijkwacht.apps.order.words import step_word
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def decide(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes the decision, as the office that the law names."""
    seat = organisation_or_404(request, organisation, Right.DECIDE)
    found = own_or_404(seat, DecisionFile, pk)
    at = clock.now(request)
    form = forms.DecideForm(sent(request), initial={"decided_as": "mayor", "seen": deciding.file_token(found)})
    if form.is_valid() and attempt(form, lambda: deciding.decide(found, **form.cleaned_data, **when(request, seat))):
        return done(request, found, _("Decided. What must be done next stands below."), "next")
    said = page.outcome_sentence(found, at=at)
    return file_page(request, seat, found, form, _("Take the decision"), answer=said, notes=page.before(found, at=at),
        submit=_("I decide this"))  # fmt: skip


def step(request: HttpRequest, organisation: str, pk: int, code: str) -> HttpResponse:
    """Notes what was done or happened after the decision."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    if code not in deciding.steps_of(found):
        raise Http404
    form = forms.StepForm(sent(request), initial={"when": clock.now(request)}, meeting=code == deciding.MEETING)
    if form.is_valid():
        deed = {**form.cleaned_data, "code": code, **when(request, seat)}
        if attempt(form, lambda: deciding.take_step(found, **deed)):
            return done(request, found, _("Recorded."), "next")
    return file_page(request, seat, found, form, step_word(found.power, code))


def look_back(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Looks back: was the fear right?"""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    form = forms.LookBackForm(sent(request), initial={"justified": found.justified, "text": found.look_back})
    if form.is_valid() and attempt(form, lambda: deciding.look_back(found, **form.cleaned_data, **when(request, seat))):
        return done(request, found, _("Recorded what we see now."), "look-back")
    return file_page(request, seat, found, form, _("Look back"))


@require_POST
def close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The file is done."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    press(request, lambda: deciding.close(found, **when(request, seat)), _("The file is closed."))
    return redirect(at_file(found))


@require_safe
def paper(request: HttpRequest, organisation: str, pk: int, part: str) -> HttpResponse:
    """The decision on paper: the public part, or all of it."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    found = own_or_404(seat, DecisionFile, pk)
    made = papers.paper(found, public=part == "public", at=clock.now(request))
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type="application/pdf", headers=headers)
