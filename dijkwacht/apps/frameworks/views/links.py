"""The links of a mapping, choosing which of them count, and to which frameworks the verdict of a requirement leads."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.frameworks import forms, link_rows, rows, words
from dijkwacht.apps.frameworks.models import MappingSet
from dijkwacht.apps.frameworks.queries import choices
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.services import choosing
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def mapping(request: HttpRequest, organisation: str, mapping: int) -> HttpResponse:
    """Which links of this mapping count, and who says so?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return _page(request, seat, _mapping_or_404(seat, mapping), forms.ChooseForm())


@require_POST
def choose(request: HttpRequest, organisation: str, mapping: int) -> HttpResponse:
    """Lets the ticked links count, or not, with the reason."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    found = _mapping_or_404(seat, mapping)
    known = [each.key for each in choices.links(found, of=seat.organisation)]
    form = forms.ChooseForm(request.POST, links=known)
    if not form.is_valid():
        return _page(request, seat, found, form)
    data = form.cleaned_data
    changed = choosing.choose(
        seat.organisation, found, data["link"], counts=data["counts"] == "yes", why=data["why"], person=seat.person,
        on=clock.today(request), at=clock.now(request),
    )  # fmt: skip
    text = ngettext("%(n)d link was changed.", "%(n)d links were changed.", changed) % {"n": changed}
    messages.success(request, text if changed else _("These links stood like that already, so nothing changed."))
    return redirect("frameworks:mapping", organisation=organisation, mapping=mapping)


def _page(request: HttpRequest, seat: Seat, found: MappingSet, form: forms.ChooseForm) -> HttpResponse:
    today = clock.today(request)
    narrow = forms.LinksForm(request.GET or None)
    chosen = narrow.cleaned_data if narrow.is_valid() else {}
    listed = link_rows.listed(found, chosen, of=seat.organisation, page=request.GET.get("page", "1"), on=today)
    source, target = words.ends_of(found, packs_on(today).norms)
    context: dict[str, Any] = {
        "seat": seat, "mapping": found, "listed": listed, "narrow": narrow, "form": form, "source": source,
        "target": target, "answer": words.counting_sentence(listed.counting, listed.total),
        "according": words.according_to(found), "own": found.organisation == seat.organisation,
        "ticked": set(request.POST.getlist("link")),
    }  # fmt: skip
    return render(request, "frameworks/mapping.html", context)


@require_safe
def carries(request: HttpRequest, organisation: str, requirement: str) -> HttpResponse:
    """Where does the verdict of this requirement count too, over whose mapping?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    norms = packs_on(today).norms
    rule = norms.requirements.get(requirement)
    if rule is None:
        raise Http404
    found = queries.carried_from(seat.organisation, requirement, on=today, today=clock.real_today())
    names = queries.source_names((line for each in found for line in each.lines), on=today)
    context = {
        "rule": rule, "catalog": norms.catalogs.get(rule.catalog), "n": sum(len(each.lines) for each in found),
        "found": [(each.framework, [rows.row_of(line, names) for line in each.lines]) for each in found],
    }  # fmt: skip
    return render(request, "frameworks/carries.html", {"seat": seat, **context})


def _mapping_or_404(seat: Seat, pk: int) -> MappingSet:
    found = queries.readable_mapping(seat.organisation, pk, today=clock.real_today())
    if found is None:
        raise Http404
    return found
