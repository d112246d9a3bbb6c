"""Leading a session: the clock, injects, observations, the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.forms.sessions import ExtraForm, NoteForm, StartForm
from dijkwacht.apps.exercises.lead_page import lead_context
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.play_page import label, phase_in
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import running as services
from dijkwacht.apps.exercises.views.common import (
    FORM,
    attempt,
    form_page,
    leads,
    press,
    real_now,
    renewed,
    session_or_404,
)
from dijkwacht.apps.ledger.deed_pages import sent
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.exercise_script import Inject
from dijkwacht.core.exercises import What
from dijkwacht.web.terms import text_of

SAID = {
    What.START: gettext_lazy("The exercise has begun."),
    What.PAUSE: gettext_lazy("The clock stands still."),
    What.RESUME: gettext_lazy("The clock runs again."),
    What.SPEED: gettext_lazy("The clock runs at the new speed."),
    What.JUMP: gettext_lazy("The next inject went out."),
    What.END: gettext_lazy("The exercise has ended. Look back on it while it is fresh."),
}


@never_cache
@require_safe
def lead(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How does it go, who still has to answer, and what comes next?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    context = lead_context(session_or_404(seat, pk), at=real_now())
    form = StartForm(initial={"factor": context["factor"] if "speed" in context["may"] else 10})
    return render(request, "exercises/lead.html", {"seat": seat, "form": form, "note": NoteForm(), **context})


@renewed
@never_cache
@require_safe
def lead_now(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The part of it that changes; 204 when nothing did since the page was made."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, at = session_or_404(seat, pk), real_now()
    was, now = request.GET.get("was", ""), label(row, queries.state_of(row, at=at))
    if was == now:
        return HttpResponse(status=204)
    if phase_in(was) != phase_in(now):  # its buttons are others: somebody else leads too
        return HttpResponseClientRefresh()
    return render(request, "exercises/lead_now.html", {"seat": seat, **lead_context(row, at=at)})


@require_POST
def steer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Starts, pauses, goes on, jumps, changes the speed, ends."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    what = next((each for each in SAID if each.value == request.POST.get("act")), None)
    if what is None:
        messages.error(request, str(words.REFUSED["phase"]))
        return redirect("exercises:lead", organisation, pk)
    form = StartForm(request.POST)
    factor = form.cleaned_data["factor"] if form.is_valid() else 0
    if what not in (What.START, What.SPEED):
        factor = 1
    ahead = request.POST.get("ahead", "")
    press(
        request, lambda: services.steer(row, what=what, factor=factor, ahead=ahead, **leads(seat)), str(SAID[what])
    )  # fmt: skip
    row.refresh_from_db(fields=["phase"])
    return redirect("exercises:evaluation" if row.phase == "ended" else "exercises:lead", organisation, pk)


def _texts(organisation: str, row: Session, **more: Any) -> dict[str, Any]:
    return {"eyebrow": row.title, "back": reverse("exercises:lead", args=[organisation, row.pk]), **more}


@require_http_methods(FORM)
def extra(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Sends something that is not in the script."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    roles = [(name, text_of(said)) for name, said in queries.scenario_of(row).roles.items()]
    form = ExtraForm(sent(request), choices={"to": roles})

    def deed() -> None:
        given = form.cleaned_data
        via = {"nl": given["via"].strip()} if given["via"].strip() else {}
        inject = Inject("x", 0, tuple(given["to"]), {"nl": given["text"].strip()}, via=via)
        services.send_extra(row, inject=inject, **leads(seat))

    if attempt(form, deed):
        return redirect("exercises:lead", organisation, pk)
    texts = _texts(organisation, row, submit=_("Send it now"))
    return form_page(request, form, title=_("An inject besides the script"), **texts)


@require_http_methods(FORM)
def note(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes what is seen, for the evaluation."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    form = NoteForm(sent(request))
    if attempt(form, lambda: services.note(row, text=form.cleaned_data["text"], **leads(seat))):
        return redirect("exercises:lead", organisation, pk)
    return form_page(request, form, title=_("An observation"), **_texts(organisation, row))
