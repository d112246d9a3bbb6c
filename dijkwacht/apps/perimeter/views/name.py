"""One name: how it stands, why, and how that came about."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import verdict_words
from dijkwacht.apps.perimeter.forms.names import DecideForm, OwnerForm
from dijkwacht.apps.perimeter.models import Domain
from dijkwacht.apps.perimeter.queries import issues, names, readings
from dijkwacht.apps.perimeter.verdict_rows import groups
from dijkwacht.apps.perimeter.views.pages import name_or_404, persons
from dijkwacht.core.access import Right
from dijkwacht.norms.read import policy_on
from dijkwacht.web import clock


@require_safe
def name(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """How does this name stand, and why?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, on = name_or_404(seat, name), clock.today(request)
    rows = readings.standing(found)
    words = [row.word for row in rows if row.confirmed]
    history = readings.turned(found)
    answer = verdict_words.name_sentence(
        words.count("failed"),
        words.count("warning"),
        words.count("error"),
        suspected=sum(not row.confirmed for row in rows),
        seen=found.seen_at is not None,
        left=found.state in names.LEFT,
    )
    policy = policy_on(on)
    context = {
        "domain": found, "answer": answer, "groups": groups(rows, policy), "editions": policy.editions,
        "areas": verdict_words.AREAS, "issues": list(issues.chosen(issues.issues(seat.organisation)).filter(domain=found)),
        "history": history, "start": min((row.since for rows in history for row in rows), default=None),
        "end": clock.now(request), "waits": names.waits(found), **_changing(request, seat, found),
    }  # fmt: skip
    return render(request, "perimeter/name.html", {"seat": seat, "on": on, **context})


def _changing(request: HttpRequest, seat: Seat, found: Domain) -> dict[str, object]:
    if not seat.may(Right.WATCH):
        return {"watches": False}
    return {
        "watches": True,
        "decide": DecideForm(initial={"state": found.state, "note": found.note}),
        "owner": OwnerForm(initial={"owner": found.owner_id}, persons=persons(request, seat)),
    }


@require_safe
def raw(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """What was seen of a name at the last measurement, as it was seen."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = name_or_404(seat, name)
    kept = readings.observation(found)
    if kept is None:
        raise Http404
    observation, plain = kept
    response = HttpResponse(plain, content_type="application/json")
    file = f"{found.name}-{observation.at:%Y%m%d-%H%M}.json"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
