"""On whom a supplier leans, and suppliers that may be one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import register_words as say
from dijkwacht.apps.suppliers.forms import register as forms
from dijkwacht.apps.suppliers.models import Service, SubSupplier
from dijkwacht.apps.suppliers.queries.doubles import doubles as found_doubles
from dijkwacht.apps.suppliers.queries.hanging import hanging
from dijkwacht.apps.suppliers.services import chaining, merging
from dijkwacht.apps.suppliers.views.pages import attempt, own_or_404, press, sent, when
from dijkwacht.apps.suppliers.views.register import PER_PAGE, about_supplier, at_supplier, supplier_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_http_methods(["GET", "HEAD", "POST"])
def sub_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A supplier leans on another one."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = supplier_or_404(seat, pk)
    services = Service.objects.filter(supplier=row, ended_on__isnull=True).order_by("name")
    form = forms.SubForm(
        sent(request),
        services=list(services.values_list("pk", "name")),
        initial={"service": request.GET.get("dienst", "")},
    )
    if form.is_valid():
        told = {**form.cleaned_data, "service": services.filter(pk=form.cleaned_data["service"]).first()}
        if attempt(form, lambda: chaining.add_sub(row, **told, **when(request, seat))):
            messages.success(request, _("Recorded."))
            return redirect(at_supplier(row, "chain"))
    return about_supplier(request, seat, form, row, title=_("On whom does it lean?"), submit=_("Add it"))


def sub_or_404(seat: Seat, pk: int) -> SubSupplier:
    """A link of the chain of this organisation, by number."""
    row = own_or_404(seat, SubSupplier, pk)
    row.organisation = row.supplier.organisation = seat.organisation
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def sub_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is known of a link of the chain now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = sub_or_404(seat, pk)
    fields = ("does", "hours", "group", "personal_data", "country")
    form = forms.SubForm(sent(request), initial={name: getattr(row, name) for name in fields})
    if form.is_valid() and attempt(form, lambda: chaining.change_sub(row, **form.cleaned_data, **when(request, seat))):
        messages.success(request, _("Recorded."))
        return redirect(at_supplier(row.supplier, "chain"))
    title = _("How it leans on %(name)s") % {"name": row.on.name}
    return about_supplier(request, seat, form, row.supplier, title=title, back=at_supplier(row.supplier, "chain"))


@require_POST
def sub_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It does not lean on the other any more."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = sub_or_404(seat, pk)
    press(request, lambda: chaining.end_sub(row, **when(request, seat)), _("Recorded."))
    return redirect(at_supplier(row.supplier, "chain"))


@require_safe
def doubles(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which suppliers may be one?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = found_doubles(seat.organisation, on=clock.today(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": say.doubles_answer(len(found), sum(each.pair.sure for each in found)), "page": page,
        "rows": [(each, say.why_one(each.pair)) for each in page.object_list], "changes": seat.may(Right.SUPPLY),
    }  # fmt: skip
    return render(request, "suppliers/doubles.html", {"seat": seat, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, organisation: str, one: int, other: int) -> HttpResponse:
    """Makes one of two suppliers, after a look at what hangs on each."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    pair = [supplier_or_404(seat, one), supplier_or_404(seat, other)]
    against = bool(pair[0].kvk and pair[1].kvk and pair[0].kvk != pair[1].kvk)
    form = forms.MergeForm(sent(request), pair=[(each.pk, each.name) for each in pair], against=against)
    if form.is_valid():
        kept, gone = pair if form.cleaned_data["kept"] == one else pair[::-1]
        differs = form.cleaned_data.get("differs", False)
        if attempt(form, lambda: merging.merge(kept, gone, differs=differs, **when(request, seat))):
            messages.success(
                request, _("%(name)s and %(other)s are one now.") % {"name": kept.name, "other": gone.name}
            )
            return redirect(at_supplier(kept))
    context = {"form": form, "pair": [(each, hanging(each)) for each in pair], "against": against}
    context["back"] = reverse("suppliers:doubles", args=[organisation])
    return render(request, "suppliers/merge.html", {"seat": seat, **context})


@require_POST
def two(request: HttpRequest, organisation: str, one: int, other: int) -> HttpResponse:
    """Says that two suppliers that look alike are two."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    first, second = supplier_or_404(seat, one), supplier_or_404(seat, other)
    said = _("Recorded: these are two. They are not proposed again.")
    press(request, lambda: merging.two(first, second, **when(request, seat)), said)
    return redirect("suppliers:doubles", organisation=organisation)
