"""Reports of a monitoring service: the list, bringing one in, one report with its alerts, an incident of an alert."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.incidents import monitoring_words as words
from dijkwacht.apps.incidents.forms.monitoring import BringForm, GivenForm
from dijkwacht.apps.incidents.models import MonitoringAlert, MonitoringReport
from dijkwacht.apps.incidents.queries import monitoring as queries
from dijkwacht.apps.incidents.services import monitoring as services
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.views.pages import at_incident, when
from dijkwacht.apps.incidents.words import refusal
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.ledger.words import trouble
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.monitoring import Read
from dijkwacht.web import clock

PER_PAGE = 25
ALERTS = 100


@require_safe
def reports(request: HttpRequest, organisation: str) -> HttpResponse:
    """What did the monitoring report, and does something of it wait?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows, waiting = queries.reports_of(seat.organisation), queries.open_alerts(seat.organisation).count()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    made = queries.made_of(list(page.object_list))
    context = {
        "page": page, "answer": words.list_answer(rows.first(), waiting), "brings": seat.may(Right.HANDLE),
        "rows": [
            (row, words.period(row.first, row.end), words.sources(row), made.get(row.pk, 0)) for row in page.object_list
        ],
    }  # fmt: skip
    return render(request, "incidents/monitoring.html", {"seat": seat, **context})


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file, with what it does not tell itself."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    posted = request.method == "POST"
    form = BringForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        deed = {"file": form.cleaned_data["file"], "library": None, "largest": services.LARGEST, **when(request, seat)}
        try:
            kept = uploads.keep(seat.organisation, **deed)
        except EvidenceError as error:
            form.add_error("file", trouble(error, on=clock.today(request)))
        else:
            target = redirect("incidents:monitoring_preview", organisation=organisation, token=kept.token)
            target["Location"] += f"?{form.query}"
            return target
    return render(request, "incidents/monitoring_bring.html", {"seat": seat, "form": form})


def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the file says as we read it and what would become of it; sent, it is taken over."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    upload = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    form = GivenForm(request.POST if request.method == "POST" else request.GET)
    if upload is None or not form.is_valid():
        raise Http404
    data = upload.content
    found = services.read(data, upload.name, form.given())
    if request.method == "POST" and (taken := _take_over(request, seat, found, data, upload.name)):
        uploads.drop(upload)
        messages.success(request, _("Nothing changed.") if taken.again else words.receipt(taken.report))
        return redirect("incidents:monitoring_report", organisation=organisation, pk=taken.report.pk)
    context = {"form": form, "upload": upload, **_previewed(seat, found, upload.sha256)}
    return render(request, "incidents/monitoring_preview.html", {"seat": seat, **context})


def _take_over(request: HttpRequest, seat: Seat, found: Read, data: bytes, name: str) -> services.Taken | None:
    """Takes it over; None when it may not be, and then it is told why."""
    try:
        return services.take_over(seat.organisation, found, data=data, name=name, **when(request, seat))
    except Refused as error:
        messages.error(request, refusal(error))
    return None


def _previewed(seat: Seat, found: Read, sha256: str) -> dict[str, Any]:
    """What the preview tells of a file."""
    told, again = found.report, services.again(seat.organisation, sha256)
    plan = services.plan_of(seat.organisation, told) if told else None
    return {
        "told": told, "plan": plan, "again": again, "ignored": found.ignored, "usable": found.usable and again is None,
        "answer": words.preview_answer(plan, len(found.problems), again), "problems": words.sentences(found.problems),
        "remarks": words.sentences(found.remarks), "period": words.period(*told.period) if told else "",
        "sources": words.sources(told) if told else "",
    }  # fmt: skip


@require_safe
def report(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What did the monitoring see in this period, and what became of it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = MonitoringReport.objects.filter(organisation=seat.organisation, pk=pk).select_related("by", "file").first()
    if found is None:
        raise Http404
    press = _lines(seat, queries.alerts_of(found, press=True))
    page = Paginator(queries.alerts_of(found, press=False), ALERTS).get_page(request.GET.get("page"))
    waiting = sum(not each.alert.incident_id for each in press)
    context = {
        "report": found, "answer": words.report_answer(found, waiting), "period": words.period(found.first, found.end),
        "sources": words.sources(found), "press": press, "page": page, "rest": _lines(seat, page.object_list),
        "makes": seat.may(Right.HANDLE),
    }  # fmt: skip
    return render(request, "incidents/monitoring_report.html", {"seat": seat, **context})


@require_POST
def incident(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Makes an incident of an alert."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = MonitoringAlert.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    try:
        made = services.make_incident(row, **when(request, seat))
    except Refused as error:
        messages.error(request, refusal(error))
        return redirect("incidents:monitoring_report", organisation=organisation, pk=row.last_id)
    messages.success(request, _("Recorded as incident %(name)s. Weigh it now.") % {"name": made.name})
    return redirect(at_incident(made))


def _lines(seat: Seat, rows: Iterable[MonitoringAlert]) -> list[words.Line]:
    """Alerts for the page; a restricted incident is not named to who does not handle."""
    found = []
    for row in rows:
        made = row.incident
        sees = made is not None and (not made.restricted or seat.may(Right.HANDLE))
        if made is not None:
            made.organisation = seat.organisation
        url = at_incident(made) if made is not None and sees else ""
        name = made.name if made is not None and sees else ""
        found.append(words.Line(row, words.handled_word(row), url, name, made is not None and not sees))
    return found
