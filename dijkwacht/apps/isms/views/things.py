"""Processes and systems."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.isms import forms
from dijkwacht.apps.isms.models import Classified, Leaning
from dijkwacht.apps.isms.queries import things as queries
from dijkwacht.apps.isms.services import things as services
from dijkwacht.apps.isms.views.pages import attempt, change_or_403, form_page, known, may_change, sent, when
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def things(request: HttpRequest, organisation: str) -> HttpResponse:
    """What matters most to us, and what leans on what?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    found = queries.things(seat.organisation, on=on)
    classification = isms_on(on).classification
    context = {
        "lists": [(_("Processes"), "process", found.processes), (_("Systems"), "system", found.systems)],
        "aspects": {each.id: text_of(each.name) for each in classification.aspects},
        "classification": classification,
        "total": len(found.all),
        "classified": sum(each.classified is not None for each in found.all),
        "lower": [each for each in found.systems if each.too_low],
        "mine": {each.subject.pk for each in found.all if may_change(seat, each.subject.owner)},
    }
    return render(request, "isms/things.html", {"seat": seat, "on": on, **context})


def classify(request: HttpRequest, organisation: str, subject: str) -> HttpResponse:
    """Classifies a process or system."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _thing_or_404(seat, subject)
    change_or_403(seat, found.owner)
    classification = isms_on(clock.today(request)).classification
    earlier = queries.history(found)
    form = forms.ClassifyForm(sent(request), classification=classification, initial=_initial(earlier))
    if form.is_valid():
        data = form.cleaned_data
        critical = {"yes": True, "no": False}.get(data["critical"])
        grading = services.Grading(form.levels, data["recovery"], data["loss"], critical, data["reason"])
        if attempt(request, form, lambda: services.classify(found, grading=grading, **when(request, seat))):
            messages.success(request, _("Classified; what the norms ask of it is recorded in the ledger."))
            return redirect("isms:things", organisation=organisation)
    texts = {
        "title": _("Classify %(name)s") % {"name": found.name}, "up": ("isms:things", _("Processes and systems")),
        "uncertain": text_of(classification.uncertain), "history": earlier[:10],
    }  # fmt: skip
    return form_page(request, seat, form, **texts)


def _initial(earlier: list[Classified]) -> dict[str, object]:
    if not earlier:
        return {}
    last = earlier[0]
    return {**last.levels, "recovery": last.recovery, "loss": last.loss, "reason": last.reason}


def lean(request: HttpRequest, organisation: str, subject: str) -> HttpResponse:
    """Says on which systems a process leans."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _thing_or_404(seat, subject)
    if found.kind != "process":
        raise Http404
    change_or_403(seat, found.owner)
    systems = {each.key: each for each in subjects.subjects(seat.organisation, kind="system")}
    pairs = Leaning.objects.filter(process=found, ended_on__isnull=True).values_list("system__key", flat=True)
    form = forms.LeanForm(
        sent(request), initial={"systems": list(pairs)},
        **known(request, seat, kinds=("system",)),
    )  # fmt: skip
    if form.is_valid():
        chosen = [systems[key] for key in form.cleaned_data["systems"] if key in systems]
        services.lean(found, systems=chosen, **when(request, seat))
        messages.success(request, _("Noted. Today is recorded as the day on which this was looked at."))
        return redirect("isms:things", organisation=organisation)
    title = _("On which systems does %(name)s lean?") % {"name": found.name}
    return form_page(request, seat, form, title=title, up=("isms:things", _("Processes and systems")))


def _thing_or_404(seat: Seat, key: str) -> Subject:
    found = subjects.subject(seat.organisation, key)
    if found is None or found.kind not in services.KINDS or found.archived_at is not None:
        raise Http404
    return found
