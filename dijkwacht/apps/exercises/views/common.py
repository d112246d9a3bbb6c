"""What the pages of this room share: one form on a page, a deed that may be refused, a session of one's own."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.ledger import deed_pages
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

View = Callable[..., HttpResponse]
FORM = ["GET", "HEAD", "POST"]
press = partial(deed_pages.press, say=words.refusal)


def attempt(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Does it when the form is sound; whether it was done. What may not be is told in the form, at its field if it has one."""

    def done() -> bool:
        deed()
        return True

    return form.is_valid() and bool(deed_pages.attempt(form, done, say=words.refusal))


def real_now() -> datetime:
    """The moment by the real clock: who looks at another day in the time machine sees no inject before it goes out, and what
    two players did keeps its order."""
    return clock.now(HttpRequest())


def leads(seat: Seat) -> dict[str, Any]:
    """Who leads, and when: what every verb of an exercise that is played asks."""
    return {"person": seat.person, "at": real_now()}


def session_or_404(seat: Seat, pk: int) -> Session:
    """A session of this organisation."""
    found = queries.session(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


def unread(view: View) -> View:
    """Who plays in an exercise that has not ended reads no scenario: it says what is still to come, and what is expected."""

    @wraps(view)
    def shown(request: HttpRequest, organisation: str, *args: Any, **more: Any) -> HttpResponse:
        seat = organisation_or_404(request, organisation, Right.SEE)
        if not seat.may(Right.STEER) and queries.seats_of(seat.organisation, seat.person).exists():
            return render(request, "exercises/closed.html", {"seat": seat, "plain": True}, status=403)
        return view(request, organisation, *args, **more)

    return shown


def renewed(view: View) -> View:
    """A part of a page that renews itself. Who is signed out meanwhile gets the whole page anew, and with it the page to sign in:
    a part that follows a redirect would show that page within itself. Who is signed in is asked as everywhere."""

    @login_not_required
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **more)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRefresh()
        return redirect_to_login(request.get_full_path())

    return shown


def form_page(request: HttpRequest, form: forms.Form, **texts: Any) -> HttpResponse:
    """A page with one form. ``texts``: title, back (an address), maybe answer, eyebrow, submit, notes,
    ``plain``: outside an exercise, so without its band."""
    return render(request, "exercises/form.html", {"form": form, **texts})
