"""What the pages of this room share: one form on a page, a deed that may be refused, an object of one's own."""

from functools import partial
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.crisis import words
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.people.access import Seat

M = TypeVar("M", bound=Model)
attempt = partial(deed_pages.attempt, say=words.refusal)
press = partial(deed_pages.press, say=words.refusal)


def own_or_404(seat: Seat, model: type[M], pk: int, *, within: str = "organisation", **more: Any) -> M:
    """A row of this organisation, by number. ``within``: the way from the row to whose it is."""
    row = model._default_manager.filter(pk=pk, **{within: seat.organisation}, **more).first()
    if row is None:
        raise Http404
    return row


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences), doubt."""
    return render(request, "crisis/form.html", {"seat": seat, "form": form, **texts})
