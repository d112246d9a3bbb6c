"""What the pages of this room share: which incident, who may see it, one form on a page, a deed that may be refused."""

from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkwacht.apps.incidents import words
from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.services.doing import real_moment
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.core.access import Right
from dijkwacht.web.moments import day_of

M = TypeVar("M", bound=Model)
sent, when, persons, person_of = deed_pages.sent, deed_pages.when, deed_pages.persons, deed_pages.person_of
attempt, press = partial(deed_pages.attempt, say=words.refusal), partial(deed_pages.press, say=words.refusal)


def incident_or_404(seat: Seat, pk: int) -> Incident:
    """An incident of this organisation that this person may see. A restricted one is not there for who does not handle."""
    rows = Incident.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation", "handler")
    found = rows.first()
    if found is None or (found.restricted and not seat.may(Right.HANDLE)):
        raise Http404
    return found


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe incident (its band), answer, eyebrow, submit, notes
    (sentences), norms (field: its norm)."""
    return render(request, "incidents/form.html", {"seat": seat, "form": form, **texts})


def about_page(
    request: HttpRequest, seat: Seat, incident: Incident, form: forms.Form, title: str, **texts: Any
) -> HttpResponse:
    """The same about one incident, whose page it goes back to."""
    eyebrow = _("Incident %(name)s") % {"name": incident.name}
    texts = {"back": at_incident(incident), "eyebrow": eyebrow, "incident": incident, **texts}
    return form_page(request, seat, form, title=title, **texts)


def at_incident(incident: Incident, part: str = "") -> str:
    """The address of an incident, maybe of a part of its page."""
    url = reverse("incidents:incident", args=[incident.organisation.slug, incident.pk])
    return f"{url}#{part}" if part else url


def done(request: HttpRequest, incident: Incident, said: str, part: str = "") -> HttpResponse:
    """Back to the incident, with a receipt."""
    messages.success(request, said)
    return redirect(at_incident(incident, part))


def kept_or_404(seat: Seat, model: type[M], pk: int) -> M:
    """What is kept about an incident that this person may see, by number."""
    row = model._default_manager.filter(pk=pk, incident__organisation=seat.organisation).first()
    if row is None:
        raise Http404
    row.incident = incident_or_404(seat, row.incident_id)  # type: ignore[attr-defined]
    return row


def number(text: str) -> int | None:
    """What stands in an address as a whole number; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def evidence_of(seat: Seat, file: "UploadedFile[Any]", incident: Incident, *, person: Person, at: datetime) -> Evidence:
    """Keeps a file as evidence in the ledger, at the real moment. Raises EvidenceError when it is empty or too large."""
    at = real_moment(incident, at)
    return add_evidence(seat.organisation, file=file, name=str(file.name), person=person, on=day_of(at), at=at)
