"""Crises: what goes on, one with its log, and everything that is written in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.crisis.crisis_page import crisis_answer, crisis_context, level_name, powers
from dijkwacht.apps.crisis.forms import log as forms
from dijkwacht.apps.crisis.models import Crisis, Ladder, Lesson, Line, LineKind
from dijkwacht.apps.crisis.plan_page import plan_answer
from dijkwacht.apps.crisis.queries import log as queries
from dijkwacht.apps.crisis.queries import plan as plans
from dijkwacht.apps.crisis.services import logging as services
from dijkwacht.apps.crisis.views.pages import attempt, form_page, own_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Does a crisis go on, and are we ready for one?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, rows = clock.today(request), list(queries.crises(seat.organisation))
    going = [each for each in rows if each.open]
    text = ngettext("%(n)s crisis or exercise goes on.", "%(n)s crises or exercises go on.", len(going))
    told = [(each, level_name("grip", each.grip), level_name("digital", each.digital)) for each in going]
    context = {
        "answer": text % {"n": len(going)} if going else _("No crisis goes on."), "going": told,
        "past": [each for each in rows if not each.open], "keeps": seat.may(Right.STEER),
        "plan": plan_answer(plans.plan_standing(seat.organisation, on=on)),
        "contacts": plans.stale_contacts(seat.organisation, on=on), "lessons": queries.open_lessons(seat.organisation),
    }  # fmt: skip
    return render(request, "crisis/home.html", {"seat": seat, "on": on, **context})


@require_http_methods(_METHODS)
def crisis_open(request: HttpRequest, organisation: str) -> HttpResponse:
    """Opens a crisis."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.OpenForm(sent(request))
    if form.is_valid():
        deed = services.open_crisis
        if made := attempt(form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("Opened. Write down first what nobody knows yet."))
            return redirect("crisis:crisis", organisation=organisation, pk=made.pk)
    back = reverse("crisis:home", args=[organisation])
    answer = _("A title and one sentence do. Everything else can come later.")
    return form_page(
        request,
        seat,
        form,
        title=_("Open a crisis"),
        answer=answer,
        eyebrow=_("Crisis"),
        back=back,
        submit=_("Open it"),
    )


@require_safe
def crisis(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What do we know, what do we not know, and who does what now?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, Crisis, pk)
    context = crisis_context(row, at=clock.now(request))
    context |= {
        "answer": crisis_answer(row),
        "keeps": seat.may(Right.STEER),
        "writes": seat.may(Right.STEER) and row.open,
    }
    return render(request, "crisis/crisis.html", {"seat": seat, **context})


@require_http_methods(_METHODS)
def line_add(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """Writes in the log."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    if kind not in forms.WRITTEN:
        raise Http404
    form = forms.LineForm(sent(request), kind=kind, powers=powers() if kind == LineKind.DECISION else ())
    if form.is_valid() and attempt(form, lambda: _write(request, seat, row, form, kind=kind)):
        return redirect("crisis:crisis", organisation=organisation, pk=pk)
    return _form(request, seat, row, form, title=str(LineKind(kind).label), submit=_("Write it in the log"))


@require_http_methods(_METHODS)
def line_after(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """Corrects a line, or says that it is done or answered."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    about = own_or_404(seat, Line, pk, within="crisis__organisation")
    form = forms.LineForm(sent(request), kind=kind)
    if form.is_valid() and attempt(
        form, lambda: _write(request, seat, about.crisis, form, kind=kind, about=about.number)
    ):
        return redirect("crisis:crisis", organisation=organisation, pk=about.crisis_id)
    notes = [f"{about.number}. {about.text}"]
    answer = _("The line stays as it is; what you write comes beside it.") if kind == LineKind.CORRECTION else ""
    return _form(request, seat, about.crisis, form, title=str(LineKind(kind).label), notes=notes, answer=answer)


def _write(request: HttpRequest, seat: Seat, crisis: Crisis, form: Any, **more: Any) -> Line:
    return services.write_line(crisis, **more, **form.cleaned_data, **when(request, seat))


@require_http_methods(_METHODS)
def scale(request: HttpRequest, organisation: str, pk: int, ladder: str) -> HttpResponse:
    """A step on a ladder."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    if ladder not in Ladder.values:
        raise Http404
    form = forms.ScaleForm(sent(request), ladder=ladder, initial={"level": getattr(row, ladder)})
    if form.is_valid():
        deed = services.scale
        if attempt(form, lambda: deed(row, ladder=ladder, **form.cleaned_data, **when(request, seat))):
            return redirect("crisis:crisis", organisation=organisation, pk=pk)
    answer = _("Rungs may be skipped, up and down. Choose what fits, not what comes next.")
    return _form(request, seat, row, form, title=str(Ladder(ladder).label), answer=answer)


@require_http_methods(_METHODS)
def set_clock(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """From when the start times run."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    form = forms.ClockForm(sent(request), initial={"alarm_at": row.alarm_at, "called_at": row.called_at})
    if form.is_valid() and attempt(form, lambda: services.set_clock(row, **form.cleaned_data, **when(request, seat))):
        return redirect("crisis:crisis", organisation=organisation, pk=pk)
    return _form(request, seat, row, form, title=_("From when the start times run"))


@require_http_methods(_METHODS)
def crisis_close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Closes a crisis with what was learned."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    form = forms.CloseForm(sent(request))
    if form.is_valid():
        lessons = [services.Wanted(**each) for each in form.lessons()]
        told = form.cleaned_data["evaluation"]
        if attempt(form, lambda: services.close_crisis(row, evaluation=told, lessons=lessons, **when(request, seat))):
            return redirect("crisis:crisis", organisation=organisation, pk=pk)
    return _form(request, seat, row, form, title=_("Close and evaluate"), submit=_("Close it"))


@require_http_methods(_METHODS)
def lesson_finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What became of what was learned."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Lesson, pk, within="crisis__organisation")
    form = forms.LessonForm(sent(request))
    if form.is_valid() and attempt(
        form, lambda: services.finish_lesson(row, **form.cleaned_data, **when(request, seat))
    ):
        return redirect("crisis:crisis", organisation=organisation, pk=row.crisis_id)
    return _form(request, seat, row.crisis, form, title=_("Done"), notes=[row.text])


def _form(request: HttpRequest, seat: Seat, crisis: Crisis, form: Any, **texts: Any) -> HttpResponse:
    back = reverse("crisis:crisis", args=[seat.organisation.slug, crisis.pk])
    return form_page(request, seat, form, eyebrow=f"{crisis.name} {crisis.title}", back=back, **texts)
