"""Runs: what is measured now, and what measuring came to."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import run_words
from dijkwacht.apps.perimeter.models import Run
from dijkwacht.apps.perimeter.queries import names
from dijkwacht.apps.perimeter.queries import runs as queries
from dijkwacht.apps.perimeter.services import runs as services
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.perimeter.views import pages
from dijkwacht.core.access import Right
from dijkwacht.web import clock

ACTS = {"pause": services.pause, "resume": services.resume, "stop": services.stop}


@require_safe
def runs(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is being measured, and what did measuring come to?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at = clock.now(request)
    quiet = queries.quiet_since(seat.organisation, at=at)
    page = Paginator(queries.runs(seat.organisation), 25).get_page(request.GET.get("page"))
    watched, last = names.watched(seat.organisation)
    context = {
        "answer": run_words.runs_sentence(list(names.running(seat.organisation)), last=last, quiet=quiet),
        "page": page, "quiet": quiet, "watches": seat.may(Right.WATCH), "watched": watched,
    }  # fmt: skip
    return render(request, "perimeter/runs.html", {"seat": seat, **context})


@require_safe
def run(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How far is this measurement, and what did it meet? While it runs, its progress is asked again and again."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return run_page(request, seat, pk, steers=seat.may(Right.WATCH), logs=seat.may(Right.CONSENT))


def run_page(request: HttpRequest, seat: Seat, pk: int, *, steers: bool, logs: bool, room: str = "") -> HttpResponse:
    """The page of a run, or (asked by htmx) only what changes on it. ``room``: "csirt_" on the pages of a CSIRT."""
    found = _found(seat, pk)
    progress = queries.progress(found)
    context = {
        "run": found, "progress": progress, "answer": run_words.run_sentence(found, progress),
        "reasons": run_words.reasons(progress.reasons), "refusals": run_words.refusals(found.refusals),
        "quiet": queries.quiet_since(seat.organisation, at=clock.now(request)) if found.state == "running" else None,
        "turns": queries.turns(found), "unmeasured": queries.unmeasured(found), "steers": steers, "room": room,
        "url": f"perimeter:{room}run", "steer_url": f"perimeter:{room}run_steer",
        "log_url": f"perimeter:{room}run_log" if logs else "",
    }  # fmt: skip
    template = "perimeter/run_now.html" if getattr(request, "htmx", False) else "perimeter/run.html"
    return render(request, template, {"seat": seat, **context})


@require_POST
def steer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Pauses, takes up again or stops."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    do(request, seat, pk)
    return redirect("perimeter:run", organisation, pk)


def do(request: HttpRequest, seat: Seat, pk: int) -> None:
    """What the button says, to a run of this organisation. Raises Http404."""
    found, wanted = _found(seat, pk), request.POST.get("act", "")
    pages.press(request, lambda: _act(wanted)(found, person=seat.person, at=clock.now(request)), run_words.done(wanted))


def _act(wanted: str) -> Callable[..., Run]:
    if wanted not in ACTS:
        raise Refused("state")
    return ACTS[wanted]


@require_POST
def measure_all(request: HttpRequest, organisation: str) -> HttpResponse:
    """Every name that is watched, now."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    domains = list(names.watching(seat.organisation))
    at = clock.now(request)
    pages.press(
        request,
        lambda: services.ask(seat.organisation, domains=domains, person=seat.person, at=at),
        _("All names wait to be measured."),
    )
    return redirect("perimeter:runs", organisation)


def _found(seat: Seat, pk: int) -> Run:
    found = queries.run(seat.organisation, pk)
    if found is None:
        raise Http404
    return found
