"""What the pages of this room share."""

from functools import partial
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.order import words
from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right

M = TypeVar("M", bound=Model)
attempt = partial(deed_pages.attempt, say=words.refusal)
press = partial(deed_pages.press, say=words.refusal)


def seat_for_signals(request: HttpRequest, organisation: str) -> Seat:
    """The seat of who keeps signals or watches over them."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if not (seat.may(Right.ORDER) or seat.may(Right.PRIVACY)):
        raise PermissionDenied
    return seat


def own_or_404(seat: Seat, model: type[M], pk: int) -> M:
    """A row of this organisation, by number."""
    row = model._default_manager.filter(organisation=seat.organisation, pk=pk).first()
    if row is None:
        raise Http404
    return row


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences)."""
    return render(request, "order/form.html", {"seat": seat, "form": form, **texts})


def file_page(
    request: HttpRequest, seat: Seat, file: DecisionFile, form: forms.Form, title: str, **texts: Any
) -> HttpResponse:
    """The same about one file, whose page it goes back to."""
    return form_page(request, seat, form, title=title, back=at_file(file), eyebrow=str(file), **texts)


def at_file(file: DecisionFile, part: str = "") -> str:
    """The address of a file, maybe of a part of its page."""
    url = reverse("order:file", args=[file.organisation.slug, file.pk])
    return f"{url}#{part}" if part else url


def done(request: HttpRequest, file: DecisionFile, said: str, part: str = "") -> HttpResponse:
    """Back to the file, with a receipt."""
    messages.success(request, said)
    return redirect(at_file(file, part))
