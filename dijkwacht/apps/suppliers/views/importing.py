"""A file with suppliers: brought, shown as we read it, and then all of it taken over or nothing."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers import import_rows, words
from dijkwacht.apps.suppliers.forms.register import FileForm
from dijkwacht.apps.suppliers.services import importing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=form.cleaned_data["file"], library=None,
                at=clock.now(request), largest=importing.LARGEST,
            )  # fmt: skip
        except EvidenceError as error:
            form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
        else:
            return redirect("suppliers:import_preview", organisation=organisation, token=upload.token)
    return render(request, "suppliers/import.html", {"seat": seat, "form": form})


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the file says as we read it, and what it changes; nothing was recorded."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    upload = _upload_or_404(request, seat, token)
    register = importing.read(upload.content, upload.name)
    plan = importing.plan_of(seat.organisation, register, at=clock.now(request)) if register.usable else None
    context = {"upload": upload, "preview": import_rows.preview(register, plan), "register": register}
    context["seen"] = importing.fingerprint(plan) if plan else ""
    return render(request, "suppliers/import_preview.html", {"seat": seat, **context})


@require_POST
def carry(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Takes the file over as it was shown."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    upload = _upload_or_404(request, seat, token)
    register = importing.read(upload.content, upload.name)
    told = {"name": upload.name, "digest": upload.sha256, "seen": request.POST.get("seen", "")}
    try:
        taken = importing.take_over(seat.organisation, register, person=seat.person, at=clock.now(request), **told)
    except Refused as error:
        messages.error(request, words.refusal(error))
        return redirect("suppliers:import_preview", organisation=organisation, token=token)
    uploads.drop(upload)
    said = _("Taken over: %(added)s rows new, %(changed)s changed, %(unchanged)s the same.")
    messages.success(request, said % asdict(taken))
    return redirect("suppliers:home", organisation=organisation)


def _upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
