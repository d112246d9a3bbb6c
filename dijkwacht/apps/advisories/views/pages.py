"""What the pages of this room share: one form on a page, a deed that may be refused, a page of a list."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.apps.advisories import words
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.people.access import Seat

sent, when, persons, person_of = deed_pages.sent, deed_pages.when, deed_pages.persons, deed_pages.person_of
attempt, press = partial(deed_pages.attempt, say=words.refusal), partial(deed_pages.press, say=words.refusal)


def form_page(request: HttpRequest, seat: Seat, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes (sentences), norms (field:
    its norm)."""
    return render(request, "advisories/form.html", {"seat": seat, "form": form, **texts})
