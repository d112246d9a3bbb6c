"""The year, month by month, and as a calendar to subscribe to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms.queries import year as queries
from dijkwacht.apps.isms.services import feeds
from dijkwacht.apps.isms.views.pages import when
from dijkwacht.apps.isms.year_page import entries, page
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.queries import roles_at
from dijkwacht.core.access import Right, rights
from dijkwacht.core.days import Duration, add
from dijkwacht.web import clock

FRESH = "isms_feed"  # in the session, for one page: the address that is told once


@require_safe
def year(request: HttpRequest, organisation: str) -> HttpResponse:
    """What falls in which month?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = page(seat, on=on, wanted=request.GET.get("maand", ""))
    key = request.session.pop(FRESH, "")
    context = {
        "page": found, "feed": queries.feed_key(seat.organisation, seat.person),
        "fresh": request.build_absolute_uri(reverse("isms:feed", args=[key])) if key else "",
    }  # fmt: skip
    return render(request, "isms/year.html", {"seat": seat, "on": on, **context})


@require_POST
def make_feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Makes a private address of the calendar; an earlier one no longer works."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    request.session[FRESH] = feeds.make_key(seat.organisation, **when(request, seat))
    return redirect("isms:year", organisation=organisation)


@require_POST
def revoke_feed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Ends the private address."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if feeds.revoke_key(seat.organisation, **when(request, seat)):
        messages.success(request, _("The address no longer works."))
    return redirect("isms:year", organisation=organisation)


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for who has the address; as long as the person may see the organisation."""
    found = queries.owner_of_key(token)
    on = clock.real_today()
    held = roles_at(found.person, found.organisation.slug, on) if found and found.person.is_active else []
    if found is None or Right.SEE not in rights(role.role for role in held):
        raise Http404
    with translation.override(found.person.language):
        events = queries.year(found.organisation, on=on, until=add(on, Duration(12, 0))).events
        rows = entries(events, norms=packs_on(on).norms, address=_home(request, found.organisation.slug))
        name = _("Security year of %(organisation)s") % {"organisation": found.organisation.name}
        body = feeds.feed(found.organisation, rows, name=name, on=on)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="jaar.ics"'
    return response


def _home(request: HttpRequest, slug: str) -> str:
    return request.build_absolute_uri(reverse("isms:year", args=[slug]))
