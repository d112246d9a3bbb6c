"""What is weighed and checked in a crisis, the mayor's card, and physical beside digital."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dijkwacht.apps.crisis.crisis_page import axis_rows, next_words, phase_words
from dijkwacht.apps.crisis.forms import log as forms
from dijkwacht.apps.crisis.models import Comparison, Crisis, MayorCard
from dijkwacht.apps.crisis.queries import log as queries
from dijkwacht.apps.crisis.services import weighing as services
from dijkwacht.apps.crisis.services.papers import card_pdf
from dijkwacht.apps.crisis.views.pages import attempt, form_page, own_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.landscape_domains import like_cases
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.terms import text_of

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def weigh(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How heavy is the effect?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    last = queries.last_weighing(row)
    start = {name: each["level"] for name, each in last[0].answers.items()} if last else {}
    form = forms.WeighForm(sent(request), initial=start)
    if form.is_valid():
        told, deed = form.cleaned_data["conclusion"], services.weigh_crisis
        if attempt(form, lambda: deed(row, answers=form.answers(), conclusion=told, **when(request, seat))):
            return redirect("crisis:crisis", organisation=organisation, pk=pk)
    pack = crisis_pack().weighing
    return _form(
        request, seat, row, form, title=_("Weigh the effects"), doubt=text_of(pack.uncertain), notes=[pack.source]
    )


@require_http_methods(_METHODS)
def inform(request: HttpRequest, organisation: str, pk: int, item: str) -> HttpResponse:
    """What was done about a point of the duty to inform?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, point = own_or_404(seat, Crisis, pk), crisis_pack().weighing.informing.get(item)
    if point is None:
        raise Http404
    form = forms.InformForm(sent(request))
    if form.is_valid():
        deed = services.inform
        if attempt(form, lambda: deed(row, item=item, **form.cleaned_data, **when(request, seat))):
            return redirect(f"{reverse('crisis:crisis', args=[organisation, pk])}#informeren")
    notes = [text_of(point.why), point.source]
    return _form(request, seat, row, form, title=text_of(point.text), notes=notes, doubt=text_of(point.uncertain))


@require_http_methods(_METHODS)
def card_new(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes a new mayor's card; the one before is the start."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Crisis, pk)
    form = forms.MayorCardForm(sent(request), initial=_before(queries.last_card(row), row))
    if form.is_valid():
        texts, options = form.parts()
        if made := attempt(form, lambda: services.write_card(row, options=options, **texts, **when(request, seat))):
            return redirect("crisis:mayor_card", organisation=organisation, pk=made.pk)
    answer = _("Short and plain: it is read at night on a telephone.")
    return _form(request, seat, row, form, title=_("Mayor's card"), answer=answer)


def _before(card: MayorCard | None, crisis: Crisis) -> dict[str, Any]:
    if card is None:
        return {"happens": crisis.what[: services.LIMITS["happens"]]}
    start = {
        key: getattr(card, key) for key in ("happens", "residents", "decides", "asked", "advice", "unknown", "speaks")
    }
    for at, each in enumerate(card.options, 1):
        start |= {f"option_{at}_what": each["what"], f"option_{at}_then": each["then"]}
    return start


@require_safe
def mayor_card(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What must the mayor know and decide now?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, MayorCard, pk, within="crisis__organisation")
    context = {
        "card": row, "crisis": row.crisis, "next": next_words(row), "phase": phase_words(row),
        "keeps": seat.may(Right.STEER) and row.crisis.open, "newer": queries.last_card(row.crisis),
    }  # fmt: skip
    return render(request, "crisis/mayor_card.html", {"seat": seat, **context})


@require_safe
def mayor_card_pdf(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The same on one A4."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, MayorCard, pk, within="crisis__organisation")
    name = f"{organisation}-{row.crisis.name}-bestuurskaart-{row.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(card_pdf(row.crisis, row), content_type="application/pdf", headers=headers)


@require_safe
def ladders(request: HttpRequest, organisation: str) -> HttpResponse:
    """Where do physical and digital differ, and where does one flow into the other?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    pack = crisis_pack()
    text = ngettext(
        "Five axes, two ladders and %(n)s documented case.",
        "Five axes, two ladders and %(n)s documented cases.",
        len(pack.cases),
    )
    context = {
        "answer": text % {"n": len(pack.cases)}, "axes": pack.axes.values(), "ladders": pack.ladders.ladders.values(),
        "handovers": [(each, _at(each)) for each in pack.ladders.handovers], "cases": pack.cases,
        "rows": queries.comparisons(seat.organisation)[:20], "keeps": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "crisis/ladders.html", {"seat": seat, **context})


def _at(handover: Any) -> str:
    return text_of(crisis_pack().ladders.ladders[handover.source_ladder].level(handover.at).name)


@require_safe
def case(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """How does a documented case read on the axes?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = next((each for each in crisis_pack().cases if each.id == name), None)
    if found is None:
        raise Http404
    rows = axis_rows({axis: {"like": read.like, "why": text_of(read.why)} for axis, read in found.axes.items()})
    return render(request, "crisis/case.html", {"seat": seat, "case": found, "rows": rows})


@require_http_methods(_METHODS)
def compare(request: HttpRequest, organisation: str) -> HttpResponse:
    """Holds an incident against the axes."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    number = request.GET.get("crisis", "")
    about = own_or_404(seat, Crisis, int(number)) if number.isdecimal() and len(number) < 10 else None
    form = forms.CompareForm(sent(request), initial={"title": about.title, "incident": about.incident} if about else {})
    if form.is_valid():
        told = {"title": form.cleaned_data["title"], "incident": form.cleaned_data["incident"], "crisis": about}
        deed = services.compare
        if made := attempt(
            form, lambda: deed(seat.organisation, answers=form.answers(), **told, **when(request, seat))
        ):
            return redirect("crisis:comparison", organisation=organisation, pk=made.pk)
    back = reverse("crisis:ladders", args=[organisation])
    return form_page(
        request, seat, form, title=_("Compare an incident"), eyebrow=_("Physical and digital"), back=back,
        submit=_("Compare"),
    )  # fmt: skip


@require_safe
def comparison(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How does this incident behave, and which cases are like it?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, Comparison, pk)
    pack = crisis_pack()
    answers = queries.compared(row).answers
    names = {name: text_of(each.name) for name, each in pack.axes.items()}
    like = [
        (each.case, *(", ".join(names[axis] for axis in part) for part in (each.same, each.differ, each.unsure)))
        for each in like_cases(pack.cases, answers)
    ]
    handed = pack.ladders.due({"grip": row.crisis.grip, "digital": row.crisis.digital}) if row.crisis else ()
    context = {"row": row, "rows": axis_rows(row.answers), "like": like[:6], "handovers": handed}
    return render(request, "crisis/comparison.html", {"seat": seat, **context})


def _form(request: HttpRequest, seat: Any, crisis: Crisis, form: Any, **texts: Any) -> HttpResponse:
    back = reverse("crisis:crisis", args=[seat.organisation.slug, crisis.pk])
    return form_page(request, seat, form, eyebrow=f"{crisis.name} {crisis.title}", back=back, **texts)
