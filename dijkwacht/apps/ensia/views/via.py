"""Who answers for whom."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.ensia import forms, words
from dijkwacht.apps.ensia.queries import via
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.services.subjects import inherit_from
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def answered_for(request: HttpRequest, organisation: str) -> HttpResponse:
    """For whom do our answers count?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = via.answered_for(seat.organisation, on=clock.today(request))
    context = {"links": found, "sentence": words.for_whom(found)}
    return render(request, "ensia/answered_for.html", {"seat": seat, **context})


@require_safe
def relied_on(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do others answer for us?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = via.relied_on(seat.organisation, on=clock.today(request))
    context = {"links": found, "sentence": words.by_whom(found), "may_withdraw": seat.may(Right.REGISTER)}
    return render(request, "ensia/relied_on.html", {"seat": seat, **context})


def withdraw(request: HttpRequest, organisation: str, subject: str) -> HttpResponse:
    """Ends that the answers of another count for one subject; shows first what turns."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    on = clock.today(request)
    link = subjects.inheritances(seat.organisation).get(subject)
    if link is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    mine = subjects.subject(seat.organisation, subject)
    if request.method == "POST" and form.is_valid() and mine is not None:
        reason = form.cleaned_data["reason"].replace("\0", "")
        inherit_from(mine, source=None, person=seat.person, on=on, at=clock.now(request), reason=reason)
        said = _("For %(name)s only our own answers count from now on.")
        messages.success(request, said % {"name": mine.name})
        return redirect("ensia:relied_on", organisation=organisation)
    turning = via.without(link.subject, on=on)
    names = subjects.names(seat.organisation) | {seat.organisation.slug: seat.organisation.name}
    context = {"link": link, "turning": turning, "form": form, "names": names}
    return render(request, "ensia/withdraw.html", {"seat": seat, **context})
