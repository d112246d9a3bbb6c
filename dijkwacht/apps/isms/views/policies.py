"""Policies, and the board and training."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.isms import forms, words
from dijkwacht.apps.isms.models import Policy, Training
from dijkwacht.apps.isms.queries import looking as queries
from dijkwacht.apps.isms.services import policies as services
from dijkwacht.apps.isms.views.pages import (
    attempt,
    change_or_403,
    form_page,
    known,
    may_change,
    norms_of,
    person_of,
    press,
    sent,
    when,
)
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.isms_cycle import Pressing
from dijkwacht.norms.read import isms_on
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def policies(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which policies are there, and which must be looked at again?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.today(request)
    rows = queries.policies(seat.organisation, on=on)
    there = {each.policy.known_as for each in rows}
    context = {
        "rows": rows, "late": sum(each.pressing is Pressing.LATE for each in rows),
        "never": sum(each.due is None for each in rows), "keeps": seat.may(Right.KEEP_ISMS),
        "missing": [each for each in isms_on(on).policies.values() if each.id not in there],
    }  # fmt: skip
    return render(request, "isms/policies.html", {"seat": seat, "on": on, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Puts a policy of our own in the list."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    form = forms.PolicyForm(sent(request), **known(request, seat))
    if form.is_valid():
        data = {**form.cleaned_data, "owner": person_of(seat, request, form.cleaned_data["owner"])}
        deed = services.add_policy
        if found := attempt(request, form, lambda: deed(seat.organisation, **data, **when(request, seat))):
            return redirect("isms:policy", organisation=organisation, pk=found.pk)
    return form_page(request, seat, form, title=_("A policy of our own"), up=("isms:policies", _("Policies")))


def take_over(request: HttpRequest, organisation: str) -> HttpResponse:
    """Puts the policies that are expected in the list."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    on = clock.today(request)
    there = {each.policy.known_as for each in queries.policies(seat.organisation, on=on)}
    options = [
        (each.id, f"{text_of(each.title)}: {text_of(each.text)}")
        for each in isms_on(on).policies.values()
        if each.id not in there
    ]
    form = forms.KnownForm(sent(request), known=options)
    if form.is_valid():
        chosen, deed = form.cleaned_data["known"], services.take_over_policies
        if attempt(request, form, lambda: deed(seat.organisation, known=chosen, **when(request, seat))) is not None:
            return redirect("isms:policies", organisation=organisation)
    return form_page(request, seat, form, title=_("Take over from the list"), up=("isms:policies", _("Policies")))


@require_safe
def policy(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What became of this policy, and when is it looked at again?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _policy_or_404(seat, pk)
    row = queries.policy_row(found, on=clock.today(request))
    norms = norms_of(request)
    history = [
        {
            "at": each.on, "title": each.get_kind_display(), "who": each.by,
            "text": " · ".join(filter(None, (each.version, each.evidence.name if each.evidence else ""))),
        }
        for each in found.events.all()
    ]  # fmt: skip
    context = {
        "row": row, "policy": found, "history": history, "norms": norms,
        "requirements": words.listed(norms, row.template.requirements) if row.template else [],
        "changes": may_change(seat, found.owner) and found.closed_on is None, "keeps": seat.may(Right.KEEP_ISMS),
    }  # fmt: skip
    return render(request, "isms/policy.html", {"seat": seat, **context})


def note(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that a policy was adopted or reviewed."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _policy_or_404(seat, pk)
    change_or_403(seat, found.owner)
    form = forms.PolicyEventForm(
        sent(request), request.FILES or None, on=clock.today(request),
        initial={"place": found.place, "version": found.version, "day": clock.today(request)},
    )  # fmt: skip
    if form.is_valid():
        data = {**form.cleaned_data, "file": next(iter(form.cleaned_data.pop("evidence")), None)}
        data.pop("evidence", None)
        if attempt(request, form, lambda: services.note_policy(found, **data, **when(request, seat))):
            return redirect("isms:policy", organisation=organisation, pk=pk)
    up = ("isms:policies", _("Policies"))
    return form_page(request, seat, form, title=_("Adopted or reviewed"), up=up, notes=[found.title], multipart=True)


@require_POST
def close(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a policy out of the list."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    found = _policy_or_404(seat, pk)
    press(request, lambda: services.close_policy(found, **when(request, seat)), _("Taken out; the trail remembers it."))
    return redirect("isms:policies", organisation=organisation)


def _policy_or_404(seat: Seat, pk: int) -> Policy:
    found = queries.policy(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


# -- the board, and training -------------------------------------------------------------------------
@require_safe
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who must know what, and before when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, norms = clock.today(request), norms_of(request)
    members = queries.members(seat.organisation, on=on)
    rule = norms.requirements.get(isms_on(on).board_requirement)
    context = {
        "members": members, "certified": sum(each.certified is not None for each in members),
        "late": sum(each.pressing is Pressing.LATE for each in members), "rule": rule, "norms": norms,
        "groups": queries.groups(seat.organisation, on=on), "keeps": seat.may(Right.KEEP_ISMS),
        "answers": seat.may(Right.ANSWER), "held": Training.objects.filter(organisation=seat.organisation)[:20],
        "names": {each.id: text_of(each.name) for each in isms_on(on).groups.values()},
    }  # fmt: skip
    return render(request, "isms/people.html", {"seat": seat, "on": on, **context})


def add_training(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes a training that was held."""
    seat = organisation_or_404(request, organisation, Right.KEEP_ISMS)
    on = clock.today(request)
    groups = [(each.id, text_of(each.name)) for each in isms_on(on).groups.values()]
    form = forms.TrainingForm(sent(request), groups=groups, on=on, initial={"group": request.GET.get("groep")})
    if form.is_valid():
        deed = services.note_training
        if attempt(request, form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            return redirect("isms:people", organisation=organisation)
    answer = _("Groups and numbers only: who came is nobody's business here.")
    return form_page(
        request, seat, form, title=_("A training was held"), answer=answer, up=("isms:people", _("Board and training"))
    )
