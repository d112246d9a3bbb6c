"""The phone list: who must be called about what, and what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.advisories import telling_rows
from dijkwacht.apps.advisories.forms.telling import CallForm
from dijkwacht.apps.advisories.queries import phone
from dijkwacht.apps.advisories.services import phoning
from dijkwacht.apps.advisories.views.pages import attempt, sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25


@require_safe
def calls(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who must be called now, about what?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    at = clock.now(request)
    rows = phone.to_make(seat.organisation, seat.person)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": telling_rows.call_rows(page.object_list, at=at),
        "answer": telling_rows.calls_answer(page.paginator.count),
        "unsent": phone.not_sent(seat.organisation, at=at)[:PER_PAGE],
        "done": phone.calls_of(seat.organisation, seat.person).filter(at__isnull=False).order_by("-at")[:10],
    }  # fmt: skip
    return render(request, "advisories/calls.html", {"seat": seat, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Records who was called and what was said."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = phone.calls_of(seat.organisation, seat.person).filter(pk=pk).first()
    if row is None:
        raise Http404
    told = telling_rows.call_row(row, at=clock.now(request))
    options = [(each.pk, telling_rows.contact_line(each)) for each in told.contacts]
    form = CallForm(sent(request), contacts=options, initial={"contact": options[0][0] if options else None})
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["contact"] = next((each for each in told.contacts if each.pk == data["contact"]), None)
        if attempt(form, lambda: phoning.record_call(row, **data, **when(request, seat))):
            messages.success(request, _("Recorded what came of the call."))
            return redirect("advisories:calls", organisation=organisation)
    return render(request, "advisories/call.html", {"seat": seat, "row": told, "form": form, "warning": row.warning})
