"""Who is called when a legal term runs, in which order, and who would be called now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.incidents import duty_words
from dijkwacht.apps.incidents.forms.duty import DutyForm
from dijkwacht.apps.incidents.models import Duty
from dijkwacht.apps.incidents.queries import duty as queries
from dijkwacht.apps.incidents.services import calling
from dijkwacht.apps.incidents.views.pages import attempt, form_page, person_of, persons, press, sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.moments import day_of


@require_safe
def duty(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who is called when a legal term presses?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at = clock.now(request)
    rows, here = queries.on_duty(seat.organisation, on=day_of(at)), queries.here(seat.organisation, on=day_of(at))
    context = {
        "answer": duty_words.answer(rows, here=here), "groups": duty_words.groups(rows, here=here),
        "calls": duty_words.calls(seat.organisation, at=at), "portal": duty_words.portal(seat.organisation, on=day_of(at)),
        "ready": duty_words.ready(rows, here=here), "changes": seat.may(Right.HANDLE),
    }  # fmt: skip
    return render(request, "incidents/duty.html", {"seat": seat, "on": day_of(at), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def duty_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Puts somebody on duty."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    initial = {"role": request.GET.get("rol", "")}
    form = DutyForm(sent(request), persons=persons(request, seat), initial=initial)
    if form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        who = person_of(request, seat, data.pop("who"))
        if who is None:
            raise Http404
        deed = calling.put_on_duty
        row = attempt(form, lambda: deed(seat.organisation, who=who, **data, **when(request, seat)))
        if row is not None:
            press(request, lambda: None, duty_words.put(row))
            return redirect("incidents:duty", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Put somebody on duty"), back=reverse("incidents:duty", args=(organisation,)),
        submit=_("Put on duty"), answer=_("The first of a role is called first; who comes after is a deputy."),
    )  # fmt: skip


@require_POST
def duty_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes somebody off duty; who came after moves up."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = Duty.objects.filter(organisation=seat.organisation, pk=pk).select_related("person", "organisation").first()
    if row is None:
        raise Http404
    said = _("%(who)s is no longer on duty for this.") % {"who": row.person}
    press(request, lambda: calling.off_duty(row, **when(request, seat)), said)
    return redirect("incidents:duty", organisation=organisation)
