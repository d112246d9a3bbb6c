"""What the pages of this room share: one form on a page, a deed that may be refused, somebody of the house."""

from functools import partial
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers import words
from dijkwacht.web import clock

M = TypeVar("M", bound=Model)
sent, when, persons, person_of = deed_pages.sent, deed_pages.when, deed_pages.persons, deed_pages.person_of
attempt, press = partial(deed_pages.attempt, say=words.refusal), partial(deed_pages.press, say=words.refusal)


def own_or_404(seat: Seat, model: type[M], pk: int, *, within: str = "organisation", **more: Any) -> M:
    """A row of this organisation, by number. ``within``: the way from the row to whose it is."""
    row = model._default_manager.filter(pk=pk, **{within: seat.organisation}, **more).first()
    if row is None:
        raise Http404
    return row


def evidence_of(request: HttpRequest, seat: Seat, file: Any) -> Evidence | None:
    """Keeps an upload as evidence in the ledger; None without one. Raises EvidenceError when it is empty or too large."""
    if not file:
        return None
    at, on = clock.now(request), clock.today(request)
    return add_evidence(seat.organisation, file=file, name=str(file.name), person=seat.person, on=on, at=at)


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences)."""
    return render(request, "suppliers/form.html", {"seat": seat, "form": form, **texts})
