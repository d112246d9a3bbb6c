"""The front page of this room, and what changed."""

from datetime import datetime, time, timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter import verdict_words
from dijkwacht.apps.perimeter.forms.issues import SinceForm
from dijkwacht.apps.perimeter.queries import issues, names, readings
from dijkwacht.apps.perimeter.queries.csirt import unread
from dijkwacht.apps.perimeter.queries.public import subscribed
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address

FEW, EVENTS = 12, 8
WEEK = timedelta(days=7)


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """What can outsiders see that is wrong, and since when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, at = clock.today(request), clock.now(request)
    standing = issues.standing(seat.organisation, on=on)
    watched, last = names.watched(seat.organisation)
    found, many = issues.by_name(seat.organisation, on=on, most=FEW)
    context = {
        "answer": verdict_words.home_sentence(standing, names=watched, measured=last is not None),
        "standing": standing, "watched": watched, "last": last, "found": found, "more": many - len(found),
        "lately": issues.lately(seat.organisation, since=at - WEEK)[:EVENTS],
        "suspected": list(issues.suspected(seat.organisation)[:FEW]),
        "running": [
            (run, address("perimeter:run", organisation=organisation, pk=str(run.pk)))
            for run in names.running(seat.organisation)
        ],
        "proposed": names.proposals(seat.organisation).count(), "watches": seat.may(Right.WATCH),
        "notices": unread(seat.organisation), "mailed": subscribed(seat.organisation, person=seat.person),
    }  # fmt: skip
    return render(request, "perimeter/home.html", {"seat": seat, "on": on, **context})


@require_safe
def changes(request: HttpRequest, organisation: str) -> HttpResponse:
    """What changed since a day?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, at = clock.today(request), clock.now(request)
    form = SinceForm(request.GET or None, initial={"since": on - WEEK})
    since = (form.cleaned_data["since"] if form.is_valid() else None) or on - WEEK
    begin = datetime.combine(since, time(0), tzinfo=at.tzinfo)
    turned, new = readings.changes(seat.organisation, since=begin)
    per_name = [(domain, list(rows)) for domain, rows in groupby(turned, key=lambda each: each.domain)]
    context = {
        "answer": verdict_words.changes_sentence(len(per_name), len(turned), since=since), "form": form, "since": since,
        "page": Paginator(per_name, 25).get_page(request.GET.get("page")), "new": new,
    }  # fmt: skip
    return render(request, "perimeter/changes.html", {"seat": seat, "on": on, **context})
