"""Reports to authorities: who got what and when, written, checked, sent, and what came back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.incidents import report_page
from dijkwacht.apps.incidents.desk_rows import terms_of
from dijkwacht.apps.incidents.forms import reports as forms
from dijkwacht.apps.incidents.forms.fields import Aware
from dijkwacht.apps.incidents.models import Delivery, Report, ReportState
from dijkwacht.apps.incidents.queries import reports as queries
from dijkwacht.apps.incidents.queries.rehearsals import exact
from dijkwacht.apps.incidents.services import papers
from dijkwacht.apps.incidents.services import reports as services
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.term_words import form_name
from dijkwacht.apps.incidents.views.pages import attempt, form_page, incident_or_404, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.reporting import Form
from dijkwacht.norms.read import incidents
from dijkwacht.web import clock


@require_safe
def reports(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who got which report on this incident, and when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    incident, at = incident_or_404(seat, pk), clock.now(request)
    rows = queries.reports_of(incident)
    context = {
        "terms": terms_of(incident, at=at, handles=seat.may(Right.HANDLE)),
        "rows": [report_page.listed(each) for each in rows], "handles": seat.may(Right.HANDLE),
        "answer": report_page.reports_sentence(rows),
    }  # fmt: skip
    return render(request, "incidents/reports.html", {"seat": seat, "incident": incident, **context})


def begin(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Begins a report, filled with what the incident says; or opens the draft that there is."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    incident = incident_or_404(seat, pk)
    shapes = incidents().forms.values()
    form = forms.BeginForm(
        sent(request), shapes=shapes, at=clock.now(request), initial={"form": request.GET.get("soort", "")}
    )
    if form.is_valid():
        data = form.cleaned_data
        if made := attempt(form, lambda: services.begin(incident, **data, **when(request, seat))):
            return redirect("incidents:report_edit", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, incident=incident, title=_("Which report do you write?"), eyebrow=incident.name,
        back=reverse("incidents:reports", args=[organisation, pk]), submit=_("Begin"),
        notes=[_("The report is filled in with what is known of the incident. Nothing is sent by this.")],
    )  # fmt: skip


def report_or_404(seat: Seat, pk: int) -> tuple[Report, Form]:
    """A report of an incident that this person may see, with its form."""
    report = Report.objects.select_related("incident__organisation", "sent_by", "made_by").filter(pk=pk).first()
    if report is None or report.state == ReportState.DROPPED:
        raise Http404
    report.incident = incident_or_404(seat, report.incident_id)
    try:
        return report, services.form_of(report.form)
    except Refused:
        raise Http404 from None


@require_safe
def report(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does this report say, and who got it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, form = report_or_404(seat, pk)
    context = report_page.whole_page(found, form) | {"handles": seat.may(Right.HANDLE)}
    return render(request, "incidents/report.html", {"seat": seat, "incident": found.incident, **context})


def edit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The report as a form in the order of the authority's own."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found, shape = report_or_404(seat, pk)
    at = clock.now(request)
    form = forms.ReportForm(sent(request), shape=shape, values=found.values, at=at)
    if form.is_valid() and attempt(form, lambda: services.save(found, values=form.values(), at=at)) is not None:
        if "take" in request.POST:
            services.save(found, values=queries.differs(found, at=at), at=at)
        if "check" in request.POST:
            return redirect("incidents:report_check", organisation=organisation, pk=pk)
        messages.success(request, _("Kept. Nothing was sent."))
        return redirect("incidents:report_edit", organisation=organisation, pk=pk)
    if found.state != ReportState.DRAFT:
        return redirect("incidents:report", organisation=organisation, pk=pk)
    context = report_page.edit_page(found, shape, form, at=at)
    return render(request, "incidents/report_edit.html", {"seat": seat, "incident": found.incident, **context})


def check(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Is this right, and to whom was it sent? Records the sending."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found, shape = report_or_404(seat, pk)
    if found.state != ReportState.DRAFT:
        return redirect("incidents:report", organisation=organisation, pk=pk)
    at = clock.now(request)
    to, short = services.receivers_of(found.incident, shape, at=at), bool(queries.short_of(found, shape))
    form = forms.SendForm(
        sent(request), receivers=to.found, asked_by=found.asked_by, readers=_readers(found), lacking=short, at=at,
        initial={"sent_at": at},
    )  # fmt: skip
    if form.is_valid() and attempt(form, lambda: _send(request, seat, found, form)) is not None:
        messages.success(request, report_page.sent_sentence(found))
        return redirect("incidents:report", organisation=organisation, pk=pk)
    context = report_page.whole_page(found, shape) | report_page.receivers_page(to) | {"form": form}
    return render(request, "incidents/report_check.html", {"seat": seat, "incident": found.incident, **context})


def _readers(found: Report) -> list[tuple[str, str]]:
    return [] if found.incident.exercise else [(each.slug, each.name) for each in queries.readers()]


def _send(request: HttpRequest, seat: Seat, found: Report, form: forms.SendForm) -> Report:
    data = form.cleaned_data
    also = [each for each in queries.readers() if each.slug in data.get("also", ())]
    return services.send(
        found,
        to=form.receivers(),
        sent_at=data["sent_at"],
        lacks=data.get("lacks", False),
        also=also,
        seen=exact(request.POST.get("seen", "")),
        **when(request, seat),
    )


@require_POST
def drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A draft that will not be sent."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found, _form = report_or_404(seat, pk)
    press(request, lambda: services.drop(found, **when(request, seat)), _("Dropped: this draft will not be sent."))
    return redirect("incidents:reports", organisation=organisation, pk=found.incident_id)


@require_safe
def file(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """The report as PDF, JSON or plain text."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, _form = report_or_404(seat, pk)
    return download(_made(found, kind, request))


def _made(found: Report, kind: str, request: HttpRequest) -> papers.Made:
    if kind == "pdf":
        return papers.as_pdf(found, at=clock.now(request))
    return papers.as_json(found) if kind == "json" else papers.as_text(found)


def download(made: papers.Made) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def delivery_or_404(seat: Seat, pk: int) -> Delivery:
    """What one receiver got of a report of ours."""
    found = Delivery.objects.select_related("report").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.report, _form = report_or_404(seat, found.report_id)
    return found


def receipt(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes the number and moment of a receipt."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = delivery_or_404(seat, pk)
    initial = {"receipt": found.receipt, "receipt_at": found.receipt_at}
    form = forms.ReceiptForm(sent(request), at=clock.now(request), initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: services.note_receipt(found, **data, **when(request, seat))):
            words = {"number": data["receipt"], "who": found.name}
            messages.success(request, _("Receipt %(number)s of %(who)s is noted.") % words)
            return redirect("incidents:report", organisation=organisation, pk=found.report_id)
    return _about_delivery(request, seat, found, form, _("Which receipt came back?"))


def answered(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes what a receiver answered."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = delivery_or_404(seat, pk)
    form = forms.AnswerForm(
        sent(request), at=clock.now(request), initial={"text": found.answer, "when": found.answered_at}
    )
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: services.note_answer(found, **data, **when(request, seat))):
            messages.success(request, _("The answer of %(who)s is noted.") % {"who": found.name})
            return redirect("incidents:report", organisation=organisation, pk=found.report_id)
    return _about_delivery(request, seat, found, form, _("What was answered?"))


def _about_delivery(request: HttpRequest, seat: Seat, found: Delivery, form: Aware, title: str) -> HttpResponse:
    return form_page(
        request, seat, form, incident=found.report.incident, title=title, eyebrow=form_name(found.report.form),
        back=reverse("incidents:report", args=[seat.organisation.slug, found.report_id]), notes=[found.name],
    )  # fmt: skip


@require_safe
def share(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How is this incident shared with others as a file?"""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    incident = incident_or_404(seat, pk)
    context = {"form": forms.ShareForm(), "found": report_page.shared_rows(incident)}
    return render(request, "incidents/share.html", {"seat": seat, "incident": incident, **context})


@require_safe
def export(request: HttpRequest, organisation: str, pk: int, kind: str) -> HttpResponse:
    """The incident as a MISP event or a STIX bundle, with the label that was chosen."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    incident = incident_or_404(seat, pk)
    make = papers.as_misp if kind == "misp" else papers.as_stix
    try:
        return download(make(incident, tlp=request.GET.get("tlp", ""), at=clock.now(request)))
    except Refused as error:
        messages.error(request, report_page.refusal(error))
        return redirect("incidents:share", organisation=organisation, pk=pk)
