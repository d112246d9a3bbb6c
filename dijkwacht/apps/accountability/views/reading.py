"""The reading room: what a supervisor or auditor reads of a statement, draws from it, takes along and remarks."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.accountability import forms, statement_rows, statement_words, storage
from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.accountability.queries import files, reading_room, statements
from dijkwacht.apps.accountability.queries.reading_room import Reader
from dijkwacht.apps.accountability.services import remarks as services
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.views.statements import account_name, document_of, lines_of, saved, statement_or_404
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.sampling import sample as drawn
from dijkwacht.core.statement import StatementLine
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody with a statement before him."""

    seat: Seat
    reads: Reader
    row: Statement
    name: str

    @property
    def context(self) -> dict[str, Any]:
        """What every page of the reading room shows."""
        return {"seat": self.seat, "reads": self.reads, "row": self.row, "name": self.name}


@require_safe
def room(request: HttpRequest, organisation: str) -> HttpResponse:
    """What may we read, and of whom?"""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    own, receives = seat.may(Right.AUDIT), seat.may(Right.RECEIVE)
    if not own and not receives:
        raise PermissionDenied(_("The reading room is for who audits, or looks for us at what others share."))
    accounts = packs_on(clock.today(request)).norms.accounts
    found = reading_room.shelves(seat.organisation, own=own, receives=receives, on=clock.real_today())
    shelves = [
        (each, text_of(accounts[each.account].name) if each.account in accounts else each.account) for each in found
    ]
    sentence = statement_words.room_sentence(sum(len(each.statements) for each in found), len(found))
    return render(request, "accountability/room.html", {"seat": seat, "shelves": shelves, "sentence": sentence})


@require_safe
def reading(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """What does this statement say, and does it hold?"""
    desk = _desk(request, organisation, number)
    row, lines = desk.row, _lines(desk.row)
    before, changes = reading_room.since_last(row, lines)
    shown = _shown(row, lines)
    rows = shown.rows(lines)
    context = {
        "sentence": statement_words.state_sentence(row), "proof": files.proof(row), "chain": reading_room.chained(row),
        "exceptions": [each for each in rows if each.exceptions], "before": before,
        "changes": shown.rows([each.after for each in changes if each.after], changes), "norms": shown.norms,
        "names": shown.names, "remarks": statement_rows.titled(reading_room.remarks_by(desk.reads, row), shown.norms),
        "documents": files.documents_of(row) if desk.reads.may_take else [], "form": forms.SampleForm(),
        "account": shown.norms.accounts.get(row.account), "today": clock.today(request),
    }  # fmt: skip
    return render(request, "accountability/reading.html", {**desk.context, **context})


@require_safe
def lines(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """The lines with what they rest on; choose those to take along."""
    desk = _desk(request, organisation, number)
    context = lines_of(request, desk.row)
    return render(request, "accountability/reading_lines.html", {**desk.context, **context})


@require_safe
def sample(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """Lines drawn at random, from a seed that is shown."""
    desk = _desk(request, organisation, number)
    form = forms.SampleForm(request.GET)
    if form.is_valid() and not form.cleaned_data["seed"]:
        query = urlencode({"n": form.cleaned_data["n"], "seed": secrets.token_hex(8)})
        return HttpResponseRedirect(f"{request.path}?{query}")
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        size, seed, found = form.cleaned_data["n"], form.cleaned_data["seed"], _lines(desk.row)
        shown = _shown(desk.row, found)
        chosen = drawn(seed, of=len(found), size=size)
        context |= {
            "rows": [(place + 1, shown.row(found[place])) for place in chosen], "of": len(found), "seed": seed,
            "norms": shown.norms, "names": shown.names,
            "sentence": statement_words.sample_sentence(len(chosen), of=len(found)),
        }  # fmt: skip
    return render(request, "accountability/sample.html", {**desk.context, **context})


@require_POST
def take(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """A package with only the chosen lines, each with its proof."""
    desk = _desk(request, organisation, number)
    if not desk.reads.may_take:
        raise Http404
    try:
        data = services.disclose(
            desk.row, request.POST.getlist("regel")[:1000], person=desk.seat.person, on=clock.today(request),
            at=clock.now(request),
        )  # fmt: skip
    except Refusal as refused:
        messages.error(request, statement_words.refusal_sentence(refused))
        return redirect("accountability:reading_lines", organisation=organisation, number=number)
    except storage.StorageError:
        raise Http404 from None
    return saved(data, f"uittreksel-{organisation}-{number}.zip", "application/zip")


@require_safe
def document(request: HttpRequest, organisation: str, number: int, name: str) -> HttpResponse:
    """One of the papers, unless they are only for looking."""
    desk = _desk(request, organisation, number)
    if not desk.reads.may_take:
        raise Http404
    return document_of(desk.row, name)


def remark(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """A remark about one line."""
    desk = _desk(request, organisation, number)
    requirement, _at, subject = request.GET.get("regel", "").partition("@")
    found = _lines(desk.row)
    line = next((each for each in found if (each.requirement, each.subject) == (requirement, subject)), None)
    if line is None:
        raise Http404
    form = forms.RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _remarked(request, desk, line, form, found):
        messages.success(request, _("Your remark is with %(name)s.") % {"name": desk.row.organisation.name})
        return redirect("accountability:reading", organisation=organisation, number=number)
    shown = _shown(desk.row, found)
    context = {"form": form, "line": shown.row(line), "norms": shown.norms, "names": shown.names}
    return render(request, "accountability/remark.html", {**desk.context, **context})


@require_POST
def close(request: HttpRequest, organisation: str, number: int, remark: int) -> HttpResponse:
    """Closes a remark of one's own organisation."""
    desk = _desk(request, organisation, number)
    found = get_object_or_404(reading_room.remarks_by(desk.reads, desk.row), pk=remark)
    try:
        services.close(found, person=desk.seat.person, on=clock.today(request), at=clock.now(request))
    except Refusal as refused:
        messages.error(request, statement_words.refusal_sentence(refused))
    else:
        messages.success(request, _("This remark is closed."))
    here = reverse("accountability:reading", args=(organisation, number))
    return HttpResponseRedirect(f"{here}#remarks")


def _remarked(
    request: HttpRequest, desk: Desk, line: StatementLine, form: forms.RemarkForm, found: tuple[StatementLine, ...]
) -> bool:
    data = form.cleaned_data
    try:
        services.remark(
            desk.row, line=(line.requirement, line.subject), text=data["text"], term=data["term"],
            person=desk.seat.person, reader=desk.reads.organisation, on=clock.today(request), at=clock.now(request),
            lines=found,
        )  # fmt: skip
    except Refusal as refused:
        form.add_error(refused.code if refused.code in form.fields else None, statement_words.refusal_sentence(refused))
        return False
    return True


def _desk(request: HttpRequest, organisation: str, number: int) -> Desk:
    """Who reads what. Raises Http404 for what was not shared with a guest, PermissionDenied for who is no auditor."""
    seat = organisation_or_404(request, organisation, Right.SEE_SHARED)
    if not seat.guest and not seat.may(Right.AUDIT):
        raise PermissionDenied(_("The reading room is for who audits. You find this statement under Statements."))
    row = statement_or_404(seat, number)
    reads = reading_room.reader(seat, row.account)
    if reads is None:
        raise Http404
    account = packs_on(row.on).norms.accounts.get(row.account)
    return Desk(seat, reads, row, account_name(row, account))


def _lines(row: Statement) -> tuple[StatementLine, ...]:
    try:
        return statements.opened(row).lines
    except storage.StorageError:
        raise Http404 from None


def _shown(row: Statement, found: tuple[StatementLine, ...]) -> statement_rows.Shown:
    return statement_rows.Shown(statement_rows.norms_then(row), row.organisation.slug, statement_rows.names_in(found))
