"""What anybody may see: the public page of an organisation that chose to have one, and who measures."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter import consent_rows, public_words
from dijkwacht.apps.perimeter.queries import public as queries
from dijkwacht.apps.perimeter.queries.comparing import CATEGORIES
from dijkwacht.apps.perimeter.services import public as services
from dijkwacht.apps.perimeter.services.saying import user_agent
from dijkwacht.apps.perimeter.views import pages
from dijkwacht.core.access import Right
from dijkwacht.norms.read import policy_on
from dijkwacht.web import clock

NAMES, MENDED = 50, 20  # on one page


def public_choice(request: HttpRequest, organisation: str) -> HttpResponse:
    """Do we show in public how our outside stands? With what everybody would see."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    if request.method == "POST":
        deed = services.show_in_public if request.POST.get("show") == "yes" else services.hide
        said = _("The public page is open.") if deed is services.show_in_public else _("The public page is closed.")
        pages.press(request, lambda: deed(seat.organisation, person=seat.person, at=clock.now(request)), said)
        return redirect("perimeter:public_choice", organisation)
    page = queries.is_open(seat.organisation)
    url = request.build_absolute_uri(reverse("perimeter:public", args=(organisation,)))
    answer = _("Everybody can see it.") if page else _("Nobody outside can see it.")
    context = {"open": page, "url": url, "answer": answer, **_shown(request, seat.organisation)}
    return render(request, "perimeter/public_choice.html", {"seat": seat, **context})


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """How do the names of this organisation stand? For anybody; nothing when it did not choose so."""
    page = queries.page_of(slug)
    if page is None:
        raise Http404
    context = {"organisation": page.organisation, "since": page.since, **_shown(request, page.organisation)}
    return render(request, "perimeter/public.html", context)


@login_not_required
@require_safe
def about_scan(request: HttpRequest) -> HttpResponse:
    """Who measures here, what is done, and how does one stop it?"""
    on = clock.today(request)
    context = {
        "contact": settings.DIJKWACHT_CONTACT, "contact_url": public_words.contact_url(settings.DIJKWACHT_CONTACT),
        "agent": user_agent(), "levels": consent_rows.levels(on),
        "hours": policy_on(on).limits["measure_minutes"] // 60,
    }  # fmt: skip
    return render(request, "perimeter/about_scan.html", context)


def _shown(request: HttpRequest, organisation: Organisation) -> dict[str, object]:
    at = clock.now(request)
    page = Paginator(queries.watched(organisation), NAMES).get_page(request.GET.get("page"))
    names, mended = queries.shown(list(page), at=at), queries.mended(organisation, at=at)
    return {
        "names": names, "page": page, "mended": mended[:MENDED], "more": len(mended) - MENDED,
        "sentence": public_words.public_sentence(queries.tally(organisation, at=at)),
        "categories": [(public_words.category(each), public_words.meaning(each)) for each in CATEGORIES],
        "rows": [(each, [(public_words.category(key), word) for key, word in zip(CATEGORIES, each.words, strict=True)])
                 for each in names],
    }  # fmt: skip
