"""The front page of all rooms beyond the own walls: what each says, in a sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.landscape.words import beyond as say
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address


@require_safe
def beyond(request: HttpRequest, organisation: str) -> HttpResponse:
    """What happens beyond our own walls, and what do we do?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    cards = [
        (
            title,
            words,
            url,
            [(label, more) for label, name in links if (more := address(name, organisation=organisation))],
        )
        for title, words, route, links in say.cards(
            seat.organisation, order=seat.may(Right.ORDER), on=clock.today(request)
        )
        if (url := address(route, organisation=organisation))
    ]
    context = {"seat": seat, "cards": cards, "title": _("What happens beyond our own walls, and what do we do?")}
    return render(request, "landscape/beyond.html", context)
