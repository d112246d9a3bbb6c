"""Packs: ours out, signed; one of others in, looked at first; and the landscape as open data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.landscape.forms.cells import PackForm
from dijkwacht.apps.landscape.queries import cells as queries
from dijkwacht.apps.landscape.services import exchange as services
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.landscape.services.open_data import open_data
from dijkwacht.apps.landscape.words import exchange as say
from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.deed_pages import form_page, press, when
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.landscape.merge import Choice
from dijkwacht.web import clock

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def exchange(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whose landscape do we read, and what did we do to it ourselves?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    edition = queries.edition_of(seat.organisation)
    base, here = queries.base_of(seat.organisation), queries.landscape_of(seat.organisation)
    local = say.local_rows(queries.locals_of(seat.organisation), base, here)
    context = {
        "edition": edition,
        "answer": say.answer(edition, len(local)),
        "local": local,
        "steers": seat.may(Right.STEER),
    }
    return render(request, "landscape/exchange.html", {"seat": seat, **context})


@require_safe
def export(request: HttpRequest, organisation: str, form: str) -> HttpResponse:
    """The landscape here as open data."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if form not in TYPES:
        raise Http404
    csv, json = open_data(seat.organisation, language=get_language() or "nl")
    answer = HttpResponse(csv if form == "csv" else json, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{organisation}-landschap.{form}"'
    return answer


@require_POST
def make(request: HttpRequest, organisation: str) -> HttpResponse:
    """A signed pack of the landscape here, to give to others."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    try:
        data = services.make_pack(seat.organisation, **when(request, seat))
    except Refused as error:
        messages.error(request, say.trouble(error))
        return redirect("landscape:exchange", organisation=organisation)
    answer = HttpResponse(data, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{organisation}-landschap-ondertekend.json"'
    return answer


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a pack in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    posted = request.method == "POST"
    form = PackForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        try:
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=form.cleaned_data["file"], library=None, at=clock.now(request),
                largest=services.LARGEST,
            )  # fmt: skip
        except EvidenceError as error:
            form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
        else:
            return redirect("landscape:exchange_preview", organisation=organisation, token=upload.token)
    return form_page(request, seat, form, template="landscape/pack_form.html", title=_("Bring in a landscape pack"))


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the pack changes, who signed it, and what must be chosen; nothing was recorded."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    return _preview(request, seat, _upload_or_404(request, seat, token), choices={})


@require_POST
def carry(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Takes the pack over, as it was shown, with what was chosen."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = _upload_or_404(request, seat, token)
    chosen = {
        key.removeprefix("choice:"): Choice(str(value))
        for key, value in request.POST.items()
        if key.startswith("choice:") and value in {*Choice}
    }
    told = {"choices": chosen, "confirmed": request.POST.get("confirmed", ""), **when(request, seat)}
    try:
        services.take_over(seat.organisation, upload.content, seen=request.POST.get("seen", ""), **told)
    except Refused as error:
        return _preview(request, seat, upload, choices=chosen, wrong=say.trouble(error))
    uploads.drop(upload)
    messages.success(request, _("Recorded: you read the landscape of this pack from now on."))
    return redirect("landscape:exchange", organisation=organisation)


@require_POST
def leave(request: HttpRequest, organisation: str) -> HttpResponse:
    """Goes back to the pack of the house."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    deed = when(request, seat)
    said = _("Recorded: you read the pack of the house again.")
    press(request, lambda: services.leave_edition(seat.organisation, **deed), said, say.refusal)
    return redirect("landscape:exchange", organisation=organisation)


def _preview(
    request: HttpRequest, seat: Seat, upload: uploads.Upload, *, choices: dict[str, Choice], wrong: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "seat": seat,
        "upload": upload,
        "wrong": wrong,
        "confirmed": request.POST.get("confirmed", ""),
    }
    try:
        found = services.preview(seat.organisation, upload.content)
    except Refused as error:
        context |= {"refused": say.trouble(error)}
    else:
        rows = [(each, *say.conflict(each, found), choices.get(each.id, "")) for each in found.merge.conflicts]
        context |= {
            "found": found,
            "conflicts": rows,
            "answer": say.preview_answer(found),
            "seen": services.seen_mark(seat.organisation),
        }
    return render(request, "landscape/pack_preview.html", context, status=422 if wrong or "refused" in context else 200)


def _upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found
