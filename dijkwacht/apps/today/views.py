"""The front door: what needs me, and before when?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import organisation_or_404, person_of
from dijkwacht.apps.people.queries import organisations_of
from dijkwacht.apps.today import sentences
from dijkwacht.apps.today.queries import Day
from dijkwacht.core.access import Right, RoleName
from dijkwacht.web import clock

ACCOUNTS_FIRST = {RoleName.COLLEGE.value, RoleName.ADMINISTRATOR.value}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the organisation of this person; to the choice when there is more than one, or none."""
    found = list(organisations_of(person_of(request), on=clock.real_today())[:2])
    return redirect(found[0]) if len(found) == 1 else redirect("people:organisations")


@require_safe
def today(request: HttpRequest, organisation: str) -> HttpResponse:
    """What needs this person today. Who only looks at what others share, for his organisation, starts there."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    if seat.may(Right.RECEIVE) and not seat.may(Right.SEE):
        return redirect("accountability:overview", seat.organisation.slug)
    day = Day(seat, on=clock.today(request), at=clock.now(request))
    context = {
        "seat": seat,
        "day": day,
        "answer": sentences.answer(day),
        "may_answer": seat.may(Right.ANSWER),
        "may_audit": seat.may(Right.AUDIT),
        "may_import": seat.may(Right.IMPORT),
        "accounts_first": bool(ACCOUNTS_FIRST.intersection(seat.roles)) and not seat.may(Right.ANSWER),
    }
    return render(request, "today/today.html", context)
