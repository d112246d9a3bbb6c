"""A year of incidents in figures, on paper and as a list."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.incidents import overview_words
from dijkwacht.apps.incidents.queries import statistics
from dijkwacht.apps.incidents.services import exporting
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.moments import day_of


@require_safe
def overview(request: HttpRequest, organisation: str) -> HttpResponse:
    """How did the year go?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at, handles = clock.now(request), seat.may(Right.HANDLE)
    year = _year(request, at)
    found = statistics.year_figures(list(statistics.incidents_in(seat.organisation, year=year, handles=handles)), at=at)
    before = statistics.year_figures(
        list(statistics.incidents_in(seat.organisation, year=year - 1, handles=handles)), at=at
    )
    years = {year, day_of(at).year, *statistics.years_with(seat.organisation, handles=handles)}
    context: dict[str, Any] = {
        "year": year, "years": sorted(years, reverse=True), "found": found, "before": before, "at": at, "all": handles,
        "answer": overview_words.answer(found, year), "kinds": overview_words.kinds(found),
        "tables": overview_words.tables(found), "terms": overview_words.terms(found),
        "notice": overview_words.span(found.notice), "recovery": overview_words.span(found.recovery),
    }  # fmt: skip
    return render(request, "incidents/overview.html", {"seat": seat, **context})


@require_safe
def overview_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    """The incidents of a year as a list."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at = clock.now(request)
    year = _year(request, at)
    rows = list(statistics.incidents_in(seat.organisation, year=year, handles=seat.may(Right.HANDLE)))
    answer = HttpResponse(exporting.year_list(rows, at=at), content_type=exporting.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{seat.organisation.slug}-incidenten-{year}.csv"'
    return answer


def _year(request: HttpRequest, at: datetime) -> int:
    """The year that is asked for; this year when none is. Raises Http404 for what is no year."""
    asked = request.GET.get("jaar")
    if asked is None:
        return day_of(at).year
    if not (len(asked) == 4 and asked.isascii() and asked.isdigit() and asked >= "2000"):
        raise Http404
    return int(asked)
