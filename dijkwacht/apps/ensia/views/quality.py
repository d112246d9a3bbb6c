"""What is odd: in our own records, and in those of the organisations that share with us."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dijkwacht.apps.accountability.queries import shared_accounts
from dijkwacht.apps.ensia import forms, words
from dijkwacht.apps.ensia.queries.quality import Finding, Odd, quality
from dijkwacht.apps.ledger import receipts
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.words import asked
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms
from dijkwacht.web import clock
from dijkwacht.web.moments import as_day, day_words
from dijkwacht.web.terms import kind_words, text_of

# What an organisation that shares an account shows by that anyway: counts of lines that nobody can rest on.
SHARED = (Odd.CONTRADICTED, Odd.EXPIRED, Odd.NOT_SHARED, Odd.NOT_JUDGED)


@require_safe
def own(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is odd in our records?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = quality(on=clock.today(request), organisations=[seat.organisation.pk])
    kinds = [(str(kind), words.odd_word(kind)) for kind, n in found.by_kind.items() if n]
    form = forms.OddForm(request.GET or None, kinds=kinds)
    chosen = form.cleaned_data.get("kind") if form.is_valid() else ""
    rows = _rows(seat, [each for each in found.findings if chosen in ("", None, each.kind)], request)
    context = {
        "sentence": words.odd_sentence(len(found.findings)), "form": form, "found": len(rows),
        "counts": [(words.odd_word(kind), n) for kind, n in found.by_kind.items() if n],
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        **receipts.on_page(request, seat, on=clock.today(request)),
    }  # fmt: skip
    return render(request, "ensia/quality.html", {"seat": seat, **context})


@require_safe
def shared(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is odd at the organisations that share an account with us?"""
    seat = organisation_or_404(request, organisation, Right.RECEIVE)
    on = clock.real_today()
    accounts = shared_accounts(seat.organisation, on=on)
    owners = {each.share.owner_id: each.share.owner for each in accounts}
    found = quality(on=on, organisations=list(owners), kinds=SHARED)
    found.findings = _within(found.findings, [(each.share.owner_id, each.share.what) for each in accounts], on)
    counts = found.by_organisation
    rows = [
        (owner, [(counts[pk][kind], words.odd_word(kind)) for kind in SHARED], sum(counts[pk].values()))
        for pk, owner in owners.items()
        if pk in counts
    ]
    context = {
        "sentence": words.odd_sentence(len(found.findings)), "kinds": [words.odd_word(kind) for kind in SHARED],
        "rows": sorted(rows, key=lambda row: (-row[2], row[0].name)), "looked": len(owners),
    }  # fmt: skip
    return render(request, "ensia/shared_quality.html", {"seat": seat, **context})


def _within(findings: list[Finding], shared: list[tuple[int, str]], on: date) -> list[Finding]:
    """Of the questions that are odd those of the accounts that were shared: the others were not shared with us."""
    facts = packs_on(on).account_facts
    known = {(owner, name) for owner, account in shared for name in facts.get(account, ())}
    named = ((each, each.about.partition("|")) for each in findings)
    return [each for each, (_key, bar, name) in named if not bar or (each.organisation, name) in known]


def _rows(seat: Seat, findings: list[Finding], request: HttpRequest) -> list[dict[str, str]]:
    """Findings in words, each with where to do something about it; who may not answer sees the answer."""
    organisation, back = seat.organisation, receipts.here(request) if seat.may(Right.ANSWER) else ""
    norms = packs_on(clock.today(request)).norms
    names = subjects.names(organisation) | {organisation.slug: organisation.name}
    return [{"kind": words.odd_word(each.kind), **_told(organisation, each, norms, names, back)} for each in findings]


def _told(organisation: Organisation, each: Finding, norms: Norms, names: dict[str, str], back: str) -> dict[str, str]:
    subject, bar, fact_type = each.about.partition("|")
    if bar and fact_type in norms.fact_types:
        url = reverse("ledger:question" if back else "ledger:fact", args=(organisation.slug, subject, fact_type))
        day = as_day(each.detail) if each.detail else None
        text = asked(norms.fact_types[fact_type], subject, names)
        return {
            "text": text,
            "more": day_words(day) if day else "",
            "url": f"{url}?{urlencode({'back': back})}" if back else url,
        }
    if each.about in norms.requirements:
        rule = norms.requirements[each.about]
        url = reverse("ledger:requirement", args=(organisation.slug, rule.id))
        own_line = each.detail in ("", organisation.slug)
        query = "" if own_line else f"?{urlencode({'onderwerp': each.detail})}"
        more = "" if own_line else names.get(each.detail, each.detail)
        return {"text": f"{rule.number} {text_of(rule.title)}", "more": more, "url": url + query}
    if each.kind is Odd.REGISTER:
        return {
            "text": kind_words(each.about),
            "more": "",
            "url": reverse("ledger:register", args=(organisation.slug, each.about)),
        }
    return {"text": names.get(each.about, each.about) or each.detail, "more": "", "url": ""}
