"""What pages of rooms above share: a deed that may be refused, who does it and when, one form on a page."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.ledger.words import trouble
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.web import clock

Say = Callable[[Refused], str]
"""How a room tells why something may not be."""

EVERYWHERE: Mapping[str, Any] = {
    "empty": gettext_lazy("This cannot be empty."),
    "too_long": gettext_lazy("This is too long."),
    "odd": gettext_lazy("This is not one of the choices."),
    "period": gettext_lazy("The end must lie after the start."),
    "future": gettext_lazy("This day is still to come."),
    "another": gettext_lazy("This is not there for your organisation."),
}


def refusal(error: Refused, words: Mapping[str, Any]) -> str:
    """Why something may not be, as a sentence. A code without words is told as it is."""
    sentence = words.get(error.code) or EVERYWHERE.get(error.code)
    return f"({error.code})" if sentence is None else str(sentence) % error.params


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what every verb asks."""
    return {"person": seat.person, "at": clock.now(request)}


def persons(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    """Everybody with a role here, to choose from."""
    return [(each.pk, str(each)) for each in persons_in(seat.organisation, on=clock.today(request))]


def person_of(request: HttpRequest, seat: Seat, pk: int | str | None) -> Person | None:
    """Somebody with a role here, by number."""
    return persons_in(seat.organisation, on=clock.today(request)).filter(pk=pk).first() if pk else None


def attempt(form: forms.Form, deed: Callable[[], Any], say: Say) -> Any:
    """Does it, and returns what came of it; None when it may not be, and the form then says why, at the field if it has it."""
    try:
        return deed()
    except Refused as error:
        field = error.params.get("field")
        form.add_error(field if field in form.fields else None, say(error))
    except EvidenceError as error:
        form.add_error("file" if "file" in form.fields else None, trouble(error, on=clock.real_today()))
    return None


def press(request: HttpRequest, deed: Callable[[], object], said: str | Callable[[], str], say: Say) -> bool:
    """Does what a button asks, and tells what came of it; whether it was done. ``said``: maybe to be asked afterwards."""
    try:
        deed()
    except Refused as error:
        messages.error(request, say(error))
        return False
    messages.success(request, said() if callable(said) else said)
    return True


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, *, template: str, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences)."""
    return render(request, template, {"seat": seat, "form": form, **texts})
