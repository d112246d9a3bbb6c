"""What the pages of this room share: one form on a page, a deed that may be refused, and who may change what is his."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.isms import words
from dijkwacht.apps.isms.services.doing import Refused
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.words import trouble
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms
from dijkwacht.web import clock

T = TypeVar("T")
sent = deed_pages.sent


def norms_of(request: HttpRequest) -> Norms:
    """The norms in force on the day of this request."""
    return packs_on(clock.today(request)).norms


def attempt(request: HttpRequest, form: forms.Form, deed: Callable[[], T]) -> T | None:
    """Does it, and returns what came of it; None when it may not be, and the form then says why."""
    try:
        return deed()
    except Refused as refusal:
        for sentence in words.refusals(refusal, norms_of(request)):
            form.add_error(None, sentence)
    except ValueError as error:
        form.add_error(None, trouble(error, on=clock.today(request)))
    return None


def press(request: HttpRequest, deed: Callable[[], object], said: str = "") -> None:
    """Does what a button asks, and tells what came of it. A number that comes back is how many verdicts turned."""
    try:
        result = deed()
    except Refused as refusal:
        for sentence in words.refusals(refusal, norms_of(request)):
            messages.error(request, sentence)
    except ValueError as error:
        messages.error(request, trouble(error, on=clock.today(request)))
    else:
        turned = result if isinstance(result, int) and not isinstance(result, bool) else None
        messages.success(request, said or words.turned_sentence(turned or 0))


def when(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Who does something, and when: what every verb asks."""
    return {"person": seat.person, "on": clock.today(request), "at": clock.now(request)}


def known(request: HttpRequest, seat: Seat, *, kinds: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a form needs to know: persons, requirements, the subjects of some kinds, and the day."""
    on = clock.today(request)
    found: dict[str, Any] = {
        "persons": [(each.pk, str(each)) for each in persons_in(seat.organisation, on=on)],
        "requirements": norms_of(request).requirements, "on": on,
    }  # fmt: skip
    if kinds:
        rows = [each for each in subjects.subjects(seat.organisation) if each.kind in kinds]
        found["subjects"] = [(each.key, f"{each.name} ({each.get_kind_display().lower()})") for each in rows]
    return found


def person_of(seat: Seat, request: HttpRequest, pk: int | None) -> Person | None:
    """Somebody with a role here, by number."""
    return persons_in(seat.organisation, on=clock.today(request)).filter(pk=pk).first() if pk else None


def may_change(seat: Seat, owner: Person | None) -> bool:
    """Whether this person keeps the system, or may answer and changes what is his own."""
    own = owner is not None and owner.pk == seat.person.pk
    return seat.may(Right.KEEP_ISMS) or (seat.may(Right.ANSWER) and own)


def change_or_403(seat: Seat, owner: Person | None) -> None:
    """Raises PermissionDenied when it is not his to change."""
    if not may_change(seat, owner):
        raise PermissionDenied


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, maybe answer, back, eyebrow, submit, notes (sentences), uncertain, multipart."""
    return render(request, "isms/form.html", {"seat": seat, "form": form, **texts})
