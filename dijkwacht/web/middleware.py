"""No writing while the clock shows another day."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dijkwacht.web import clock

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Names of routes that write nothing in a room, or that let someone leave.
_STILL_OPEN = (
    "web:time_machine", "web:language", "account_logout", "account_login", "account_reauthenticate",
    "crime:referral", "crime:public_referral",  # asked by a post, and write nothing
)  # fmt: skip
Handler = Callable[[HttpRequest], HttpResponse]


class ReadOnlyElsewhen:
    """Refuses to write while the session looks at another day: an answer must carry the day on which it was given."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serves the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """A page that explains, for a request that would write; None lets it through."""
        if request.method in _SAFE or clock.travelled(request) is None:
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in _STILL_OPEN:
            return None
        return render(request, "elsewhen.html", status=409)
