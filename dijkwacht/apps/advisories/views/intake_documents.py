"""Documents as they came in: what was set aside and why, one document, its bytes, and what a person decides on it."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.advisories import intake_words as say
from dijkwacht.apps.advisories.forms.intake import AsideFilter, BecauseForm
from dijkwacht.apps.advisories.intake_rows import document_page, document_row
from dijkwacht.apps.advisories.models import Document
from dijkwacht.apps.advisories.queries.intake import aside_of, sources_of
from dijkwacht.apps.advisories.queries.visible import documents_of
from dijkwacht.apps.advisories.services import intake, receiving, removing
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.advisories.views.pages import attempt, form_page, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right

PER_PAGE = 25


@require_safe
def aside(request: HttpRequest, organisation: str) -> HttpResponse:
    """What came in and was not read, and why?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = AsideFilter(request.GET or None, sources=sources_of(seat.organisation).values_list("pk", "name"))
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    settled = asked.get("state") == "settled"
    found = aside_of(seat.organisation, seat.person, settled=settled, source=asked.get("source"))
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [document_row(each) for each in page.object_list], "hidden": found.hidden,
        "answer": say.aside_sentence(page.paginator.count, settled=settled),
    }  # fmt: skip
    return render(request, "advisories/aside.html", {"seat": seat, **context})


def document_or_404(seat: Seat, pk: int) -> Document:
    """A document of this desk that this person may see."""
    rows = documents_of(seat.organisation, seat.person)
    found = rows.select_related("organisation", "advisory", "provider", "came_by", "settled_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def document(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is this document, and what is odd about it?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    return render(request, "advisories/document.html", {"seat": seat, **document_page(document_or_404(seat, pk))})


@require_safe
def document_raw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The very bytes that came in; a browser keeps them, and never shows them."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = document_or_404(seat, pk)
    response = HttpResponse(raw(row), content_type="application/json")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name or f'{row.digest}.json', safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def read_anyway(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets a document be read that was set aside."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = document_or_404(seat, pk)
    form = BecauseForm(sent(request))
    if form.is_valid() and attempt(
        form, lambda: receiving.read_anyway(row, **form.cleaned_data, **when(request, seat))
    ):
        messages.success(request, _("Read. What follows from it was done."))
        return redirect("advisories:document", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Read this document anyway"), eyebrow=row.number or row.name, submit=_("Read anyway"),
        answer=_("It is taken in as if nothing were wrong: it is matched, and who was warned of it is told."),
        back=reverse("advisories:document", args=[organisation, pk]), notes=document_row(row)["reasons"],
    )  # fmt: skip


def refuse(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Leaves a document unread that was set aside."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = document_or_404(seat, pk)
    form = BecauseForm(sent(request))
    if form.is_valid() and attempt(form, lambda: _refused(request, seat, row, form)):
        messages.success(request, _("Refused. Nothing follows from this document."))
        return redirect("advisories:aside", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Refuse this document"), eyebrow=row.number or row.name, submit=_("Refuse"),
        answer=_("Its bytes stay, and nothing follows from it."),
        back=reverse("advisories:document", args=[organisation, pk]), notes=document_row(row)["reasons"],
    )  # fmt: skip


def _refused(request: HttpRequest, seat: Seat, row: Document, form: BecauseForm) -> bool:
    intake.refuse(row, **form.cleaned_data, **when(request, seat))
    return True


def remove(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a document away for good that was set aside or refused."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = document_or_404(seat, pk)
    form = BecauseForm(sent(request))
    if form.is_valid() and attempt(form, lambda: _removed(request, seat, row, form)):
        messages.success(request, _("Taken away. The trail keeps that it was here."))
        return redirect("advisories:aside", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Take this document away"), eyebrow=row.number or row.name, submit=_("Take away for good"),
        answer=_("Its bytes go for good."), back=reverse("advisories:document", args=[organisation, pk]),
        notes=[_("Fetched or brought again, it comes in as new.")],
    )  # fmt: skip


def _removed(request: HttpRequest, seat: Seat, row: Document, form: BecauseForm) -> bool:
    removing.remove_document(row, **form.cleaned_data, **when(request, seat))
    return True
