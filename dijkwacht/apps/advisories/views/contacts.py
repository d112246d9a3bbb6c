"""Who is warned at our organisation, by which desk, and what happens when nobody responds."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.advisories import telling_rows
from dijkwacht.apps.advisories.forms.telling import ContactForm, JoinForm
from dijkwacht.apps.advisories.models import Contact
from dijkwacht.apps.advisories.queries import served as queries
from dijkwacht.apps.advisories.queries.contacts import named_at
from dijkwacht.apps.advisories.services import serving
from dijkwacht.apps.advisories.views.pages import attempt, form_page, person_of, persons, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def contacts(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who is warned, by whom, and what when nobody responds?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = named_at(seat.organisation, on=on)
    desks = list(queries.services_of(seat.organisation, on=on))
    context = {
        "groups": telling_rows.groups(rows), "gaps": telling_rows.lacking(rows), "desks": desks,
        "answer": telling_rows.contacts_answer(rows, desks), "rules": telling_rows.rules(), "changes": seat.may(Right.CONSENT),
        "joinable": _desks(seat).exclude(pk__in=[each.desk_id for each in desks]).exists(),
    }  # fmt: skip
    return render(request, "advisories/contacts.html", {"seat": seat, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds somebody who is warned. Only who may decide what leaves the house: a trusted contact reads TLP:AMBER."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    initial = {"role": request.GET.get("rol", "")}
    form = ContactForm(sent(request), persons=persons(request, seat), initial=initial)
    if added(request, seat, form, seat.organisation):
        return redirect("advisories:contacts", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Add a contact"), submit=_("Add"), back=reverse("advisories:contacts", args=(organisation,)),
        answer=_("Whoever stands first is warned; who comes after stands in when nobody responds."),
    )  # fmt: skip


def added(request: HttpRequest, seat: Seat, form: forms.Form, to: Organisation) -> bool:
    """Adds the contact that a form says, and tells of it; False when there is nothing to do yet, or something is wrong."""
    if not form.is_valid():
        return False
    data = dict(form.cleaned_data)
    data["who"] = person_of(request, seat, data.get("who"))
    row = attempt(form, lambda: serving.add_contact(to, **data, **when(request, seat)))
    if row is not None:
        messages.success(request, telling_rows.contact_receipt(row))
    return row is not None


@require_POST
def contact_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody is no longer warned."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    row = _contact_or_404(seat, pk)
    said = _("%(name)s is no longer warned.") % {"name": row.name}
    press(request, lambda: serving.end_contact(row, **when(request, seat)), said)
    return redirect("advisories:contacts", organisation=organisation)


@require_POST
def contact_up(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A contact goes before the one above."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    row = _contact_or_404(seat, pk)
    said = _("%(name)s now stands one place higher.") % {"name": row.name}
    press(request, lambda: serving.move_up(row, **when(request, seat)), said)
    return redirect("advisories:contacts", organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, organisation: str) -> HttpResponse:
    """Lets a CSIRT warn us."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    desks = {each.pk: each for each in _desks(seat)}
    form = JoinForm(sent(request), desks=[(pk, str(each)) for pk, each in desks.items()])
    if form.is_valid():
        desk, basis = desks[form.cleaned_data["desk"]], form.cleaned_data["basis"]
        if attempt(form, lambda: serving.join(seat.organisation, desk=desk, basis=basis, **when(request, seat))):
            messages.success(request, _("%(desk)s warns you from today on.") % {"desk": desk})
            return redirect("advisories:contacts", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Let a CSIRT warn us"), submit=_("From today on"),
        back=reverse("advisories:contacts", args=(organisation,)),
        answer=_("It sees your product register and your contacts, and what you do with its warnings. You may end it."),
    )  # fmt: skip


@require_POST
def leave(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A CSIRT no longer warns us."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    row = queries.services_of(seat.organisation, on=clock.today(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    said = _("%(desk)s no longer warns you. What it warned of stays.") % {"desk": row.desk}
    press(request, lambda: serving.leave(row, **when(request, seat)), said)
    return redirect("advisories:contacts", organisation=organisation)


def _desks(seat: Seat) -> QuerySet[Organisation]:
    """The desks that may warn another organisation."""
    return Organisation.objects.filter(kind=OrganisationKind.CSIRT).exclude(pk=seat.organisation.pk).order_by("name")


def _contact_or_404(seat: Seat, pk: int) -> Contact:
    row = Contact.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    return row
