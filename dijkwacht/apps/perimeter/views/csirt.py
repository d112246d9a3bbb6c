"""A CSIRT measures names of municipalities on its own legal basis, and tells them what it saw."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter import consent_rows, consent_words, csirt_words
from dijkwacht.apps.perimeter.forms.consents import CsirtBasisForm
from dijkwacht.apps.perimeter.forms.csirt import CsirtNamesForm, TellForm
from dijkwacht.apps.perimeter.models import ConsentKind
from dijkwacht.apps.perimeter.queries import csirt as queries
from dijkwacht.apps.perimeter.queries import runs as run_queries
from dijkwacht.apps.perimeter.services import consents, notices
from dijkwacht.apps.perimeter.services import csirt as services
from dijkwacht.apps.perimeter.views import logbook, pages
from dijkwacht.apps.perimeter.views import runs as run_views
from dijkwacht.apps.perimeter.words import title
from dijkwacht.core.access import Right
from dijkwacht.norms.read import consent_texts
from dijkwacht.web import clock
from dijkwacht.web.terms import text_of

MOST = 2  # the level of a measurement by law: `core/consent` holds it there too


@require_safe
def csirt(request: HttpRequest, organisation: str) -> HttpResponse:
    """Of whom do we measure names, on which basis, and what is wrong there?"""
    seat = _seat(request, organisation)
    on, at = clock.today(request), clock.now(request)
    rows = queries.watched(seat.organisation)
    context = {
        "rows": rows, "answer": csirt_words.sentence(rows), "runs": run_queries.runs(seat.organisation)[:10],
        "bases": [(row, consent_words.state(row, on=on)) for row in queries.bases(seat.organisation)],
        "quiet": run_queries.quiet_since(seat.organisation, at=at),
    }  # fmt: skip
    return render(request, "perimeter/csirt.html", {"seat": seat, **context})


def basis(request: HttpRequest, organisation: str) -> HttpResponse:
    """The legal basis on which this CSIRT measures, and what."""
    seat = _seat(request, organisation)
    texts = consent_texts()
    form = CsirtBasisForm(
        pages.sent(request), on=clock.today(request), most=MOST, initial={"basis": texts.article, "scope": "*"}
    )
    if form.is_valid():
        given = consent_rows.given(form.cleaned_data, kind=ConsentKind.CSIRT, organisation=seat.organisation)
        if pages.attempt(
            form, lambda: consents.give(seat.organisation, given=given, person=seat.person, at=clock.now(request))
        ):
            return redirect("perimeter:csirt", organisation)
    text = texts.texts["csirt"].filled(organisation=seat.organisation.name)
    context = {"text": text, "version": texts.texts["csirt"].version, "uncertain": text_of(texts.article_uncertain)}
    return render(request, "perimeter/csirt_basis.html", {"seat": seat, "form": form, **context})


@require_POST
def end_basis(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """No measuring on this basis any more."""
    seat = _seat(request, organisation)
    row = get_object_or_404(queries.bases(seat.organisation), pk=pk)
    reason = _("Ended by the CSIRT itself")
    pages.press(
        request, lambda: consents.revoke(row, reason=reason, person=seat.person, at=clock.now(request)),
        _("Nothing is measured on this basis any more."),
    )  # fmt: skip
    return redirect("perimeter:csirt", organisation)


def take_up(request: HttpRequest, organisation: str) -> HttpResponse:
    """Names of an organisation to measure from now on."""
    seat = _seat(request, organisation)
    known = queries.can_be_watched(seat.organisation)
    form = CsirtNamesForm(pages.sent(request), choices=[(each.slug, each.name) for each in known])
    if form.is_valid():
        whose = known.get(slug=form.cleaned_data["whose"])
        lines = form.cleaned_data["names"].splitlines()
        made = pages.attempt(
            form,
            lambda: services.take_up(seat.organisation, whose=whose, names=lines, **pages.when(request, seat)),
        )
        if made is not None:
            return redirect("perimeter:csirt_one", organisation, whose.slug)
    return pages.form_page(
        request, seat, form, title=_("Names to measure"), back=reverse("perimeter:csirt", args=(organisation,)),
        answer=_("Each is measured once a day, as an ordinary visitor would see it."), submit=_("Take up"),
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, organisation: str, whose: str) -> HttpResponse:
    """What is wrong at this organisation, and what did we tell it?"""
    seat = _seat(request, organisation)
    about = _about(seat, whose)
    found = list(queries.open_issues(seat.organisation, about=about))
    told = queries.told(seat.organisation, about=about)
    context = {
        "about": about, "issues": found, "names": queries.names(seat.organisation, about=about), "told": told,
        "waiting": {each.issue_id for each in told if each.noted_at is None}, "answer": csirt_words.one_sentence(found),
    }  # fmt: skip
    return render(request, "perimeter/csirt_one.html", {"seat": seat, **context})


@require_POST
def measure(request: HttpRequest, organisation: str, whose: str) -> HttpResponse:
    """All names of this organisation, now."""
    seat = _seat(request, organisation)
    about = _about(seat, whose)
    pages.press(
        request,
        lambda: services.measure(seat.organisation, whose=about, person=seat.person, at=clock.now(request)),
        _("All names wait to be measured."),
    )
    return redirect("perimeter:csirt_one", organisation, whose)


def tell(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Tells the organisation what was seen."""
    seat = _seat(request, organisation)
    issue = get_object_or_404(queries.open_issues(seat.organisation), pk=pk)
    form = TellForm(pages.sent(request))
    back = reverse("perimeter:csirt_one", args=(organisation, issue.domain.about.slug if issue.domain.about else ""))
    if form.is_valid():
        text = form.cleaned_data["text"]
        if pages.attempt(form, lambda: notices.tell(issue, text=text, person=seat.person, at=clock.now(request))):
            return redirect(back)
    answer = _("%(whose)s gets a mail, and finds it on its own pages about the outside.") % {
        "whose": issue.domain.about
    }
    return pages.form_page(
        request, seat, form, title=f"{issue.domain.name}: {title(issue.check_id)}", back=back, answer=answer,
        submit=_("Send"),
    )  # fmt: skip


@require_safe
def run(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """How far is this measurement?"""
    return run_views.run_page(request, _seat(request, organisation), pk, steers=True, logs=True, room="csirt_")


@require_POST
def steer(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Pauses, takes up again or stops."""
    run_views.do(request, _seat(request, organisation), pk)
    return redirect("perimeter:csirt_run", organisation, pk)


@require_safe
def log(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What was sent to whom in this measurement, and what was held back?"""
    return logbook.log_page(request, _seat(request, organisation), pk, room="csirt_")


@require_safe
def log_file(request: HttpRequest, organisation: str, pk: int, kind: str) -> StreamingHttpResponse:
    """The same, as a file."""
    return logbook.log_download(request, _seat(request, organisation), pk, kind)


def _seat(request: HttpRequest, organisation: str) -> Seat:
    """Of an analyst, at an organisation that is a CSIRT."""
    seat = organisation_or_404(request, organisation, Right.SCAN)
    if seat.organisation.kind != OrganisationKind.CSIRT:
        raise Http404
    return seat


def _about(seat: Seat, slug: str) -> Organisation:
    found = queries.whose(seat.organisation, slug)
    if found is None:
        raise Http404
    return found
