"""Evidence goes out as a file to save, never as a page to open."""

from django.http import FileResponse, Http404, HttpRequest

from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right


def download(request: HttpRequest, organisation: str, sha256: str) -> FileResponse:
    """The content of one piece of evidence."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = evidence.one(seat.organisation, sha256)
    if found is None:
        raise Http404
    try:
        content = evidence.path(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content)
    for name, value in evidence.headers(found).items():  # afterwards: of itself it would say that it may be opened
        response[name] = value
    return response
