"""What was agreed with suppliers: what must be looked at now, and looking at it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers.forms.tender_offers import ArrangeForm, LookForm
from dijkwacht.apps.suppliers.forms.tenders import BecauseForm
from dijkwacht.apps.suppliers.models import Agreed, Supplier
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.services import agreeing
from dijkwacht.apps.suppliers.services.agreeing import Look
from dijkwacht.apps.suppliers.views.pages import (
    attempt,
    evidence_of,
    form_page,
    own_or_404,
    person_of,
    persons,
    sent,
    when,
)
from dijkwacht.apps.suppliers.views.tenders import BOTH
from dijkwacht.apps.suppliers.words.tenders import agreed_answer
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.moments import day_words

PER_PAGE = 50


@require_safe
def agreed(request: HttpRequest, organisation: str) -> HttpResponse:
    """What must we look at now, of what was agreed?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, asked = clock.today(request), request.GET.get("leverancier", "")
    rows = queries.agreed_of(seat.organisation, on=on)
    supplier = None
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        supplier = own_or_404(seat, Supplier, int(asked))
        rows = rows.filter(supplier=supplier)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "on": on, "supplier": supplier, "changes": seat.may(Right.SUPPLY)}
    return render(request, "suppliers/agreed.html", {"seat": seat, **context, "answer": agreed_answer(rows, on=on)})


@require_safe
def agreed_one(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Is it kept to, and when do we look again?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, Agreed, pk)
    on = clock.today(request)
    looks = row.follow_ups.select_related("person", "file")
    late = row.ended_on is None and row.due is not None and row.due < on
    context = {"row": row, "looks": looks, "late": late, "changes": seat.may(Right.SUPPLY) and row.ended_on is None}
    context["by"] = day_words(row.due) if row.due else ""
    return render(request, "suppliers/agreed_one.html", {"seat": seat, "on": on, **context})


@require_http_methods(BOTH)
def agreed_look(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody looked whether it is kept to."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Agreed, pk, ended_on__isnull=True)
    files = request.FILES if request.method == "POST" else None
    form = LookForm(sent(request), files, initial={"seen": row.follow_ups.count()})
    if form.is_valid() and attempt(form, lambda: _look(request, seat, row, dict(form.cleaned_data))) is not None:
        messages.success(request, _("Noted."))
        return redirect("suppliers:agreed_one", organisation=organisation, pk=pk)
    line = row.line
    context = {"row": row, "form": form, "verify": line.verify if line else ""}
    return render(request, "suppliers/agreed_look.html", {"seat": seat, **context})


@require_http_methods(BOTH)
def agreed_arrange(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who looks, how often, and when next."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Agreed, pk, ended_on__isnull=True)
    initial = {"owner": row.owner_id, "follow_months": row.follow_months, "due": row.due}
    form = ArrangeForm(sent(request), persons=persons(request, seat), initial=initial)
    if form.is_valid():
        told = {**form.cleaned_data, "owner": person_of(request, seat, form.cleaned_data["owner"])}
        if attempt(form, lambda: agreeing.arrange(row, **told, **when(request, seat))) is not None:
            return redirect("suppliers:agreed_one", organisation=organisation, pk=pk)
    back = reverse("suppliers:agreed_one", args=(organisation, pk))
    return form_page(request, seat, form, title=_("Who looks, and when"), back=back, eyebrow=row.supplier.name)


@require_http_methods(BOTH)
def agreed_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It does not hold any more."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Agreed, pk, ended_on__isnull=True)
    form = BecauseForm(sent(request))
    if form.is_valid() and attempt(form, lambda: agreeing.end(row, **form.cleaned_data, **when(request, seat))):
        return redirect("suppliers:agreed", organisation=organisation)
    back = reverse("suppliers:agreed_one", args=(organisation, pk))
    title = _("It does not hold any more")
    return form_page(request, seat, form, title=title, back=back, eyebrow=row.supplier.name, submit=_("End it"))


def _look(request: HttpRequest, seat: Seat, row: Agreed, told: dict[str, Any]) -> Any:
    seen = told.pop("seen")
    told["file"] = evidence_of(request, seat, told["file"])
    return agreeing.look(row, look=Look(**told), seen=seen, **when(request, seat))
