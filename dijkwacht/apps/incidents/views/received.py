"""What reached a CSIRT or supervisor that works with this installation: read, and answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.incidents import report_page
from dijkwacht.apps.incidents.forms import reports as forms
from dijkwacht.apps.incidents.models import Delivery
from dijkwacht.apps.incidents.queries import reports as queries
from dijkwacht.apps.incidents.services import papers
from dijkwacht.apps.incidents.services import reports as services
from dijkwacht.apps.incidents.views.pages import attempt, form_page, sent
from dijkwacht.apps.incidents.views.reports import download
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PAGE = 100


@require_safe
def received(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which reports reached us, and what is not answered yet?"""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    rows = queries.received(seat.organisation)
    unseen, total = rows.filter(seen_at__isnull=True).count(), rows.count()
    answer = (
        ngettext("%(n)s report has not been opened yet.", "%(n)s reports have not been opened yet.", unseen)
        % {"n": unseen}
        if unseen
        else _("Every report has been opened.")
        if total
        else _("No report has reached you here.")
    )
    context = {"rows": [(each, report_page.named(each.report)) for each in rows[:PAGE]], "total": total, "most": PAGE}
    return render(request, "incidents/received.html", {"seat": seat, "answer": answer, **context})


def delivery_or_404(seat: Seat, pk: int) -> Delivery:
    """Something that was sent to this organisation."""
    found = queries.received(seat.organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def delivery(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does this report say? Before it was opened only from whom it is."""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    found = delivery_or_404(seat, pk)
    context = {
        "delivery": found, "title": f"{found.report.incident.organisation}: {report_page.named(found.report)}",
        "parts": report_page.delivery_parts(found) if found.seen_at else [],
    }  # fmt: skip
    return render(request, "incidents/delivery.html", {"seat": seat, **context})


@require_POST
def open_delivery(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Opens it; the sender sees that it was read."""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    found = delivery_or_404(seat, pk)
    services.see(found, person=seat.person, at=clock.now(request))
    return redirect("incidents:delivery", organisation=organisation, pk=pk)


def reply(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Sends a number or an answer back to who reported."""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    found = delivery_or_404(seat, pk)
    form = forms.ReplyForm(
        sent(request), at=clock.now(request), initial={"receipt": found.receipt, "text": found.answer}
    )
    if form.is_valid() and attempt(form, lambda: _reply(request, seat, found, form)) is not None:
        messages.success(request, _("%(who)s sees your answer now.") % {"who": found.report.incident.organisation})
        return redirect("incidents:delivery", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("What do you answer?"), eyebrow=report_page.named(found.report),
        back=reverse("incidents:delivery", args=[organisation, pk]), submit=_("Send the answer"),
        notes=[_("It reaches %(who)s here, with the name of your organisation.") % {"who": found.report.incident.organisation}],
    )  # fmt: skip


def _reply(request: HttpRequest, seat: Seat, found: Delivery, form: forms.ReplyForm) -> Delivery:
    data, at, who = form.cleaned_data, clock.now(request), str(seat.organisation)
    services.see(found, person=seat.person, at=at)
    if data["receipt"] and data["receipt"] != found.receipt:
        services.note_receipt(found, receipt=data["receipt"], receipt_at=at, person=None, at=at, actor=who)
    if data["text"].strip() and data["text"].strip() != found.answer:
        services.note_answer(found, text=data["text"], when=found.answered_at or at, person=None, at=at, actor=who)
    return found


@require_safe
def file(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """The report that was received, as PDF or JSON."""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    found = delivery_or_404(seat, pk)
    if found.seen_at is None:
        return redirect("incidents:delivery", organisation=organisation, pk=pk)
    at = clock.now(request)
    return download(papers.as_pdf(found.report, at=at) if kind == "pdf" else papers.as_json(found.report))
