"""The front page of this room, and the start in three steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.isms import words
from dijkwacht.apps.isms.queries import home as queries
from dijkwacht.apps.isms.queries import looking, plan, risks, year
from dijkwacht.apps.isms.views.pages import norms_of
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.days import Duration, add
from dijkwacht.core.isms_cycle import Pressing
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock

FEW = 6
AHEAD = Duration(3, 0)


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where do we stand in the cycle, and what needs doing?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    standings = queries.cycle(seat.organisation, on=on)
    rows = plan.open_rows(seat.organisation, on=on)
    found = risks.register(seat.organisation, on=on)
    ahead = year.year(seat.organisation, on=on, until=add(on, AHEAD)).events
    context = {
        "answer": words.cycle_sentence(standings, norms),
        "standings": [(each, words.long(norms, each.next) if each.next else "") for each in standings],
        "late": [each for each in rows if each.pressing is Pressing.LATE],
        "soon": [each for each in rows if each.pressing is Pressing.SOON],
        "few": FEW,
        "risks": found,
        "worst": [each for each in found if each.rank >= 3][:FEW],
        "findings": looking.open_findings(seat.organisation).count(),
        "ahead": sum(on <= each.day and not each.expected for each in ahead),
        "overdue": sum(each.day < on for each in ahead),
        "scope": queries.scopes(seat.organisation),
    }
    return render(request, "isms/home.html", {"seat": seat, "on": on, "norms": norms, **context})


@require_safe
def start(request: HttpRequest, organisation: str) -> HttpResponse:
    """How does a small municipality begin, and how far are we?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    steps = queries.start(seat.organisation, on=on)
    step = next((each for each in steps if not each.progress.done), None)
    part = step.next if step else None
    context = {
        "steps": [
            (each, [(part, words.listed(norms, part.part.requirements)) for part in each.parts]) for each in steps
        ],
        "step": step,
        "part": part,
        "first": words.long(norms, part.next) if part and part.next else "",
        "known": isms_on(on),
    }
    return render(request, "isms/start.html", {"seat": seat, "on": on, "norms": norms, **context})
