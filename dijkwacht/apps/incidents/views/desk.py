"""The desk: the list, an incident that comes in, one incident, what is known of it, who handles it, where it stands."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.incidents import desk_words
from dijkwacht.apps.incidents.desk_rows import listed, terms_of
from dijkwacht.apps.incidents.forms import desk as forms
from dijkwacht.apps.incidents.forms.fields import Aware
from dijkwacht.apps.incidents.models import Duty, DutyRole, Incident, IncidentState
from dijkwacht.apps.incidents.queries import desk as queries
from dijkwacht.apps.incidents.queries.duty import on_duty
from dijkwacht.apps.incidents.queries.warned import warned_of
from dijkwacht.apps.incidents.services import alerting, intake, terms
from dijkwacht.apps.incidents.views.pages import (
    about_page,
    at_incident,
    attempt,
    form_page,
    incident_or_404,
    person_of,
    persons,
    sent,
    when,
)
from dijkwacht.apps.incidents.words import REFUSED
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25
PARTS: Mapping[str, type[Aware]] = {
    "what": forms.WhatForm, "moments": forms.MomentsForm, "consequences": forms.ConsequencesForm, "data": forms.DataForm,
}  # fmt: skip
NEXT: Mapping[str, tuple[str, ...]] = {
    IncidentState.OPEN: (IncidentState.CONTAINED, IncidentState.HANDLED, IncidentState.CLOSED),
    IncidentState.CONTAINED: (IncidentState.HANDLED, IncidentState.CLOSED, IncidentState.OPEN),
    IncidentState.HANDLED: (IncidentState.CLOSED, IncidentState.OPEN),
    IncidentState.CLOSED: (IncidentState.OPEN,),
}
"""Where the handling can go from where it is."""


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which incidents are there, and which term ends first?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = queries.incidents_of(seat.organisation, handles=seat.may(Right.HANDLE))
    form = forms.IncidentsFilter(request.GET or None, years=queries.years(rows))
    page = Paginator(_shown(rows, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": listed(page.object_list, at=clock.now(request)),
        "answer": desk_words.list_answer(queries.open_now(rows)), "tells": seat.may(Right.TELL),
        "found": page.paginator.count if request.GET else None,
    }  # fmt: skip
    return render(request, "incidents/home.html", {"seat": seat, **context})


def _shown(rows: QuerySet[Incident], form: forms.IncidentsFilter) -> QuerySet[Incident]:
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return queries.narrowed(
        rows, text=asked.get("text", ""), state=asked.get("state", ""), sort=asked.get("sort") or "real",
        year=asked.get("year"),
    )  # fmt: skip


def tell(request: HttpRequest, organisation: str) -> HttpResponse:
    """Tells of an incident, within a minute."""
    seat = organisation_or_404(request, organisation, Right.TELL)
    at = clock.now(request)
    start = {"known_at": at, "known_by": str(seat.person), "kind": "incident"}
    form = forms.TellForm(sent(request), initial=start, at=at)
    if form.is_valid():
        told = intake.Intake(**form.cleaned_data)
        handler = (
            seat.person if seat.may(Right.HANDLE) else next((row.person for row in _reporters(request, seat)), None)
        )
        deed = {"intake": told, "handler": handler, **when(request, seat)}
        if made := attempt(form, lambda: intake.tell(seat.organisation, **deed)):
            if not seat.may(Right.HANDLE):
                return redirect("incidents:told", organisation=organisation, pk=made.pk)
            messages.success(request, desk_words.told_receipt(made))
            return redirect("incidents:incident", organisation=organisation, pk=made.pk)
    norms = desk_words.norms(form.fields, roles=tuple(terms.roles_of(seat.organisation, at=at)))
    return form_page(
        request, seat, form, title=_("Tell of an incident"), norms=norms, submit=_("Record it"), back=_up(seat),
        answer=_("Tell it now, also when you are not sure. What is missing can be added later."),
    )  # fmt: skip


@require_safe
def told(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Your incident is recorded: under which number, and what happens next? Only for who told of it."""
    seat = organisation_or_404(request, organisation, Right.TELL)
    found = Incident.objects.filter(organisation=seat.organisation, pk=pk, told_by=seat.person).first()
    if found is None:
        raise Http404
    context = {
        "incident": found, "reporters": _reporters(request, seat),
        "opens": seat.may(Right.HANDLE) or (seat.may(Right.SEE) and not found.restricted),
    }  # fmt: skip
    return render(request, "incidents/told.html", {"seat": seat, **context})


def _reporters(request: HttpRequest, seat: Seat) -> list[Duty]:
    """Who is on duty to report, the first called first."""
    return [row for row in on_duty(seat.organisation, on=clock.today(request)) if row.role == DutyRole.REPORTER]


def _up(seat: Seat) -> str:
    """Where somebody goes who does not tell after all."""
    name = "incidents:home" if seat.may(Right.SEE) else "today:today"
    return reverse(name, args=[seat.organisation.slug])


@require_safe
def incident(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What must be reported to whom, before when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = incident_or_404(seat, pk)
    whole, handles = queries.whole(found), seat.may(Right.HANDLE)
    rows = terms_of(found, at=clock.now(request), handles=handles)
    warned = warned_of(found)
    context = {
        "incident": found, "whole": whole, "terms": rows, "kept": queries.kept(found), "handles": handles,
        "answer": desk_words.answer(whole, rows), "changed": desk_words.changed_words(whole.weighing),
        "changes": handles and found.state != IncidentState.CLOSED, "warned": warned,
        "unseen": any(each.person == seat.person and each.seen is None for each in warned),
        "barred": [REFUSED[code] for code in intake.why_not_closed(found)] if found.state == "handled" else [],
    }  # fmt: skip
    return render(request, "incidents/incident.html", {"seat": seat, **context})


@require_POST
def seen(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that somebody saw what was mailed about this incident; back to it, or to Today."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = incident_or_404(seat, pk)
    if alerting.see(found, **when(request, seat)):
        messages.success(request, _("Recorded: you have seen it. Others can see that."))
    if request.POST.get("back") == "today":
        return redirect("today:today", organisation=organisation)
    return redirect(at_incident(found))


def change(request: HttpRequest, organisation: str, pk: int, part: str) -> HttpResponse:
    """Writes what is known now, a part at a time; terms that follow from it start, move or fall away."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found, at = incident_or_404(seat, pk), clock.now(request)
    kind = PARTS[part]
    form = kind(sent(request), initial={name: getattr(found, name) for name in kind.base_fields}, at=at)
    if form.is_valid():
        deed = {"values": form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: intake.change(found, **deed)):
            messages.success(request, _("Recorded what is known now. The terms below follow from it."))
            return redirect("incidents:incident", organisation=organisation, pk=pk)
    norms = desk_words.norms(form.fields, roles=tuple(terms.roles_of(seat.organisation, at=at)))
    titles = {
        "what": _("What happened"), "moments": _("When"), "consequences": _("Consequences"), "data": _("Personal data"),
    }  # fmt: skip
    return about_page(request, seat, found, form, titles[part], norms=norms)


def give(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says who handles an incident."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = incident_or_404(seat, pk)
    form = forms.GiveForm(sent(request), initial={"handler": found.handler_id}, persons=persons(request, seat))
    if form.is_valid():
        handler = person_of(request, seat, form.cleaned_data["handler"])
        intake.give_to(found, handler=handler, **when(request, seat))
        messages.success(request, _("Recorded: %(who)s handles it.") % {"who": handler or _("nobody yet")})
        return redirect("incidents:incident", organisation=organisation, pk=pk)
    return about_page(request, seat, found, form, _("Who handles it"))


def move(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says where the handling is: contained, handled, closed, or open again."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found, at = incident_or_404(seat, pk), clock.now(request)
    states = [(name, IncidentState(name).label) for name in NEXT[found.state]]
    form = forms.MoveForm(sent(request), initial={"when": at, "state": states[0][0]}, states=states, at=at)
    if form.is_valid():
        deed = {**form.cleaned_data, **when(request, seat)}
        if moved := attempt(form, lambda: intake.move_to(found, **deed)):
            messages.success(request, _("Recorded: %(state)s.") % {"state": moved.get_state_display().lower()})
            return redirect("incidents:incident", organisation=organisation, pk=pk)
    barred = intake.why_not_closed(found) if found.state != IncidentState.CLOSED else []
    notes = [_("Before it can be closed:") + " " + " ".join(str(REFUSED[code]) for code in barred)] if barred else []
    handled = desk_words.starts("incident_handled")
    norms = {"when": _("The moment at which it is handled can start: %(terms)s.") % {"terms": handled}}
    return about_page(request, seat, found, form, _("How it stands now"), notes=notes, norms=norms)
