"""Bringing in frameworks, mappings and own texts: the files, what we make of them, and then all of it or nothing."""

from typing import Any
from zipfile import BadZipFile

from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.frameworks import forms, words
from dijkwacht.apps.frameworks.services import bringing, reading
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms
from dijkwacht.web import clock
from dijkwacht.web.framework_words import refusal_sentence
from dijkwacht.web.terms import text_of

SHOWN = 50  # refusals on a page


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes files, and shows what is in them."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    sent = request.method == "POST"
    norms = packs_on(clock.today(request)).norms
    choices = [(each.id, text_of(each.name)) for each in norms.catalogs.values()]
    form = forms.BringForm(request.POST if sent else None, request.FILES if sent else None, norms=choices)
    if sent and form.is_valid():
        try:
            files = [(each.name, each.read(uploads.LARGEST + 1)) for each in form.cleaned_data["file"]]
            packed = ContentFile(reading.pack(files), name=reading.PACKED)
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=packed, library=None, at=clock.now(request)
            )
        except EvidenceError as error:
            form.add_error("file", words.upload_trouble(error.code, uploads.LARGEST))
        else:
            query = f"?norm={form.cleaned_data['norm']}"
            found = redirect("frameworks:preview", organisation=organisation, token=upload.token)
            found["Location"] += query
            return found
    return render(request, "frameworks/bring.html", {"seat": seat, "form": form})


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Do we read this right? What is in the files, and what was refused and why."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    files, norm = _files_or_404(request, seat, token), request.GET.get("norm", "")
    on = clock.today(request)
    found = reading.read(seat.organisation, files, norm=norm, on=on)
    context = _told(found, packs_on(on).norms) | {"files": files, "token": token, "norm": norm}
    return render(request, "frameworks/preview.html", {"seat": seat, **context})


@require_POST
def carry_out(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Keeps all of it, as it was shown."""
    seat = organisation_or_404(request, organisation, Right.IMPORT)
    files, on = _files_or_404(request, seat, token), clock.today(request)
    found = reading.read(seat.organisation, files, norm=request.POST.get("norm", ""), on=on)
    if not found.ok:
        return redirect("frameworks:preview", organisation=organisation, token=token)
    kept = bringing.keep(seat.organisation, found, files=files, person=seat.person, on=on, at=clock.now(request))
    upload = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if upload is not None:
        uploads.drop(upload)
    return render(request, "frameworks/kept.html", {"seat": seat, "kept": kept})


def _told(found: reading.Reading, norms: Norms) -> dict[str, Any]:
    """What was read, for the page."""
    return {
        "reading": found,
        "answer": words.preview_sentence(found),
        "refused": [(each, refusal_sentence(each)) for each in found.refused[:SHOWN]],
        "more_refused": len(found.refused) - SHOWN,
        "mappings": [
            (
                each,
                words.side_of(each.source, norms),
                words.side_of(each.target, norms),
                words.relations(each.maps.per_relation),
                words.lost_sentence(each),
            )
            for each in found.mappings
        ],
        "texts": [(each, norms.catalogs[each.norm]) for each in found.texts],
    }


def _files_or_404(request: HttpRequest, seat: Seat, token: str) -> reading.Files:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None or found.name != reading.PACKED:
        raise Http404
    try:
        return reading.unpack(found.content)
    except BadZipFile:  # brought on another page, under the name that we use here
        raise Http404 from None
