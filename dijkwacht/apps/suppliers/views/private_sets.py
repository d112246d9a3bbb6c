"""Sets of requirements of our own: brought in, shown as we read them, and then all of it taken over or nothing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.ledger import words as ledger_words
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers.forms.tenders import SetForm, TakeSetForm
from dijkwacht.apps.suppliers.models import PrivateSet
from dijkwacht.apps.suppliers.queries import tenders as queries
from dijkwacht.apps.suppliers.services import private_sets
from dijkwacht.apps.suppliers.services.tender_papers import links_words
from dijkwacht.apps.suppliers.views.pages import attempt, own_or_404, press, sent, when
from dijkwacht.apps.suppliers.views.tenders import BOTH
from dijkwacht.apps.suppliers.words.tenders import set_answer
from dijkwacht.core.access import Right
from dijkwacht.web import clock
from dijkwacht.web.supplier_import_words import words as problem_words

SHOWN = 12
"""So many requirements of a file are shown before it is taken over."""


@require_safe
def private_set_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which sets of our own are there to choose from?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = queries.sets_of(seat.organisation).select_related("brought_by")
    context = {"rows": rows, "changes": seat.may(Right.SUPPLY)}
    return render(request, "suppliers/private_sets.html", {"seat": seat, **context})


@require_safe
def private_set(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is in this set?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = own_or_404(seat, PrivateSet, pk)
    by_part: dict[str, list[Any]] = {}
    for each in row.requirements.all():
        by_part.setdefault(each.part, []).append((each, _serves(request, each.links)))
    context = {"row": row, "parts": by_part.items(), "changes": seat.may(Right.SUPPLY) and row.ended_on is None}
    return render(request, "suppliers/private_set.html", {"seat": seat, **context})


@require_http_methods(BOTH)
def private_set_bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    form = SetForm(sent(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        try:
            upload = uploads.keep(
                seat.organisation, person=seat.person, file=form.cleaned_data["file"], library=None,
                at=clock.now(request), largest=private_sets.LARGEST,
            )  # fmt: skip
        except EvidenceError as error:
            form.add_error("file", ledger_words.trouble(error, on=clock.today(request)))
        else:
            return redirect("suppliers:private_set_preview", organisation=organisation, token=upload.token)
    return render(request, "suppliers/private_set_bring.html", {"seat": seat, "form": form})


@require_http_methods(BOTH)
def private_set_preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What the file says as we read it; taken over as a whole when it is right."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    upload = _upload_or_404(request, seat, token)
    found = private_sets.read(upload.content, upload.name)
    form = TakeSetForm(
        sent(request), unweighed=private_sets.unweighed(found.rows), initial={"name": _stem(upload.name)}
    )
    if form.is_valid():
        told = {"file_name": upload.name, "sha256": upload.sha256, **form.cleaned_data, **when(request, seat)}
        row = attempt(form, lambda: private_sets.bring(seat.organisation, found, **told))
        if row is not None:
            uploads.drop(upload)
            messages.success(request, _("The set is there. Choose it when you begin a tender."))
            return redirect("suppliers:private_set", organisation=organisation, pk=row.pk)
    context = {
        "upload": upload, "form": form, "found": found, "answer": set_answer(found),
        "some": [(each, _serves(request, each.links)) for each in found.rows[:SHOWN]],
        "rest": max(0, len(found.rows) - SHOWN),
        "problems": [problem_words(each) for each in found.problems], "remarks": [problem_words(each) for each in found.remarks],
    }  # fmt: skip
    return render(request, "suppliers/private_set_preview.html", {"seat": seat, **context})


@require_POST
def private_set_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It is not chosen from any more."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    row = own_or_404(seat, PrivateSet, pk)
    press(request, lambda: private_sets.end(row, **when(request, seat)), _("This set can no longer be chosen."))
    return redirect("suppliers:private_sets", organisation=organisation)


def _upload_or_404(request: HttpRequest, seat: Seat, token: str) -> uploads.Upload:
    found = uploads.find(seat.organisation, token, person=seat.person, at=clock.now(request))
    if found is None:
        raise Http404
    return found


def _serves(request: HttpRequest, links: Sequence[str]) -> list[str]:
    """What a requirement serves, as people write it."""
    language = (get_language() or "nl").partition("-")[0]
    return links_words(links, on=clock.today(request), language=language)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
