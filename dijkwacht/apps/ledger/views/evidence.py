"""Evidence goes out as a file to save, never as a page to open."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right


@require_safe
def download(request: HttpRequest, organisation: str, sha256: str) -> FileResponse:
    """The content of one piece of evidence; to a guest only that of a fact that is shared."""
    seat = organisation_or_404(request, organisation, Right.SEE_SHARED)
    found = evidence.one(seat.organisation, sha256)
    if found is None or (seat.guest and not evidence.shared(found, seat.shared)):
        raise Http404
    try:
        content = evidence.path(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content)
    for name, value in evidence.headers(found).items():  # afterwards: of itself it would say that it may be opened
        response[name] = value
    return response
