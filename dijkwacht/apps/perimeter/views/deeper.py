"""A deeper look, at ports and names below: for which names it may be taken, and what is lacking for the others."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter import deeper_rows, deeper_words
from dijkwacht.apps.perimeter.queries import deeper as queries
from dijkwacht.apps.perimeter.queries import names
from dijkwacht.apps.perimeter.services import deeper as services
from dijkwacht.apps.perimeter.views.pages import number, press, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock

ON_A_PAGE = 25


@require_safe
def deeper(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which names may be looked at deeper, and what is lacking for the others?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, at = clock.today(request), clock.now(request)
    watched = list(names.watching(seat.organisation))
    ready = queries.may(seat.organisation, watched, on=on, at=at)
    first = {each.pk for each in ready}
    page = Paginator(sorted(watched, key=lambda each: each.pk not in first), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    found = queries.depths(seat.organisation, list(page), on=on, at=at)
    context = {
        "answer": deeper_words.deeper_sentence(len(watched), len(ready)), "page": page,
        "rows": deeper_rows.rows(found), "ready": len(ready), "starts": seat.may(Right.CONSENT),
    }  # fmt: skip
    return render(request, "perimeter/deeper.html", {"seat": seat, **context})


@require_POST
def start(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a deeper look at the names that were chosen. Who may say how far we measure, may ask for it."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    numbers = [found for text in request.POST.getlist("names") if (found := number(text)) is not None]
    chosen = list(names.watching(seat.organisation).filter(pk__in=numbers[:ON_A_PAGE]))
    said = _("The deeper look waits for a worker. It takes minutes; what it finds appears with the names.")
    press(request, lambda: services.look(seat.organisation, domains=chosen, **when(request, seat)), said)
    return redirect("perimeter:runs", organisation)
