"""What the pages of this room share: one form on a page, a file that waits, an object of one's own."""

from functools import partial
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from dijkwacht.apps.crime import words
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat
from dijkwacht.web import clock

M = TypeVar("M", bound=Model)
attempt = partial(deed_pages.attempt, say=words.refusal)
press = partial(deed_pages.press, say=words.refusal)


def own_or_404(seat: Seat, model: type[M], pk: int, **more: Any) -> M:
    """A row of this organisation, by number."""
    row = model._default_manager.filter(pk=pk, organisation=seat.organisation, **more).first()
    if row is None:
        raise Http404
    return row


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), eyebrow, maybe answer, submit, notes, doubt."""
    return deed_pages.form_page(request, seat, form, template="crime/figures_form.html", **texts)


def kept(request: HttpRequest, seat: Seat, form: forms.Form, *, largest: int) -> uploads.Upload | None:
    """The file of a form, kept to be looked at; None when it may not be, and the form then says why."""
    file = form.cleaned_data["file"]
    try:
        return uploads.keep(
            seat.organisation, person=seat.person, file=file, library=None, at=clock.now(request), largest=largest
        )
    except EvidenceError as error:
        form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
    return None


def upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    """The file that waits under this token for who brought it."""
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
