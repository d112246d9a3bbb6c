"""What we do together: the list, one service, joining it, leaving it, and saying whether what its holder noted holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger.queries.subjects import names
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import collective_words as words
from dijkwacht.apps.suppliers.forms.collective import JoinForm, LastDayForm
from dijkwacht.apps.suppliers.models import Membership
from dijkwacht.apps.suppliers.queries import collectives as queries
from dijkwacht.apps.suppliers.services import collective_members as taking_part
from dijkwacht.apps.suppliers.services import collective_out
from dijkwacht.apps.suppliers.services.collective import NO_HOLDER
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.context import address


@require_safe
def collectives(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do we do together with others, and what more could we?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.together(seat.organisation, on=clock.today(request))
    context = {
        "found": found, "answer": words.list_answer(found), "changes": seat.may(Right.SUPPLY),
        "makes": seat.may(Right.SUPPLY) and seat.organisation.kind not in NO_HOLDER,
    }  # fmt: skip
    return render(request, "suppliers/collectives.html", {"seat": seat, **context})


@require_safe
def collective(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does this service take care of, and what is left for us?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    sight, on = sight_or_404(request, seat, pk), clock.today(request)
    ours = seat.organisation if sight.membership or sight.can_join else None
    rows = queries.covers(sight.collective, on=on, member=ours)
    called = names(seat.organisation) | {seat.organisation.slug: seat.organisation.name}
    context = {
        "sight": sight, "each": sight.collective, "rows": words.lines(rows, organisation=seat.organisation, names=called, on=on),
        "answer": words.answer(sight, rows, on=on), "changes": seat.may(Right.SUPPLY), "ours": ours is not None,
        "counts": queries.counts([sight.collective], on=on)[pk], "doubts": words.doubts(words.pack_of(sight.collective.pack)),
        "ended": sight.collective.until is not None and sight.collective.until <= on,
        "reports_url": address("incidents:monitoring", organisation=organisation),
    }  # fmt: skip
    return render(request, "suppliers/collective.html", {"seat": seat, **context})


def join(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part, and from when."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    sight = sight_or_404(request, seat, pk)
    form = JoinForm(sent(request), initial={"since": max(clock.today(request), sight.collective.since)})
    if form.is_valid():
        since = form.cleaned_data["since"]
        deed = {"organisation": seat.organisation, "since": since, **when(request, seat)}
        if attempt(form, lambda: taking_part.join(sight.collective, **deed)):
            messages.success(request, _("Recorded: you take part. Below stands what is left for you."))
            return redirect("suppliers:collective", organisation=organisation, pk=pk)
    notes = [
        _("This records that you take part. It asks nothing of the provider and settles no requirement by itself.")
    ]
    return form_page(
        request, seat, form, title=_("Take part"), eyebrow=sight.collective.name, notes=notes, submit=_("Take part"),
        back=address("suppliers:collective", organisation=organisation, pk=str(pk)),
    )  # fmt: skip


def leave(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part no longer, and until when we did."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = _membership_or_404(request, seat, pk)
    form = LastDayForm(sent(request), initial={"last": clock.today(request)})
    if form.is_valid() and attempt(form, lambda: taking_part.leave(row, on=form.end, **when(request, seat))):
        messages.success(request, _("Recorded: you take part no longer."))
        return redirect("suppliers:collectives", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Take part no longer"), eyebrow=row.collective.name,
        back=address("suppliers:collective", organisation=organisation, pk=str(pk)),
    )  # fmt: skip


@require_POST
def confirm(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part, as the holder noted."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = _membership_or_404(request, seat, pk)
    press(request, lambda: taking_part.confirm(row, **when(request, seat)), _("Recorded: you take part."))
    return redirect("suppliers:collective", organisation=organisation, pk=pk)


@require_POST
def deny(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we do not take part, whatever the holder noted."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = _membership_or_404(request, seat, pk)
    press(request, lambda: taking_part.deny(row, **when(request, seat)), _("Recorded: you do not take part."))
    return redirect("suppliers:collectives", organisation=organisation)


@require_safe
def oscal(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The service as an OSCAL component definition."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    sight = sight_or_404(request, seat, pk)
    content = collective_out.oscal(sight.collective, on=clock.today(request))
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="component-{pk}.json"'
    return answer


def sight_or_404(request: HttpRequest, seat: Seat, pk: int) -> queries.Sight:
    """How we stand to a service. Raises Http404 when it is not there for us: not held, not joined, not open."""
    found = queries.sight(seat.organisation, pk, on=clock.today(request))
    if found is None:
        raise Http404
    return found


def _membership_or_404(request: HttpRequest, seat: Seat, pk: int) -> Membership:
    """Our own membership of a service."""
    row = sight_or_404(request, seat, pk).membership
    if row is None:
        raise Http404
    return row
