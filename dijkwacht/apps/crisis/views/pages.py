"""What the pages of this room share: one form on a page, a deed that may be refused, an object of one's own."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dijkwacht.apps.crisis import words
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.people.access import Seat
from dijkwacht.web import clock

M = TypeVar("M", bound=Model)


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


def press(request: HttpRequest, deed: Callable[[], object], said: str) -> bool:
    """Does what a button asks, and tells what came of it; whether it was done."""
    try:
        deed()
    except Refused as error:
        messages.error(request, words.refusal(error))
        return False
    messages.success(request, said)
    return True


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what every verb of this room asks."""
    return {"person": seat.person, "at": clock.now(request)}


def own_or_404(seat: Seat, model: type[M], pk: int, *, within: str = "organisation", **more: Any) -> M:
    """A row of this organisation, by number. ``within``: the way from the row to whose it is."""
    row = model._default_manager.filter(pk=pk, **{within: seat.organisation}, **more).first()
    if row is None:
        raise Http404
    return row


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences), doubt."""
    return render(request, "crisis/form.html", {"seat": seat, "form": form, **texts})
