"""Bringing in a workbook: the file, what we make of it, and then all of it or nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger import previews, words
from dijkwacht.apps.ledger.forms.importing import UploadForm
from dijkwacht.apps.ledger.services import claims, reading, uploads
from dijkwacht.apps.ledger.services.reading import UnreadableError
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.recording import Origin
from dijkwacht.web import clock


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file, and looks whether it can be read at all."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        data = form.cleaned_data
        try:
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=data["file"], library=data["library"],
                at=clock.now(request),
            )  # fmt: skip
            reading.read(upload, on=clock.today(request))
        except EvidenceError as error:
            form.add_error("file", words.trouble(error, on=clock.today(request)))
        except UnreadableError as error:
            uploads.drop(upload)
            form.add_error("file", words.file_trouble(error.problem))
        else:
            return redirect("ledger:import_preview", organisation=organisation, token=upload.token)
    return render(request, "ledger/import.html", {"seat": seat, "form": form})


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the file says as we read it, before anything is recorded."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    upload = _upload_or_404(request, seat, token)
    found = previews.preview(seat.organisation, upload, request.GET, on=clock.today(request))
    if found is None:
        raise Http404
    return render(request, "ledger/import_preview.html", {"seat": seat, "upload": upload, "preview": found})


@require_POST
def carry_out(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Imports the file as it was shown."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    upload = _upload_or_404(request, seat, token)
    on = clock.today(request)
    found = previews.preview(seat.organisation, upload, request.POST, on=on)
    if found is None:
        raise Http404
    source = claims.Source(upload.name, upload.sha256, Origin.SELF_ASSESSMENT)
    try:
        done = claims.record_claims(
            seat.organisation, plan=found.plan, source=source, person=seat.person, on=on, at=clock.now(request)
        )
    except ValueError as error:
        messages.error(request, words.trouble(error, on=on))
        return render(request, "ledger/import_preview.html", {"seat": seat, "upload": upload, "preview": found})
    uploads.drop(upload)
    return redirect("ledger:import_done", organisation=organisation, act=done.act)


@require_safe
def done(request: HttpRequest, organisation: str, act: int) -> HttpResponse:
    """The receipt of an import."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    found = previews.receipt(seat, act, on=clock.today(request))
    if found is None:
        raise Http404
    return render(request, "ledger/import_done.html", {"seat": seat, "done": found})


def _upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
