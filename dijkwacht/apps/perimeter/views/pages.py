"""What the pages of this room share: one form on a page, and a deed that may be refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.perimeter.models import Domain
from dijkwacht.apps.perimeter.queries import names as queries
from dijkwacht.apps.perimeter.refusal_words import refusals
from dijkwacht.apps.perimeter.services.names import BadLines, Refused
from dijkwacht.web import clock

T = TypeVar("T")
sent, persons, person_of = deed_pages.sent, deed_pages.persons, deed_pages.person_of


def attempt(form: forms.Form, deed: Callable[[], T]) -> T | None:
    """Does it, and returns what came of it; None when it may not be, and the form then says why."""
    try:
        return deed()
    except (Refused, BadLines) as error:
        for sentence in refusals(error):
            form.add_error(None, sentence)
    return None


def press(request: HttpRequest, deed: Callable[[], object], said: str) -> None:
    """Does what a button asks, and tells what came of it."""
    try:
        deed()
    except (Refused, BadLines) as error:
        for sentence in refusals(error):
            messages.error(request, sentence)
    else:
        messages.success(request, said)


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what most verbs ask."""
    return {"person": seat.person, "on": clock.today(request), "at": clock.now(request)}


def name_or_404(seat: Seat, text: str) -> Domain:
    """A name of this organisation. Raises Http404."""
    found = queries.name(seat.organisation, text)
    if found is None:
        raise Http404
    return found


def number(text: str) -> int | None:
    """What stands in an address as a whole number; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences)."""
    return render(request, "perimeter/form.html", {"seat": seat, "form": form, **texts})
