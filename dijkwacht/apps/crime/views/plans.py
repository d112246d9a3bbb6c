"""What runs here against cybercrime: plans with a goal, what was measured, and what was learned."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.crime import words
from dijkwacht.apps.crime import words_help as say
from dijkwacht.apps.crime.forms import help as forms
from dijkwacht.apps.crime.models.help import Plan
from dijkwacht.apps.crime.queries import plans as queries
from dijkwacht.apps.crime.services import plan_files as files
from dijkwacht.apps.crime.services import plans as services
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.crime.interventions import Stand
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

FORM = "crime/plan_form.html"


@require_safe
def plans(request: HttpRequest, organisation: str) -> HttpResponse:
    """What runs here, and of what was nothing learned yet?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.plans(seat.organisation, on=clock.today(request))
    rows = [_words(each) for each in found]
    context = {"rows": rows, "answer": say.plans_answer(found), "steers": seat.may(Right.STEER)}
    return render(request, "crime/plans.html", {"seat": seat, **context})


@require_safe
def download(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The plans as a file."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if form not in files.TYPES:
        raise Http404
    found = queries.plans(seat.organisation, on=clock.today(request))
    made = files.plans_file(seat.organisation, found, form=form, at=clock.now(request))
    headers = {"Content-Disposition": f'attachment; filename="{organisation}-plannen.{form}"'}
    return HttpResponse(made, content_type=files.TYPES[form], headers=headers)


@require_safe
def plan(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What should this do, what was measured, and what was learned?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    seen = queries.plan(seat.organisation, pk, on=clock.today(request))
    if seen is None:
        raise Http404
    pack, row = crime_packs().catalogue, seen.row
    start = [(row.start, float(row.baseline))] if row.baseline is not None else []
    points = start + [(each.on, float(each.value)) for each in seen.measured if not start or each.on > row.start]
    context = {
        **_words(seen), "points": points, "steers": seat.may(Right.STEER), "open": seen.stand is not Stand.DONE,
        "phenomena": [text_of(pack.phenomena[each].name) for each in row.phenomena if each in pack.phenomena],
        "groups": [text_of(pack.groups[each].name) for each in row.groups if each in pack.groups],
        "level": pack.scale[pack.rank(seen.intervention.evidence)] if seen.intervention else None,
    }  # fmt: skip
    return render(request, "crime/plan.html", {"seat": seat, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Makes a plan, from an intervention of the catalogue when its name is given."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    name = request.GET.get("interventie", "")
    each = crime_packs().catalogue.interventions.get(name)
    known: dict[str, Any] = {"title": each.name, "phenomena": each.phenomena, "groups": each.groups} if each else {}
    form = forms.PlanForm(sent(request), initial=known)
    if form.is_valid():
        told = form.told(name if each else "")
        made = attempt(form, lambda: services.add(seat.organisation, told=told, **when(request, seat)), words.refusal)
        if made:
            messages.success(request, _("Recorded: the plan stands in the list."))
            return redirect("crime:plan", organisation=organisation, pk=made.pk)
    back = reverse("crime:plans", args=[organisation])
    notes = [text_of(each.found)] if each else []
    return form_page(request, seat, form, template=FORM, title=_("Make a plan"), back=back, notes=notes)


def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what the plan says now."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.PlanForm(sent(request), initial=forms.shown_plan(row))

    def deed() -> Plan:
        return services.change(row, told=form.told(row.intervention), **when(request, seat))

    if form.is_valid() and attempt(form, deed, words.refusal):
        return _done(request, row, _("Recorded: this is the plan now."))
    return _form(request, seat, form, row, title=_("Write the plan otherwise"))


def measure(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes what was measured."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.MeasureForm(sent(request), unit=row.unit, initial={"on": clock.today(request)})
    if form.is_valid() and attempt(
        form, lambda: services.measure(row, **form.cleaned_data, **when(request, seat)), words.refusal
    ):
        return _done(request, row, _("Recorded: this was measured."))
    return _form(request, seat, form, row, title=_("What was measured?"), answer=row.indicator)


def evaluate(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Ends the plan with what was learned."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.EvaluateForm(sent(request), initial={"on": clock.today(request)})
    if form.is_valid() and attempt(
        form, lambda: services.evaluate(row, **form.cleaned_data, **when(request, seat)), words.refusal
    ):
        return _done(request, row, _("Recorded: this was learned."))
    notes = [row.goal, say.progress(queries.seen(row, on=clock.today(request)))]
    return _form(request, seat, form, row, title=_("What was learned?"), notes=notes)


def own_or_404(seat: Seat, pk: int) -> Plan:
    """A plan of this organisation. Raises Http404."""
    row = Plan.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    return row


def _done(request: HttpRequest, row: Plan, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("crime:plan", organisation=row.organisation.slug, pk=row.pk)


def _form(request: HttpRequest, seat: Seat, form: Any, row: Plan, **texts: Any) -> HttpResponse:
    back = reverse("crime:plan", args=[seat.organisation.slug, row.pk])
    return form_page(request, seat, form, template=FORM, eyebrow=row.title, back=back, **texts)


def _words(seen: queries.Seen) -> dict[str, Any]:
    """A plan with its words."""
    return {
        "seen": seen, "row": seen.row, "stand": say.STANDS[seen.stand], "late": say.late_words(seen),
        "progress": say.progress(seen), "presses": bool(say.DUE & {*seen.late}),
    }  # fmt: skip
