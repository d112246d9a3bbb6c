"""The crisis plan: looking, drafting, changing, adopting, on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.crisis.forms import plan as forms
from dijkwacht.apps.crisis.models import Card, Plan, Step
from dijkwacht.apps.crisis.plan_page import card_parts, plan_answer, plan_context
from dijkwacht.apps.crisis.queries import plan as queries
from dijkwacht.apps.crisis.services import planning
from dijkwacht.apps.crisis.views.pages import attempt, form_page, own_or_404, press
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.days import add
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def plan(request: HttpRequest, organisation: str) -> HttpResponse:
    """Is there a plan, and what does each role do first?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.plan_standing(seat.organisation, on=clock.today(request))
    keeps = seat.may(Right.STEER)
    wants = found.draft is not None and ((keeps and request.GET.get("versie") != "vast") or found.stands is None)
    shown = found.draft if wants else found.stands
    context: dict[str, Any] = {
        "found": found, "answer": plan_answer(found), "keeps": keeps, "changes": keeps and shown == found.draft,
        "versions": queries.plans(seat.organisation), "pack": crisis_pack().plan,
        **(plan_context(shown) if shown else {}),
    }  # fmt: skip
    return render(request, "crisis/plan.html", {"seat": seat, **context})


@require_safe
def plan_print(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A whole version on paper."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, Plan, pk)
    return render(request, "crisis/plan_print.html", {"seat": seat, **plan_context(row)})


@require_safe
def card_print(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One role card on paper: A5 or A4."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, Card, pk, within="plan__organisation")
    return render(
        request, "crisis/card_print.html", {"seat": seat, "card": row, "parts": card_parts(row), "plan": row.plan}
    )


@require_POST
def plan_draft(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begins a draft."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    said = _("The draft is there. Go through it card by card and make it yours.")
    press(request, lambda: planning.draft_plan(seat.organisation, **when(request, seat)), said)
    return redirect("crisis:plan", organisation=organisation)


@require_POST
def plan_drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Throws a draft away."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Plan, pk)
    press(request, lambda: planning.drop_draft(row, **when(request, seat)), _("The draft is gone."))
    return redirect("crisis:plan", organisation=organisation)


@require_http_methods(_METHODS)
def card_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What a role card says."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Card, pk, within="plan__organisation")
    start = {**{key: getattr(row, key) for key in planning.CARD_TEXTS}, "seen": planning.card_token(row)}
    form = forms.CardForm(sent(request), initial=start)
    if form.is_valid() and attempt(form, lambda: planning.change_card(row, **form.cleaned_data, **when(request, seat))):
        return redirect(f"{reverse('crisis:plan', args=[organisation])}#kaart-{row.pk}")
    return _plan_form(request, seat, form, title=row.title)


@require_http_methods(_METHODS)
def card_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A card for a role of our own."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Plan, pk)
    form = forms.CardForm(sent(request))
    if form.is_valid():
        texts = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
        if attempt(form, lambda: planning.add_card(row, **texts, **when(request, seat))):
            return redirect("crisis:plan", organisation=organisation)
    return _plan_form(request, seat, form, title=_("A role of our own"))


@require_http_methods(_METHODS)
def step_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """When a rung is reached."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Step, pk, within="plan__organisation")
    form = forms.StepForm(sent(request), initial={"when": row.when, "who": row.who})
    if form.is_valid() and attempt(form, lambda: planning.change_step(row, **form.cleaned_data, **when(request, seat))):
        return redirect("crisis:plan", organisation=organisation)
    ladder = crisis_pack().ladders.ladders["digital"]
    return _plan_form(request, seat, form, title=text_of(ladder.level(row.level).name), doubt=text_of(ladder.uncertain))


@require_http_methods(_METHODS)
def fallback_put(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How a process goes on by another way."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Plan, pk)
    there = queries.processes(seat.organisation)
    form = forms.FallbackForm(sent(request), subjects=[(each.key, each.name) for each in there])
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["subject"] = there.get(key=data["subject"])
        if attempt(form, lambda: planning.put_fallback(row, **data, **when(request, seat))):
            return redirect(f"{reverse('crisis:plan', args=[organisation])}#noodwerkwijzen")
    ideas = [f"{text_of(each.about)}: {text_of(each.way)} ({each.source})" for each in crisis_pack().plan.fallbacks]
    return _plan_form(request, seat, form, title=_("How a process goes on"), ideas=ideas)


@require_http_methods(_METHODS)
def plan_adopt(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that an office adopted the draft."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Plan, pk)
    if row.adopted_on is not None:
        raise Http404
    on, pack = clock.today(request), crisis_pack().plan
    form = forms.AdoptForm(sent(request), initial={"day": on, "review_on": add(on, pack.review)})
    if form.is_valid() and attempt(form, lambda: planning.adopt_plan(row, **form.cleaned_data, **when(request, seat))):
        return redirect("crisis:plan", organisation=organisation)
    answer = _(
        "Only fill this in once the office has decided. From then on this version does not change, and the norms know."
    )
    return _plan_form(
        request, seat, form, title=_("Adopted"), answer=answer, doubt=text_of(pack.review_uncertain),
        notes=[pack.review_source],
    )  # fmt: skip


def _plan_form(request: HttpRequest, seat: Any, form: Any, **texts: Any) -> HttpResponse:
    back = reverse("crisis:plan", args=[seat.organisation.slug])
    return form_page(request, seat, form, eyebrow=_("Crisis plan"), back=back, **texts)
