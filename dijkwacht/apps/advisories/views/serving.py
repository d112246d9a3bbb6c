"""Whom we warn: their contacts, their registers, and what is open there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.advisories import telling_rows
from dijkwacht.apps.advisories.forms.telling import ContactForm, ServedFilter, ServeForm
from dijkwacht.apps.advisories.models import Contact, Service
from dijkwacht.apps.advisories.queries import phone
from dijkwacht.apps.advisories.queries import sent as sending
from dijkwacht.apps.advisories.queries import served as queries
from dijkwacht.apps.advisories.queries.contacts import named_at
from dijkwacht.apps.advisories.services import serving as services
from dijkwacht.apps.advisories.views.contacts import added
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 50


@require_safe
def served(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whom do we warn, and can we reach them?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    every = queries.served(seat.organisation, seat.person, on=clock.today(request))
    form = ServedFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = telling_rows.fitting(every, text=asked.get("text", ""), lack=asked.get("lack", ""))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": telling_rows.served_rows(page.object_list),
        "answer": telling_rows.served_answer(every), "found": len(rows) if asked else None,
    }  # fmt: skip
    return render(request, "advisories/served.html", {"seat": seat, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def serve_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Warns one or many organisations from now on."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = ServeForm(sent(request), request.FILES or None)
    if form.is_valid():
        found = attempt(form, lambda: services.named_in(form.lines, desk=seat.organisation))
        deed = {"desk": seat.organisation, "basis": form.cleaned_data["basis"], **when(request, seat)}
        made = attempt(form, lambda: services.join_many(found, **deed)) if found else None
        if made is not None:
            messages.success(request, telling_rows.served_receipt(len(made), len(found) - len(made)))
            return redirect("advisories:served", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Warn more organisations"), back=reverse("advisories:served", args=(organisation,)),
        submit=_("Warn them from today on"),
        answer=_("They see that we warn them, and may end it. If one line cannot be read, nothing is done."),
    )  # fmt: skip


@require_safe
def served_one(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Whom do we reach at this organisation, what does it have, and what is open there?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    at = clock.now(request)
    who, service = _served_or_404(seat, pk)
    everybody = named_at(who, on=at.date())
    warnings = sending.sent_by(seat.organisation, seat.person).filter(organisation=who)
    page = Paginator(warnings, 25).get_page(request.GET.get("page"))
    summary = next(iter(queries.served(seat.organisation, seat.person, on=at.date(), only=who.pk)), None)
    calls = phone.calls_of(seat.organisation, seat.person).filter(warning__organisation=who)
    context = {
        "who": who, "service": service, "groups": telling_rows.groups(everybody), "page": page, "summary": summary,
        "gaps": telling_rows.lacking(everybody), "answer": telling_rows.one_answer(summary, service),
        "uploads": queries.uploads_of(who)[:5], "history": telling_rows.history(who, service, calls),
    }  # fmt: skip
    return render(request, "advisories/served_one.html", {"seat": seat, **context})


@require_POST
def serve_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """No longer warns an organisation."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    who, service = _served_or_404(seat, pk)
    if service is None:
        raise Http404
    said = _("From today on we no longer warn %(name)s. What was sent stays.") % {"name": who}
    press(request, lambda: services.leave(service, **when(request, seat)), said)
    return redirect("advisories:served", organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def serve_contact(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adds a contact of an organisation that we warn: it gave us the name, and may have no account."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    who, service = _served_or_404(seat, pk)
    if service is None or service.until is not None:
        raise Http404
    form = ContactForm(sent(request), persons=(), initial={"role": request.GET.get("rol", "trusted")})
    form.fields.pop("who")
    if added(request, seat, form, who):
        return redirect("advisories:served_one", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Add a contact"), eyebrow=str(who), submit=_("Add"),
        back=reverse("advisories:served_one", args=(organisation, pk)),
        answer=_("As the organisation gave it to us. Somebody with an account there is added by the organisation itself."),
    )  # fmt: skip


@require_POST
def serve_contact_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes away a contact of an organisation that we warn."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = Contact.objects.filter(pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    who, service = _served_or_404(seat, row.organisation_id)
    if service is None or service.until is not None:
        raise Http404
    said = _("%(name)s is no longer warned.") % {"name": row.name}
    press(request, lambda: services.end_contact(row, **when(request, seat)), said)
    return redirect("advisories:served_one", organisation=organisation, pk=who.pk)


def _served_or_404(seat: Seat, pk: int) -> tuple[Organisation, Service | None]:
    """An organisation that this desk warns or warned, and since when; of itself a desk has no such row."""
    who = Organisation.objects.filter(pk=pk).first()
    service = queries.service_of(seat.organisation, who) if who else None
    itself = who == seat.organisation and seat.organisation.kind != "csirt"
    if who is None or (service is None and not itself):
        raise Http404
    return who, service
