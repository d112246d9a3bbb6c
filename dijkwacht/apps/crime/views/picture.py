"""The municipal picture of cybercrime, and the same as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.crime import picture_page as page
from dijkwacht.apps.crime.queries import picture as queries
from dijkwacht.apps.crime.queries.plans import plans
from dijkwacht.apps.crime.services import open_data
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is known of cybercrime here, how sure it is, and what is not known?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.picture_of(queries.where_is(seat.organisation))
    local = page.local_rows(queries.local_counts(seat.organisation))
    running = [each for each in plans(seat.organisation, on=clock.today(request)) if each.runs]
    context = {
        "seat": seat,
        "steers": seat.may(Right.STEER),
        "local": local,
        "running": running,
        **page.context_of(found),
    }
    return render(request, "crime/picture.html", context)


@require_safe
def download(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The picture as a file."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if form not in TYPES:
        raise Http404
    found = queries.picture_of(queries.where_is(seat.organisation))
    data = open_data.data_of(found, queries.local_counts(seat.organisation))
    answer = HttpResponse(
        open_data.as_csv(data) if form == "csv" else open_data.as_json(data), content_type=TYPES[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="{organisation}-cybercrime.{form}"'
    return answer
