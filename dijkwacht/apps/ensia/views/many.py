"""Many organisations side by side: for a coach, on the map, and compared without names."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.accountability import comparing
from dijkwacht.apps.accountability.queries import Shared, shared_accounts
from dijkwacht.apps.accountability.rows import theme_name
from dijkwacht.apps.ensia import drawing, forms, words
from dijkwacht.apps.ensia.queries.comparison import comparison
from dijkwacht.apps.ensia.queries.region import region as stuck_in
from dijkwacht.apps.ensia.services import consenting
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms
from dijkwacht.norms.read import municipal_shapes
from dijkwacht.web import charts, clock
from dijkwacht.web.terms import norm_word, text_of

FIRST = "ensia-council"  # the account that every municipality has


@require_safe
def region(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who of those that share with us is stuck, where, and which help fits?"""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    norms, on = packs_on(clock.real_today()).norms, clock.real_today()
    form, account = _chosen(request, norms, shared_accounts(seat.organisation, on=on))
    rows = stuck_in(seat.organisation, on=on, account=account)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    told = [(each, [(_theme(norms, theme), n) for theme, n in each.themes]) for each in page]
    context = {
        "form": form, "rows": told, "account": norms.accounts.get(account), "sentence": words.stuck_sentence(rows),
        "still": words.STILL, "page": page, "found": len(rows),
    }  # fmt: skip
    return render(request, "ensia/region.html", {"seat": seat, **context})


@require_safe
def country(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where in the country does what is shared with us stand how?"""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    norms, on = packs_on(clock.real_today()).norms, clock.real_today()
    shared = shared_accounts(seat.organisation, on=on)
    form, account = _chosen(request, norms, shared)
    found = [each for each in shared if each.share.what == account]
    shapes = municipal_shapes()
    places = {
        code: drawing.Place(each.share.owner.name, None if each.tally is None else each.met, each.url)
        for each in found
        if (code := each.share.owner.cbs_code) in shapes.paths and code
    }
    outside = [each.share.owner for each in found if each.share.owner.cbs_code not in shapes.paths]
    context = {
        "form": form, "rows": comparing.ordered(found, by="least"), "account": norms.accounts.get(account),
        "drawing": drawing.country(shapes, places), "sentence": comparing.sentence(found),
        "unknown": [owner.name for owner in outside if owner.kind == OrganisationKind.MUNICIPALITY],
        "unplaced": sum(owner.kind != OrganisationKind.MUNICIPALITY for owner in outside),
    }  # fmt: skip
    return render(request, "ensia/map.html", {"seat": seat, **context})


@require_safe
def benchmark(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where do we stand among municipalities of our size?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.real_today()
    norms = packs_on(on).norms
    accounts = [(name, text_of(account.name)) for name, account in norms.accounts.items()]
    form = forms.AccountForm(request.GET or None, accounts=accounts, initial={"account": FIRST})
    account = (form.cleaned_data.get("account") if form.is_valid() else "") or FIRST
    found = comparison(seat.organisation, account=account, on=on)
    rows = [
        (_theme(norms, each.theme) if each.theme else _("Everything together"), each,
         charts.quarters(each.like or each.everyone, own=each.own))
        for each in ((found.whole,) if found.whole else ()) + found.themes
    ]  # fmt: skip
    context = {
        "form": form, "found": found, "rows": rows, "sentence": words.compare_sentence(found),
        "account": norms.accounts.get(account), "may_share": seat.may(Right.SHARE),
    }  # fmt: skip
    return render(request, "ensia/benchmark.html", {"seat": seat, **context})


@require_POST
def consent(request: HttpRequest, organisation: str) -> HttpResponse:
    """Joins the benchmark, or leaves it."""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    signed: dict[str, Any] = {"person": seat.person, "on": clock.today(request), "at": clock.now(request)}
    if request.POST.get("take_part") == "yes":
        consenting.join(seat.organisation, **signed)
        messages.success(request, _("Your counts are part of the benchmark now, without your name."))
    else:
        consenting.leave(seat.organisation, **signed)
        messages.success(request, _("Your counts are no longer part of the benchmark."))
    return redirect("ensia:benchmark", organisation=organisation)


def _chosen(request: HttpRequest, norms: Norms, shared: Sequence[Shared]) -> tuple[forms.AccountForm, str]:
    known = [name for name in comparing.most_shared(shared) if name in norms.accounts]
    form = forms.AccountForm(
        request.GET or None, accounts=[(name, text_of(norms.accounts[name].name)) for name in known]
    )
    account = form.cleaned_data.get("account") if form.is_valid() else ""
    return form, account or (known[0] if known else "")


def _theme(norms: Norms, key: str) -> str:
    catalog, _dot, theme = key.partition(".")
    return f"{norm_word(norms, catalog)}: {theme_name(norms, catalog, theme)}"
