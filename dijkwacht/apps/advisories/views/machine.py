"""What machines ask with a key: warnings, advisories, documents. Answers are JSON, refusals too, with a sentence."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from dijkwacht.apps.advisories import words
from dijkwacht.apps.advisories.models import Touched, WarningState
from dijkwacht.apps.advisories.queries import machine as queries
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services import handling, keys
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.intake import printable
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.queries import roles_at
from dijkwacht.core.access import Right, rights
from dijkwacht.web import clock

SCHEME = "Bearer "
PAGE, MOST = 100, 500
BETWEEN = "~"  # in a cursor, between moment and number
TOLD = ("asset", "weakness", "status", "flag", "because")
View = Callable[..., HttpResponse]


class Unusable(ValueError):
    """A parameter that cannot be read; the text is for who asked."""


def refused(status: int, code: str, sentence: str) -> JsonResponse:
    """Why not, for a machine and for who reads its log."""
    answer = JsonResponse({"error": {"code": code, "sentence": sentence}}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="Dijkwacht"'
    return answer


def machine(right: Right, *, method: str = "GET") -> Callable[[View], View]:
    """A view for a machine with a key: its person, in the organisation of the key, with this right. No cookie counts here."""

    def around(view: View) -> View:
        @login_not_required
        @never_cache
        @csrf_exempt
        @wraps(view)
        def asked(request: HttpRequest, organisation: str, **where: Any) -> HttpResponse:
            if request.method != method:
                answer = refused(405, "method", _("This address only takes %(method)s.") % {"method": method})
                answer["Allow"] = method
                return answer
            seat = _seat(request, organisation, right)
            return seat if isinstance(seat, HttpResponse) else _answered(view, request, seat, **where)

        return asked

    return around


def _answered(view: View, request: HttpRequest, seat: Seat, **where: Any) -> HttpResponse:
    try:
        return view(request, seat, **where)
    except Unusable as error:
        return refused(400, "parameter", str(error))
    except Refused as error:
        return refused(409, error.code, words.refusal(error))
    except Http404:
        return refused(404, "not_found", _("That is not there, or not for this key."))


def _seat(request: HttpRequest, organisation: str, right: Right) -> Seat | HttpResponse:
    """Who asks, by the key; else the answer that says why not."""
    at = clock.now(request)
    given = request.headers.get("Authorization", "")
    key = keys.held(given.removeprefix(SCHEME).strip()) if given.startswith(SCHEME) else None
    if key is None:
        if given and keys.too_often(f"address {get_ip(request)}", keys.PER_ADDRESS, at=at):
            return _slower()
        return refused(401, "key", _("Send a key that works: Authorization: Bearer dijkwacht_…"))
    if keys.too_often(f"key {key.pk}", keys.PER_KEY, at=at):
        return _slower()
    roles = roles_at(key.person, organisation, clock.real_today())
    if key.organisation.slug != organisation or not roles:
        return refused(404, "not_found", _("That is not there, or not for this key."))
    names = tuple(each.role for each in roles)
    seat = Seat(key.organisation, key.person, names, (), rights(names))
    keys.used(key, at=at)
    return seat if seat.may(right) else refused(403, "right", _("Whoever made this key may not see this."))


def _slower() -> HttpResponse:
    answer = refused(429, "too_often", _("That is too often. Wait a minute."))
    answer["Retry-After"] = str(keys.MINUTE)
    return answer


# ---- what is asked


@machine(Right.SEE)
def warnings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The warnings of the organisation."""
    state, size = request.GET.get("state", ""), _size(request)
    if state and state not in WarningState.values:
        raise Unusable(_("“state” is one of: %(names)s.") % {"names": ", ".join(WarningState.values)})
    after = _whole(request, "cursor", 0)
    found = queries.warnings(seat.organisation, seat.person, since=_moment(request, "since"), state=state, after=after)
    rows = list(found[: size + 1])
    values = queries.warning_values(rows[:size])
    for each in values:
        each["url"] = _here(request, "warning", seat, each["id"])
        each["advisory"]["document"] = _here(request, "api_advisory", seat, each["advisory"]["id"])
    cursor = str(rows[size - 1].pk) if len(rows) > size else ""
    return _page(request, seat, "warnings", values, cursor)


@machine(Right.TRIAGE)
def advisories(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The advisories of the desk, in the order in which they came in."""
    size = _size(request)
    found = queries.advisories(seat.organisation, seat.person, since=_moment(request, "since"), after=_cursor(request))
    rows = list(found[: size + 1])
    values = queries.advisory_values(rows[:size])
    for each in values:
        each["document"] = _here(request, "api_advisory", seat, each["id"])
    last = rows[size - 1] if len(rows) > size else None
    came = last.document.came_at if last and last.document else None
    cursor = f"{came.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}{BETWEEN}{last.pk}" if last and came else ""
    return _page(request, seat, "advisories", values, cursor)


@machine(Right.SEE_ASSIGNED)
def advisory(_request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """One document, byte by byte as it came in: of the own desk, or of which this organisation was told."""
    desk, told = seat.may(Right.TRIAGE), seat.may(Right.SEE)
    found = queries.document_of(seat.organisation, seat.person, pk, desk=desk, told=told)
    if found is None:
        raise Http404
    return HttpResponse(raw(found), content_type="application/json")


# ---- what is told


@machine(Right.HANDLE, method="POST")
def status(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """A system tells how an asset stands. Accepting a risk is for a person."""
    warning = warnings_of(seat.organisation, seat.person).select_related("organisation").filter(pk=pk).first()
    if warning is None:
        raise Http404
    told = _told(request)
    if told["status"] == WarningState.ACCEPTED:
        raise Unusable(_("Accepting a risk is done by a person, on the page of the warning."))
    touched = Touched.objects.filter(warning=warning, line__ident=told["asset"]).first()
    if touched is None:
        raise Unusable(_("This warning is not about asset “%(name)s”.") % {"name": told["asset"][:80]})
    said = handling.Said(told["status"], told["flag"], told["because"])
    weaknesses = [told["weakness"]] if told["weakness"] else []
    count = handling.set_status(
        warning, said, line=touched.line_id, weaknesses=weaknesses, person=seat.person, at=clock.now(request)
    )
    return JsonResponse({"warning": pk, "asset": told["asset"], "status": told["status"], "changed": count})


def _told(request: HttpRequest) -> dict[str, str]:
    """What was sent: an object with texts. Raises Unusable."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unusable(_("Send a JSON object."))
    told = {name: found.get(name, "") for name in TOLD}
    wrong = [name for name, value in told.items() if not isinstance(value, str) or value != printable(value)]
    wrong += [name for name in ("asset", "status") if not told[name]]
    if wrong:
        raise Unusable(_("“%(name)s” is a text that is not empty.") % {"name": wrong[0]})
    return told


# ---- what came in the address


def _page(request: HttpRequest, seat: Seat, name: str, values: list[dict[str, Any]], cursor: str) -> JsonResponse:
    said = {"organisation": seat.organisation.slug, "at": clock.now(request).isoformat(), name: values, "next": None}
    if cursor:
        query = request.GET.copy()
        query["cursor"] = cursor
        said["next"] = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def _here(request: HttpRequest, name: str, seat: Seat, pk: int) -> str:
    return request.build_absolute_uri(reverse(f"advisories:{name}", args=[seat.organisation.slug, pk]))


def _size(request: HttpRequest) -> int:
    return max(1, min(_whole(request, "limit", PAGE), MOST))


def _whole(request: HttpRequest, name: str, else_: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return else_
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Unusable(_("“%(name)s” is a whole number.") % {"name": name})
    return int(text)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    return _aware(text, _("“%(name)s” is a moment such as 2026-11-25T09:30:00+01:00.") % {"name": name})


def _aware(text: str, wrong: str) -> datetime:
    """A moment with its zone; a plus that came as a space is put back. Raises Unusable."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise Unusable(wrong) from None
    if found.tzinfo is None or not 1990 < found.year < 2200:
        raise Unusable(wrong)
    return found.astimezone(UTC)  # no database knows a zone of sixteen hours and more


def _cursor(request: HttpRequest) -> queries.Cursor | None:
    text = request.GET.get("cursor", "")
    if not text:
        return None
    moment, _mark, number = text.partition(BETWEEN)
    wrong = _("“cursor” is not one of ours: take the address under “next”.")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Unusable(wrong)
    return _aware(moment, wrong), int(number)
