"""What an organisation does to the landscape itself: cells added, changed, hidden, and taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.landscape.forms.cells import BecauseForm, CellForm, shown
from dijkwacht.apps.landscape.queries import cells as queries
from dijkwacht.apps.landscape.services import cells as services
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.landscape.views.cells import cell_or_404
from dijkwacht.apps.landscape.views.findings import FORM
from dijkwacht.apps.landscape.words import cells as words
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.landscape.cells import Cell
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a cell."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    known = queries.base_of(seat.organisation)
    chosen = {key: value for key, value in request.GET.items() if key in ("area", "phase", "layer", "actor", "role")}
    form = CellForm(sent(request), known=known, initial={"as_of": clock.today(request), "stale_after": "P1Y", **chosen})
    if form.is_valid():
        made = _attempt(form, lambda: services.add_cell(seat.organisation, **_told(form), **when(request, seat)))
        if made:
            messages.success(request, _("Recorded: the cell stands in your landscape."))
            return redirect("landscape:cell", organisation=organisation, cell=made)
    return form_page(
        request, seat, form, template=FORM, title=_("Add to the landscape"), back=reverse("landscape:home", args=[organisation]),
        answer=_("It stands in your landscape only, until you share it as a pack."),
    )  # fmt: skip


def change(request: HttpRequest, organisation: str, cell: str) -> HttpResponse:
    """Says otherwise than the pack, for this organisation only."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    found, _hidden = cell_or_404(seat, cell)
    form = CellForm(sent(request), known=queries.base_of(seat.organisation), initial=_shown(seat, found))

    def deed() -> object:
        seen = form.cleaned_data["seen"]
        return services.change_cell(seat.organisation, cell, seen=seen, **_told(form), **when(request, seat))

    if form.is_valid() and _attempt(form, deed, cell):
        messages.success(request, _("Recorded: this is how it reads here."))
        return redirect("landscape:cell", organisation=organisation, cell=cell)
    return _page(request, seat, form, cell, title=_("Write it otherwise here"), eyebrow=text_of(found.text))


def hide(request: HttpRequest, organisation: str, cell: str) -> HttpResponse:
    """Leaves a cell out, for this organisation only."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    found, _hidden = cell_or_404(seat, cell)
    form = BecauseForm(sent(request))
    deed = {**when(request, seat)}
    if form.is_valid() and attempt(
        form, lambda: services.hide_cell(seat.organisation, cell, **form.cleaned_data, **deed), words.refusal
    ):
        messages.success(request, _("Recorded: it is left out here."))
        return redirect("landscape:cell", organisation=organisation, cell=cell)
    return _page(request, seat, form, cell, title=_("Leave it out here"), eyebrow=text_of(found.text))


@require_POST
def restore(request: HttpRequest, organisation: str, cell: str) -> HttpResponse:
    """Takes back what was done here to a cell."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    if queries.local(seat.organisation, cell) is None:
        cell_or_404(seat, cell)
    deed = {**when(request, seat)}
    press(
        request,
        lambda: services.restore_cell(seat.organisation, cell, **deed),
        _("Recorded: taken back."),
        words.refusal,
    )
    if cell in queries.base_of(seat.organisation).cells:
        return redirect("landscape:cell", organisation=organisation, cell=cell)
    return redirect("landscape:home", organisation=organisation)


def _shown(seat: Seat, found: Cell) -> dict[str, Any]:
    return {**shown(found), "seen": queries.cell_mark(seat.organisation, found.id)}


def _told(form: CellForm) -> dict[str, Any]:
    return {"fields": form.told(), "because": form.cleaned_data["because"]}


def _attempt(form: CellForm, deed: Callable[[], object], name: str = "") -> str | None:
    """Does it, and returns the name of the cell; None when it may not be, and the form says why at the field."""
    try:
        row = deed()
    except Refused as error:
        why = words.WRONG.get(error.params.get("why", ""), words.REFUSED.get(error.code, error.code))
        field = error.params.get("field")
        form.add_error(field if field in form.fields else None, str(why))
        return None
    return name or str(getattr(row, "cell", ""))


def _page(request: HttpRequest, seat: Seat, form: Form, cell: str, **texts: str) -> HttpResponse:
    back = reverse("landscape:cell", args=[seat.organisation.slug, cell])
    return form_page(request, seat, form, template=FORM, back=back, **texts)
