"""The product register: what we use, one product, a line by hand, a source that ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories import register_rows, register_words
from dijkwacht.apps.advisories.forms import register as forms
from dijkwacht.apps.advisories.models import Line
from dijkwacht.apps.advisories.product_page import product_of
from dijkwacht.apps.advisories.queries import register as queries
from dijkwacht.apps.advisories.queries.serving import organisations_served
from dijkwacht.apps.advisories.register_page import asked_for, page_of
from dijkwacht.apps.advisories.services import lines, register_export, register_sources
from dijkwacht.apps.advisories.services.intake import printable
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.web import clock

EXPOSED = {True: "yes", False: "no", None: "unknown"}


@require_safe
def register(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which products do we use, how old is what we know of them, and where do sources disagree?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = page_of(seat, seat.organisation, request.GET, at=clock.now(request))
    return render(request, "advisories/register.html", {"seat": seat, **context})


@require_safe
def register_for(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The same of an organisation that this desk warns; for who weighs advisories at the desk."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    context = page_of(seat, served_or_404(request, seat, pk), request.GET, at=clock.now(request))
    return render(request, "advisories/register.html", {"seat": seat, **context})


def served_or_404(request: HttpRequest, seat: Seat, pk: int) -> Organisation:
    """An organisation that this desk warns, and that is not the desk itself."""
    rows = organisations_served(seat.organisation, on=clock.today(request)).exclude(pk=seat.organisation.pk)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def register_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    """The rows that are shown, as a list."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at, on = clock.now(request), clock.today(request)
    _form, asked = asked_for(request.GET, queries.source_ages(seat.organisation, on=on))
    found = queries.shown(seat.organisation, asked, person=seat.person, on=on)
    rows = register_rows.listed(seat.organisation, found.order_by().values("key"), seat.person, at=at)
    response = HttpResponse(register_export.register_list(rows), content_type=register_export.MEDIA_TYPE)
    name = f"{seat.organisation.slug}-productregister-{on.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def product(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What do we know of this product, and which advisories touch it now?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = product_of(seat, line_or_404(seat, pk), at=clock.now(request))
    context["page"] = Paginator(context["advisories"], 20).get_page(request.GET.get("page"))
    context["touches"] = context["judge"](list(context["page"].object_list))
    return render(request, "advisories/product.html", {"seat": seat, **context})


def line_or_404(seat: Seat, pk: int) -> Line:
    """A line of this organisation, also one that is gone."""
    found = Line.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def line_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """A product that no file tells of."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    form = forms.LineForm(sent(request))
    if form.is_valid():
        deed = {"told": form.cleaned_data, **when(request, seat)}
        if made := attempt(form, lambda: lines.add(seat.organisation, **deed)):
            messages.success(request, _("Added. Warnings about it come from now on."))
            return redirect("advisories:product", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, title=_("Add a product by hand"), submit=_("Add it"), eyebrow=_("Product register"),
        back=reverse("advisories:register", args=[organisation]),
        answer=_("For what stands in no list. A line by hand stays until you end it: no file changes it."),
    )  # fmt: skip


def line_edit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says which version is in use; of a line made by hand everything can be changed."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = line_or_404(seat, pk)
    form, change, notes = _editing(request, found)
    if form.is_valid():
        deed = {**change(form.cleaned_data), **when(request, seat)}
        verb: Callable[..., Line] = lines.edit if "told" in deed else lines.set_version
        if attempt(form, lambda: verb(found, **deed)):
            messages.success(request, _("Recorded. Advisories were matched with it again."))
            return redirect("advisories:product", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=lines.product_words(found), eyebrow=_("Product register"), notes=notes,
        back=reverse("advisories:product", args=[organisation, pk]),
    )  # fmt: skip


def _editing(request: HttpRequest, line: Line) -> tuple[Any, Callable[[dict[str, Any]], dict[str, Any]], list[str]]:
    """The form for a line, what the verb gets of it, and what is to be known."""
    if line.kind == lines.HAND:
        initial = {name: getattr(line, name) for name in lines.TEXTS} | {"exposed": EXPOSED[line.exposed]}
        return forms.LineForm(sent(request), initial=initial), lambda told: {"told": told}, []
    source = register_words.source_words(Source(line.kind, line.label))
    note = _("What you fill in counts until %(source)s tells another version.") % {"source": source}
    return forms.VersionForm(sent(request), initial={"version": line.used}), dict, [note]


@require_POST
def line_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A product that was added by hand is no longer used."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = line_or_404(seat, pk)
    press(request, lambda: lines.end(found, **when(request, seat)), _("Taken out of the register."))
    return redirect("advisories:register", organisation=organisation)


@require_POST
def register_source_end(request: HttpRequest, organisation: str) -> HttpResponse:
    """A whole source goes out of the register."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    source = Source(*(printable(request.POST.get(name, "")) for name in ("kind", "label")))
    deed = when(request, seat)
    press(
        request, lambda: register_sources.end_source(seat.organisation, source, **deed), _("Taken out of the register.")
    )
    return redirect("advisories:register", organisation=organisation)
