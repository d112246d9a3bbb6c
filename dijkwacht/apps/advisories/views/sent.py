"""What we sent, and what became of it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.advisories import telling_rows
from dijkwacht.apps.advisories.forms.telling import PER, WarnedFilter
from dijkwacht.apps.advisories.models import Warned
from dijkwacht.apps.advisories.queries import phone
from dijkwacht.apps.advisories.queries import sent as queries
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25


@require_safe
def warned(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who took note of what we sent, and what do they do with it? Per warning, per advisory or per organisation."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = WarnedFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    per: str = asked["per"] if asked.get("per") in PER else PER[0]
    every = queries.sent_by(seat.organisation, seat.person)
    rows = queries.narrowed(every, **{key: asked.get(key, "") for key in ("text", "seen", "state")})
    listed = rows if per == "warning" else queries.counted(rows, per)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "per": per, "page": page, "tabs": telling_rows.tabs(request.GET, per),
        "answer": telling_rows.sent_answer(every), "found": page.paginator.count if asked else None,
        "rows": page.object_list if per == "warning" else _grouped(seat.organisation, seat.person, rows, page, per),
    }  # fmt: skip
    return render(request, "advisories/warned.html", {"seat": seat, **context})


def _grouped(desk: Organisation, person: Any, rows: QuerySet[Warned], page: Any, per: str) -> list[dict[str, Any]]:
    """The counts of one page, each with what it is about."""
    numbers = [each[per] for each in page.object_list]
    if per == "organisation":
        names = {each.pk: each for each in Organisation.objects.filter(pk__in=numbers)}
        return [{**each, "about": names[each[per]]} for each in page.object_list]
    found, standing = queries.advisories_in(desk, person, numbers), queries.tallies(rows, numbers)
    return [
        {**each, "about": found[each[per]], "counts": telling_rows.marks(standing.get(each[per]))}
        for each in page.object_list
    ]


@require_safe
def weekly(request: HttpRequest, organisation: str) -> HttpResponse:
    """How many advisories came in this week, how many warnings went out, and were they seen?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    at = clock.now(request)
    weeks = queries.weeks(seat.organisation, seat.person, on=at.date())
    every = queries.sent_by(seat.organisation, seat.person)
    pressing = queries.narrowed(every, seen="no").filter(level__gte=2)
    context = {
        "weeks": weeks, "this": weeks[0], "answer": telling_rows.week_answer(weeks[0]), "at": at,
        "pressing": pressing[:PER_PAGE], "more": max(pressing.count() - PER_PAGE, 0),
        "open": queries.narrowed(every, state="unsettled").count(),
        "calls": phone.to_make(seat.organisation, seat.person).count(),
    }  # fmt: skip
    return render(request, "advisories/weekly.html", {"seat": seat, **context})
