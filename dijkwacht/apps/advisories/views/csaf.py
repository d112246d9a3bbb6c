"""What everybody may fetch of a desk that gave out something with TLP:CLEAR, by CSAF 2.0, section 7. Nothing there: 404."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from dijkwacht.apps.advisories.models import Release
from dijkwacht.apps.advisories.services import providing
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.people.models import Organisation

KEPT = 300  # seconds for which an answer may be kept
JSON, TEXT = "application/json", "text/plain; charset=utf-8"
View = Callable[..., HttpResponse]


def _releases(organisation: str, name: str = "") -> list[Release]:
    """What an answer is made of: all that is public, or one document."""
    found = Organisation.objects.filter(slug=organisation).first()
    return providing.releases(found, name=name) if found else []


def _tag(_request: HttpRequest, organisation: str, **where: Any) -> str | None:
    held = _releases(organisation, where.get("name", ""))
    return providing.tag(held) if held else None


def _last(_request: HttpRequest, organisation: str, **where: Any) -> datetime | None:
    return max((each.at for each in _releases(organisation, where.get("name", ""))), default=None)


def _open(view: View) -> View:
    """For anybody; asked again without need it answers 304."""
    kept: View = cache_control(public=True, max_age=KEPT)(condition(etag_func=_tag, last_modified_func=_last)(view))
    shown: View = login_not_required(require_safe(kept))
    return shown


def _held(slug: str) -> tuple[Organisation, list[providing.Public]]:
    """The organisation with what everybody may fetch of it. Raises Http404 when that is nothing."""
    organisation = Organisation.objects.filter(slug=slug).first()
    held = providing.published(organisation) if organisation else []
    if organisation is None or not held:
        raise Http404
    return organisation, held


@_open
def provider(_request: HttpRequest, organisation: str) -> HttpResponse:
    """Who publishes, and where the lists are."""
    return HttpResponse(providing.metadata(*_held(organisation)), content_type=JSON)


@_open
def feed(_request: HttpRequest, organisation: str) -> HttpResponse:
    """The list as a ROLIE feed."""
    return HttpResponse(providing.feed(*_held(organisation)), content_type=JSON)


@_open
def changes(_request: HttpRequest, organisation: str) -> HttpResponse:
    """The list with moments."""
    return HttpResponse(providing.changes(_held(organisation)[1]), content_type="text/csv; charset=utf-8")


@_open
def index(_request: HttpRequest, organisation: str) -> HttpResponse:
    """The list of paths."""
    return HttpResponse(providing.index(_held(organisation)[1]), content_type=TEXT)


@_open
def document(_request: HttpRequest, organisation: str, year: int, name: str) -> HttpResponse:
    """One document, byte by byte as it was given out."""
    return HttpResponse(raw(_one(organisation, year, name).release.document), content_type=JSON)


@_open
def hashed(_request: HttpRequest, organisation: str, year: int, name: str, kind: str) -> HttpResponse:
    """The hash of a document."""
    if kind not in providing.HASHES:
        raise Http404
    return HttpResponse(providing.hashed(_one(organisation, year, name), kind), content_type=TEXT)


def _one(slug: str, year: int, name: str) -> providing.Public:
    organisation = Organisation.objects.filter(slug=slug).first()
    found = providing.found(organisation, year=year, name=name) if organisation else None
    if found is None:
        raise Http404
    return found
