"""Pages of findings: what is wrong at suppliers, who sees to it, and what became of it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers.forms.proof import FindingForm, FindingsFilter, SayForm
from dijkwacht.apps.suppliers.models import Finding, Proof, Supplier
from dijkwacht.apps.suppliers.queries import proofs as queries
from dijkwacht.apps.suppliers.services import following, proving
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, own_or_404, person_of, persons, press, sent, when
from dijkwacht.apps.suppliers.views.proof import EACH, FORM, choose, chosen
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def findings(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is wrong at suppliers, and what is late?"""
    seat, on = organisation_or_404(request, organisation, Right.SEE), clock.today(request)
    form = FindingsFilter(request.GET)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    rows, open_ = queries.findings_in(seat.organisation), queries.open_findings(seat.organisation)
    late = open_.filter(due__lt=on)
    closed = rows.exclude(pk__in=open_.order_by().values("pk"))
    chosen = {"": open_, "late": late, "closed": closed, "all": rows}[which]
    context = {
        "answer": _answer(open_.count(), late.count()), "form": form, "found": chosen.count(), "changes": seat.may(Right.SUPPLY),
        "page": Paginator(chosen, EACH).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "suppliers/proof_findings.html", {"seat": seat, "on": on, **context})


@require_safe
def finding(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is wrong, who sees to it before when, and what became of it?"""
    seat, on = organisation_or_404(request, organisation, Right.SEE), clock.today(request)
    row = own_or_404(seat, Finding, pk)
    may, own = seat.may(Right.SUPPLY), seat.person.pk in row.involved
    context = {
        "row": row, "late": following.late(row, on=on), "changes": may and row.open, "reopens": may and not row.open,
        "mends": may and row.open and not own, "own": may and row.open and own,
        "accepts": may and row.open and proving.may_judge(seat.person, seat.organisation, on=clock.real_today()),
    }  # fmt: skip
    return render(request, "suppliers/proof_finding.html", {"seat": seat, "on": on, **context})


@require_http_methods(FORM)
def finding_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes a finding; without a supplier in the address it first asks at whom."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    supplier = chosen(request, seat)
    back = reverse("suppliers:findings", args=(organisation,))
    if supplier is None:
        return choose(request, seat, title=_("Note a finding"), back=back)
    usual = {"found_on": clock.today(request), "proof": request.GET.get("bewijs", ""), "severity": "medium"}
    form = _finding_form(request, seat, supplier, usual)
    if form.is_valid():
        told = _told(request, seat, supplier, form)
        row = attempt(form, lambda: following.add_finding(supplier, **told, **when(request, seat)))
        if row is not None:
            press(request, lambda: None, _("The finding was noted."))
            return redirect("suppliers:finding", organisation, row.pk)
    return form_page(request, seat, form, title=_("Note a finding"), eyebrow=supplier.name, back=back, submit=_("Note"))


@require_http_methods(FORM)
def finding_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what is known of a finding now."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Finding, pk)
    names = ("title", "what", "severity", "found_on", "due")
    usual = {each: getattr(row, each) for each in names} | {"owner": row.owner_id, "proof": row.proof_id or ""}
    form = _finding_form(request, seat, row.supplier, usual)
    if form.is_valid():
        told = _told(request, seat, row.supplier, form)
        if attempt(form, lambda: following.change_finding(row, **told, **when(request, seat))):
            press(request, lambda: None, _("What is known of it was written."))
            return redirect("suppliers:finding", organisation, pk)
    return form_page(request, seat, form, title=_("Change finding"), eyebrow=row.supplier.name, back=_back(seat, pk))


@require_http_methods(FORM)
def finding_mend(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody else than who owned or wrote it saw that it is mended."""
    texts = {
        "title": _("It is mended"), "submit": _("I saw that it is mended"), "said": _("The finding is mended."),
        "answer": _("Somebody who never saw to it or wrote it looks whether it is."),
    }  # fmt: skip
    return _say(request, organisation, pk, following.mend, name="how", label=_("How did you see that?"), **texts)


@require_http_methods(FORM)
def finding_accept(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It may stay so."""
    texts = {
        "title": _("It may stay so"), "submit": _("Accept"), "said": _("The finding is accepted."),
        "answer": _("Only a process owner or the CISO accepts what is wrong, and says why."),
    }  # fmt: skip
    return _say(request, organisation, pk, following.accept, name="because", label=_("Why may it stay so?"), **texts)


@require_http_methods(FORM)
def finding_reopen(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It was not mended after all."""
    texts = {"title": _("Open again"), "submit": _("Open again"), "said": _("The finding is open again.")}
    return _say(request, organisation, pk, following.reopen, name="because", label=_("Why is it open again?"), **texts)


def _say(
    request: HttpRequest, organisation: str, pk: int, deed: Callable[..., Finding], *, name: str, label: str, said: str,
    **texts: str,
) -> HttpResponse:  # fmt: skip
    """A page with one text, and the deed that asks for it."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, Finding, pk)
    form = SayForm(sent(request), name=name, label=label)
    if form.is_valid() and attempt(form, lambda: deed(row, **form.cleaned_data, **when(request, seat))):
        press(request, lambda: None, said)
        return redirect("suppliers:finding", organisation, pk)
    return form_page(request, seat, form, eyebrow=row.title, back=_back(seat, pk), **texts)


def _finding_form(request: HttpRequest, seat: Seat, supplier: Supplier, usual: dict[str, Any]) -> FindingForm:
    rows = supplier.proofs.values_list("pk", "title")
    return FindingForm(sent(request), persons=persons(request, seat), proofs=list(rows), initial=usual)


def _told(request: HttpRequest, seat: Seat, supplier: Supplier, form: FindingForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    proof = Proof.objects.filter(supplier=supplier, pk=told["proof"]).first() if told["proof"] else None
    return {**told, "proof": proof, "owner": person_of(request, seat, told["owner"])}


def _back(seat: Seat, pk: int) -> str:
    return reverse("suppliers:finding", args=(seat.organisation.slug, pk))


def _answer(open_: int, late: int) -> str:
    if not open_:
        return _("Nothing that was found at suppliers is open.")
    said = ngettext("%(n)s finding is open.", "%(n)s findings are open.", open_) % {"n": open_}
    if not late:
        return said + " " + _("None of them is late.")
    return said + " " + ngettext("%(n)s of them is late.", "%(n)s of them are late.", late) % {"n": late}
