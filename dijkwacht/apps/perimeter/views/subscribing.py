"""Mail on change, and what a CSIRT told us."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter.models import Notice
from dijkwacht.apps.perimeter.services import notices, public
from dijkwacht.apps.perimeter.views import pages
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_POST
def subscribe(request: HttpRequest, organisation: str) -> HttpResponse:
    """This person hears by mail what changes, or no longer."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    wanted = request.POST.get("mail") == "on"
    deed = public.subscribe if wanted else public.unsubscribe
    said = _("You get a mail when something changes.") if wanted else _("You get no more mails about changes.")
    pages.press(request, lambda: deed(seat.organisation, person=seat.person, at=clock.now(request)), said)
    return redirect("perimeter:home", organisation)


@require_POST
def note_notice(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody took note of what a CSIRT told."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = get_object_or_404(Notice, organisation=seat.organisation, pk=pk)
    pages.press(
        request,
        lambda: notices.take_note(found, person=seat.person, at=clock.now(request)),
        _("Noted, and in the trail."),
    )
    return redirect("perimeter:home", organisation)
