"""What runs: initiatives, when they end, which needs they should meet, and who takes part."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.landscape.forms import initiatives as forms
from dijkwacht.apps.landscape.models import Initiative
from dijkwacht.apps.landscape.queries import initiatives as queries
from dijkwacht.apps.landscape.queries import needs as need_queries
from dijkwacht.apps.landscape.services import initiatives as services
from dijkwacht.apps.landscape.views.needs import FORM, address
from dijkwacht.apps.landscape.words import needs as say
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def initiatives(request: HttpRequest, organisation: str) -> HttpResponse:
    """What runs, and what stops without anybody noticing?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.initiatives(seat.organisation, on=clock.today(request))
    context = {
        "answer": say.initiatives_answer(found), "rows": [(row, say.COURSES[row.course]) for row in found],
        "changes": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/initiatives.html", {"seat": seat, **context})


@require_safe
def initiative(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is this, until when, and which needs should it meet?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = sight_or_404(request, seat, pk)
    known = {each.key: each for each in need_queries.needs(seat.organisation, on=clock.today(request))}
    closes = [(known[key].title, address(organisation, known[key])) for key in row.row.closes if key in known]
    context = {
        "seen": row, "each": row.row, "course": say.COURSES[row.course], "closes": closes, "steers": seat.may(Right.STEER),
        "own": row.row.organisation == seat.organisation,
    }  # fmt: skip
    return render(request, "landscape/initiative.html", {"seat": seat, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds an initiative."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.InitiativeForm(sent(request), needs=_choices(request, seat))
    if form.is_valid():
        made = attempt(
            form, lambda: services.add(seat.organisation, told=form.told(), **when(request, seat)), say.refusal
        )
        if made:
            messages.success(request, _("Recorded: the initiative stands in the list."))
            return redirect("landscape:initiative", organisation=organisation, pk=made.pk)
    back = reverse("landscape:initiatives", args=[organisation])
    return form_page(request, seat, form, template=FORM, title=_("Add an initiative"), back=back)


def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what an initiative is now."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.InitiativeForm(sent(request), needs=_choices(request, seat), initial=forms.shown(row))
    if form.is_valid() and attempt(
        form, lambda: services.change(row, told=form.told(), **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: this is what it is now."))
        return redirect("landscape:initiative", organisation=organisation, pk=pk)
    back = reverse("landscape:initiative", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("What it is"), eyebrow=row.title, back=back)


def finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is over, and what came of it."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.FinishForm(sent(request), initial={"on": clock.today(request)})
    if form.is_valid() and attempt(
        form, lambda: services.finish(row, **form.cleaned_data, **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: it is over."))
        return redirect("landscape:initiative", organisation=organisation, pk=pk)
    back = reverse("landscape:initiative", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("It is over"), eyebrow=row.title, back=back)


def join(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = sight_or_404(request, seat, pk)
    form = forms.PartForm(sent(request), initial={"since": clock.today(request)})
    deed = {"initiative": row.key, **when(request, seat)}
    if form.is_valid() and attempt(
        form, lambda: services.take_part(seat.organisation, **form.cleaned_data, **deed), say.refusal
    ):
        messages.success(request, _("Recorded: you take part."))
        return redirect("landscape:initiative", organisation=organisation, pk=pk)
    back = reverse("landscape:initiative", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("Take part"), eyebrow=row.row.title, back=back)


@require_POST
def leave(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says that we take part no longer."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = sight_or_404(request, seat, pk)
    deed = {"initiative": row.key, **when(request, seat)}
    said = _("Recorded: you take part no longer.")
    press(request, lambda: services.leave(seat.organisation, **deed), said, say.refusal)
    return redirect("landscape:initiative", organisation=organisation, pk=pk)


def sight_or_404(request: HttpRequest, seat: Seat, pk: int) -> queries.Seen:
    """An initiative that this organisation may see. Raises Http404."""
    found = queries.initiative(seat.organisation, pk, on=clock.today(request))
    if found is None:
        raise Http404
    return found


def own_or_404(seat: Seat, pk: int) -> Initiative:
    """An initiative that this organisation added. Raises Http404."""
    row = Initiative.objects.filter(organisation=seat.organisation, pk=pk).first()
    if row is None:
        raise Http404
    return row


def _choices(request: HttpRequest, seat: Seat) -> list[tuple[str, str]]:
    return [(each.key, each.title) for each in need_queries.needs(seat.organisation, on=clock.today(request))]
