"""All frameworks, one of them with its lines, what changed since the version before it, and the files to take along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dijkwacht.apps.frameworks import forms, rows, words
from dijkwacht.apps.frameworks.models import Framework, MappingSet, TextSet
from dijkwacht.apps.frameworks.norms import versions_of
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.queries import shared
from dijkwacht.apps.frameworks.services import bringing, exporting
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.framework import changes
from dijkwacht.web import clock
from dijkwacht.web.framework_words import what_words

JSON = "application/json"


@require_safe
def frameworks(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which frameworks do we hold ourselves to?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    norms = packs_on(today).norms
    context = {
        "catalogs": [(each, versions_of(each.id)) for each in norms.catalogs.values()],
        "brought": queries.frameworks(seat.organisation),
        "mappings": [
            (each, *words.ends_of(each, norms), words.relations(each.per_relation))
            for each in queries.mapping_sets(seat.organisation)
        ],
        "received": shared.received(seat.organisation, on=clock.real_today()),
        "texts": [(each, norms.catalogs.get(each.norm)) for each in queries.text_sets(seat.organisation)],
    }
    return render(request, "frameworks/frameworks.html", {"seat": seat, "today": today, **context})


@require_safe
def framework(request: HttpRequest, organisation: str, framework: int) -> HttpResponse:
    """How does each line of this framework stand, and by which road do we know?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, today = _readable_or_404(seat, framework), clock.today(request)
    form = forms.LinesForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    listed = rows.listed(found, chosen, of=seat.organisation, page=request.GET.get("page", "1"), on=today)
    mapped = list(queries.mappings_of(found))
    context = {
        "framework": found,
        "listed": listed,
        "form": form,
        "answer": words.carried_sentence(listed.counts, mapped=bool(mapped)),
        "mapped": [
            (each, *words.ends_of(each, packs_on(today).norms), words.according_to(each)) for each in mapped
        ],
        **_sharing(seat, found),
    }  # fmt: skip
    return render(request, "frameworks/framework.html", {"seat": seat, "today": today, **context})


def _sharing(seat: Seat, found: Framework) -> dict[str, Any]:
    """By which share we read a framework of another organisation, or with whom we share ours."""
    on = clock.real_today()
    own = found.organisation == seat.organisation
    by = (
        None
        if own
        else next(each.share for each in shared.received(seat.organisation, on=on) if each.framework == found)
    )
    return {"own": own, "share": by, "given": shared.given(found, on=on) if own else []}


@require_safe
def own_text(request: HttpRequest, organisation: str, requirement: str) -> HttpResponse:
    """What does our own copy of the norm say about this requirement?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    norms = packs_on(clock.today(request)).norms
    rule = norms.requirements.get(requirement)
    if rule is None:
        raise Http404
    context = {
        "rule": rule,
        "catalog": norms.catalogs.get(rule.catalog),
        "found": queries.own_text(seat.organisation, requirement),
    }
    return render(request, "frameworks/own_text.html", {"seat": seat, **context})


@require_safe
def difference(request: HttpRequest, organisation: str, framework: int) -> HttpResponse:
    """What changed since the version that this one followed?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _framework_or_404(seat, framework)
    if found.replaces is None:
        raise Http404
    before, after = [[line.item for line in each.lines.all()] for each in (found.replaces, found)]
    changed = changes(before, after)
    context = {
        "framework": found,
        "changes": [(words.KINDS_OF_CHANGE[each.kind], each, what_words(each.what)) for each in changed],
        "kinds": words.changed_kinds([each.kind for each in changed]),
        "same": len(after) - sum(1 for each in changed if each.kind != "gone"),
    }
    return render(request, "frameworks/difference.html", {"seat": seat, **context})


@require_safe
def document(request: HttpRequest, organisation: str, framework: int) -> HttpResponse:
    """A framework as it came."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    name, content = exporting.framework_file(_framework_or_404(seat, framework))
    return _file(name, content)


@require_safe
def norm_file(request: HttpRequest, organisation: str, catalog: str) -> HttpResponse:
    """One of our norms as an OSCAL catalog: numbers and our own titles."""
    organisation_or_404(request, organisation, Right.SEE)
    found = exporting.norm_file(packs_on(clock.today(request)).norms, catalog)
    if found is None:
        raise Http404
    return _file(*found)


def remove(request: HttpRequest, organisation: str, kind: str, pk: int) -> HttpResponse:
    """Takes a framework, a mapping or a copy of texts out, once that was said twice."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    thing = _thing_or_404(seat, kind, pk)
    if request.method == "POST":
        bringing.remove(seat.organisation, thing, person=seat.person, on=clock.today(request), at=clock.now(request))
        return redirect("frameworks:frameworks", organisation=organisation)
    return render(request, "frameworks/remove.html", {"seat": seat, "thing": thing, "kind": kind})


def _framework_or_404(seat: Seat, pk: int) -> Framework:
    found = queries.framework(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


def _readable_or_404(seat: Seat, pk: int) -> Framework:
    """A framework of our own, or one that is shared with us today."""
    found = queries.readable(seat.organisation, pk, today=clock.real_today())
    if found is None:
        raise Http404
    return found


def _thing_or_404(seat: Seat, kind: str, pk: int) -> Framework | MappingSet | TextSet:
    look = {"kader": queries.framework, "koppeling": queries.mapping_set, "teksten": queries.text_set}.get(kind)
    found = look(seat.organisation, pk) if look is not None else None
    if found is None or found.ended_at is not None:
        raise Http404
    return found


def _file(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=JSON)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
