"""Drawing up a statement: check the answers, lay it before whoever signs, and sign it."""

from contextlib import suppress
from datetime import date
from typing import Any, NoReturn

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.accountability import forms, statement_rows, statement_words, storage
from dijkwacht.apps.accountability.models import Draft, Statement
from dijkwacht.apps.accountability.queries import concepts, statements
from dijkwacht.apps.accountability.services import ending
from dijkwacht.apps.accountability.services.freezing import freeze, may_sign, signing_role
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.views.statements import saved
from dijkwacht.apps.ledger import receipts
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Account
from dijkwacht.core.statement_changes import Difference
from dijkwacht.web import clock
from dijkwacht.web.moments import day_words


@require_safe
def draft(request: HttpRequest, organisation: str, account: str) -> HttpResponse:
    """Check the answers: every line with what it rests on, and what differs from the last statement."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _account(request, account)
    asked = _asked(request)
    given = request.GET.copy()
    given.setdefault("op", asked[0].isoformat())
    form = forms.DraftForm(given, subjects=_parts(seat, found))
    chosen = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {"account": found, "form": form, "asked": asked, "query": _query(asked), "found": None}
    context |= receipts.on_page(request, seat, on=clock.today(request))
    live, refused = _live(seat, found, asked, clock.today(request))
    if live is not None:
        back = receipts.here(request) if seat.may(Right.ANSWER) else ""
        shown = _shown(seat, live, back)
        rows = shown.rows(live.lines, live.changes)
        context |= _listed(shown, rows, chosen) | _words(live, rows)
        context |= {
            "live": live, "hand_over": forms.HandOverForm() if seat.may(Right.PREPARE) else None,
            "signs": may_sign(seat.person, found, seat.organisation, on=clock.real_today()),
            "laid": _laid(seat, live), "role": signing_role(found),
        }  # fmt: skip
    return render(request, "accountability/draft.html", {"seat": seat, "refused": refused, **context})


@require_safe
def concept(request: HttpRequest, organisation: str, account: str, name: str) -> HttpResponse:
    """A paper as it would be, to read before it is signed."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, asked, today = _account(request, account), _asked(request), clock.today(request)
    live, _refused = _live(seat, found, asked, today)
    paper = live and concepts.concept(
        seat.organisation, live, name, known_at=today, at=clock.now(request), language=get_language() or "nl"
    )
    if not paper:
        raise Http404
    return saved(paper, f"concept-{organisation}-{name}", "application/pdf")


@require_POST
def hand_over(request: HttpRequest, organisation: str, account: str) -> HttpResponse:
    """Lays the statement before whoever signs; it appears on the page of today of who has the mandate."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found, (on, subject) = _account(request, account), _asked(request)
    form = forms.HandOverForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        ending.prepare(
            seat.organisation, account=found.id, subject=subject, on=on, person=seat.person, at=clock.now(request),
            remark=note,
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, statement_words.refusal_sentence(refused))
    else:
        messages.success(request, _("This statement now waits for a signature: it is on the page of who signs."))
    return _to("draft", organisation, account, _asked(request))


def sign(request: HttpRequest, organisation: str, account: str) -> HttpResponse:
    """Signing: what you sign in five lines, the text, and one button. Only for who has the mandate."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, asked = _account(request, account), _asked(request)
    if not may_sign(seat.person, found, seat.organisation, on=clock.real_today()):
        _refuse(request, seat, found)
    live, refused = _live(seat, found, asked, clock.today(request))
    form = forms.SignForm(request.POST or None, replaces=bool(live and live.standing))
    context: dict[str, Any] = {"account": found, "asked": asked, "query": _query(asked), "form": form}
    if live is not None:
        changed: tuple[Difference, ...] = ()
        if request.method == "POST" and form.is_valid():
            row, changed = _signed(request, seat, live, form)
            if row is not None:
                return redirect("accountability:statement", organisation=organisation, number=row.number)
        shown = _shown(seat, live)
        context |= _words(live, shown.rows(live.lines, live.changes)) | {"live": live, "role": signing_role(found)}
        context["names"] = shown.names
        context["changed"] = shown.rows([each.after for each in changed if each.after], changed)
        context["laid"] = _laid(seat, live)
    return render(request, "accountability/sign.html", {"seat": seat, "refused": refused, **context})


def _refuse(request: HttpRequest, seat: Seat, account: Account) -> NoReturn:
    """Says whose signature it is; and when somebody pushed the button all the same, the trail tells."""
    refused = Refusal("role", role=signing_role(account))
    if request.method == "POST":
        on, subject = _asked(request)
        with suppress(Refusal):
            freeze(
                seat.organisation, account=account.id, subject=subject, on=on, at=clock.now(request), person=seat.person
            )
    raise PermissionDenied(statement_words.refusal_sentence(refused))


def _signed(
    request: HttpRequest, seat: Seat, live: statements.Live, form: forms.SignForm
) -> tuple[Statement | None, tuple[Difference, ...]]:
    """The statement; or None, with on the form why not and with what changed since it was looked at."""
    data = form.cleaned_data
    try:
        row = freeze(
            seat.organisation, account=live.account.id, subject=live.subject, on=live.on, at=clock.now(request),
            person=seat.person, seen=data["seen"], replaces=live.standing.number if live.standing else None,
            why=data.get("why", ""),
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, statement_words.refusal_sentence(refused))
        return None, refused.differences
    messages.success(request, _("Signed. Statement %(number)s cannot be changed any more.") % {"number": row.number})
    return row, ()


# -- what was asked ----------------------------------------------------------------------------------
def _account(request: HttpRequest, account: str) -> Account:
    found = packs_on(clock.today(request)).norms.accounts.get(account)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> tuple[date, str]:
    """The reference date and the part, from the address; today and everything unless given."""
    try:
        on = date.fromisoformat(request.GET.get("op", ""))
    except ValueError:
        on = clock.today(request)
    return on, request.GET.get("onderwerp", "")[:80]


def _query(asked: tuple[date, str]) -> str:
    on, subject = asked
    return urlencode({"op": on.isoformat()} | ({"onderwerp": subject} if subject else {}))


def _to(name: str, organisation: str, account: str, asked: tuple[date, str]) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(f'accountability:{name}', args=(organisation, account))}?{_query(asked)}")


def _laid(seat: Seat, live: statements.Live) -> Draft | None:
    """What was laid before whoever signs, of this account and part."""
    return statements.drafts(seat.organisation).filter(account=live.account.id, subject=live.subject).first()


def _parts(seat: Seat, account: Account) -> list[tuple[str, str]]:
    if account.per == "organisation":
        return []
    return [(row.key, row.name) for row in subjects.subjects(seat.organisation, kind=account.per)]


def _live(seat: Seat, account: Account, asked: tuple[date, str], today: date) -> tuple[statements.Live | None, str]:
    """The account as it would be frozen now; or why that cannot be."""
    on, subject = asked
    if on > today:
        return None, statement_words.refusal_sentence(Refusal("future", on=day_words(on)))
    try:
        return statements.live(seat.organisation, account=account.id, on=on, known_at=today, subject=subject), ""
    except statements.NoAccount as error:
        return None, statement_words.refusal_sentence(Refusal(str(error), account=account.id, subject=subject))
    except storage.StorageError as error:  # of the statement before it, with which this one is compared
        return None, statement_words.refusal_sentence(Refusal("package", reason=str(error)))


# -- what is shown -----------------------------------------------------------------------------------
def _shown(seat: Seat, live: statements.Live, back: str = "") -> statement_rows.Shown:
    names = subjects.names(seat.organisation) | statement_rows.names_in(live.lines)
    names[seat.organisation.slug] = seat.organisation.name
    return statement_rows.Shown(packs_on(live.on).norms, seat.organisation.slug, names, back)


def _listed(shown: statement_rows.Shown, rows: list[statement_rows.LineRow], chosen: dict[str, Any]) -> dict[str, Any]:
    found = statement_rows.narrowed(rows, chosen.get("alleen", ""), chosen.get("text", ""))
    return {"groups": statement_rows.grouped(shown.norms, found), "found": len(found), "names": shown.names}


def _words(live: statements.Live, rows: list[statement_rows.LineRow]) -> dict[str, Any]:
    return {
        "counts": statement_words.counts_of(live.lines),
        "sentence": statement_words.draft_sentence(live),
        "told": statement_words.signing_lines(live),
        "exceptions": [row for row in rows if row.granted],
        "unsure": sum(row.uncertain for row in rows),
        "norms": packs_on(live.on).norms,
        "papers": concepts.papers(live.account.id),
    }
