"""Around every page: its number and its line in the log, what machines ask, and no writing while the clock shows another day."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve

from dijkwacht.web import clock
from dijkwacht.web.logs import ACCESS, CURRENT, view_name

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# Names of routes that write nothing in a room, or that let someone leave.
_STILL_OPEN = (
    "web:time_machine", "web:language", "account_logout", "account_login", "account_reauthenticate",
    "crime:referral", "crime:public_referral",  # asked by a post, and write nothing
)  # fmt: skip
Handler = Callable[[HttpRequest], HttpResponse]
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")
_PROBES = frozenset(
    {"/health/live", "/health/ready", "/metrics"}
)  # as in `urls.py`, which is not asked about other addresses


class RequestLog:
    """Gives every request a number, which goes along with the answer and stands in each line of the log about it.

    Of who asked nothing is told; of what was asked the name of the page, and the organisation whose page it is.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serves the request."""
        number = _number(request)
        request.request_id = number  # type: ignore[attr-defined]
        mark, began = CURRENT.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            if ACCESS.isEnabledFor(logging.INFO) and not _quiet(request, response):
                fields = _fields(request, response, 1000 * (time.perf_counter() - began))
                ACCESS.info("request", extra={"request": request, "fields": fields})
        finally:
            CURRENT.reset(mark)
        response.headers["X-Request-ID"] = number
        return response


def _number(request: HttpRequest) -> str:
    """The number that a proxy of ours gave, or a new one. A stranger's is not taken: he could make two look like one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return given if _NUMBER.fullmatch(given) else secrets.token_hex(8)


def _quiet(request: HttpRequest, response: HttpResponse) -> bool:
    """What would drown the rest: machines that ask every few seconds whether all is well, while it is."""
    return request.path_info in _PROBES and response.status_code == 200


def _fields(request: HttpRequest, response: HttpResponse, milliseconds: float) -> dict[str, object]:
    method = request.method if request.method in (*_SAFE, "POST", "PUT", "PATCH", "DELETE") else "other"
    found: dict[str, object] = {"method": method, "status": response.status_code, "ms": round(milliseconds, 1)}
    found["view"] = view_name(request)
    # Of what is not there the address is a stranger's, and may say anything.
    if request.resolver_match and response.status_code != 404 and "organisation" in request.resolver_match.kwargs:
        found["organisation"] = request.resolver_match.kwargs["organisation"]
    return found


class Probes:
    """Answers machines that watch the site before anything else does.

    They come by the address of the machine and over plain http, so what is asked of visitors (the name of the site, https) is
    not asked of them; and they get no session, no cookie and no language.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serves the request."""
        if request.path_info not in _PROBES:
            return self.get_response(request)
        request.resolver_match = resolve(request.path_info)
        answer: HttpResponse = request.resolver_match.func(request)
        return answer


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
