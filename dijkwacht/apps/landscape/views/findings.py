"""What is missing, double or old, and what is said and decided about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.landscape.cells_page import FoundRows, Shower
from dijkwacht.apps.landscape.forms import cells as forms
from dijkwacht.apps.landscape.queries import cells as queries
from dijkwacht.apps.landscape.queries.talk import last_by_about, subject, topics
from dijkwacht.apps.landscape.services import talk as services
from dijkwacht.apps.landscape.talk_page import talk_of
from dijkwacht.apps.landscape.words import cells as words
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, sent, when
from dijkwacht.apps.people import queries as people
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

FORM = "landscape/need_form.html"


@require_safe
def findings(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where does nobody act, where do several, and what is not sure any more?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held, on = queries.landscape_of(seat.organisation), clock.today(request)
    found = queries.findings(held, on=on)
    rows = FoundRows(Shower(held, organisation), last_by_about(seat.organisation), on)
    context = {
        "answer": words.findings_answer(found), "gaps": rows.gaps(found), "doubles": rows.overlaps(found),
        "old": rows.stale(found),
    }  # fmt: skip
    return render(request, "landscape/findings.html", {"seat": seat, **context})


@require_safe
def finding(request: HttpRequest, organisation: str, about: str) -> HttpResponse:
    """Why is this a gap or an overlap, who stands there, and what was decided about it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    title = subject_or_404(seat, about)
    if about.startswith("cell:"):
        return redirect("landscape:cell", organisation=organisation, cell=about[5:])
    held, on = queries.landscape_of(seat.organisation), clock.today(request)
    found, show = queries.findings(held, on=on), Shower(held, organisation)
    gap = next((each for each in found.gaps if each.id == about), None)
    double = next((each for each in found.overlaps if each.id == about), None)
    why = words.sentences(gap.lacks, words.LACKS) if gap else str(words.ASSIGNED[double.assigned]) if double else ""
    cells = gap.cells if gap else double.cells if double else ()
    context = {
        "title": title, "answer": why or _("This is settled: it is found no longer."), "is_gap": about.startswith("gap:"),
        "cells": show.cells(held.cells[name] for name in cells), "talk": talk_of(seat, about, on=on),
        "steers": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/finding.html", {"seat": seat, **context})


def say(request: HttpRequest, organisation: str, about: str) -> HttpResponse:
    """Says something about a cell or a finding."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.SayForm(sent(request))
    return _deed(
        request, seat, about, form, services.say, title=_("Say something"), said=_("Recorded: it stands there.")
    )


def assign(request: HttpRequest, organisation: str, about: str) -> HttpResponse:
    """Gives a discussion to somebody, before a day."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    known = {each.pk: each for each in people.persons_in(seat.organisation, on=clock.real_today())}
    form = forms.AssignForm(sent(request), persons=[(key, str(each)) for key, each in known.items()])

    def deed(organisation: Any, about: str, *, owner: int, **told: Any) -> object:
        return services.assign(organisation, about, owner=known[owner], **told)

    return _deed(request, seat, about, form, deed, title=_("Who takes it up?"), said=_("Recorded: who takes it up."))


def decide(request: HttpRequest, organisation: str, about: str) -> HttpResponse:
    """Closes a discussion with a decision."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.DecideForm(sent(request))
    return _deed(
        request, seat, about, form, services.decide, title=_("What was decided?"), said=_("Recorded: the decision.")
    )


def _deed(
    request: HttpRequest, seat: Seat, about: str, form: Any, deed: Callable[..., object], *, title: str, said: str
) -> HttpResponse:
    name, slug = subject_or_404(seat, about), seat.organisation.slug
    back = reverse("landscape:finding", args=[slug, about])
    if about.startswith("cell:"):
        back = reverse("landscape:cell", args=[slug, about[5:]])
    told = {**when(request, seat)}
    if form.is_valid() and attempt(
        form, lambda: deed(seat.organisation, about, **form.cleaned_data, **told), words.refusal
    ):
        messages.success(request, said)
        return redirect(back)
    return form_page(request, seat, form, template=FORM, title=title, eyebrow=name, back=back)


def subject_or_404(seat: Seat, about: str) -> str:
    """What something is called that can be discussed here. Raises Http404."""
    found = subject(seat.organisation, about, get_language() or "nl")
    if found is None and not topics(seat.organisation, about):
        raise Http404
    return found or about
