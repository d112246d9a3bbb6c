"""Needs: which there are, how widely each is felt, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.landscape.forms import needs as forms
from dijkwacht.apps.landscape.models import Area, Challenge, Need
from dijkwacht.apps.landscape.queries import needs as queries
from dijkwacht.apps.landscape.queries.lessons import to_take_over
from dijkwacht.apps.landscape.services import needs as services
from dijkwacht.apps.landscape.words import needs as say
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

FORM = "landscape/need_form.html"


@require_safe
def needs(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do municipalities need, how widely is it felt, and who acts?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.needs(seat.organisation, on=clock.today(request))
    rows = [(row, say.breadth(row.weighed.voices), say.missing(row), address(organisation, row)) for row in found]
    areas = [(label, [row for row in rows if row[0].area == value]) for value, label in Area.choices]
    context = {
        "answer": say.needs_answer(found), "areas": [each for each in areas if each[1]], "changes": seat.may(Right.STEER),
        "lessons": to_take_over(seat.organisation, on=clock.today(request)),
    }  # fmt: skip
    return render(request, "landscape/needs.html", {"seat": seat, **context})


def add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Raises a need."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.NeedForm(sent(request))
    if form.is_valid():
        made = attempt(
            form, lambda: services.raise_need(seat.organisation, told=form.told(), **when(request, seat)), say.refusal
        )
        if made:
            messages.success(request, _("Recorded: the need stands in the register."))
            return redirect("landscape:need", organisation=organisation, pk=made.pk)
    return form_page(
        request,
        seat,
        form,
        template=FORM,
        title=_("Raise a need"),
        back=reverse("landscape:needs", args=[organisation]),
    )


@require_safe
def need(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is needed, who feels it, and what becomes of it?"""
    return _page(request, organisation, f"{queries.OWN}{pk}")


@require_safe
def pack_need(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """The same of a need that public papers name."""
    return _page(request, organisation, f"{queries.PACK}{name}")


def speak(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says how strongly a need is felt here."""
    return _speak(request, organisation, f"{queries.OWN}{pk}")


def pack_speak(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """The same of a need that public papers name."""
    return _speak(request, organisation, f"{queries.PACK}{name}")


def handle(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says what becomes of a need."""
    return _handle(request, organisation, f"{queries.OWN}{pk}")


def pack_handle(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """The same of a need that public papers name."""
    return _handle(request, organisation, f"{queries.PACK}{name}")


def change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes otherwise what is needed."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    names = ("title", "needed", "area", "challenge", "reach")
    form = forms.NeedForm(sent(request), initial={name: getattr(row, name) for name in names})
    if form.is_valid() and attempt(
        form, lambda: services.change_need(row, told=form.told(), **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: this is what is needed now."))
        return redirect("landscape:need", organisation=organisation, pk=pk)
    back = reverse("landscape:need", args=[organisation, pk])
    return form_page(request, seat, form, template=FORM, title=_("What is needed"), eyebrow=row.title, back=back)


@require_POST
def take_back(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """It should not have stood there."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    press(request, lambda: services.take_back(row, **when(request, seat)), _("Recorded: taken back."), say.refusal)
    return redirect("landscape:needs", organisation=organisation)


def own_or_404(seat: Seat, pk: int) -> Need:
    """A need that this organisation raised and did not take back. Raises Http404."""
    row = Need.objects.filter(organisation=seat.organisation, pk=pk, withdrawn_on__isnull=True).first()
    if row is None:
        raise Http404
    return row


def address(organisation: str, row: queries.Seen, do: str = "") -> str:
    """The page of a need, or of what is done with it (``speak``, ``handle``)."""
    name = ("pack_need" if row.pack else "need") + (f"_{do}" if do else "")
    part = row.pack.id if row.pack else row.row.pk if row.row else 0
    return reverse(f"landscape:{name}", args=[organisation, part])


def _sight(request: HttpRequest, organisation: str, key: str, right: Right) -> tuple[Seat, queries.Seen]:
    seat = organisation_or_404(request, organisation, right)
    row = queries.need(seat.organisation, key, on=clock.today(request))
    if row is None:
        raise Http404
    return seat, row


def _page(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    seat, row = _sight(request, organisation, key, Right.SEE)
    steers = seat.may(Right.STEER)
    context: dict[str, Any] = {
        "need": row, "answer": say.breadth(row.weighed.voices), "missing": say.missing(row), "steers": steers,
        "own": row.row is not None and row.row.organisation == seat.organisation, "handling": row.handling,
        "area": Area(row.area).label, "challenge": Challenge(row.challenge).label if row.challenge else "",
        "costs": costs(row), "speak_url": address(organisation, row, "speak"),
        "handle_url": address(organisation, row, "handle"),
    }  # fmt: skip
    return render(request, "landscape/need.html", {"seat": seat, **context})


def costs(row: queries.Seen) -> list[tuple[str, str, list[int]]]:
    """The bands of costs that were given: for which municipality, once or per year, low, likely and high."""
    if row.handling is None:
        return []
    kinds = ((_("once"), row.handling.once), (_("per year"), row.handling.yearly))
    return [
        (str(words), kind, bands[size]) for size, words in forms.SIZES.items() for kind, bands in kinds if size in bands
    ]


def _speak(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    seat, row = _sight(request, organisation, key, Right.STEER)
    mine = row.mine
    form = forms.VoiceForm(sent(request), initial={"felt": mine.felt, "because": mine.because} if mine else None)
    deed = {"need": key, **when(request, seat)}
    if form.is_valid() and attempt(
        form, lambda: services.speak(seat.organisation, **form.cleaned_data, **deed), say.refusal
    ):
        messages.success(request, _("Recorded: your voice counts."))
        return redirect(address(organisation, row))
    return form_page(
        request, seat, form, template=FORM, title=_("Do you feel this need?"), eyebrow=row.title,
        back=address(organisation, row), notes=[row.needed],
    )  # fmt: skip


def _handle(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    seat, row = _sight(request, organisation, key, Right.STEER)
    form = forms.HandlingForm(sent(request), initial=forms.handled(row.handling))
    deed = {"need": key, **when(request, seat)}
    if form.is_valid() and attempt(
        form, lambda: services.handle(seat.organisation, told=form.told(), **deed), say.refusal
    ):
        messages.success(request, _("Recorded: this is what becomes of it."))
        return redirect(address(organisation, row))
    return form_page(
        request, seat, form, template=FORM, title=_("What becomes of this need?"), eyebrow=row.title,
        back=address(organisation, row),
    )  # fmt: skip
