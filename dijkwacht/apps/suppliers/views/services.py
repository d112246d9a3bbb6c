"""Services of suppliers: all of them, one, what leans on it, its exit plan."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import services_page
from dijkwacht.apps.suppliers.forms import register as forms
from dijkwacht.apps.suppliers.models import ExitPlan, Service, Use
from dijkwacht.apps.suppliers.services import registering, using
from dijkwacht.apps.suppliers.supplier_page import service_page
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, person_of, persons, press, sent, when
from dijkwacht.apps.suppliers.views.register import PER_PAGE, about_supplier, supplier_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def services(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do we buy, and how much hangs on it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    form = forms.ServicesFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found, answer, total = services_page.listed(seat.organisation, on=clock.today(request), **asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"answer": answer, "form": form, "found": len(found), "page": page, "any": total}
    context["rows"] = services_page.rows(list(page.object_list))
    return render(request, "suppliers/services.html", {"seat": seat, **context})


@require_safe
def service(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How much hangs on this service, and how do we get away from it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = service_or_404(seat, pk)
    return render(request, "suppliers/service.html", service_page(seat, row, on=clock.today(request)))


def service_or_404(seat: Seat, pk: int) -> Service:
    """A service of this organisation, also one that ended."""
    rows = Service.objects.filter(organisation=seat.organisation, pk=pk).select_related("supplier", "owner", "subject")
    row = rows.first()
    if row is None:
        raise Http404
    row.organisation = row.supplier.organisation = seat.organisation
    return row


def at_service(row: Service, part: str = "") -> str:
    """The address of a service, maybe of a part of its page."""
    url = reverse("suppliers:service", args=[row.organisation.slug, row.pk])
    return f"{url}#{part}" if part else url


def about_service(
    request: HttpRequest, seat: Seat, form: django_forms.Form, row: Service, *, title: str, **texts: Any
) -> HttpResponse:
    """A page with one form about a service, whose page it goes back to."""
    return form_page(request, seat, form, title=title, eyebrow=row.name, **{"back": at_service(row), **texts})


@require_http_methods(["GET", "HEAD", "POST"])
def service_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What a supplier delivers."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    supplier = supplier_or_404(seat, pk)
    form = forms.ServiceForm(sent(request), persons=persons(request, seat))
    if form.is_valid():
        told = {**form.cleaned_data, "owner": person_of(request, seat, form.cleaned_data["owner"])}
        if made := attempt(form, lambda: registering.add_service(supplier, **told, **when(request, seat))):
            messages.success(request, _("Added. Now say which processes and systems lean on it."))
            return redirect("suppliers:service", organisation=organisation, pk=made.pk)
    return about_supplier(request, seat, form, supplier, title=_("Add a service"), submit=_("Add it"))


@require_http_methods(["GET", "HEAD", "POST"])
def service_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is known of a service now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = service_or_404(seat, pk)
    initial = {name: getattr(row, name) for name in ("name", "kind", "what", *registering.SIGNS)} | {
        "owner": row.owner_id
    }
    form = forms.ServiceForm(sent(request), persons=persons(request, seat), initial=initial)
    if form.is_valid():
        told = {**form.cleaned_data, "owner": person_of(request, seat, form.cleaned_data["owner"])}
        if attempt(form, lambda: registering.change_service(row, **told, **when(request, seat))):
            messages.success(request, _("Recorded."))
            return redirect(at_service(row))
    return about_service(request, seat, form, row, title=_("Change service"))


@require_http_methods(["GET", "HEAD", "POST"])
def service_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A service is no longer delivered."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = service_or_404(seat, pk)
    form = django_forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: registering.end_service(row, **when(request, seat))):
        messages.success(request, _("%(name)s is out of the register.") % {"name": row.name})
        return redirect("suppliers:supplier", organisation=organisation, pk=row.supplier_id)
    note = _("What leaned on it does so no more, from today. What was recorded stays to be looked back at.")
    return about_service(
        request, seat, form, row, title=_("Is it no longer delivered?"), answer=note, submit=_("End it")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def use_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A process or system leans on a service."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = service_or_404(seat, pk)
    form = forms.UseForm(sent(request), subjects=services_page.subjects(seat.organisation, row))
    if form.is_valid():
        told = dict(form.cleaned_data)
        subject = Subject.objects.get(organisation=seat.organisation, pk=told.pop("subject"))
        if attempt(form, lambda: using.add_use(row, subject=subject, **told, **when(request, seat))):
            messages.success(request, _("Recorded. The tier was looked at again."))
            return redirect(at_service(row, "uses"))
    note = _("Is it not in the list? Register the process or system first, under Register.")
    return about_service(request, seat, form, row, title=_("What leans on it?"), answer=note)


def use_or_404(seat: Seat, pk: int) -> Use:
    """What leans on a service of this organisation, by number."""
    rows = Use.objects.filter(service__organisation=seat.organisation, pk=pk)
    row = rows.select_related("service__supplier", "service__organisation", "subject").first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def use_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """After how many hours it hurts, as it is known now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = use_or_404(seat, pk)
    form = forms.UseForm(sent(request), initial={name: getattr(row, name) for name in ("hours", "group", "note")})
    if form.is_valid() and attempt(form, lambda: using.change_use(row, **form.cleaned_data, **when(request, seat))):
        messages.success(request, _("Recorded."))
        return redirect(at_service(row.service, "uses"))
    title = _("How %(name)s leans on it") % {"name": row.subject.name}
    return about_service(request, seat, form, row.service, title=title)


@require_POST
def use_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It does not lean on the service any more."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = use_or_404(seat, pk)
    press(request, lambda: using.end_use(row, **when(request, seat)), _("Recorded. The tier was looked at again."))
    return redirect(at_service(row.service, "uses"))


@require_http_methods(["GET", "HEAD", "POST"])
def exit_plan(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How we get away from a service."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = service_or_404(seat, pk)
    plan = ExitPlan.objects.filter(service=row).first()
    fields = ("alternative", "data", "steps", "days", "tested_on")
    initial = {**{name: getattr(plan, name) for name in fields}, "owner": plan.owner_id} if plan else {}
    form = forms.ExitForm(sent(request), persons=persons(request, seat), initial=initial)
    if form.is_valid():
        told = {**form.cleaned_data, "owner": person_of(request, seat, form.cleaned_data["owner"])}
        if attempt(form, lambda: using.write_exit_plan(row, **told, **when(request, seat))):
            messages.success(request, _("Recorded."))
            return redirect(at_service(row, "exit"))
    note = _("Saving it says that you looked at it again today.")
    return about_service(request, seat, form, row, title=_("Exit plan"), answer=note)
