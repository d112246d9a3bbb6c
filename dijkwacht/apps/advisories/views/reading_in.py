"""A file with products: brought, shown as we read it, and then all of it taken over or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories import reading_page, words
from dijkwacht.apps.advisories.forms.register import FileForm
from dijkwacht.apps.advisories.models import Upload
from dijkwacht.apps.advisories.services import registering
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.register_file import LARGEST
from dijkwacht.apps.advisories.views.register import served_or_404
from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@dataclass(frozen=True, slots=True)
class Place:
    """Who brings a file, for whose register, and the addresses of the steps."""

    seat: Seat
    whose: Organisation
    own: bool

    def url(self, step: str, *more: Any) -> str:
        """The address of a step: of the organisation itself, or of the desk for it."""
        if self.own:
            return reverse(f"advisories:register{step}", args=[self.whose.slug, *more])
        return reverse(f"advisories:register_for{step}", args=[self.seat.organisation.slug, self.whose.pk, *more])


def _place(request: HttpRequest, organisation: str, pk: int | None) -> Place:
    """An organisation brings in its own files; a desk those of an organisation that it warns."""
    if pk is None:
        seat = organisation_or_404(request, organisation, Right.IMPORT)
        return Place(seat, seat.organisation, True)
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    return Place(seat, served_or_404(request, seat, pk), False)


def read(request: HttpRequest, organisation: str, pk: int | None = None) -> HttpResponse:
    """Takes a file in, to be looked at first."""
    place = _place(request, organisation, pk)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            upload = uploads.keep(
                place.whose,
                person=place.seat.person,
                file=form.cleaned_data["file"],
                library=None,
                at=clock.now(request),
                largest=LARGEST,
            )
        except EvidenceError as error:
            form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
        else:
            return redirect(place.url("_preview", upload.token))
    context = {"seat": place.seat, "place": place, "form": form, "back": place.url("")}
    return render(request, "advisories/register_read.html", context)


@require_safe
def preview(request: HttpRequest, organisation: str, token: str, pk: int | None = None) -> HttpResponse:
    """What the file says as we read it, and what it changes; nothing was recorded."""
    place = _place(request, organisation, pk)
    return _page(request, place, _upload_or_404(request, place, token), request.GET)


def _page(
    request: HttpRequest, place: Place, upload: uploads.Upload, query: Mapping[str, str], **more: Any
) -> HttpResponse:
    found = reading_page.preview(place.whose, upload, query, at=clock.now(request))
    context = {
        "seat": place.seat, "place": place, "upload": upload, "preview": found, "again": place.url("_read"),
        "carry": place.url("_carry", upload.token), **more,
    }  # fmt: skip
    return render(request, "advisories/register_preview.html", context)


@require_POST
def carry(request: HttpRequest, organisation: str, token: str, pk: int | None = None) -> HttpResponse:
    """Takes the file over as it was shown."""
    place = _place(request, organisation, pk)
    upload = _upload_or_404(request, place, token)
    at = clock.now(request)
    try:
        lines, source = reading_page.meant(upload, request.POST, at=at)
        made = registering.take_over(
            place.whose, lines, source, name=upload.name, digest=upload.sha256, person=place.seat.person, at=at
        )
    except Refused as error:
        messages.error(request, words.refusal(error))
        return _page(request, place, upload, request.POST)
    uploads.drop(upload)
    return redirect(place.url("_done", made.pk))


@require_safe
def done(request: HttpRequest, organisation: str, made: int, pk: int | None = None) -> HttpResponse:
    """The receipt: what changed in the register, and which warnings followed."""
    place = _place(request, organisation, pk)
    upload = Upload.objects.filter(organisation=place.whose, pk=made).select_related("by").first()
    if upload is None:
        raise Http404
    context = reading_page.receipt(place.seat, upload, own=place.own)
    context |= {"seat": place.seat, "place": place, "back": place.url(""), "again": place.url("_read")}
    return render(request, "advisories/register_done.html", context)


def _upload_or_404(request: HttpRequest, place: Place, token: str) -> uploads.Upload:
    found = uploads.find(place.whose, token, person=place.seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
