"""What the pages of this room share: one form on a page, a deed that may be refused, a session of one's own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.people.access import Seat
from dijkwacht.web import clock

FORM = ["GET", "HEAD", "POST"]


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


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


def press(request: HttpRequest, deed: Callable[[], object], said: str) -> None:
    """Does what a button asks, and tells what came of it."""
    try:
        deed()
    except Refused as error:
        messages.error(request, words.refusal(error))
    else:
        messages.success(request, said)


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what every verb of this room asks."""
    return {"person": seat.person, "at": clock.now(request)}


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
