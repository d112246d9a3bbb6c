"""Pages of proof: how services are covered, one proof, and adding, changing, judging and withdrawing it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import proof_drawing, proof_page
from dijkwacht.apps.suppliers.forms.proof import (
    ALL,
    SOME,
    JudgeForm,
    LetterForm,
    ProofFilter,
    ProofForm,
    SupplierChoice,
    WithdrawForm,
)
from dijkwacht.apps.suppliers.models import Letter, Proof, Service, Supplier
from dijkwacht.apps.suppliers.queries import proofs as queries
from dijkwacht.apps.suppliers.queries.known import here, proof_of
from dijkwacht.apps.suppliers.services import proving
from dijkwacht.apps.suppliers.views.pages import attempt, evidence_of, form_page, own_or_404, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.core.suppliers.assurance import counts_until
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web import clock

LATER = timedelta(days=90)
EACH = 25
FIRST = 8
FORM = ["GET", "HEAD", "POST"]


@require_safe
def proofs(request: HttpRequest, organisation: str) -> HttpResponse:
    """How is each service covered, what ends, and what waits for somebody who reads it?"""
    seat, on = organisation_or_404(request, organisation, Right.SEE), clock.today(request)
    rows, ending = queries.covers(seat.organisation, on=on), queries.ending(seat.organisation, on=on, within=LATER)
    form = ProofFilter(request.GET)
    told = form.cleaned_data if form.is_valid() else {"text": "", "which": ""}
    found = proof_page.shown(proof_page.lines(rows, queries.titles(seat.organisation)), **told)
    waiting, late = queries.to_judge(seat.organisation, on=on), queries.open_findings(seat.organisation)
    context = {
        "answer": proof_page.answer(rows, ending), "form": form, "found": len(found), "none": not rows,
        "page": Paginator(found, EACH).get_page(request.GET.get("page")), "ending": ending[:FIRST],
        "ending_more": max(len(ending) - FIRST, 0), "waiting": waiting[:FIRST], "waiting_all": waiting.count(),
        "findings": late.count(), "late": late.filter(due__lt=on).count(), "changes": seat.may(Right.SUPPLY),
    }  # fmt: skip
    return render(request, "suppliers/proof_overview.html", {"seat": seat, "on": on, **context})


@require_safe
def proof(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Until when does this proof count, for what, and what did we make of it?"""
    seat, on = organisation_or_404(request, organisation, Right.SEE), clock.today(request)
    row = own_or_404(seat, Proof, pk)
    core = proof_of(row, letters=True)
    said = supplier_rules().said.get(f"kind:{row.kind}")
    context = {
        "row": row, "answer": proof_page.proof_answer(row, core, on=on), "kind": proof_page.kind_name(row.kind), "said": said,
        "core": core, "drawing": core and proof_drawing.drawing(core, on=on, key="days"),
        "stretches": proof_drawing.stretches(core, on=on) if core else (), "counts": core and _counts(core),
        "letters": [(each, each.until - timedelta(days=1)) for each in row.letters.select_related("file")],
        "findings": queries.findings_in(seat.organisation).filter(proof=row),
        "changes": seat.may(Right.SUPPLY) and row.ended_on is None, "adds": seat.may(Right.SUPPLY),
        "judges": row.ended_on is None and proving.may_judge(seat.person, seat.organisation, on=clock.real_today()),
    }  # fmt: skip
    return render(request, "suppliers/proof_one.html", {"seat": seat, "on": on, **context})


@require_http_methods(FORM)
def proof_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a proof; without a supplier in the address it first asks of whom."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    supplier = chosen(request, seat)
    back = reverse("suppliers:proofs", args=(organisation,))
    if supplier is None:
        return choose(request, seat, title=_("Add proof"), back=back)
    form = ProofForm(
        sent(request), request.FILES or None, services=_services(supplier), initial=_usual(request, supplier)
    )
    if form.is_valid():
        row = _kept(request, seat, form, lambda paper: proving.add_proof(supplier, paper=paper, **when(request, seat)))
        if row is not None:
            press(request, lambda: None, _("Proof “%(name)s” was added.") % {"name": row.title})
            return redirect("suppliers:proof", organisation, row.pk)
    return form_page(
        request, seat, form, title=_("Add proof"), eyebrow=supplier.name, back=back, submit=_("Add"),
        answer=_("What the document says of which days and which services; what you make of it comes after."),
    )  # fmt: skip


@require_http_methods(FORM)
def proof_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what a proof says after all."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Proof, pk)
    form = ProofForm(
        sent(request),
        request.FILES or None,
        services=_services(row.supplier, row),
        initial=_now(row),
        kept=bool(row.file),
    )
    if form.is_valid():
        done = _kept(request, seat, form, lambda paper: proving.change_proof(row, paper=paper, **when(request, seat)))
        if done is not None:
            press(request, lambda: None, _("What this proof says was written."))
            return redirect("suppliers:proof", organisation, pk)
    return _form(request, seat, form, row, title=_("Change proof"))


@require_http_methods(FORM)
def proof_judge(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody read it and says what he makes of it."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Proof, pk)
    form = JudgeForm(sent(request), initial={"judgement": row.judgement})
    if form.is_valid() and attempt(form, lambda: proving.judge_proof(row, **form.cleaned_data, **when(request, seat))):
        press(
            request, lambda: None, _("Your judgement was recorded. Note a finding for everything that must be mended.")
        )
        return redirect("suppliers:proof", organisation, pk)
    return _form(
        request, seat, form, row, title=_("Judge this proof"),
        answer=_("BIO2 5.22.01 asks of the process owner to do so each year."),
    )  # fmt: skip


@require_http_methods(FORM)
def proof_withdraw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It no longer counts."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Proof, pk)
    form = WithdrawForm(sent(request), initial={"ended_on": clock.today(request)})
    if form.is_valid() and attempt(
        form, lambda: proving.withdraw_proof(row, **form.cleaned_data, **when(request, seat))
    ):
        press(request, lambda: None, _("From that day on this proof does not count."))
        return redirect("suppliers:proof", organisation, pk)
    return _form(
        request, seat, form, row, title=_("Proof no longer counts"), submit=_("Let it end"),
        answer=_("It was withdrawn, or the certificate suspended. What rested on it is unknown from that day on."),
    )  # fmt: skip


@require_http_methods(FORM)
def letter_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Adds a bridge letter."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Proof, pk)
    last = row.letters.filter(ended_on__isnull=True).order_by("-until").first()
    form = LetterForm(sent(request), request.FILES or None, initial={"first": last.until if last else row.until})
    if form.is_valid() and attempt(form, lambda: _add_letter(request, seat, row, form.cleaned_data)):
        press(request, lambda: None, _("The bridge letter was added."))
        return redirect("suppliers:proof", organisation, pk)
    return _form(
        request, seat, form, row, title=_("Add a bridge letter"), submit=_("Add"),
        answer=_("The supplier's word that nothing changed since. It says more of the days after, and proves nothing."),
    )  # fmt: skip


@require_http_methods(FORM)
def letter_withdraw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a bridge letter back."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Letter, pk, within="proof__organisation", ended_on__isnull=True)
    form = forms.Form(sent(request))
    if form.is_valid() and attempt(form, lambda: proving.withdraw_letter(row, **when(request, seat))):
        press(request, lambda: None, _("The bridge letter was taken back."))
        return redirect("suppliers:proof", organisation, row.proof_id)
    return _form(
        request, seat, form, row.proof, title=_("Take back the bridge letter"), submit=_("Take back"),
        answer=_("For a letter that is wrong, or about another report. It stays in the trail, and bridges nothing any more."),
    )  # fmt: skip


def chosen(request: HttpRequest, seat: Seat) -> Supplier | None:
    """The supplier in the address; None when there is none in it."""
    number = request.GET.get("leverancier", "")
    if not number:
        return None
    return own_or_404(
        seat, Supplier, int(number) if number.isdecimal() and len(number) < 15 else 0,
        merged_into__isnull=True, ended_on__isnull=True,
    )  # fmt: skip


def choose(request: HttpRequest, seat: Seat, *, title: str, back: str) -> HttpResponse:
    """Asks of whom it is, without anything being written."""
    rows = Supplier.objects.filter(here(clock.today(request)), organisation=seat.organisation)
    form = SupplierChoice(suppliers=[(each.pk, each.name) for each in rows])
    return render(request, "suppliers/proof_choose.html", {"seat": seat, "form": form, "title": title, "back": back})


def _form(request: HttpRequest, seat: Seat, form: Any, row: Proof, **texts: str) -> HttpResponse:
    back = reverse("suppliers:proof", args=(seat.organisation.slug, row.pk))
    return form_page(request, seat, form, eyebrow=row.title, back=back, **texts)


def _kept(request: HttpRequest, seat: Seat, form: ProofForm, deed: Callable[[proving.Paper], Proof]) -> Proof | None:
    """Keeps the file and does the deed, or neither."""

    def both() -> Proof:
        told = dict(form.cleaned_data)
        with transaction.atomic():
            services = Service.objects.filter(organisation=seat.organisation, pk__in=told.pop("services"))
            whole, _last = told.pop("reach") == ALL, told.pop("last_day")
            file = evidence_of(request, seat, told.pop("file"))
            return deed(proving.Paper(**told, whole=whole, services=() if whole else tuple(services), file=file))

    found: Proof | None = attempt(form, both)
    return found


def _add_letter(request: HttpRequest, seat: Seat, row: Proof, told: dict[str, Any]) -> object:
    days = {name: told[name] for name in ("first", "until", "received_on")}
    with transaction.atomic():
        file = evidence_of(request, seat, told["file"])
        return proving.add_letter(row, **days, file=file, **when(request, seat))


def _services(supplier: Supplier, row: Proof | None = None) -> list[tuple[int, str]]:
    """What there is to choose: what runs, and what the proof names already."""
    rows = supplier.services.filter(ended_on__isnull=True)
    found = dict(rows.values_list("pk", "name"))
    return sorted(
        (found | dict(row.services.values_list("pk", "name")) if row else found).items(), key=lambda each: each[1]
    )


def _usual(request: HttpRequest, supplier: Supplier) -> dict[str, Any]:
    number = request.GET.get("dienst", "")
    running = [each for each, _name in _services(supplier)]
    services = [int(number)] if number.isdecimal() and len(number) < 15 and int(number) in running else []
    return {
        "received_on": clock.today(request),
        "reach": SOME,
        "services": services or (running if len(running) == 1 else []),
    }


def _now(row: Proof) -> dict[str, Any]:
    names = ("kind", "title", "issuer", "scope", "first", "received_on", "subs")
    kinds = supplier_rules().kinds
    last = None if row.kind in kinds and kinds[row.kind].shows == "day" else row.until - timedelta(days=1)
    services = list(row.services.values_list("pk", flat=True))
    return {each: getattr(row, each) for each in names} | {
        "last_day": last,
        "reach": ALL if row.whole else SOME,
        "services": services,
    }


def _counts(core: Any) -> Any:
    return counts_until(core) - timedelta(days=1)
