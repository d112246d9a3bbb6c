"""Looking back on a session: the evaluation, what was learned, closing it, annulling it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.exercises import look_page as page
from dijkwacht.apps.exercises.forms.sessions import CloseForm, LessonForm, LookBackForm, ReasonForm, ResultForm
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import looking as services
from dijkwacht.apps.exercises.services import report as paper
from dijkwacht.apps.exercises.views.common import FORM, attempt, form_page, session_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def evaluation(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was expected, what was done, and what do we learn?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = session_or_404(seat, pk)
    if not _told_to(seat, row):
        return render(request, "exercises/closed.html", {"seat": seat, "row": row})
    steers = seat.may(Right.STEER) and row.annulled_at is None and row.phase == "ended"
    context = {"steers": steers, "writes": steers and row.evaluated_at is None, **page.look_context(row)}
    return render(request, "exercises/evaluation.html", {"seat": seat, **context})


def _told_to(seat: Seat, row: Session) -> bool:
    """What was expected and what others did is for nobody who may be playing: not before it has ended."""
    return row.phase == "ended" or seat.may(Right.STEER)


@require_safe
def report(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The evaluation on paper."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = session_or_404(seat, pk)
    if not _told_to(seat, row):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{seat.organisation.slug}-oefening-{row.pk}.pdf"'}
    return HttpResponse(paper.report(row, at=clock.now(request)), content_type="application/pdf", headers=headers)


def _texts(organisation: str, row: Session, **more: Any) -> dict[str, Any]:
    return {"eyebrow": row.title, "back": reverse("exercises:evaluation", args=[organisation, row.pk]), **more}


@require_http_methods(FORM)
def look_back(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes the evaluation."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    form = LookBackForm(sent(request), **page.asked(row), initial=page.initial(row))

    def deed() -> None:
        text = services.LookedBack(form.of("question"), form.of("point"), form.cleaned_data["conclusion"])
        services.look_back(row, text=text, **when(request, seat))

    if attempt(form, deed):
        return redirect("exercises:evaluation", organisation, pk)
    return form_page(request, form, title=_("Write the evaluation"), **_texts(organisation, row))


@require_http_methods(FORM)
def learn(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes what was learned."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    form = LessonForm(sent(request))
    if attempt(form, lambda: services.learn(row, **form.cleaned_data, **when(request, seat))):
        return redirect("exercises:evaluation", organisation, pk)
    return form_page(request, form, title=_("What was learned"), **_texts(organisation, row))


@require_http_methods(FORM)
def lesson_done(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It was done."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = queries.lesson(seat.organisation, pk)
    if row is None:
        raise Http404
    form, on = ResultForm(sent(request)), clock.today(request)
    if attempt(form, lambda: services.finish_lesson(row, **form.cleaned_data, on=on, **when(request, seat))):
        return redirect("exercises:lessons", organisation)
    texts = {
        "eyebrow": row.session.title,
        "answer": row.text,
        "back": reverse("exercises:lessons", args=[organisation]),
    }
    return form_page(request, form, title=_("Done"), submit=_("It was done"), **texts)


@require_http_methods(FORM)
def close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Closes the evaluation, so that the exercise counts."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    form, turned = CloseForm(sent(request), choices={"tells": page.tellable(row)}), list[int]()

    def deed() -> None:
        turned.append(services.close(row, tells=page.told(form.cleaned_data["tells"]), **when(request, seat)))

    if attempt(form, deed):
        text = ngettext("Closed. %(n)s verdict turned.", "Closed. %(n)s verdicts turned.", turned[0])
        messages.success(request, text % {"n": turned[0]})
        return redirect("exercises:evaluation", organisation, pk)
    answer = _("From then on the ledger knows that this exercise was held, and the evaluation no longer changes.")
    texts = _texts(organisation, row, submit=_("Close it"), answer=answer)
    return form_page(request, form, title=_("Close the evaluation"), **texts)


@require_http_methods(FORM)
def annul(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that it does not count."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    form = ReasonForm(sent(request))
    if attempt(form, lambda: services.annul(row, **form.cleaned_data, **when(request, seat))):
        return redirect("exercises:session", organisation, pk)
    texts = {
        "eyebrow": row.title,
        "back": reverse("exercises:session", args=[organisation, pk]),
        "submit": _("Annul it"),
    }
    answer = _("It stays in the list, with the reason. What it told the ledger is withdrawn.")
    return form_page(request, form, title=_("Annul this exercise"), answer=answer, **texts)
