"""Where the figures come from: which tables, how old, in doubt of what; a table is brought, looked at and taken over."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.crime import sources_page as page
from dijkwacht.apps.crime import words
from dijkwacht.apps.crime.forms.figures import PlaceForm, TableForm, WithdrawForm, chosen
from dijkwacht.apps.crime.models.figures import Edition
from dijkwacht.apps.crime.queries import picture as queries
from dijkwacht.apps.crime.services import editions, own
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.crime.views.pages import attempt, form_page, kept, own_or_404, upload_or_404
from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.days import parse_day
from dijkwacht.web import clock


@require_safe
def sources(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which tables stand under the picture, how old are they, and what is not sure about them?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    context = {"seat": seat, "steers": seat.may(Right.STEER), **page.context_of(seat.organisation)}
    return render(request, "crime/sources.html", context)


def place(request: HttpRequest, organisation: str) -> HttpResponse:
    """In which areas of the tables do we lie?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    codes = queries.where_is(seat.organisation).codes
    form = PlaceForm(sent(request), initial={queries.PARTS[step]: code for step, code in codes.items()})
    does = when(request, seat)
    if form.is_valid() and attempt(form, lambda: own.choose_place(seat.organisation, form.cleaned_data, **does)):
        messages.success(request, _("Recorded: the picture is about these areas from now on."))
        return redirect("crime:home", organisation=organisation)
    texts = {
        "title": _("Where do we lie?"),
        "eyebrow": _("Sources"),
        "back": reverse("crime:sources", args=[organisation]),
    }
    return form_page(request, seat, form, notes=page.place_notes(), **texts)


def bring(request: HttpRequest, organisation: str) -> HttpResponse:
    """Takes a table in, to be looked at first."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = TableForm(sent(request), request.FILES or None, initial={"fetched_on": clock.today(request)})
    if form.is_valid() and (upload := kept(request, seat, form, largest=editions.LARGEST)):
        told = {"table": form.cleaned_data["table"], "fetched": form.cleaned_data["fetched_on"].isoformat()}
        return redirect(f"{reverse('crime:source_preview', args=[organisation, upload.token])}?{urlencode(told)}")
    texts = {
        "title": _("Bring a table"),
        "eyebrow": _("Sources"),
        "back": reverse("crime:sources", args=[organisation]),
    }
    return form_page(request, seat, form, notes=page.bring_notes(), submit=_("Look at it first"), **texts)


@require_safe
def preview(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """What is in the table and what it changes; nothing was recorded."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload = upload_or_404(request, seat, token)
    context = page.preview_of(upload, request.GET)
    answer = {"seat": seat, "upload": upload, "given": request.GET.dict(), **context}
    return render(request, "crime/source_preview.html", answer, status=422 if context["wrong"] else 200)


@require_POST
def carry(request: HttpRequest, organisation: str, token: str) -> HttpResponse:
    """Takes the table over, whole, for all organisations here."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    upload, given = upload_or_404(request, seat, token), request.POST
    told: dict[str, Any] = when(request, seat)
    try:
        found = editions.read(
            upload.content, name=upload.name, table=given.get("table", ""), chosen=chosen(given.dict())
        )
        fetched = _day(given.get("fetched", ""), clock.today(request))
        row, again = editions.bring(seat.organisation, found, fetched_on=fetched, name=upload.name, **told)
    except (Refused, editions.CbsError) as error:
        messages.error(request, words.refusal(error) if isinstance(error, Refused) else page.error_words(error))
        return redirect("crime:source_preview", organisation=organisation, token=token)
    uploads.drop(upload)
    messages.success(request, page.carried(row, again))
    return redirect("crime:sources", organisation=organisation)


def withdraw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes an edition back that was wrong."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, Edition, pk, withdrawn_at=None)
    form, does = WithdrawForm(sent(request)), when(request, seat)
    back = reverse("crime:sources", args=[organisation])
    if form.is_valid() and attempt(form, lambda: editions.withdraw(row, because=form.cleaned_data["because"], **does)):
        messages.success(request, _("Withdrawn: these figures are no longer shown."))
        return redirect(back)
    texts = {"title": _("Withdraw %(edition)s") % {"edition": row}, "eyebrow": _("Sources"), "back": back}
    return form_page(request, seat, form, notes=[_("All organisations here lose sight of these figures.")], **texts)


def _day(text: str, today: date) -> date:
    """The day that was said; today when it is none."""
    try:
        return parse_day(text)
    except ValueError:
        return today
