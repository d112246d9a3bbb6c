"""Own counts of an organisation: brought, looked at, taken over, withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.crime import sources_page as page
from dijkwacht.apps.crime import words
from dijkwacht.apps.crime.forms.figures import CountsForm
from dijkwacht.apps.crime.models.figures import LocalCounts
from dijkwacht.apps.crime.services import own
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.crime.views.pages import form_page, kept, own_or_404, press, upload_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a file with own counts in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = CountsForm(sent(request), request.FILES or None)
    if form.is_valid() and (upload := kept(request, seat, form, largest=own.LARGEST)):
        return redirect("crime:local_preview", organisation=organisation, token=upload.token)
    texts = {
        "title": _("Bring own counts"),
        "eyebrow": _("Sources"),
        "back": reverse("crime:sources", args=[organisation]),
    }
    return form_page(request, seat, form, notes=page.local_notes(), submit=_("Look at it first"), **texts)


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What is in the file; nothing was recorded."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = upload_or_404(request, seat, token)
    context = page.local_preview(upload)
    answer = {"seat": seat, "upload": upload, **context}
    return render(request, "crime/local_preview.html", answer, status=422 if context["wrong"] else 200)


@require_POST
def carry(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Takes the counts over, all of them."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = upload_or_404(request, seat, token)
    try:
        row = own.take_over(seat.organisation, upload.content, name=upload.name, **when(request, seat))
    except (Refused, own.TableError) as error:
        said = words.refusal(error) if isinstance(error, Refused) else page.table_words(error)
        messages.error(request, said)
        return redirect("crime:local_preview", organisation=organisation, token=token)
    uploads.drop(upload)
    messages.success(request, page.counts_carried(row))
    return redirect("crime:home", organisation=organisation)


@require_POST
def withdraw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a file with own counts back."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, does = own_or_404(seat, LocalCounts, pk), when(request, seat)
    press(request, lambda: own.withdraw_counts(row, **does), _("Withdrawn: these counts are no longer shown."))
    return redirect("crime:sources", organisation=organisation)
