"""What may be measured, how far, and by whose leave."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import consent_rows, consent_words
from dijkwacht.apps.perimeter.forms.consents import ConsentForm, RevokeForm
from dijkwacht.apps.perimeter.models import Consent, ConsentKind
from dijkwacht.apps.perimeter.queries import names
from dijkwacht.apps.perimeter.queries.claims import doubts
from dijkwacht.apps.perimeter.queries.consents import consents_of
from dijkwacht.apps.perimeter.queries.coverage import coverage, shared, uncovered
from dijkwacht.apps.perimeter.services import consents as services
from dijkwacht.apps.perimeter.views import pages
from dijkwacht.core.access import Right
from dijkwacht.norms.read import consent_texts
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

ON_A_PAGE = 25
HELD, OVER = ("waiting", "live", "coming"), ("ended", "revoked")


@require_safe
def consents(request: HttpRequest, organisation: str) -> HttpResponse:
    """What may be measured, how far, and by whose leave?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on, at = clock.today(request), clock.now(request)
    rows = [(row, consent_words.state(row, on=on)) for row in consents_of(seat.organisation)]
    watched = [each.name for each in names.watching(seat.organisation)]
    lacking = uncovered(seat.organisation, watched, on=on, at=at)
    context = {
        "answer": consent_words.sentence(rows, names=len(watched), lacking=len(lacking)),
        "held": [row for row in rows if row[1] in HELD], "over": [row for row in rows if row[1] in OVER],
        "levels": consent_rows.levels(on), "gives": seat.may(Right.CONSENT), "lacking": lacking[:ON_A_PAGE],
        "watched": watched, "doubts": doubts(seat.organisation, at=at),
    }  # fmt: skip
    return render(request, "perimeter/consents.html", {"seat": seat, **context})


@require_safe
def covered(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which consent covers which name, how far and by which path; and what is not covered?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    page = Paginator(names.watching(seat.organisation), ON_A_PAGE).get_page(request.GET.get("page"))
    on, at = clock.today(request), _local(clock.now(request))
    found = coverage(seat.organisation, list(page), on=on, at=at)
    context = {
        "answer": consent_words.coverage_sentence(found), "page": page, "shared": shared(seat.organisation, on=on, at=at),
        "doubts": doubts(seat.organisation, at=at), "gives": seat.may(Right.CONSENT),
        "rows": [(each, *consent_rows.reaches(each, seat.organisation)) for each in found],
    }  # fmt: skip
    return render(request, "perimeter/covered.html", {"seat": seat, **context})


def give(request: HttpRequest, organisation: str) -> HttpResponse:
    """A consent of the organisation itself or of a supplier, with the whole text."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    kind = ConsentKind.SUPPLIER if request.GET.get("soort") == "supplier" else ConsentKind.OWN
    form = ConsentForm(pages.sent(request), on=clock.today(request), supplier=kind == ConsentKind.SUPPLIER)
    if form.is_valid():
        given = consent_rows.given(form.cleaned_data, kind=kind, organisation=seat.organisation)
        made = pages.attempt(
            form, lambda: services.give(seat.organisation, given=given, person=seat.person, at=clock.now(request))
        )
        if made is not None:
            return redirect("perimeter:consent", organisation, made.pk)
    texts = consent_texts()
    text = texts.texts[kind.value]
    context = {
        "kind": kind.value, "text": text.filled(organisation=seat.organisation.name), "version": text.version,
        "uncertain": text_of(texts.uncertain), "levels": consent_rows.levels(clock.today(request)),
    }  # fmt: skip
    return render(request, "perimeter/consent_give.html", {"seat": seat, "form": form, **context})


@require_safe
def consent(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What does this consent say, and does it hold?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = _row(seat, pk)
    state = consent_words.state(row, on=clock.today(request))
    waits = state in HELD and row.level >= services.CONFIRM_FROM and row.confirmed_at is None
    context = {
        "row": row, "state": state, "waits": waits, "windows": [consent_words.window_words(each) for each in row.window],
        "confirms": waits and seat.may(Right.SIGN) and row.given_by_id != seat.person.pk,
        "revokes": state in HELD and seat.may(Right.CONSENT), "level": consent_words.level_word(row.level),
    }  # fmt: skip
    return render(request, "perimeter/consent.html", {"seat": seat, **context})


@require_POST
def confirm(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who may sign confirms a consent that goes far."""
    seat = organisation_or_404(request, organisation, Right.SIGN)
    row = _row(seat, pk)
    pages.press(
        request,
        lambda: services.confirm(row, person=seat.person, at=clock.now(request)),
        _("The consent is confirmed, and holds to its full level."),
    )
    return redirect("perimeter:consent", organisation, pk)


def revoke(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a consent back, with the reason."""
    seat = organisation_or_404(request, organisation, Right.CONSENT)
    row = _row(seat, pk)
    form = RevokeForm(pages.sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        deed = pages.attempt(
            form, lambda: services.revoke(row, reason=reason, person=seat.person, at=clock.now(request))
        )
        if deed is not None:
            return redirect("perimeter:consent", organisation, pk)
    return pages.form_page(
        request, seat, form, title=_("Revoke this consent"), submit=_("Revoke"),
        answer=_("Measuring on this consent stops within seconds. What was measured stays."),
        back=reverse("perimeter:consent", args=(organisation, pk)), eyebrow=_("Consent"),
        notes=[f"{consent_words.whose(row)}: {', '.join(row.scope[:6])}{' …' if len(row.scope) > 6 else ''}"],
    )  # fmt: skip


def _row(seat: Seat, pk: int) -> Consent:
    return get_object_or_404(consents_of(seat.organisation), pk=pk)


def _local(at: datetime) -> datetime:
    """Hours of a consent are read on our own clocks."""
    return at.astimezone(consent_rows.HERE)
