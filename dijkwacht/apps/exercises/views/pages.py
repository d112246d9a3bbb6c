"""What there is to exercise with, what was and will be exercised, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.scenario_page import scenario_context
from dijkwacht.apps.exercises.views.common import unread
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.norms.scenarios import as_yaml, scenarios


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """What was exercised, and what is planned?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = [(each, words.PHASES[each.phase]) for each in queries.sessions(seat.organisation)]
    context = {
        "rows": rows, "last": queries.last_held_on(seat.organisation), "steers": seat.may(Right.STEER),
        "mine": queries.seats_of(seat.organisation, seat.person),
    }  # fmt: skip
    return render(request, "exercises/home.html", {"seat": seat, **context})


@require_safe
def scenario_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which scenarios are there to play?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = {
        "packs": list(scenarios().values()),
        "own": queries.scripts(seat.organisation),
        "steers": seat.may(Right.STEER),
    }
    return render(request, "exercises/scenarios.html", {"seat": seat, **context})


@require_safe
@unread
def scenario(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """What happens in this scenario, minute by minute, and what does it ask?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = {"name": name, "steers": seat.may(Right.STEER), **scenario_context(_scenario_or_404(name))}
    return render(request, "exercises/scenario.html", {"seat": seat, **context})


@require_safe
@unread
def scenario_file(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """The scenario as a file."""
    organisation_or_404(request, organisation, Right.SEE)
    response = HttpResponse(as_yaml(_scenario_or_404(name)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


@require_safe
def lessons(request: HttpRequest, organisation: str) -> HttpResponse:
    """What came of exercising, and what is still to be done?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = list(queries.lessons(seat.organisation))
    left = [each for each in rows if each.kind == "action" and each.done_on is None]
    context = {"rows": rows, "left": left, "steers": seat.may(Right.STEER)}
    return render(request, "exercises/lessons.html", {"seat": seat, **context})


def _scenario_or_404(name: str) -> Scenario:
    found = scenarios().get(name)
    if found is None:
        raise Http404
    return found
