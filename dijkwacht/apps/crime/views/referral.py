"""Where a victim of cybercrime turns to: the helper at our desk and, for who chose so, on a page for anybody. Keeps no answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dijkwacht.apps.crime import referral_page
from dijkwacht.apps.crime.queries import desks as queries
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.norms.crime_first_hour import first_hour_pack
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web import clock

ONCE = ("GET", "HEAD", "POST")
LANGUAGES = ("nl", "en")
LARGEST = 16 * 1024  # bytes of answers; all of them together are some hundreds


@sensitive_post_parameters()  # a fault that is told to who keeps the server holds no answers
@require_http_methods(ONCE)
def referral(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whom does this victim turn to first? For who helps somebody at the desk; nothing is kept."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = {
        **_context(request, seat.organisation),
        "public": queries.page(seat.organisation),
        "steers": seat.may(Right.STEER),
    }
    return _unkept(render(request, "crime/referral.html", {"seat": seat, **context}))


@csrf_exempt  # nothing is written here, and a token would ask for a cookie
@login_not_required
@sensitive_post_parameters()
@require_http_methods(ONCE)
def public_referral(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom do I turn to first? For anybody, without a cookie; 404 when the organisation did not choose to have this page."""
    if _flood(request):
        return _unkept(HttpResponse(status=413))
    page = queries.page_of(slug)
    if page is None:
        raise Http404
    chosen = request.GET.get("taal", "")
    language = chosen if chosen in LANGUAGES else LANGUAGES[0]
    with translation.override(language):
        context = {**_context(request, page.organisation), "language": language, "organisation": page.organisation}
        found = _unkept(render(request, "crime/referral_public.html", context))
    found.headers["Content-Language"] = language
    return found


def _flood(request: HttpRequest) -> bool:
    """Whether more is sent than answers can be. It is not even taken in: files of a stranger would lie on disk for as long."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isascii() or not length.isdigit() or int(length[:12]) > LARGEST


def _context(request: HttpRequest, organisation: Organisation) -> dict[str, object]:
    pack, on = crime_packs().referral, clock.today(request)
    context: dict[str, object] = {"pack": pack, "hour": first_hour_pack(), "on": on}
    if request.method != "POST":
        return {**context, "asked": referral_page.questions({}), "page": None}
    page = referral_page.page(organisation, referral_page.given(request.POST), on=on)
    return {**context, "asked": page.asked, "page": page}


def _unkept(response: HttpResponse) -> HttpResponse:
    """The page with the order to keep it nowhere: not in the browser, not on the way."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
