"""The register of risks, its matrix, and one risk."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms import forms, words
from dijkwacht.apps.isms.models import Deviation
from dijkwacht.apps.isms.queries import risks as queries
from dijkwacht.apps.isms.services import risks as services
from dijkwacht.apps.isms.views.pages import (
    attempt,
    change_or_403,
    form_page,
    known,
    may_change,
    norms_of,
    person_of,
    press,
    sent,
    when,
)
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.isms_risk import unacceptable
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock
from dijkwacht.web.terms import role_word, text_of

KINDS = ("process", "system", "supplier", "location", "domain")
WHICH = ("residual", "inherent")
# Of a requirement with a line per system, the one to look at.
WORST = (Status.NOT_MET, Status.UNKNOWN, Status.PARTLY, Status.MET, Status.NOT_APPLICABLE)


@require_safe
def risks(request: HttpRequest, organisation: str) -> HttpResponse:
    """What can go wrong, how bad is it, and what did we choose?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = queries.register(seat.organisation, on=on)
    scale = isms_on(on).scale
    which = request.GET.get("weging") if request.GET.get("weging") in WHICH else "residual"
    weights = [(each.risk.number, each.inherent if which == "inherent" else each.weight) for each in found]
    context = {
        "entries": found, "scale": scale, "which": which, "bands": {each.id: each for each in scale.bands},
        "cells": [(number, weight.likelihood, weight.impact) for number, weight in weights if weight],
        "urls": {each.risk.number: reverse("isms:risk", args=[organisation, each.risk.pk]) for each in found},
        "unweighed": sum(weight is None for _number, weight in weights),
        "untreated": sum(each.treatment is None for each in found),
        "high": sum(each.rank >= 3 for each in found),
        "deviations": queries.deviations(seat.organisation),
        "keeps": seat.may(Right.KEEP_ISMS), "adds": seat.may(Right.ANSWER), "norms": norms_of(request),
    }  # fmt: skip
    return render(request, "isms/risks.html", {"seat": seat, "on": on, **context})


def known_risks(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which risks do municipalities run?"""
    seat = organisation_or_404(request, organisation, Right.ANSWER)
    on = clock.today(request)
    there = {each.risk.known_as for each in queries.register(seat.organisation, on=on)}
    known_here = isms_on(on)
    areas = {each.id: text_of(each.name) for each in known_here.scale.areas}
    rows = [
        (
            each,
            [areas[area] for area in each.areas],
            words.listed(norms_of(request), each.requirements),
            each.id in there,
        )
        for each in known_here.risks.values()
    ]
    return render(request, "isms/known_risks.html", {"seat": seat, "rows": rows})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a risk, maybe starting from a known one."""
    seat = organisation_or_404(request, organisation, Right.ANSWER)
    template = isms_on(clock.today(request)).risks.get(request.GET.get("van", ""))
    form = forms.RiskForm(sent(request), initial=_from(template), **known(request, seat, kinds=KINDS))
    if form.is_valid():
        text = _text(request, seat, form.cleaned_data, known_as=template.id if template else "")
        deed = services.add_risk
        if found := attempt(request, form, lambda: deed(seat.organisation, text=text, **when(request, seat))):
            return redirect("isms:weigh", organisation=organisation, pk=found.pk)
    return _page(request, seat, form, _("A new risk"), _("After this you weigh it."))


def _from(template: Any) -> dict[str, object]:
    if template is None:
        return {}
    return {
        "title": text_of(template.title), "cause": text_of(template.cause),
        "consequence": text_of(template.consequence), "requirements": ", ".join(template.requirements),
    }  # fmt: skip


def _text(request: HttpRequest, seat: Seat, data: Mapping[str, Any], *, known_as: str = "") -> services.RiskText:
    chosen = [each for each in subjects.subjects(seat.organisation) if each.key in set(data["subjects"])]
    owner = person_of(seat, request, data["owner"])
    if owner is None and not seat.may(Right.KEEP_ISMS):
        owner = seat.person  # what a process owner adds is his, so that he may go on with it
    return services.RiskText(
        data["title"], data["cause"], data["consequence"], owner, tuple(data["requirements"]), tuple(chosen), known_as
    )


@require_safe
def risk(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How serious is this risk, what was chosen, and what is being done?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    entry = _entry_or_404(seat, pk, on)
    known_here = isms_on(on)
    statuses = services.statuses(seat.organisation, entry.risk.requirements, on=on)
    barred = unacceptable(known_here.deviations, statuses)
    context = {
        "entry": entry, "risk": entry.risk, "scale": known_here.scale, "norms": norms,
        "requirements": [
            (*row, min(statuses[row[0]], key=WORST.index)) for row in words.listed(norms, entry.risk.requirements)
        ],
        "barred": [words.refusal(each, norms) for each in barred],
        "mandate": [role_word(each) for each in entry.weight.band.accepted_by] if entry.weight else [],
        "areas": {each.id: text_of(each.name) for each in known_here.scale.areas},
        "changes": may_change(seat, entry.risk.owner) and entry.risk.closed_on is None,
        "signs": seat.may(Right.SIGN) and entry.risk.closed_on is None,
        "deviations": [each for each in entry.risk.deviations.all() if each.ended_on is None],
        "keeps": seat.may(Right.KEEP_ISMS),
    }  # fmt: skip
    return render(request, "isms/risk.html", {"seat": seat, "on": on, **context})


def edit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Changes the words, owner or links of a risk."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _entry_or_404(seat, pk, clock.today(request)).risk
    change_or_403(seat, found.owner)
    initial = {
        "title": found.title, "cause": found.cause, "consequence": found.consequence, "owner": found.owner_id,
        "requirements": ", ".join(found.requirements), "subjects": [each.key for each in found.subjects.all()],
    }  # fmt: skip
    form = forms.RiskForm(sent(request), initial=initial, **known(request, seat, kinds=KINDS))
    if form.is_valid():
        text = _text(request, seat, form.cleaned_data, known_as=found.known_as)
        if attempt(request, form, lambda: services.change_risk(found, text=text, **when(request, seat))):
            return redirect("isms:risk", organisation=organisation, pk=pk)
    return _page(request, seat, form, _("Change this risk"))


def weigh(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Weighs a risk; earlier weighings stay."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = _entry_or_404(seat, pk, on).risk
    change_or_403(seat, found.owner)
    scale, last = isms_on(on).scale, next(iter(found.weighings.all()), None)
    start = {"kind": "residual", "likelihood": last.likelihood, **last.impacts} if last else {"kind": "inherent"}
    form = forms.WeighForm(sent(request), scale=scale, initial=start)
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("kind", "likelihood", "reason")}
        deed = services.weigh
        if attempt(request, form, lambda: deed(found, impacts=form.impacts, **data, **when(request, seat))):
            return redirect("isms:risk", organisation=organisation, pk=pk)
    answer = _("The worst area counts: damage of different kinds is not averaged.")
    return _page(request, seat, form, _("Weigh: %(risk)s") % {"risk": found.title}, answer, text_of(scale.uncertain))


def treat(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Chooses what is done about a risk."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _entry_or_404(seat, pk, clock.today(request)).risk
    change_or_403(seat, found.owner)
    form = forms.TreatForm(sent(request))
    if (
        form.is_valid()
        and attempt(request, form, lambda: services.treat(found, **form.cleaned_data, **when(request, seat)))
        is not None
    ):
        return redirect("isms:risk", organisation=organisation, pk=pk)
    return _page(request, seat, form, _("What is done about it: %(risk)s") % {"risk": found.title})


def accept(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Accepts what remains of a risk, by who has the mandate; the rules say whether that may be."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    found = _entry_or_404(seat, pk, clock.today(request)).risk
    form = forms.AcceptForm(sent(request))
    if form.is_valid():
        deed, data = services.accept, form.cleaned_data
        if attempt(request, form, lambda: deed(found, roles=seat.roles, **data, **when(request, seat))):
            return redirect("isms:risk", organisation=organisation, pk=pk)
    answer = _("Acceptance is for a time. A government measure cannot be put aside by it.")
    return _page(request, seat, form, _("Accept: %(risk)s") % {"risk": found.title}, answer)


def deviate(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets a guideline go unfollowed for a time, on the strength of this risk analysis."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    on = clock.today(request)
    found = _entry_or_404(seat, pk, on).risk
    form = forms.DeviationForm(sent(request), **known(request, seat))
    if form.is_valid():
        deed = services.grant_deviation
        if attempt(request, form, lambda: deed(found, **form.cleaned_data, **when(request, seat))):
            return redirect("isms:risk", organisation=organisation, pk=pk)
    rules = isms_on(on).deviations
    answer = " ".join(text_of(each.text) for each in rules if each.allowed)
    doubt = " ".join(text_of(each.uncertain) for each in rules if each.allowed)
    return _page(request, seat, form, _("A guideline that is not followed for now"), answer, doubt)


@require_POST
def end_deviation(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The guideline is followed again."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = Deviation.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    press(request, lambda: services.end_deviation(found, **when(request, seat)), _("The exception has ended."))
    return redirect("isms:risk", organisation=organisation, pk=found.risk_id)


def close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The risk is no longer there."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _entry_or_404(seat, pk, clock.today(request)).risk
    change_or_403(seat, found.owner)
    form = forms.ReasonForm(sent(request))
    if (
        form.is_valid()
        and attempt(request, form, lambda: services.close(found, **form.cleaned_data, **when(request, seat)))
        is not None
    ):
        return redirect("isms:risks", organisation=organisation)
    return _page(request, seat, form, _("Close: %(risk)s") % {"risk": found.title})


@require_POST
def confirm(request: HttpRequest, organisation: str) -> HttpResponse:
    """The register was gone through and is current."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    press(request, lambda: services.confirm_register(seat.organisation, **when(request, seat)))
    return redirect("isms:risks", organisation=organisation)


def _entry_or_404(seat: Seat, pk: int, on: date) -> queries.Entry:
    found = queries.risk(seat.organisation, pk)
    if found is None:
        raise Http404
    return queries.entry(found, on=on)


def _page(request: HttpRequest, seat: Seat, form: forms.Aware, title: str, *more: str) -> HttpResponse:
    """A form of this page. ``more``: the sentence under the title, and what is uncertain."""
    answer, uncertain = (*more, "", "")[:2]
    up = ("isms:risks", _("Risks"))
    return form_page(request, seat, form, title=title, answer=answer, uncertain=uncertain, up=up)
