"""Remarks that others made about our statements: which wait for an answer, and giving it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.accountability import forms, statement_rows, statement_words
from dijkwacht.apps.accountability.models import RemarkState
from dijkwacht.apps.accountability.queries import reading_room
from dijkwacht.apps.accountability.services import remarks as services
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def listed(request: HttpRequest, organisation: str) -> HttpResponse:
    """What did readers of our statements remark, and what waits for our answer?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = list(reading_room.remarks(seat.organisation))
    waiting = [each for each in rows if each.state == RemarkState.OPEN]
    done = [each for each in rows if each.state != RemarkState.OPEN]
    norms = packs_on(clock.today(request)).norms
    context = {
        "waiting": statement_rows.titled(waiting, norms), "done": statement_rows.titled(done, norms),
        "sentence": statement_words.remarks_sentence(
            len(waiting), late=sum(each.term < clock.today(request) for each in waiting)
        ),
        "today": clock.today(request), "may_answer": seat.may(Right.PREPARE),
    }  # fmt: skip
    return render(request, "accountability/remarks.html", {"seat": seat, **context})


def answer(request: HttpRequest, organisation: str, remark: int) -> HttpResponse:
    """The answer of the organisation to one remark."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found = get_object_or_404(reading_room.remarks(seat.organisation), pk=remark)
    given = {"text": found.answer, "action": found.action}
    form = forms.AnswerForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(
                found, text=form.cleaned_data["text"], action=form.cleaned_data["action"], person=seat.person,
                on=clock.today(request), at=clock.now(request),
            )  # fmt: skip
        except Refusal as refused:
            form.add_error(None, statement_words.refusal_sentence(refused))
        else:
            messages.success(request, _("Your answer is with %(name)s.") % {"name": found.by_organisation.name})
            return redirect("accountability:remarks", organisation=organisation)
    rule = packs_on(found.statement.on).norms.requirements.get(found.requirement)
    return render(request, "accountability/answer.html", {"seat": seat, "remark": found, "form": form, "rule": rule})
