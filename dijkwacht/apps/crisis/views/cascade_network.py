"""The network of dependencies as it is here: table, drawing, and what is changed in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.crisis import cascade_page as page
from dijkwacht.apps.crisis.forms.cascade import EdgeForm, NodeForm, TieForm
from dijkwacht.apps.crisis.models import CascadeChange
from dijkwacht.apps.crisis.queries import cascade as queries
from dijkwacht.apps.crisis.services import cascade as services
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.cascade.changes import Change, edge_key
from dijkwacht.core.cascade.network import Band
from dijkwacht.web import clock
from dijkwacht.web.cascade_words import problem_sentence

FORM = require_http_methods(["GET", "HEAD", "POST"])


def here_of(seat: Seat) -> queries.Mine:
    """The network of who asks."""
    return queries.mine(seat.organisation, language=get_language() or "nl")


@require_safe
def network(request: HttpRequest, organisation: str) -> HttpResponse:
    """What depends on what here, and on what does that rest?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    here, changes = here_of(seat), seat.may(Right.STEER)
    ties = queries.ties(seat.organisation)
    nodes = [
        (each, here.changes.get(("node", each.id)), page.band_words(each.buffer), page.band_words(each.recovery),
         ties.get(each.id))
        for each in here.network.nodes
    ]  # fmt: skip
    gone = [each for each in here.changes.values() if each.gone]
    url = {
        each.id: reverse("crisis:cascade_node", args=[organisation, each.id]) for each in here.network.nodes if changes
    }
    context = {
        "seat": seat, "here": here, "nodes": nodes, "edges": page.edge_rows(here), "gone": gone, "changes": changes,
        "about": page.text_of(here.pack.about), "own": len(here.changes),
        "picture": page.picture(here, title=_("What depends on what"), stopped={}, url=url),
    }  # fmt: skip
    return render(request, "crisis/cascade_network.html", context)


@FORM
def node_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Something that the start network does not have."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    here = here_of(seat)
    form = NodeForm(request.POST or None, kinds=_kinds(here), new=True)
    return _form(request, seat, form, _("Add a node"), lambda given: Change("node", given["id"], _node_values(given)))


@FORM
def node(request: HttpRequest, organisation: str, node: str) -> HttpResponse:
    """How long this goes on by itself here."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    here = here_of(seat)
    if (row := here.nodes.get(node)) is None:
        raise Http404
    initial = {
        "name": row.name, "kind": row.kind, "buffer_hours": _said(row.buffer), "recovery_hours": _said(row.recovery),
    }  # fmt: skip
    form = NodeForm(request.POST or None, kinds=_kinds(here), new=False, initial=initial)
    return _form(
        request, seat, form, row.name,
        lambda given: Change("node", node, {"id": node, **_node_values(given)}, given["gone"]),
        change=here.changes.get(("node", node)), tie=node,
    )  # fmt: skip


@FORM
def edge_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """A line that the start network does not have."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    nodes = tuple((each.id, each.name) for each in here_of(seat).network.nodes)
    form = EdgeForm(request.POST or None, nodes=nodes, new=True)
    return _form(
        request, seat, form, _("Add a line"), lambda given: _edge_change(given["origin"], given["target"], given)
    )


@FORM
def edge(request: HttpRequest, organisation: str, origin: str, target: str) -> HttpResponse:
    """How this failure reaches that here."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    here = here_of(seat)
    if (row := here.edges.get(edge_key(origin, target))) is None:
        raise Http404
    initial = {"delay_hours": _said(row.delay), "probability": _said(row.chance), "uses_buffer": row.uses_buffer}
    form = EdgeForm(request.POST or None, nodes=(), new=False, initial=initial)
    title = f"{here.nodes[origin].name} → {here.nodes[target].name}"
    change = here.changes.get(("edge", edge_key(origin, target)))
    return _form(request, seat, form, title, lambda given: _edge_change(origin, target, given), change=change)


@require_POST
def restore(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """As in the start network again."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = get_object_or_404(CascadeChange, organisation=seat.organisation, pk=pk)
    try:
        services.restore(row, person=seat.person, at=clock.now(request))
        messages.success(request, _("It is as in the start network again."))
    except Refused:
        messages.error(request, _("Somebody else changed this meanwhile. Look again."))
    except services.NetworkError as error:
        messages.error(request, problem_sentence(error.problems[0]))
    return redirect("crisis:cascade_network", organisation=organisation)


@FORM
def node_tie(request: HttpRequest, organisation: str, node: str) -> HttpResponse:
    """What of our records does this stand for?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    here, subjects = here_of(seat), {str(each.pk): each for each in queries.subjects(seat.organisation)}
    if node not in here.nodes:
        raise Http404
    now = queries.ties(seat.organisation).get(node)
    choices = tuple((key, each.name) for key, each in subjects.items())
    form = TieForm(request.POST or None, subjects=choices, initial={"subject": str(now.pk) if now else ""})
    if request.method == "POST" and form.is_valid():
        chosen = subjects.get(form.cleaned_data["subject"])
        services.tie(seat.organisation, node, chosen, person=seat.person, at=clock.now(request))
        messages.success(request, _("Saved."))
        return redirect("crisis:cascade_network", organisation=organisation)
    title = _("What %(name)s stands for") % {"name": here.nodes[node].name}
    return render(request, "crisis/cascade_form.html", {"seat": seat, "form": form, "title": title})


def _form(
    request: HttpRequest, seat: Seat, form: Form, title: str, made: Callable[[dict[str, Any]], Change], **more: Any
) -> HttpResponse:
    """A form of which the answer is one change; what makes no network is told above it."""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = {"source": given["source"], "sourced_on": given["sourced_on"], "person": seat.person}
        try:
            services.change(seat.organisation, made(given), at=clock.now(request), **told)
        except Refused as error:
            form.add_error(None, _REFUSED.get(error.code, error.code))
        except services.NetworkError as error:
            form.add_error(None, [problem_sentence(each) for each in error.problems])
        else:
            messages.success(request, _("Saved."))
            return redirect("crisis:cascade_network", organisation=seat.organisation.slug)
    return render(request, "crisis/cascade_form.html", {"seat": seat, "form": form, "title": title, **more})


_REFUSED = {
    "future": gettext_lazy("This day is still to come."),
    "empty": gettext_lazy("This cannot be empty."),
    "bad_id": gettext_lazy("Letters, digits, hyphens and underscores."),
}


def _node_values(given: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "name", "kind", "buffer_hours", "recovery_hours")
    return {each: given[each] for each in names if each in given}


def _edge_change(origin: str, target: str, given: dict[str, Any]) -> Change:
    values = {each: given[each] for each in ("delay_hours", "probability", "uses_buffer")}
    return Change("edge", edge_key(origin, target), {"from": origin, "to": target, **values}, bool(given.get("gone")))


def _kinds(here: queries.Mine) -> tuple[tuple[str, str], ...]:
    return tuple((name, page.text_of(each.name)) for name, each in here.pack.kinds.items())


def _said(band: Band) -> str:
    return f"{band.low:g}; {band.likely:g}; {band.high:g}"
