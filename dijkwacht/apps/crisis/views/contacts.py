"""Whom to reach without a network: the list, on paper, as a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.crisis.forms.plan import ContactForm
from dijkwacht.apps.crisis.models import Circle, Contact
from dijkwacht.apps.crisis.queries import plan as queries
from dijkwacht.apps.crisis.services import contacts as services
from dijkwacht.apps.crisis.services.papers import contacts_file
from dijkwacht.apps.crisis.views.pages import attempt, form_page, own_or_404, press
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web import clock

_TYPES = {"html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8"}


@require_safe
def contacts(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whom do we reach when nothing works, and are the numbers right?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.contacts(seat.organisation, on=clock.today(request))
    old, total = queries.stale_contacts(seat.organisation, on=clock.today(request))
    if not total:
        answer = _("Nobody is on the list yet. Begin with who must be called in the first ten minutes.")
    elif old:
        text = ngettext("%(old)s number was not tried lately.", "%(old)s numbers were not tried lately.", old)
        answer = text % {"old": old}
    else:
        answer = _("All numbers were tried lately.")
    context = {
        "groups": [(Circle(name).label, rows) for name, rows in found.items() if rows], "answer": answer,
        "keeps": seat.may(Right.STEER), "pack": crisis_pack().plan, "any": total,
    }  # fmt: skip
    return render(request, "crisis/contacts.html", {"seat": seat, **context})


@require_safe
def contacts_print(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list on paper."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = queries.contacts(seat.organisation, on=on)
    groups = [(Circle(name).label, rows) for name, rows in found.items() if rows]
    return render(request, "crisis/contacts_print.html", {"seat": seat, "groups": groups, "on": on})


@require_safe
def contacts_out(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The list as a file that needs no network."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    text = contacts_file(seat.organisation, form=form, on=clock.today(request))
    name = f"{organisation}-contacten.{form}"
    return HttpResponse(
        text, content_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """A function to reach."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = ContactForm(sent(request))
    if form.is_valid():
        deed = services.add_contact
        if attempt(form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("Added. Try the number before you trust it."))
            return redirect("crisis:contacts", organisation=organisation)
    back = reverse("crisis:contacts", args=[organisation])
    return form_page(request, seat, form, title=_("Add whom to reach"), eyebrow=_("Whom to reach"), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How a function is reached now."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Contact, pk, ended_on__isnull=True)
    form = ContactForm(sent(request), initial={key: getattr(row, key) for key in services.FIELDS})
    if form.is_valid() and attempt(
        form, lambda: services.change_contact(row, **form.cleaned_data, **when(request, seat))
    ):
        return redirect("crisis:contacts", organisation=organisation)
    back = reverse("crisis:contacts", args=[organisation])
    return form_page(request, seat, form, title=row.function, eyebrow=_("Whom to reach"), back=back)


@require_POST
def contact_check(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The numbers were tried and are right."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Contact, pk)
    press(request, lambda: services.check_contact(row, **when(request, seat)), _("Noted: tried today."))
    return redirect("crisis:contacts", organisation=organisation)


@require_POST
def contact_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes it off the list."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Contact, pk)
    press(request, lambda: services.end_contact(row, **when(request, seat)), _("Off the list."))
    return redirect("crisis:contacts", organisation=organisation)
