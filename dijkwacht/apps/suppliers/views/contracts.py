"""Contracts with suppliers: what ends when, one contract, adding, changing, ending one."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import contract_page
from dijkwacht.apps.suppliers.forms import register as forms
from dijkwacht.apps.suppliers.models import Contract, Service, Supplier
from dijkwacht.apps.suppliers.services import contracting
from dijkwacht.apps.suppliers.views.pages import attempt, evidence_of, form_page, person_of, persons, sent, when
from dijkwacht.apps.suppliers.views.register import PER_PAGE, about_supplier, supplier_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def contracts(request: HttpRequest, organisation: str) -> HttpResponse:
    """What ends when, and until when can notice be given?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    form = forms.TextFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = contract_page.listed(seat.organisation, on=on, **asked)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"answer": found.answer, "form": form, "found": len(found.rows), "page": page, "any": found.any, "on": on}
    return render(request, "suppliers/contracts.html", {"seat": seat, **context, "rows": page.object_list})


@require_safe
def contract(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was agreed, and until when can notice be given?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = contract_or_404(seat, pk)
    context = contract_page.contract_page(row, on=clock.today(request))
    context["changes"] = seat.may(Right.SUPPLY) and row.ended_on is None
    return render(request, "suppliers/contract.html", {"seat": seat, **context})


def contract_or_404(seat: Seat, pk: int) -> Contract:
    """A contract of this organisation, also one that ended."""
    rows = Contract.objects.filter(organisation=seat.organisation, pk=pk)
    row = rows.select_related("supplier", "owner", "added_by", "file").first()
    if row is None:
        raise Http404
    row.organisation = row.supplier.organisation = seat.organisation
    return row


def at_contract(row: Contract) -> str:
    """The address of a contract."""
    return reverse("suppliers:contract", args=[row.organisation.slug, row.pk])


def _form(request: HttpRequest, seat: Seat, supplier: Supplier, row: Contract | None) -> forms.ContractForm:
    files = request.FILES if request.method == "POST" else None
    options = contract_page.services_for(supplier, row)
    initial = contract_page.initial(row) if row else {}
    return forms.ContractForm(sent(request), files, persons=persons(request, seat), services=options, initial=initial)


def _told(request: HttpRequest, seat: Seat, form: forms.ContractForm, row: Contract | None) -> dict[str, Any]:
    """What was filled in, with the rows that it names. Raises EvidenceError on a file that is empty or too large."""
    told = form.told()
    told["owner"] = person_of(request, seat, told["owner"])
    told["services"] = list(Service.objects.filter(organisation=seat.organisation, pk__in=told.get("services") or ()))
    told["file"] = evidence_of(request, seat, told["file"]) or (row.file if row else None)
    return told


@require_http_methods(["GET", "HEAD", "POST"])
def contract_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was agreed with a supplier."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    supplier = supplier_or_404(seat, pk)
    form = _form(request, seat, supplier, None)
    if form.is_valid():
        deed = contracting.add_contract
        if made := attempt(form, lambda: deed(supplier, **_told(request, seat, form, None), **when(request, seat))):
            messages.success(request, _("Recorded. What the contract says counts in your lines from now on."))
            return redirect("suppliers:contract", organisation=organisation, pk=made.pk)
    note = _("What you do not know stays not known; you can fill it in later.")
    return about_supplier(request, seat, form, supplier, title=_("Add a contract"), answer=note, submit=_("Add it"))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is known of a contract now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = contract_or_404(seat, pk)
    form = _form(request, seat, row.supplier, row)
    if form.is_valid():
        deed = contracting.change_contract
        if attempt(form, lambda: deed(row, **_told(request, seat, form, row), **when(request, seat))):
            messages.success(request, _("Recorded. What the contract says counts in your lines from now on."))
            return redirect(at_contract(row))
    return form_page(request, seat, form, title=_("Change contract"), eyebrow=row.title, back=at_contract(row))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A contract stopped before its end, or was never what it seemed."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = contract_or_404(seat, pk)
    form = forms.EndContractForm(sent(request))
    if form.is_valid():
        deed = contracting.end_contract
        if attempt(form, lambda: deed(row, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("The contract does not count from today."))
            return redirect(at_contract(row))
    return _ending(request, seat, form, row)


def _ending(request: HttpRequest, seat: Seat, form: django_forms.Form, row: Contract) -> HttpResponse:
    note = _("From today it does not count. A contract that simply reaches its last day needs nothing.")
    return form_page(
        request, seat, form, title=_("End this contract now?"), eyebrow=row.title, back=at_contract(row), answer=note,
        submit=_("End it"),
    )  # fmt: skip
