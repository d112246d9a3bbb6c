"""The landscape: the matrix, one area, one cell, the actors, and whose turn it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.landscape.cells_page import Shower, findings_of
from dijkwacht.apps.landscape.forms.cells import FilterForm, TurnForm
from dijkwacht.apps.landscape.queries import cells as queries
from dijkwacht.apps.landscape.talk_page import talk_of
from dijkwacht.apps.landscape.words import cells as say
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.landscape.cells import Cell, Landscape
from dijkwacht.core.landscape.findings import stale
from dijkwacht.core.landscape.turn import whose_turn
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who does what, and where does somebody lack?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held = queries.landscape_of(seat.organisation)
    form = FilterForm(request.GET or None, known=held)
    chosen = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    areas = [chosen.pop("area")] if "area" in chosen else [*held.areas]
    return _matrix(request, seat, held, areas=areas, kept=chosen, form=form, title=_("Who does what?"))


@require_safe
def area(request: HttpRequest, organisation: str, area: str) -> HttpResponse:
    """Who does what in this area, and where does somebody lack?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held = queries.landscape_of(seat.organisation)
    if area not in held.areas:
        raise Http404
    return _matrix(request, seat, held, areas=[area], kept={}, title=text_of(held.areas[area].name), one=True)


def _matrix(
    request: HttpRequest, seat: Seat, held: Landscape, *, areas: list[str], kept: dict[str, str], **more: Any
) -> HttpResponse:
    found = queries.findings(held, on=clock.today(request))
    tables = Shower(held, seat.organisation.slug).tables(found, areas=areas, kept=kept)
    context = {
        "tables": tables, "answer": text_of(held.areas[areas[0]].text) if more.get("one") else say.home_answer(held, found),
        "layers": [text_of(each.name) for each in held.layers.values()], "steers": seat.may(Right.STEER), **more,
    }  # fmt: skip
    return render(request, "landscape/home.html", {"seat": seat, **context})


@require_safe
def cell(request: HttpRequest, organisation: str, cell: str) -> HttpResponse:
    """Who does this, on what does that rest, and is it still so?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, hidden = cell_or_404(seat, cell)
    held, on = queries.landscape_of(seat.organisation), clock.today(request)
    show, about = Shower(held, organisation), f"cell:{cell}"
    part = [] if hidden else findings_of(found, queries.findings(held, on=on))
    chain = held.chains.get(found.together)
    context: dict[str, Any] = {
        "cell": found, "shown": show.cell(found), "place": show.place(found.box), "hidden": hidden,
        "status": say.STATUSES[found.status], "sure": say.CONFIDENCES[found.confidence],
        "chain": text_of(chain.text) if chain else "", "local": queries.local(seat.organisation, cell),
        "findings": [(show.finding(key), why) for key, why in part], "beside": show.cells(queries.beside(held, found)),
        "old": [each for each in stale(held, on=on) if each.cell == cell],
        "kinds": [text_of(held.kinds[key].name) for key in found.kinds], "talk": talk_of(seat, about, on=on),
        "actor_url": reverse("landscape:actor", args=[organisation, found.actor]), "steers": seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/cell.html", {"seat": seat, **context})


def cell_or_404(seat: Seat, name: str) -> tuple[Cell, bool]:
    """A cell as it reads here, and whether it is hidden here. Raises Http404."""
    found = queries.landscape_of(seat.organisation).cells.get(name)
    if found is not None:
        return found, False
    known = queries.base_of(seat.organisation).cells.get(name)
    if known is None:
        raise Http404
    return known, True


@require_safe
def actors(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who are there?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held = queries.landscape_of(seat.organisation)
    counts: dict[str, int] = {}
    for each in held.cells.values():
        counts[each.actor] = counts.get(each.actor, 0) + 1
    kinds = [
        (words, [(key, each, counts.get(key, 0)) for key, each in held.actors.items() if each.kind == kind])
        for kind, words in say.ACTOR_KINDS.items()
    ]
    context = {"kinds": [each for each in kinds if each[1]], "count": len(counts)}
    return render(request, "landscape/actors.html", {"seat": seat, **context})


@require_safe
def actor(request: HttpRequest, organisation: str, actor: str) -> HttpResponse:
    """What does this actor do, on what basis?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held = queries.landscape_of(seat.organisation)
    found = held.actors.get(actor)
    if found is None:
        raise Http404
    show = Shower(held, organisation)
    rows = [each for each in held.cells.values() if each.actor == actor]
    areas = [
        (text_of(area.name), [(show.cell(each), show.place(each.box)) for each in rows if each.area == key])
        for key, area in held.areas.items()
    ]
    context = {"actor": found, "areas": [each for each in areas if each[1]], "kind": say.ACTOR_KINDS[found.kind]}
    return render(request, "landscape/actor.html", {"seat": seat, **context})


@require_safe
def turn(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whose turn is it, at this incident in this phase?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    held = queries.landscape_of(seat.organisation)
    form = TurnForm(request.GET or None, known=held, initial={"phase": "response"})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        found, show = whose_turn(held, **form.cleaned_data), Shower(held, organisation)
        kind = held.kinds[found.kind]
        context |= {
            "turn": found, "answer": say.turn_answer(held, found), "kind": kind, "first": show.cells(found.first),
            "also": show.cells(found.also), "proposals": show.cells(found.proposals), "phase": held.phases[found.phase],
        }  # fmt: skip
    return render(request, "landscape/turn.html", {"seat": seat, **context})
