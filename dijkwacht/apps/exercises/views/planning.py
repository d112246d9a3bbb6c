"""Planning a session: what, when, why, who plays, and the link for guests."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.forms.sessions import ChangePlanForm, PlanForm, PlayerForm
from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import planning as services
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.exercises.views.common import FORM, attempt, form_page, press, session_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.norms.scenarios import scenarios
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_http_methods(FORM)
def plan(request: HttpRequest, organisation: str) -> HttpResponse:
    """Plans an exercise."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    names = [(name, text_of(each.title)) for name, each in scenarios().items()]
    names += [(f"own:{each.pk}", each.title) for each in queries.scripts(seat.organisation)]
    form = PlanForm(sent(request), choices={"scenario": names}, initial={"scenario": request.GET.get("scenario", "")})
    made: list[Session] = []

    def deed() -> None:
        given = form.cleaned_data
        scenario = queries.named(seat.organisation, given["scenario"])
        if scenario is None:
            raise Refused("dropped", field="scenario")
        text = services.Plan(given["title"], given["planned_on"], given["goal"])
        made.append(services.plan(
            seat.organisation, scenario=scenario, name=given["scenario"], text=text, **when(request, seat)
        ))  # fmt: skip

    if attempt(form, deed):
        return redirect("exercises:session", organisation, made[0].pk)
    answer = _("The script is kept as it is now: what changes in the scenario later does not change this exercise.")
    back = reverse("exercises:home", args=[organisation])
    texts = {"eyebrow": _("Exercises"), "answer": answer, "back": back, "submit": _("Plan it")}
    return form_page(request, form, title=_("Plan an exercise"), **texts)


@require_safe
def session(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is exercised, when, and who plays what?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = session_or_404(seat, pk)
    scenario, seats = queries.scenario_of(row), queries.players(row)
    played = {name for each in seats for name in each.roles}
    context = {
        "row": row, "phase": words.PHASES[row.phase], "steers": seat.may(Right.STEER) and row.annulled_at is None,
        "scenario": scenario, "seats": [(each, words.role_names(scenario, each.roles)) for each in seats],
        "free": [words.role_name(scenario, name) for name in scenario.roles if name not in played],
        "guests": sum(each.guest for each in seats), "guest_roles": words.role_names(scenario, row.guest_roles),
        "mine": any(each.person_id == seat.person.pk for each in seats),
        "play_url": request.build_absolute_uri(reverse("exercises:play", args=[organisation, pk])),
    }  # fmt: skip
    return render(request, "exercises/session.html", {"seat": seat, **context})


def _roles(scenario: Scenario) -> list[tuple[str, str]]:
    return [(name, text_of(said)) for name, said in scenario.roles.items()]


def _texts(organisation: str, row: Session, **more: Any) -> dict[str, Any]:
    return {"eyebrow": row.title, "back": reverse("exercises:session", args=[organisation, row.pk]), **more}


@require_http_methods(FORM)
def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Changes day, goal or the roles that guests may choose."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    choices = {"guest_roles": _roles(queries.scenario_of(row))}
    initial = {"title": row.title, "goal": row.goal, "planned_on": row.planned_on, "guest_roles": row.guest_roles}
    form = ChangePlanForm(sent(request), choices=choices, initial=initial)

    def deed() -> None:
        given = form.cleaned_data
        text = services.Plan(given["title"], given["planned_on"], given["goal"], tuple(given["guest_roles"]))
        services.change_plan(row, text=text, **when(request, seat))

    if attempt(form, deed):
        return redirect("exercises:session", organisation, pk)
    return form_page(request, form, title=_("Change the plan"), **_texts(organisation, row))


@require_http_methods(FORM)
def player_add(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Gives somebody of the organisation a role."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    people = {each.pk: each for each in persons_in(seat.organisation, on=clock.real_today())}
    who: list[tuple[int, str]] = [(number, str(each)) for number, each in people.items()]
    form = PlayerForm(sent(request), choices={"who": who, "roles": _roles(queries.scenario_of(row))})

    def deed() -> None:
        given = form.cleaned_data
        services.add_player(row, who=people[given["who"]], roles=given["roles"], **when(request, seat))

    if attempt(form, deed):
        return redirect("exercises:session", organisation, pk)
    return form_page(request, form, title=_("Who plays what"), **_texts(organisation, row))


@require_POST
def player_remove(request: HttpRequest, organisation: str, pk: int, player: int) -> HttpResponse:
    """Takes somebody out."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    who = next((each for each in queries.players(row) if each.pk == player), None)
    if who is None:
        raise Http404
    press(request, lambda: services.remove_player(who, **when(request, seat)), _("Taken out."))
    return redirect("exercises:session", organisation, pk)


@never_cache
@require_POST
def code(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Makes a new link for guests, which is shown once; or closes it."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = session_or_404(seat, pk)
    if request.POST.get("act") == "close":
        press(request, lambda: services.close_code(row, **when(request, seat)), _("The link no longer works."))
        return redirect("exercises:session", organisation, pk)
    if request.POST.get("act") == "clear":
        press(request, lambda: services.remove_guests(row, **when(request, seat)), _("All guests were taken out."))
        return redirect("exercises:session", organisation, pk)
    made: list[str] = []
    press(request, lambda: made.append(services.renew_code(row, **when(request, seat))), _("The link was made."))
    if not made:
        return redirect("exercises:session", organisation, pk)
    url = request.build_absolute_uri(reverse("exercises:join", args=made))
    roles = words.role_names(queries.scenario_of(row), row.guest_roles)
    return render(request, "exercises/code.html", {"seat": seat, "row": row, "url": url, "roles": roles})
