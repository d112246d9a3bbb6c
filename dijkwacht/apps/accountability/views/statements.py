"""What was stated: the list, one statement with its proof and its papers, its lines, and withdrawing it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.accountability import forms, statement_rows, statement_words, storage
from dijkwacht.apps.accountability.models import Draft, Statement, StatementState
from dijkwacht.apps.accountability.queries import files, statements
from dijkwacht.apps.accountability.queries.reading_room import open_remarks, remarks
from dijkwacht.apps.accountability.services import ending
from dijkwacht.apps.accountability.services.freezing import may_sign, signing_role
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Account
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def listed(request: HttpRequest, organisation: str) -> HttpResponse:
    """What have we stated, to whom, and what waits for a signature?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    accounts = packs_on(clock.today(request)).norms.accounts
    rows: dict[str, list[Statement]] = {}
    for row in statements.statements(seat.organisation):
        rows.setdefault(row.account, []).append(row)
    drafts, waiting = _drafts(seat, accounts), open_remarks(seat.organisation).count()
    context = {
        "accounts": [(account, rows.get(account.id, [])) for account in accounts.values()],
        "gone": [(name, found) for name, found in rows.items() if name not in accounts],
        "drafts": drafts,
        "sentence": statement_words.list_sentence(sum(map(len, rows.values())), len(drafts)),
        "remarks": statement_words.remarks_sentence(waiting, late=0) if waiting else "",
    }  # fmt: skip
    return render(request, "accountability/statements.html", {"seat": seat, **context})


@require_safe
def statement(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """Does this statement still hold, and what would be different today?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = statement_or_404(seat, number)
    norms, today = packs_on(row.on).norms, clock.today(request)
    account, made = norms.accounts.get(row.account), remarks(seat.organisation).filter(statement=row)
    context: dict[str, Any] = {
        "row": row, "account": account, "name": account_name(row, account), "proof": files.proof(row),
        "sentence": statement_words.state_sentence(row), "may_answer": seat.may(Right.PREPARE),
        "remarks": statement_rows.titled(made, norms), "history": statement_words.history(row),
        "may_end": account is not None and row.state == StatementState.FROZEN
        and may_sign(seat.person, account, seat.organisation, on=clock.real_today()),
    }  # fmt: skip
    try:
        context["documents"] = files.documents_of(row)
        changes = statements.would_differ(row, on=today, known_at=today)
    except (storage.StorageError, statements.NoAccount):  # its package is gone: the proof says so
        changes = None
    if changes is not None:
        lines = [each.after for each in changes if each.after]
        shown = _shown(row, statements.opened(row).lines)
        context |= {"differs": shown.rows(lines, changes), "norms": shown.norms, "names": shown.names}
        context["differ_sentence"] = statement_words.differ_sentence(len(changes))
    return render(request, "accountability/statement.html", {"seat": seat, "today": today, **context})


@require_safe
def lines(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """The lines of a statement as they were, each with what it rested on."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = statement_or_404(seat, number)
    return render(request, "accountability/statement_lines.html", {"seat": seat, "row": row, **lines_of(request, row)})


def lines_of(request: HttpRequest, row: Statement) -> dict[str, Any]:
    """What a page of lines shows, for who stated and for who reads along. Raises Http404 when the package is gone."""
    try:
        found = statements.opened(row)
    except storage.StorageError:
        raise Http404 from None
    form = forms.ChecksForm(request.GET or None)
    form.fields["alleen"].choices = [each for each in forms.ONLY if each[0] != "anders"]  # type: ignore[attr-defined]
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = _shown(row, found.lines)
    rows = statement_rows.narrowed(shown.rows(found.lines), chosen.get("alleen", ""), chosen.get("text", ""))
    account = shown.norms.accounts.get(row.account)
    return {
        "form": form, "groups": statement_rows.grouped(shown.norms, rows), "found": len(rows), "norms": shown.norms,
        "names": shown.names, "account": account, "name": account_name(row, account),
    }  # fmt: skip


@require_safe
def package(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """The package of a statement, to keep or to check elsewhere."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = statement_or_404(seat, number)
    try:
        data = statements.package(row)
    except storage.StorageError:
        raise Http404 from None
    return saved(data, f"verklaring-{organisation}-{number}.zip", "application/zip")


@require_safe
def document(request: HttpRequest, organisation: str, number: int, name: str) -> HttpResponse:
    """One of its papers."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return document_of(statement_or_404(seat, number), name)


def withdraw(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """Withdraws a statement, with the reason; only for who has the mandate."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = statement_or_404(seat, number)
    account = packs_on(row.on).norms.accounts.get(row.account)
    if account is None or not may_sign(seat.person, account, seat.organisation, on=clock.real_today()):
        _refuse(request, seat, row, account)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ending.withdraw(row, why=form.cleaned_data["why"], person=seat.person, at=clock.now(request))
        except Refusal as refused:
            form.add_error(None, statement_words.refusal_sentence(refused))
        else:
            messages.success(request, _("Statement %(number)s is withdrawn.") % {"number": number})
            return redirect("accountability:statement", organisation=organisation, number=number)
    context = {"row": row, "name": account_name(row, account), "form": form}
    return render(request, "accountability/withdraw.html", {"seat": seat, **context})


def _refuse(request: HttpRequest, seat: Seat, row: Statement, account: Account | None) -> NoReturn:
    """Says whose it is to withdraw; and when somebody pushed the button all the same, the trail tells."""
    if request.method == "POST":
        with suppress(Refusal):
            ending.withdraw(row, why=request.POST.get("why", ""), person=seat.person, at=clock.now(request))
    role = signing_role(account) if account else "college"
    raise PermissionDenied(statement_words.refusal_sentence(Refusal("role", role=role)))


# -- for these pages and those of the reading room ---------------------------------------------------
def statement_or_404(seat: Seat, number: int) -> Statement:
    """The statement of this organisation. Raises Http404."""
    found = statements.one(seat.organisation, number)
    if found is None:
        raise Http404
    return found


def document_of(row: Statement, name: str) -> HttpResponse:
    """One of the papers of a statement as a file to save. Raises Http404."""
    try:
        found = files.document(row, name)
    except storage.StorageError:
        found = None
    if found is None:
        raise Http404
    return saved(found[0], f"{row.organisation.slug}-{row.number}-{name}", found[1])


def saved(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that is offered for saving, never shown."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _drafts(seat: Seat, accounts: Mapping[str, Account]) -> list[tuple[Draft, Account, str, bool]]:
    """What waits for a signature: of which account, of which role, and whether of this person."""
    today = clock.real_today()
    return [
        (row, account, signing_role(account), may_sign(seat.person, account, seat.organisation, on=today))
        for row in statements.drafts(seat.organisation)
        if (account := accounts.get(row.account))
    ]


def account_name(row: Statement, account: Account | None) -> str:
    """What a statement is called, with the part that it is about."""
    name = text_of(account.name) if account else row.account
    return (
        name if row.subject == row.organisation.slug else f"{name}: {row.frame['names'].get(row.subject, row.subject)}"
    )


def _shown(row: Statement, found: Any) -> statement_rows.Shown:
    norms = statement_rows.norms_then(row)
    return statement_rows.Shown(norms, row.organisation.slug, statement_rows.names_in(found))
