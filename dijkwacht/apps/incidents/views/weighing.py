"""Whether an incident is significant: what follows from the answers, and what a person decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dijkwacht.apps.incidents import weighing_page
from dijkwacht.apps.incidents.forms.weighing import SIGNIFICANT, WeighForm
from dijkwacht.apps.incidents.models import Incident, Weighing
from dijkwacht.apps.incidents.services import weighing as services
from dijkwacht.apps.incidents.views.pages import attempt, incident_or_404, number, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def weigh(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Is this incident significant?"""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    incident, at = incident_or_404(seat, pk), clock.now(request)
    last = weighing_page.last_of(incident)
    form = WeighForm(
        sent(request), questions=weighing_page.questions_of(incident, at=at), decides="decide" in request.POST, at=at,
        answers=weighing_page.answers_of(incident, last, at=at),
        initial={"known_at": incident.significant_at or incident.known_at},
    )  # fmt: skip
    if form.is_valid() and "decide" in request.POST and (row := _decide(request, seat, incident, form)):
        messages.success(request, weighing_page.said(row, incident))
        return redirect("incidents:incident", organisation=organisation, pk=pk)
    answers = form.answers() if form.is_bound else weighing_page.answers_of(incident, last, at=at)
    context = {
        "found": weighing_page.follows(incident, _asked_now(form, answers), at=at, last=last), "last": last,
        "again": weighing_page.again_words(last), "history": weighing_page.history(incident),
        "known": weighing_page.known_now(incident, at=at), "looked": form.is_bound,
    }  # fmt: skip
    return render(request, "incidents/weigh.html", {"seat": seat, "incident": incident, "form": form, **context})


def _asked_now(form: WeighForm, answers: dict[str, Any]) -> dict[str, Any]:
    """Only what is still asked: a pack may have dropped a question since."""
    return {name: value for name, value in answers.items() if name in form.asked}


def _decide(request: HttpRequest, seat: Seat, incident: Incident, form: WeighForm) -> Weighing | None:
    data = form.cleaned_data
    decided = data["decided"] == SIGNIFICANT
    row: Weighing | None = attempt(
        form,
        lambda: services.weigh(
            incident, answers=form.answers(), decided=decided, because=data["because"],
            known_at=data["known_at"] if decided else None, seen=number(request.POST.get("seen", "")),
            **when(request, seat),
        ),
    )  # fmt: skip
    return row
