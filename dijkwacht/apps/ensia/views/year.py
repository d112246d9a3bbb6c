"""The year at a glance, opening and closing it, and the mails that went out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ensia import forms, pages, words
from dijkwacht.apps.ensia.models import Year
from dijkwacht.apps.ensia.services import years as services
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def now(request: HttpRequest, organisation: str) -> HttpResponse:
    """The latest year; a page to open one when there is none."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = Year.objects.filter(organisation=seat.organisation).first()
    if found is None:
        return render(request, "ensia/start.html", {"seat": seat, "form": _open_form(request, seat)})
    return redirect("ensia:year", organisation=organisation, year=found.year)


@require_safe
def year(request: HttpRequest, organisation: str, year: int) -> HttpResponse:
    """How does the year stand, line by line?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found, on = year_or_404(seat, year), clock.today(request)
    rows = pages.line_rows(found, on=on)
    terms, today_at = pages.term_rows(found, on=on)
    context = {
        "year": found, "rows": rows, "terms": terms, "today_at": today_at,
        "sentence": pages.year_sentence(rows, on=on),
        "may_prepare": seat.may(Right.PREPARE) and found.closed_on is None,
        "others": Year.objects.filter(organisation=seat.organisation).exclude(pk=found.pk),
        "newer": seat.may(Right.PREPARE) and found.year < on.year,
        "form": forms.CoordinatorForm(initial={"coordinator": found.coordinator_id}, persons=_persons(seat)),
    }  # fmt: skip
    return render(request, "ensia/year.html", {"seat": seat, **context})


def open_year(request: HttpRequest, organisation: str) -> HttpResponse:
    """Opens a year."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    form = _open_form(request, seat, sent=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        coordinator = _person(seat, form.cleaned_data["coordinator"])
        try:
            made = services.open_year(
                seat.organisation, year=form.cleaned_data["year"], coordinator=coordinator, person=seat.person,
                on=clock.today(request), at=clock.now(request),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("year", words.trouble(refused.code))
        else:
            messages.success(request, _("ENSIA %(year)s is open. Now hand out its lines.") % {"year": made.year})
            return redirect("ensia:year", organisation=organisation, year=made.year)
    return render(request, "ensia/start.html", {"seat": seat, "form": form})


@require_POST
def coordinate(request: HttpRequest, organisation: str, year: int) -> HttpResponse:
    """Says who keeps the year going."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found = year_or_404(seat, year)
    form = forms.CoordinatorForm(request.POST, persons=_persons(seat))
    if not form.is_valid():
        messages.error(request, words.trouble("colleague"))
        return redirect("ensia:year", organisation=organisation, year=year)
    try:
        services.coordinate(
            found, coordinator=_person(seat, form.cleaned_data["coordinator"]), person=seat.person,
            on=clock.today(request), at=clock.now(request),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, words.trouble(refused.code))
    else:
        messages.success(request, _("Saved."))
    return redirect("ensia:year", organisation=organisation, year=year)


def close(request: HttpRequest, organisation: str, year: int) -> HttpResponse:
    """Closes the year; asks why when lines were not handed in."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found, on = year_or_404(seat, year), clock.today(request)
    left = pages.left_lines(found, pages.line_rows(found, on=on))
    form = forms.ReasonForm(request.POST or None, needed=bool(left))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_year(
                found, reason=form.cleaned_data["reason"], person=seat.person, on=on, at=clock.now(request)
            )
        except Refused as refused:
            form.add_error(None, words.trouble(refused.code))
        else:
            messages.success(request, _("ENSIA %(year)s is closed.") % {"year": year})
            return redirect("ensia:year", organisation=organisation, year=year)
    return render(request, "ensia/close.html", {"seat": seat, "year": found, "left": left, "form": form})


@require_safe
def notices(request: HttpRequest, organisation: str, year: int) -> HttpResponse:
    """Which mails went out, and which will."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found = year_or_404(seat, year)
    context = {
        "year": found,
        "notices": found.notices.select_related("person")[:200],
        "coming": pages.coming(found),
    }
    return render(request, "ensia/notices.html", {"seat": seat, **context})


def year_or_404(seat: Seat, year: int) -> Year:
    """The year of this organisation. Raises Http404."""
    found = Year.objects.filter(organisation=seat.organisation, year=year).select_related("organisation", "coordinator")
    if (first := found.first()) is None:
        raise Http404
    return first


def _open_form(request: HttpRequest, seat: Seat, *, sent: bool = False) -> forms.OpenForm:
    persons = _persons(seat)
    return forms.OpenForm(request.POST if sent else None, on=clock.today(request), persons=persons)


def _persons(seat: Seat) -> list[tuple[str, str]]:
    found = persons_in(seat.organisation, on=clock.real_today())
    return [(str(person.pk), str(person)) for person in found]


def _person(seat: Seat, pk: str) -> Person | None:
    return persons_in(seat.organisation, on=clock.real_today()).filter(pk=pk).first() if pk else None
