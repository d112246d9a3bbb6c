"""Taking note of a warning without signing in, by the link of a mail."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dijkwacht.apps.advisories.queries.contacts import what_for
from dijkwacht.apps.advisories.services import acknowledging
from dijkwacht.apps.advisories.services.mailing import language_of
from dijkwacht.web import clock


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """Did you read this warning? Looking changes nothing; the button does."""
    link = acknowledging.read(token, on=clock.today(request))
    if link is None:
        raise Http404
    done = False
    if request.method == "POST" and link.holds:
        done = acknowledging.acknowledge(link, at=clock.now(request)) or link.warning.seen_at is not None
    context = {
        "link": link, "warning": link.warning, "done": done, "seen": link.warning.seen_at,
        "title_of": link.warning.title if what_for(link.warning, link.contact) == "text" else "",
    }  # fmt: skip
    with translation.override(language_of(link.contact)):
        page = render(request, "advisories/acknowledge.html", context)
    page["X-Robots-Tag"] = "noindex"
    # referrers stay as the site has them, within itself: with none a browser sends no origin, and the button is refused
    return page
