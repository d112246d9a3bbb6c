"""Pages of this room: all accounts, one account, one norm, and the overview over organisations."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.accountability import comparing, forms, queries, rows, words
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.queries.verdicts import Line
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation, Share, ShareKind
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Account, Norms
from dijkwacht.norms.read import ensia_lines
from dijkwacht.web import clock
from dijkwacht.web.charts import counts_words
from dijkwacht.web.terms import STATUSES, text_of

FEW = 10  # accounts of others that are listed here; more of them belong in the overview


@require_safe
def accounts(request: HttpRequest, organisation: str) -> HttpResponse:
    """To whom are we ready to account, and what is missing?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    standing = queries.standing(seat.organisation, on=today)
    norms = standing.packs.norms
    shared = queries.shared_accounts(seat.organisation, on=clock.real_today()) if seat.may(Right.RECEIVE) else []
    context = {
        "cards": [_card(account, standing.of(account), request) for account in norms.accounts.values()],
        "catalogs": [(each, standing.of_catalog(each.id)) for each in norms.catalogs.values()],
        "whole": standing.whole,
        "answer": words.ready_sentence(
            sum(not standing.of(each).counts["unknown"] for each in norms.accounts.values()),
            len(norms.accounts),
            questions=standing.whole.questions,
            answered=standing.whole.answered,
        ),
        "reuse": words.reuse_number(standing.whole.reuse),
        "missing": [line for line in ensia_lines() if line["status"] == "not_in_pack"],
        "shared": [(each, norms.accounts.get(each.share.what)) for each in shared[:FEW]],
        "more_shared": len(shared) - FEW,
    }
    return render(request, "accountability/accounts.html", {"seat": seat, "today": today, "norms": norms, **context})


def _card(account: Account, state: queries.State, request: HttpRequest) -> dict[str, Any]:
    """What a page says of one account."""
    today = clock.today(request)
    return {
        "account": account,
        "state": state,
        "sentence": words.account_sentence(state.counts),
        "deadline": words.deadline(account, on=today),
        "reference": words.reference_date(account, on=today),
        "demand": words.demand_words(account.demand, about=account.about),
    }


@require_safe
def account(request: HttpRequest, organisation: str, account: str) -> HttpResponse:
    """How does each line of this account stand, as its addressee takes it?"""
    seat = organisation_or_404(request, organisation, Right.SEE_SHARED)
    today = clock.today(request)
    norms, share = packs_on(today).norms, _share_of(seat, account)
    found = norms.accounts.get(account)
    if found is None or (seat.guest and share is None):
        raise Http404
    lines = verdicts.demanded(_lines(request, seat.organisation, found.requirements), found)
    beside = rows.Beside.of(seat.organisation, guest=seat.guest)
    state = queries.state_of(lines)
    context = _listed(request, seat, norms, beside, lines) | {
        "exceptions": [row for line in lines if (row := beside.row(line)).exceptions],
        "card": _card(found, state, request),
        "share": share,
    }
    return render(request, "accountability/account.html", {"seat": seat, "today": today, **context})


@require_safe
def catalog(request: HttpRequest, organisation: str, catalog: str) -> HttpResponse:
    """How does each line of this norm stand?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    norms = packs_on(clock.today(request)).norms
    found = norms.catalogs.get(catalog)
    if found is None:
        raise Http404
    lines = _lines(request, seat.organisation, list(found.requirements))
    context = _listed(request, seat, norms, rows.Beside.of(seat.organisation), lines)
    state = queries.state_of(lines)
    context |= {
        "catalog": found,
        "state": state,
        "sentence": words.account_sentence(state.counts),
        "gone": rows.gone(found.withdrawn, context["chosen"].get("text", "")),
    }
    return render(request, "accountability/catalog.html", {"seat": seat, **context})


@require_safe
def overview(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which of the organisations that share an account with us stand how?"""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    norms, today = packs_on(clock.today(request)).norms, clock.real_today()
    shared = queries.shared_accounts(seat.organisation, on=today)
    known = [
        (each, text_of(norms.accounts[each].name)) for each in comparing.most_shared(shared) if each in norms.accounts
    ]
    form = forms.OverviewForm(request.GET or None, accounts=known, provinces=comparing.provinces(shared))
    chosen = form.cleaned_data if form.is_valid() else {}
    which = chosen.get("account") or (known[0][0] if known else "")
    found = comparing.chosen(shared, account=which, province=chosen.get("province", ""), size=chosen.get("size", ""))
    context = {
        "form": form,
        "account": norms.accounts.get(which),
        "found": comparing.ordered(found, by=chosen.get("sort", "")),
        "total": comparing.total(found),
        "sentence": comparing.sentence(found),
        "counts": counts_words(comparing.total(found)),
        "statuses": STATUSES,
    }
    return render(request, "accountability/overview.html", {"seat": seat, "today": today, **context})


def _lines(request: HttpRequest, organisation: Organisation, names: Sequence[str]) -> list[Line]:
    """The lines on the day of this request, with their reasons: what was stored for another day is judged anew."""
    today = clock.today(request)
    if clock.travelled(request):  # also what was not yet known then is left out
        return verdicts.replay(organisation, requirements=names, on=today, known_at=today)
    return verdicts.lines(organisation, requirements=names, on=today, reasons=True)


def _listed(
    request: HttpRequest, seat: Seat, norms: Norms, beside: rows.Beside, lines: Sequence[Line]
) -> dict[str, Any]:
    """A list of lines with its filter."""
    themes = rows.themes(norms, [line.requirement for line in lines])
    form = forms.LinesForm(request.GET or None, themes=themes, owners=beside.people, guest=seat.guest)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = [beside.row(line) for line in beside.narrowed(lines, chosen)]
    groups = [(norms.catalogs.get(name), found) for name, found in rows.grouped(norms, shown)]
    return {
        "form": form, "chosen": chosen, "groups": groups, "found": len(shown), "norms": norms, "names": beside.names,
    }  # fmt: skip


def _share_of(seat: Seat, account: str) -> Share | None:
    """The share by which a guest may look at an account."""
    held = (share for share in seat.shared if share.kind == ShareKind.ACCOUNT and share.what == account)
    return next(held, None)
