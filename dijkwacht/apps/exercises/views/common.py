"""What the pages of this room share: one form on a page, a deed that may be refused, a session of one's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.people.access import Seat

FORM = ["GET", "HEAD", "POST"]
press = partial(deed_pages.press, say=words.refusal)


def attempt(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Does it when the form is sound; whether it was done. What may not be is told in the form, at its field if it has one."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refused as error:
        field = error.params.get("field")
        form.add_error(field if field in form.fields else None, words.refusal(error))
        return False
    return True


def session_or_404(seat: Seat, pk: int) -> Session:
    """A session of this organisation."""
    found = queries.session(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


def form_page(request: HttpRequest, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes,
    ``plain``: outside an exercise, so without its band."""
    return render(request, "exercises/form.html", {"form": form, **texts})
