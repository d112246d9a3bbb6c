"""What the pages of this room share: one form on a page, a deed that may be refused, a page of a list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dijkwacht.apps.advisories import words
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.web import clock


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, deed: Callable[[], Any]) -> Any:
    """Does it, and returns what came of it; None when it may not be, and the form then says why, at the field if it has it."""
    try:
        return deed()
    except Refused as error:
        field = error.params.get("field")
        form.add_error(field if field in form.fields else None, words.refusal(error))
    return None


def press(request: HttpRequest, deed: Callable[[], object], said: str | Callable[[], str]) -> bool:
    """Does what a button asks, and tells what came of it; whether it was done. ``said``: maybe to be asked afterwards."""
    try:
        deed()
    except Refused as error:
        messages.error(request, words.refusal(error))
        return False
    messages.success(request, said() if callable(said) else said)
    return True


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what every verb of this room asks."""
    return {"person": seat.person, "at": clock.now(request)}


def persons(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    """Everybody with a role here, to choose from."""
    return [(each.pk, str(each)) for each in persons_in(seat.organisation, on=clock.today(request))]


def person_of(request: HttpRequest, seat: Seat, pk: int | None) -> Person | None:
    """Somebody with a role here, by number."""
    return persons_in(seat.organisation, on=clock.today(request)).filter(pk=pk).first() if pk else None


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences), norms (field:
    its norm)."""
    return render(request, "advisories/form.html", {"seat": seat, "form": form, **texts})
