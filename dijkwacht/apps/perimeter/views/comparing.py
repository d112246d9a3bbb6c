"""Like municipalities, without names."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.perimeter import public_words
from dijkwacht.apps.perimeter.queries.comparing import comparison
from dijkwacht.apps.perimeter.services import comparing as services
from dijkwacht.core.access import Right
from dijkwacht.norms.read import benchmark
from dijkwacht.web import charts, clock


@require_safe
def compare(request: HttpRequest, organisation: str) -> HttpResponse:
    """How many of our names are in order, beside those of municipalities of our size?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = comparison(seat.organisation, on=clock.real_today())
    rows = [
        (public_words.category(each.category), each, charts.quarters(each.like or each.everyone, own=each.own))
        for each in found.rows
    ]
    context = {
        "found": found, "rows": rows, "answer": public_words.compare_sentence(found), "least": benchmark().least,
        "chooses": seat.may(Right.CONSENT), "enough": any(each.everyone for each in found.rows),
        "municipality": seat.organisation.kind == OrganisationKind.MUNICIPALITY,
    }  # fmt: skip
    return render(request, "perimeter/compare.html", {"seat": seat, **context})


@require_POST
def take_part(request: HttpRequest, organisation: str) -> HttpResponse:
    """Joins the comparison, or leaves it."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    if request.POST.get("take_part") == "yes":
        services.join(seat.organisation, person=seat.person, at=clock.now(request))
        messages.success(request, _("Your shares are part of the comparison now, without your name."))
    else:
        services.leave(seat.organisation, person=seat.person, at=clock.now(request))
        messages.success(request, _("Your shares are no longer part of the comparison."))
    return redirect("perimeter:compare", organisation)
