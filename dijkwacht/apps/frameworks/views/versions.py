"""What a version of one of our norms changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.frameworks import words
from dijkwacht.apps.frameworks.norms import versions_of
from dijkwacht.apps.frameworks.queries import versions as queries
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.framework_words import what_words


@require_safe
def version(request: HttpRequest, organisation: str, catalog: str, version: str) -> HttpResponse:
    """What does this version change, and which of our verdicts would turn if it counted today?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today, step = clock.today(request), queries.step(catalog, version=version)
    if step is None:
        raise Http404
    context = {"step": step, "versions": versions_of(catalog), "coming": step.version.valid_from > today}
    if step.difference is not None:
        old, new = queries.norms_around(step.version)
        run = queries.would_turn(seat.organisation, old, new, on=today)
        told = step.difference
        context |= {
            "difference": told,
            "answer": words.diff_sentence(told),
            "changes": [(words.KINDS_OF_CHANGE[each.kind], each, what_words(each.what)) for each in told.changes],
            "look": [new.requirements[name] for name in told.look_again],
            "facts": words.facts_by_kind(told, {**old.fact_types, **new.fact_types}),
            "run": run,
            "turns": [(each, new.requirements.get(each.requirement)) for each in run.turns],
            "turning": words.turns_sentence(run),
            "names": subjects.names(seat.organisation) | {seat.organisation.slug: ""},
        }
    return render(request, "frameworks/version.html", {"seat": seat, "today": today, **context})
