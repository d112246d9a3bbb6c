"""The outside as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.perimeter.services.exporting import KINDS
from dijkwacht.apps.perimeter.services.exporting import export as made
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def export(request: HttpRequest, organisation: str, kind: str) -> HttpResponse:
    """What stands on the outside, as a file to take along."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if kind not in KINDS:
        raise Http404
    file = made(seat.organisation, kind=kind, at=clock.now(request))
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
