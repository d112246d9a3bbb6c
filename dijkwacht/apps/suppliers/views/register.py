"""The register of suppliers: all of them, one, and adding, changing, ending one."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import register_words as say
from dijkwacht.apps.suppliers.forms import register as forms
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.suppliers.queries import register as queries
from dijkwacht.apps.suppliers.services import registering
from dijkwacht.apps.suppliers.supplier_page import supplier_page
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 50


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which suppliers need us, and before when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = queries.register(seat.organisation, on=on)
    form = forms.RegisterFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.narrowed(rows, **asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        {"row": row, "tier": say.tier_words(row.graded), "needs": say.needs_in_short(row.needs)}
        for row in page.object_list
    ]
    told = queries.told(rows, on=on)
    context = {
        "answer": say.answer(told), "note": say.open_note(told), "form": form, "found": len(found), "rows": shown, "page": page,
        "any": bool(rows), "changes": seat.may(Right.SUPPLY), "elsewhere": queries.elsewhere(seat.organisation),
    }  # fmt: skip
    return render(request, "suppliers/home.html", {"seat": seat, **context})


@require_POST
def take_over(request: HttpRequest, organisation: str) -> HttpResponse:
    """Suppliers that only stood in the records come into the register."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    made = registering.take_over(seat.organisation, **when(request, seat))
    said = ngettext("%(n)s supplier taken over.", "%(n)s suppliers taken over.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("suppliers:home", organisation=organisation)


@require_safe
def supplier(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How does this supplier stand?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = supplier_or_404(seat, pk)
    return render(request, "suppliers/supplier.html", supplier_page(seat, row, on=clock.today(request)))


def supplier_or_404(seat: Seat, pk: int) -> Supplier:
    """A supplier of this organisation, also one that ended or was merged."""
    row = own_or_404(seat, Supplier, pk)
    row.organisation = seat.organisation
    return row


def at_supplier(row: Supplier, part: str = "") -> str:
    """The address of a supplier, maybe of a part of its page."""
    url = reverse("suppliers:supplier", args=[row.organisation.slug, row.pk])
    return f"{url}#{part}" if part else url


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """A supplier that no file tells of."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    form = forms.SupplierForm(sent(request))
    if form.is_valid():
        deed = registering.add_supplier
        if made := attempt(form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("Added. Now say what it delivers, so that its tier is known."))
            return redirect("suppliers:supplier", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, title=_("Add a supplier"), submit=_("Add it"), eyebrow=_("Suppliers"),
        back=reverse("suppliers:home", args=[organisation]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is known of a supplier now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = supplier_or_404(seat, pk)
    fields = ("name", "kvk", "own_id", "domain", "country", "note")
    form = forms.SupplierForm(sent(request), initial={name: getattr(row, name) for name in fields})
    if form.is_valid():
        deed = registering.change_supplier
        if attempt(form, lambda: deed(row, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("Recorded."))
            return redirect(at_supplier(row))
    return about_supplier(request, seat, form, row, title=_("Change supplier"))


@require_http_methods(["GET", "HEAD", "POST"])
def supplier_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """We have nothing more to do with a supplier."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = supplier_or_404(seat, pk)
    form = django_forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: registering.end_supplier(row, **when(request, seat))):
        messages.success(request, _("%(name)s is out of the register.") % {"name": row.name})
        return redirect("suppliers:home", organisation=organisation)
    note = _(
        "Its services, contracts and sub-suppliers end too, from today. What was recorded stays to be looked back at."
    )
    title = _("Nothing is bought here any more?")
    return about_supplier(request, seat, form, row, title=title, answer=note, submit=_("End it"))


def about_supplier(
    request: HttpRequest, seat: Seat, form: django_forms.Form, row: Supplier, *, title: str, **texts: Any
) -> HttpResponse:
    """A page with one form about a supplier, whose page it goes back to."""
    return form_page(request, seat, form, title=title, eyebrow=row.name, **{"back": at_supplier(row), **texts})
