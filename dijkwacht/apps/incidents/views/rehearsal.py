"""Rehearsing the legal reports: start one, let its clock run, and see what was in time."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.incidents import rehearsal_words
from dijkwacht.apps.incidents.desk_rows import terms_of
from dijkwacht.apps.incidents.forms.rehearsing import RehearsalForm, RunForm
from dijkwacht.apps.incidents.models import IncidentState, Rehearsal
from dijkwacht.apps.incidents.queries import rehearsals as queries
from dijkwacht.apps.incidents.services import rehearsing
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.views.pages import attempt, incident_or_404, sent, when
from dijkwacht.apps.incidents.words import refusal
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.read import incidents
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_http_methods(["GET", "HEAD", "POST"])
def rehearse(request: HttpRequest, organisation: str) -> HttpResponse:
    """When did we rehearse, and shall we again?"""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    known = incidents().scenarios
    form = RehearsalForm(sent(request), scenarios=[(each.id, text_of(each.title)) for each in known.values()])
    if form.is_valid():
        text = rehearsal_words.played(form.cleaned_data)
        deed = rehearsing.begin
        if row := attempt(form, lambda: deed(seat.organisation, **text, **when(request, seat))):
            messages.success(request, _("The exercise has begun. Do what you would really do."))
            return redirect("incidents:rehearsal", organisation=organisation, pk=row.pk)
    rows = queries.rehearsals(seat.organisation)
    context = {
        "form": form, "rows": rows, "known": known.values(), "answer": rehearsal_words.list_answer(rows),
        "running": rehearsing.standing(seat.organisation),
    }  # fmt: skip
    return render(request, "incidents/rehearse.html", {"seat": seat, **context})


@require_safe
def rehearsal(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does the clock of this exercise show, and what comes next?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = _rehearsal_or_404(seat, pk)
    return _page(request, seat, row, at=clock.now(request))


def _page(
    request: HttpRequest, seat: Seat, row: Rehearsal, *, at: datetime, form: RunForm | None = None
) -> HttpResponse:
    _look_at(request, row)
    now, stops = row.moment(at), queries.stops(row, at=row.moment(at))
    first = stops[0][0] if stops else now + timedelta(hours=1)
    context = {
        "row": row, "incident": row.incident, "now": now, "answer": rehearsal_words.answer(row, at=at),
        "terms": terms_of(row.incident, at=now, handles=False).held,
        "warned": rehearsal_words.warned(queries.warned(row.incident)),
        "events": queries.events(row), "stops": [(each, rehearsal_words.stop(code)) for each, code in stops],
        "form": form or RunForm(initial={"to": first}),
        "runs": seat.may(Right.HANDLE) and row.incident.state != IncidentState.CLOSED,
    }  # fmt: skip
    return render(request, "incidents/rehearsal.html", {"seat": seat, **context})


@require_POST
def rehearsal_run(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets its clock run."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row, at = _rehearsal_or_404(seat, pk), clock.now(request)
    form = RunForm(sent(request))
    to = queries.exact(request.POST.get("stop", "")) or (form.cleaned_data["to"] if form.is_valid() else None)
    if to is None:
        return _page(request, seat, row, at=at, form=form)
    try:
        ran = rehearsing.run_on(row, to=to, person=seat.person, at=at)
    except Refused as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, rehearsal_words.ran(ran))
    return redirect("incidents:rehearsal", organisation=organisation, pk=pk)


@require_safe
def rehearsal_report(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was in time in this exercise?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row, at = _rehearsal_or_404(seat, pk), clock.now(request)
    _look_at(request, row)
    ended = row.incident.closed_at or row.moment(at)
    found = queries.outcome(row, at=ended)
    context = {
        "row": row, "incident": row.incident, "answer": rehearsal_words.report_answer(row, found),
        "terms": terms_of(row.incident, at=ended, handles=False).held, "sent": queries.sent(row.incident),
        "warned": rehearsal_words.warned(queries.warned(row.incident)), "events": queries.events(row),
        "lessons": row.incident.lessons.all(), "weighings": row.incident.weighings.select_related("by"),
    }  # fmt: skip
    return render(request, "incidents/rehearsal_report.html", {"seat": seat, **context})


def _look_at(request: HttpRequest, row: Rehearsal) -> None:
    """The page looks at the clock of the exercise, as long as it runs."""
    if row.incident.state != IncidentState.CLOSED:
        clock.set_ahead(request, row.ahead)


def _rehearsal_or_404(seat: Seat, pk: int) -> Rehearsal:
    rows = Rehearsal.objects.filter(incident__organisation=seat.organisation, pk=pk)
    found = rows.select_related("incident__organisation", "begun_by").first()
    if found is None:
        raise Http404
    incident_or_404(seat, found.incident_id)
    return found
