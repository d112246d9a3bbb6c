"""Guests of other organisations: they join by a link and play at an address of their own, without signing in."""

from collections.abc import Callable
from functools import wraps

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dijkwacht.apps.exercises.forms.sessions import JoinForm
from dijkwacht.apps.exercises.models import Participant
from dijkwacht.apps.exercises.play_page import Ways
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import playing as services
from dijkwacht.apps.exercises.services.planning import hashed
from dijkwacht.apps.exercises.views import playing
from dijkwacht.apps.exercises.views.common import FORM, attempt, form_page, real_now
from dijkwacht.apps.exercises.words import role_name
from dijkwacht.apps.ledger.deed_pages import sent

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """For who has the address, which search engines must not keep. Referrers stay as the site has them: without one a browser
    sends no origin, and the form is refused."""

    @login_not_required
    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, *args: str, **more: object) -> HttpResponse:
        answer = view(request, *args, **more)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return shown


@open_to_all
@require_http_methods(FORM)
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Who are you here, and what do you play?"""
    at = real_now()
    if services.stopped(get_ip(request), at=at):
        return _slower(request)
    row = queries.session_by_code(hashed(code))
    if row is None:
        return _missed(request)
    scenario, made = queries.scenario_of(row), list[str]()
    form = JoinForm(sent(request), choices={"roles": [(each, role_name(scenario, each)) for each in row.guest_roles]})

    def deed() -> None:
        given = form.cleaned_data
        made.append(services.join(row, code=code, function=given["function"], roles=given["roles"], at=at))

    if attempt(form, deed):
        return redirect("exercises:guest", made[0])
    answer = _("You play along as a guest of %(house)s. Keep the address of the next page: it is yours.")
    texts = {"answer": answer % {"house": row.organisation.name}, "submit": _("Join"), "eyebrow": _("Exercise")}
    return form_page(request, form, title=row.title, **texts)


def _missed(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere: renewed, ended, or a guess. Who tries many has to wait.

    A page that goes on asking is made anew as a whole, and then asks no more: else others at that address would have to wait.
    """
    if services.too_often(get_ip(request) or "", at=real_now()):
        return _slower(request)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    raise Http404


def _slower(request: HttpRequest) -> HttpResponse:
    return render(request, "exercises/slower.html", status=429)


def _with_key(view: View) -> View:
    @open_to_all
    @wraps(view)
    def shown(request: HttpRequest, key: str, **more: object) -> HttpResponse:
        player: Participant | None = queries.player_by_key(hashed(key))
        return _missed(request) if player is None else view(request, player, Ways("guest", (key,)), **more)

    return shown


guest = _with_key(require_safe(playing.played))
guest_now = _with_key(require_safe(playing.played_now))
guest_decide = _with_key(require_http_methods(FORM)(playing.decided))
guest_log = _with_key(require_http_methods(FORM)(playing.logged))
