"""The names of an organisation, and those that were found."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter.forms.names import AddForm, DecideForm, NamesFilter, OwnerForm
from dijkwacht.apps.perimeter.models import FoundBy
from dijkwacht.apps.perimeter.queries import names as queries
from dijkwacht.apps.perimeter.services import names as services
from dijkwacht.apps.perimeter.services import runs
from dijkwacht.apps.perimeter.views.pages import attempt, form_page, name_or_404, person_of, persons, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def names(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which names do we have, and how does each stand?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    form = NamesFilter(request.GET or None, persons=persons(request, seat))
    data = form.cleaned_data if form.is_valid() else {}
    everything = queries.names(seat.organisation)
    rows = queries.chosen(everything, **data)
    watched, last = queries.watched(seat.organisation)
    proposals = list(queries.proposals(seat.organisation)[:50])
    context = {
        "form": form, "found": rows.count(), "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "watched": watched, "last": last, "proposals": proposals, "any": everything.exists(),
        "watches": seat.may(Right.WATCH), "left": queries.LEFT,
    }  # fmt: skip
    return render(request, "perimeter/names.html", {"seat": seat, "on": clock.today(request), **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds names, typed or out of a file."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    form = AddForm(sent(request), request.FILES or None, persons=persons(request, seat))
    if form.is_valid():
        found_by = FoundBy.FILE if form.cleaned_data["file"] else FoundBy.HAND
        owner = person_of(request, seat, form.cleaned_data["owner"])
        deed = partial(services.add, seat.organisation, names=form.lines, most=services.MOST_AT_ONCE)
        added = attempt(form, lambda: deed(found_by=found_by, owner=owner, **when(request, seat)))
        if added is not None:
            press(request, lambda: None, _added(len(added.new), added.known))
            return redirect("perimeter:names", organisation=organisation)
    back = reverse("perimeter:names", args=[organisation])
    return form_page(request, seat, form, title=_("Add names"), eyebrow=_("Names"), back=back)


def _added(new: int, known: int) -> str:
    said = ngettext("%(n)s name added.", "%(n)s names added.", new) % {"n": new}
    if not known:
        return said
    return said + " " + ngettext("%(n)s stood here already.", "%(n)s stood here already.", known) % {"n": known}


@require_POST
def decide(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Watches, pauses or ends a name, or says that it is not ours."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = name_or_404(seat, name)
    form = DecideForm(request.POST)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    note = form.cleaned_data.get("note", "")
    press(request, lambda: services.decide(found, state=state, note=note, **when(request, seat)), _("Recorded."))
    if request.POST.get("from") == "names":
        return redirect("perimeter:names", organisation=organisation)
    return redirect("perimeter:name", organisation=organisation, name=found.name)


@require_POST
def give_owner(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Says who answers for a name."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = name_or_404(seat, name)
    form = OwnerForm(request.POST, persons=persons(request, seat))
    if form.is_valid():
        owner = person_of(request, seat, form.cleaned_data["owner"])
        deed = services.give_owner
        press(request, lambda: deed(found, owner=owner, person=seat.person, at=clock.now(request)), _("Recorded."))
    return redirect("perimeter:name", organisation=organisation, name=found.name)


@require_POST
def measure(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Asks for a measurement of a name now."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = name_or_404(seat, name)
    press(
        request,
        lambda: runs.ask(seat.organisation, domains=[found], person=seat.person, at=clock.now(request)),
        _("The name waits to be measured. That takes a minute at most, once a worker runs."),
    )
    return redirect("perimeter:name", organisation=organisation, name=found.name)
