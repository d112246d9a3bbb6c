"""Audits and the management review."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms import forms, words
from dijkwacht.apps.isms.models import Audit, Review
from dijkwacht.apps.isms.queries import looking as queries
from dijkwacht.apps.isms.services import audits as services
from dijkwacht.apps.isms.services import reviews as review_services
from dijkwacht.apps.isms.views.pages import attempt, form_page, known, norms_of, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.isms_cycle import pressing
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock
from dijkwacht.web.charts import counts_words
from dijkwacht.web.terms import number_words


@require_safe
def audits(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who looks at what, when, and what came of it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = [
        (each, pressing(each.planned_on, done=each.finished_on is not None, on=on))
        for each in queries.audits(seat.organisation)
    ]
    findings = [(each, pressing(each.due, done=False, on=on)) for each in queries.open_findings(seat.organisation)]
    context = {
        "planned": [row for row in rows if row[0].finished_on is None],
        "done": [row for row in rows if row[0].finished_on is not None],
        "findings": findings, "keeps": seat.may(Right.KEEP_ISMS),
        "adopted": any(each.adopted_on for each, _state in rows if each.finished_on is None),
        "not_adopted": any(each.adopted_on is None for each, _state in rows if each.finished_on is None),
    }  # fmt: skip
    return render(request, "isms/audits.html", {"seat": seat, "on": on, **context})


def add_audit(request: HttpRequest, organisation: str) -> HttpResponse:
    """Puts an audit in the programme."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    form = forms.AuditForm(sent(request), **known(request, seat))
    if form.is_valid():
        data = {**form.cleaned_data, "requirements": tuple(form.cleaned_data["requirements"])}
        deed = services.plan_audit
        text = services.AuditText(**data)
        if attempt(request, form, lambda: deed(seat.organisation, text=text, **when(request, seat))):
            return redirect("isms:audits", organisation=organisation)
    return form_page(request, seat, form, title=_("Plan an audit"), up=("isms:audits", _("Audits")))


@require_POST
def adopt(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adopts the programme as it stands."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    press(request, lambda: services.adopt_programme(seat.organisation, **when(request, seat)))
    return redirect("isms:audits", organisation=organisation)


@require_POST
def cancel(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """An audit will not be held."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = _audit_or_404(seat, pk)
    press(request, lambda: services.cancel_audit(found, **when(request, seat)), _("Cancelled; the trail remembers it."))
    return redirect("isms:audits", organisation=organisation)


@require_safe
def audit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was looked at, and what was found?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    found = _audit_or_404(seat, pk)
    findings = list(found.findings.all())
    open_ones = found.finished_on is None and found.cancelled_on is None
    context = {
        "audit": found, "requirements": words.listed(norms, found.requirements),
        "findings": [
            (each, words.short(norms, each.requirement) if each.requirement else "",
             pressing(each.due, done=each.closed_on is not None, on=on)) for each in findings
        ],
        "still": sum(each.closed_on is None for each in findings),
        "audits": seat.may(Right.AUDIT), "open": open_ones, "acts": seat.may(Right.ANSWER),
        "keeps": seat.may(Right.KEEP_ISMS),
    }  # fmt: skip
    return render(request, "isms/audit.html", {"seat": seat, "on": on, **context})


def add_finding(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """An auditor notes what he found."""
    seat = organisation_or_404(request, organisation, Right.AUDIT)
    found = _audit_or_404(seat, pk)
    form = forms.FindingForm(sent(request), **known(request, seat))
    if (
        form.is_valid()
        and attempt(request, form, lambda: services.add_finding(found, **form.cleaned_data, **when(request, seat)))
        is not None
    ):
        return redirect("isms:audit", organisation=organisation, pk=pk)
    return form_page(request, seat, form, title=_("A finding"), up=("isms:audits", _("Audits")), notes=[found.title])


def close_finding(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """An auditor is satisfied that a finding was put right."""
    seat = organisation_or_404(request, organisation, Right.AUDIT)
    found = queries.finding(seat.organisation, pk)
    if found is None:
        raise Http404
    form = forms.CloseFindingForm(sent(request))
    if (
        form.is_valid()
        and attempt(request, form, lambda: services.close_finding(found, **form.cleaned_data, **when(request, seat)))
        is not None
    ):
        return redirect("isms:audit", organisation=organisation, pk=found.audit_id)
    up = ("isms:audits", _("Audits"))
    return form_page(request, seat, form, title=_("Close this finding"), up=up, notes=[found.text])


def finish(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The audit is done; that is recorded as established by the auditor."""
    seat = organisation_or_404(request, organisation, Right.AUDIT)
    found = _audit_or_404(seat, pk)
    form = forms.FinishAuditForm(sent(request))
    if form.is_valid():
        deed = services.finish_audit
        turned = attempt(request, form, lambda: deed(found, **form.cleaned_data, **when(request, seat)))
        if turned is not None:
            press(request, lambda: turned)
            return redirect("isms:audit", organisation=organisation, pk=pk)
    return form_page(
        request, seat, form, title=_("Finish this audit"), up=("isms:audits", _("Audits")), notes=[found.title]
    )


def _audit_or_404(seat: Seat, pk: int) -> Audit:
    found = queries.audit(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


# -- the management review ---------------------------------------------------------------------------
@require_safe
def reviews(request: HttpRequest, organisation: str) -> HttpResponse:
    """When did the management last look at the system, and what did it decide?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = list(queries.reviews(seat.organisation))
    context = {
        "rows": [(each, pressing(each.planned_on, done=each.signed_on is not None, on=on)) for each in found],
        "last": next((each for each in found if each.signed_on), None), "keeps": seat.may(Right.KEEP_ISMS),
    }  # fmt: skip
    return render(request, "isms/reviews.html", {"seat": seat, "on": on, **context})


def add_review(request: HttpRequest, organisation: str) -> HttpResponse:
    """Sets the day of a review."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    form = forms.ReviewDayForm(sent(request))
    if form.is_valid():
        deed = review_services.plan_review
        if found := attempt(request, form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            return redirect("isms:review", organisation=organisation, pk=found.pk)
    return form_page(
        request, seat, form, title=_("Plan a management review"), up=("isms:reviews", _("Management review"))
    )


@require_safe
def review(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is on the agenda, with the figures beside it, and what was decided?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = _review_or_404(seat, pk)
    figures = found.figures if found.signed_on else queries.figures(seat.organisation, on=on)
    points = [
        (item, _figure(item.figure, figures.get(item.figure, {})), found.minutes.get(item.id, ""))
        for item in isms_on(on).agenda
    ]
    context = {
        "review": found, "points": points, "actions": list(found.actions.all()), "keeps": seat.may(Right.KEEP_ISMS),
        "signs": seat.may(Right.SIGN), "acts": seat.may(Right.ANSWER),
    }  # fmt: skip
    return render(request, "isms/review.html", {"seat": seat, "on": on, **context})


def _figure(kind: str, found: dict[str, Any]) -> str:
    """A count beside the agenda, in words."""
    if not kind or not found:
        return ""
    if kind == "verdicts":
        return counts_words(found)
    numbers = {name: number_words(value) for name, value in found.items()}
    return {
        "decisions": _("%(open)s of %(all)s actions from earlier reviews are open"),
        "context": ngettext("%(count)s circumstance stands", "%(count)s circumstances stand", found.get("count", 0)),
        "parties": ngettext("%(count)s party stands", "%(count)s parties stand", found.get("count", 0)),
        "findings": _("%(open)s findings are open, %(late)s of them too late"),
        "audits": _("%(done)s of %(all)s audits of this year are done"),
        "risks": ngettext("%(count)s risk stands", "%(count)s risks stand", found.get("count", 0)),
        "costs": _("%(open)s open actions, together € %(cost)s"),
    }[kind] % numbers


def minutes(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes what was said, point by point."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    on = clock.today(request)
    found = _review_or_404(seat, pk)
    initial = {
        "present": found.present,
        "conclusion": found.conclusion,
        **{f"point_{key}": text for key, text in found.minutes.items()},
    }
    form = forms.MinutesForm(sent(request), agenda=isms_on(on).agenda, initial=initial)
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("present", "conclusion")}
        figures, deed = queries.figures(seat.organisation, on=on), review_services.minute_review
        if attempt(
            request, form, lambda: deed(found, minutes=form.minutes, figures=figures, **data, **when(request, seat))
        ):
            return redirect("isms:review", organisation=organisation, pk=pk)
    return form_page(request, seat, form, title=_("Minutes"), up=("isms:reviews", _("Management review")))


@require_POST
def sign(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who has the mandate signs the review."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    found = _review_or_404(seat, pk)
    press(request, lambda: review_services.sign_review(found, **when(request, seat)))
    return redirect("isms:review", organisation=organisation, pk=pk)


def _review_or_404(seat: Seat, pk: int) -> Review:
    found = queries.review(seat.organisation, pk)
    if found is None:
        raise Http404
    return found
