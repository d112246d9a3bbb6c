"""Scenarios of one's own: copied, put together, brought as a file, changed, dropped."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.exercises.forms.scripts import BuildForm, FileForm, InjectForm, filled
from dijkwacht.apps.exercises.models import Script
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.scenario_page import scenario_context
from dijkwacht.apps.exercises.services import scripting as services
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.exercises.views.common import FORM, attempt, form_page, press, unread
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.exercise_script import Inject, Scenario, assemble, with_inject, without_inject
from dijkwacht.core.shown import as_shown
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.scenarios import MOST_BYTES, as_yaml, scenario_kept, scenario_of, scenarios
from dijkwacht.web.terms import text_of

SHOWN = 5  # problems of a file that are told at once


def _script_or_404(seat: Seat, pk: int) -> tuple[Script, Scenario]:
    found = queries.script(seat.organisation, pk)
    if found is None:
        raise Http404
    return found, scenario_kept(found.content)


def _as_seen(row: Script, seen: str) -> None:
    """Injects are numbered anew with each change: what was looked at before the last one may be another inject now."""
    if seen != row.changed_at.isoformat():
        raise Refused("changed")


def _keep(request: HttpRequest, seat: Seat, form: forms.Form, made: Any, **texts: Any) -> HttpResponse:
    """A form of which the answer is a new scenario; ``made`` gives it, or raises Refused."""
    kept: list[Script] = []
    if attempt(
        form, lambda: kept.append(services.keep_script(seat.organisation, scenario=made(), **when(request, seat)))
    ):
        messages.success(request, _("It is one of your scenarios now."))
        return redirect("exercises:script", seat.organisation.slug, kept[0].pk)
    back = reverse("exercises:scenarios", args=[seat.organisation.slug])
    return form_page(request, form, back=back, eyebrow=_("Scenarios"), plain=True, **texts)


@require_safe
@unread
def script(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What happens in this scenario of ours, minute by minute?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row, found = _script_or_404(seat, pk)
    context = {"own": row, "name": f"own:{row.pk}", "steers": seat.may(Right.STEER), **scenario_context(found)}
    return render(request, "exercises/scenario.html", {"seat": seat, **context})


@require_safe
@unread
def script_file(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It as a file."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row, found = _script_or_404(seat, pk)
    response = HttpResponse(as_yaml(found), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draaiboek-{row.pk}.yaml"'
    return response


@require_POST
def script_copy(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Makes a scenario of the house one's own, to change it."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    found = scenarios().get(name)
    if found is None:
        raise Http404
    own = replace(found, id="")
    row = services.keep_script(seat.organisation, scenario=own, based_on=name, **when(request, seat))
    messages.success(request, _("It is one of your scenarios now."))
    return redirect("exercises:script", organisation, row.pk)


@require_http_methods(FORM)
def script_bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes over a script of a file."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = FileForm(sent(request), request.FILES or None)

    def made() -> Scenario:
        file = form.cleaned_data["file"]
        try:
            return scenario_of(file.read(MOST_BYTES + 1), file=file.name)
        except PackErrors as error:
            told = "; ".join(as_shown(str(each)) for each in error.problems[:SHOWN])
            raise Refused("script", what=told, field="file") from None

    return _keep(request, seat, form, made, title=_("Bring in a scenario"), submit=_("Take it over"))


@require_http_methods(FORM)
def script_build(request: HttpRequest, organisation: str) -> HttpResponse:
    """Puts a scenario together from the six building blocks and injects that stand."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    parts = {f"{name}.{each.id}": (found, each) for name, found in scenarios().items() for each in found.injects}
    choices = [(key, f"{text_of(each.text)} ({text_of(found.title)})") for key, (found, each) in parts.items()]
    form = BuildForm(sent(request), choices={"injects": choices})

    def made() -> Scenario:
        given = form.cleaned_data
        return assemble(
            title={"nl": given["title"]}, goal={"nl": given["goal"]}, minutes=given["minutes"], blocks=form.blocks,
            parts=[parts[each] for each in given["injects"]],
            evaluation=({"nl": _("What would we do otherwise next time?")},),
        )  # fmt: skip

    return _keep(request, seat, form, made, title=_("Put a scenario together"), submit=_("Make it"))


@require_http_methods(FORM)
def script_inject(request: HttpRequest, organisation: str, pk: int, inject: str = "") -> HttpResponse:
    """Changes an inject, or adds one."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, found = _script_or_404(seat, pk)
    old: Inject | None = found.inject(inject) if inject else None
    if inject and old is None:
        raise Http404
    roles = [(name, text_of(said)) for name, said in found.roles.items()]
    form = InjectForm(
        sent(request), choices={"to": roles, "who": roles}, initial=filled(old, seen=row.changed_at.isoformat())
    )

    def deed() -> None:
        _as_seen(row, form.cleaned_data["seen"])
        changed = with_inject(found, form.inject(old), instead_of=inject)
        services.change_script(row, scenario=changed, **when(request, seat))

    back = reverse("exercises:script", args=[organisation, pk])
    if attempt(form, deed):
        return redirect(back)
    return form_page(request, form, title=_("An inject"), eyebrow=row.title, back=back, plain=True)


@require_POST
def script_inject_drop(request: HttpRequest, organisation: str, pk: int, inject: str) -> HttpResponse:
    """Takes an inject out."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, found = _script_or_404(seat, pk)
    if found.inject(inject) is None:
        raise Http404

    def deed() -> None:
        _as_seen(row, request.POST.get("seen", ""))
        services.change_script(row, scenario=without_inject(found, inject), **when(request, seat))

    press(request, deed, _("Taken out."))
    return redirect("exercises:script", organisation, pk)


@require_POST
def script_drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes the scenario out of the list."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, _found = _script_or_404(seat, pk)
    press(request, lambda: services.drop_script(row, **when(request, seat)), _("Taken out of the list."))
    return redirect("exercises:scenarios", organisation)
