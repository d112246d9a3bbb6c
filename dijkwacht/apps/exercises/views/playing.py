"""Playing along: what came in, what is asked, a decision, a line in the log. The same for people of the house and guests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dijkwacht.apps.exercises.forms.sessions import DecisionForm, LineForm
from dijkwacht.apps.exercises.models import Participant
from dijkwacht.apps.exercises.play_page import Ways, began_or_ended, label, play_context, point_of
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import playing as services
from dijkwacht.apps.exercises.views.common import FORM, attempt, form_page, real_now, renewed
from dijkwacht.apps.ledger.deed_pages import sent
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web.terms import text_of


def played(request: HttpRequest, player: Participant, ways: Ways) -> HttpResponse:
    """The page of a player."""
    at = real_now()
    services.mark_seen(player, at=at)
    context = play_context(player, ways, at=at)
    return render(request, "exercises/play.html", {**context, "form": LineForm()})


def played_now(request: HttpRequest, player: Participant, ways: Ways) -> HttpResponse:
    """The part of it that changes; 204 when nothing did since the page was made."""
    at = real_now()
    services.mark_seen(player, at=at)
    was, now = request.GET.get("was", ""), label(player.session, queries.state_of(player.session, at=at))
    if was == now:
        return HttpResponse(status=204)
    if began_or_ended(was, now):
        return HttpResponseClientRefresh()
    return render(request, "exercises/play_now.html", play_context(player, ways, at=at))


def decided(request: HttpRequest, player: Participant, ways: Ways, inject: str, point: int) -> HttpResponse:
    """Takes a decision that is asked of this player."""
    at = real_now()
    asked = point_of(player, inject, point, at=at)
    if asked is None:
        return _no_longer(request, player, ways, inject)
    form = DecisionForm(sent(request), choices=asked.choices, initial={"role": asked.roles[0]})

    def deed() -> None:
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("role", "text", "reasons", "power")}
        services.decide(player, decided=services.Decided(inject, point, **said), at=at)

    if attempt(form, deed):
        messages.success(request, _("Your decision was noted."))
        return redirect(ways.to())
    texts = {"eyebrow": player.session.title, "answer": text_of(asked.inject.text), "submit": _("Decide")}
    return form_page(request, form, title=text_of(asked.question), back=ways.to(), **texts)


def _no_longer(request: HttpRequest, player: Participant, ways: Ways, inject: str) -> HttpResponse:
    """Somebody in the same role may have been first; what was never asked of this player is not there."""
    if not player.session.answers.filter(inject=inject, role__in=player.roles).exists():
        raise Http404
    messages.info(request, _("This was decided already."))
    return redirect(ways.to())


def logged(request: HttpRequest, player: Participant, ways: Ways) -> HttpResponse:
    """Writes in the log of this player."""
    form = LineForm(sent(request))
    if attempt(form, lambda: services.log(player, text=form.cleaned_data["text"], at=real_now())):
        return redirect(ways.to())
    return form_page(request, form, title=_("Write in the log"), back=ways.to(), eyebrow=player.session.title)


def _seat(request: HttpRequest, organisation: str, pk: int) -> tuple[Participant, Ways]:
    """The player in this session that who asks is; whoever does not play finds nothing."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    found = queries.player_of(seat.organisation, pk, seat.person)
    if found is None:
        raise Http404
    return found, Ways("play", (organisation, pk))


@never_cache
@require_safe
def play(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What comes in for me, and what is asked of me?"""
    return played(request, *_seat(request, organisation, pk))


@renewed
@never_cache
@require_safe
def play_now(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What changed; for who was taken out the page is made anew as a whole, and then asks no more."""
    try:
        seat = _seat(request, organisation, pk)
    except Http404:
        if request.headers.get("HX-Request"):
            return HttpResponseClientRefresh()
        raise
    return played_now(request, *seat)


@require_http_methods(FORM)
def play_decide(request: HttpRequest, organisation: str, pk: int, inject: str, point: int) -> HttpResponse:
    """What do I decide?"""
    return decided(request, *_seat(request, organisation, pk), inject, point)


@require_http_methods(FORM)
def play_log(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A line in my log."""
    return logged(request, *_seat(request, organisation, pk))
