"""Names and networks that are not measured, because their keeper asked so."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.perimeter.forms.left_alone import LeaveAloneForm
from dijkwacht.apps.perimeter.models import OptOut
from dijkwacht.apps.perimeter.queries.consents import opt_outs
from dijkwacht.apps.perimeter.services import public as services
from dijkwacht.apps.perimeter.views import pages
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def left_alone(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is not measured, by whose wish?"""
    seat = _seat(request, organisation)
    form = LeaveAloneForm(pages.sent(request))
    if form.is_valid():
        made = pages.attempt(
            form,
            lambda: services.leave_alone(
                **form.cleaned_data, organisation=seat.organisation, **pages.when(request, seat)
            ),
        )
        if made is not None:
            return redirect("perimeter:left_alone", organisation)
    rows = list(opt_outs(seat.organisation, on=clock.today(request)))
    over = OptOut.objects.filter(organisation=seat.organisation).exclude(pk__in=[row.pk for row in rows])
    everybody = seat.organisation.kind == OrganisationKind.CSIRT
    context = {"form": form, "rows": rows, "over": over, "everybody": everybody}
    return render(request, "perimeter/left_alone.html", {"seat": seat, **context})


@require_POST
def end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """May be measured again; only by the organisation that keeps the wish."""
    seat = _seat(request, organisation)
    row = get_object_or_404(OptOut, organisation=seat.organisation, pk=pk)
    pages.press(
        request,
        lambda: services.measure_anew(row, **pages.when(request, seat)),
        _("It may be measured again, as far as consents go."),
    )
    return redirect("perimeter:left_alone", organisation)


def _seat(request: HttpRequest, organisation: str) -> Seat:
    """Of whoever decides over measuring: a CISO, or the analyst of a CSIRT."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    if not (seat.may(Right.CONSENT) or seat.may(Right.SCAN)):
        raise PermissionDenied
    return seat
