"""Pages of an exercise look at the moment that its clock shows. The rest of the site never does."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from dijkwacht.apps.incidents.models import (
    Contact,
    Delivery,
    Exhibit,
    Hit,
    IncidentState,
    Lesson,
    Rehearsal,
    Report,
    Task,
)
from dijkwacht.web import clock

ROOM = "incidents"
OF: Mapping[str, tuple[type[Model], str]] = {
    "geraakt": (Hit, "incident"), "taken": (Task, "incident"), "contacten": (Contact, "incident"),
    "sporen": (Exhibit, "incident"), "lessen": (Lesson, "incident"), "melding": (Report, "incident"),
    "ontvanger": (Delivery, "report__incident"),
}  # fmt: skip
"""The word before a number in an address: what the number is of, and where its incident stands."""


class RehearsalClock:
    """Sets the clock of a request about an exercise ahead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serves the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, parts: Mapping[str, Any]) -> None:
        """Looks whether the address is one of an exercise; one query, and only in this room."""
        match = request.resolver_match
        if match is None or match.app_name != ROOM or "pk" not in parts:
            return
        word = match.route.partition("/incidenten/")[2].partition("<")[0].strip("/")
        number = _incident_of(word, parts["pk"])
        rows = Rehearsal.objects.filter(incident=number, incident__organisation__slug=parts.get("organisation"))
        rows = rows.exclude(incident__state=IncidentState.CLOSED)  # then its clock has stopped
        ahead = rows.values_list("ahead", flat=True).first() if number is not None else None
        if ahead is not None:
            clock.set_ahead(request, ahead)


def _incident_of(word: str, number: int) -> int | None:
    if not word:
        return number
    model, path = OF.get(word, (None, ""))
    found: int | None = model._default_manager.filter(pk=number).values_list(path, flat=True).first() if model else None
    return found
