"""What the pages of this room share: one form on a page, a deed that may be refused, somebody of the house."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.ledger.words import trouble
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.suppliers import words
from dijkwacht.apps.suppliers.services.doing import Refused
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
    except EvidenceError as error:
        form.add_error("file" if "file" in form.fields else None, trouble(error, on=clock.real_today()))
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


def persons(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    """Everybody with a role here, to choose from."""
    return [(each.pk, str(each)) for each in persons_in(seat.organisation, on=clock.today(request))]


def person_of(request: HttpRequest, seat: Seat, pk: int | str | None) -> Person | None:
    """Somebody with a role here, by number."""
    return persons_in(seat.organisation, on=clock.today(request)).filter(pk=pk).first() if pk else None


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
