"""Scope and context."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms import forms
from dijkwacht.apps.isms.models import Circumstance
from dijkwacht.apps.isms.queries import home as queries
from dijkwacht.apps.isms.services import scope as services
from dijkwacht.apps.isms.views.pages import attempt, form_page, known, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def scope(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is the system about, who decided that, and what surrounds us?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    standing = queries.circumstances(seat.organisation)
    templates = isms_on(clock.today(request)).circumstances
    parts = [
        (label, [(each, templates.get(each.known_as)) for each in standing if each.kind == kind])
        for kind, label in (
            ("internal", _("Within the organisation")), ("external", _("Around the organisation")),
            ("party", _("Interested parties")),
        )
    ]  # fmt: skip
    context = {
        "scopes": queries.scopes(seat.organisation), "parts": parts, "keeps": seat.may(Right.KEEP_ISMS),
        "signs": seat.may(Right.SIGN), "complete": all(rows for _label, rows in parts),
    }  # fmt: skip
    return render(request, "isms/scope.html", {"seat": seat, **context})


def draft(request: HttpRequest, organisation: str) -> HttpResponse:
    """Writes the scope for the college to decide."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = queries.scopes(seat.organisation)
    start = found.draft or found.standing
    initial = {"inside": start.inside, "outside": start.outside, "reasons": start.reasons} if start else {}
    form = forms.ScopeForm(sent(request), initial=initial)
    if form.is_valid():
        deed = services.draft_scope
        if attempt(request, form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            return redirect("isms:scope", organisation=organisation)
    return _page(
        request, seat, form, _("Draft of the scope"), _("The college decides on it; until then nothing changes.")
    )


@require_POST
def decide(request: HttpRequest, organisation: str) -> HttpResponse:
    """The college decides on the draft."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    found = queries.scopes(seat.organisation).draft
    if found is None:
        raise Http404
    press(request, lambda: services.decide_scope(found, **when(request, seat)), _("The scope is decided."))
    return redirect("isms:scope", organisation=organisation)


def publish(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes where the scope can be read."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = queries.scopes(seat.organisation).standing
    if found is None:
        raise Http404
    form = forms.PublishForm(sent(request), initial={"place": found.published_at})
    if form.is_valid():
        place = form.cleaned_data["place"]
        if attempt(request, form, lambda: services.publish_scope(found, place=place, **when(request, seat))):
            return redirect("isms:scope", organisation=organisation)
    return _page(
        request, seat, form, _("Published scope"), _("BIO2 asks that the scope is public (part 1, section 18).")
    )


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes a circumstance or a party."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    form = forms.CircumstanceForm(sent(request))
    if form.is_valid():
        deed = services.add_circumstance
        if attempt(request, form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            return redirect("isms:scope", organisation=organisation)
    return _page(request, seat, form, _("Add to the context"))


def take_over(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes over what municipalities usually have around them."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    there = {each.known_as for each in queries.circumstances(seat.organisation)}
    found = [each for each in isms_on(clock.today(request)).circumstances.values() if each.id not in there]
    options = [(each.id, f"{text_of(each.title)}: {text_of(each.text)}") for each in found]
    form = forms.KnownForm(sent(request), known=options, **known(request, seat))
    if form.is_valid():
        deed = services.take_over
        chosen = form.cleaned_data["known"]
        if attempt(request, form, lambda: deed(seat.organisation, known=chosen, **when(request, seat))) is not None:
            return redirect("isms:scope", organisation=organisation)
    return _page(
        request, seat, form, _("Take over from the list"), _("Choose what is so here; you can change the words later.")
    )


@require_POST
def close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes something out of the context."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = Circumstance.objects.filter(organisation=seat.organisation, pk=pk).first()
    if found is None:
        raise Http404
    press(
        request,
        lambda: services.close_circumstance(found, **when(request, seat)),
        _("Taken out; the trail remembers it."),
    )
    return redirect("isms:scope", organisation=organisation)


@require_POST
def confirm(request: HttpRequest, organisation: str) -> HttpResponse:
    """States that context and parties are described as they are now."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    press(request, lambda: services.confirm_context(seat.organisation, **when(request, seat)))
    return redirect("isms:scope", organisation=organisation)


def _page(request: HttpRequest, seat: Seat, form: forms.Aware, title: str, answer: str = "") -> HttpResponse:
    up = ("isms:scope", _("Scope and context"))
    return form_page(request, seat, form, title=title, answer=answer, up=up)
