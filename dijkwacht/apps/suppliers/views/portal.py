"""The supplier's own pages: what is asked of it, answering, who may see what, what was found. Only for a supplier: else 404."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.ledger.storage import EvidenceError
from dijkwacht.apps.ledger.words import trouble
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers import portal_page, words
from dijkwacht.apps.suppliers.forms.portal import AnswersForm, FindingForm
from dijkwacht.apps.suppliers.models import Exhibit, Question, Review, ReviewFinding, ReviewPhase
from dijkwacht.apps.suppliers.queries import asked as queries
from dijkwacht.apps.suppliers.queries.entitled import SENT, sees_file, sight
from dijkwacht.apps.suppliers.services import answering
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.suppliers.views.pages import attempt, evidence_of, form_page, press, sent, when
from dijkwacht.core.access import Right, Tlp
from dijkwacht.web import clock
from dijkwacht.web.context import address

OVER = ("answering_over", "handed_in")


@require_GET
def asked(request: HttpRequest, organisation: str) -> HttpResponse:
    """The reviews of what this supplier delivers: before when, and how much is left."""
    seat = _supplier(request, organisation, Right.SEE)
    rows = queries.reviews_of(seat.organisation)
    context = {"seat": seat, "rows": rows, "answer": portal_page.list_answer(rows), "on": clock.today(request)}
    return render(request, "suppliers/asked.html", context)


@require_http_methods(["GET", "POST"])
def asked_review(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One review, to be answered from this page; it may be left half and gone on with later."""
    seat = _supplier(request, organisation, Right.ANSWER if request.method == "POST" else Right.SEE)
    review, on = _review(seat, pk), clock.today(request)
    if request.method != "POST":
        return _page(request, seat, review)
    form = portal_page.form_of(review, queries.points(review), request.POST, request.FILES, on=on)
    form.is_valid()
    try:
        answering.answer(review, form.said(), **when(request, seat))
    except Refused as error:
        return _refused(request, seat, review, form, error)
    _take_in(request, seat, form)
    if form.errors:
        messages.warning(request, _("Everything that could be read is kept. Look at what is marked below."))
        return _page(request, seat, review, form=form)
    where = _then(request, seat, review)
    return redirect(f"{address('suppliers:asked_review', organisation=organisation, pk=str(pk))}{where}")


@require_GET
def asked_who(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Who may see what of one review, and who opened which file."""
    seat = _supplier(request, organisation, Right.SEE)
    review, on = _review(seat, pk), clock.real_today()
    context = {"seat": seat, "review": review, "readers": queries.readers(review, on=on)}
    return render(request, "suppliers/asked_who.html", {**context, "shown": queries.shown(review, on=on)})


@require_http_methods(["GET", "POST"])
def asked_finding(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What the supplier says to a finding that was confirmed; or that it is mended, with what shows it."""
    seat = _supplier(request, organisation, Right.ANSWER)
    rows = ReviewFinding.objects.select_related("question__review__portal", "question__review__organisation")
    finding = rows.filter(
        pk=pk, question__review__portal=seat.organisation, confirmed_at__isnull=False, dropped_at__isnull=True
    ).first()
    if finding is None or finding.question.review.phase == ReviewPhase.WITHDRAWN:
        raise Http404
    review = finding.question.review
    form = FindingForm(sent(request), request.FILES or None, initial={"text": finding.reply, "tlp": review.tlp})
    back = address("suppliers:asked_review", organisation=organisation, pk=str(review.pk))
    good = request.method == "POST" and form.is_valid()
    if good and attempt(form, lambda: _say(request, seat, finding, form.cleaned_data)) is not None:
        messages.success(request, _("Kept. The reviewers see it."))
        return redirect(f"{back}#bevindingen")
    return form_page(request, seat, form, title=finding.title, eyebrow=review.title, answer=finding.text, back=back)


@require_GET
def exhibit(request: HttpRequest, organisation: str, pk: int) -> FileResponse:
    """A file of a supplier, for who may see it; that somebody of another organisation opened it is noted first."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = Exhibit.objects.select_related("file", "question__review__organisation", "question__review__portal")
    found = rows.filter(pk=pk, ended_at__isnull=True).first()
    if found is None or not sees_file(sight(found.question.review, seat, on=clock.real_today()), Tlp(found.tlp)):
        raise Http404
    try:
        content = evidence.path(found.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    if seat.organisation.pk != found.question.review.portal_id:
        answering.look_at(found, organisation=seat.organisation, **when(request, seat))
    response = FileResponse(content)
    for name, value in evidence.headers(found.file).items():  # afterwards: of itself it would say that it may be opened
        response[name] = value
    return response


def _supplier(request: HttpRequest, organisation: str, right: Right) -> Seat:
    seat = organisation_or_404(request, organisation, right)
    if seat.organisation.kind != OrganisationKind.SUPPLIER:
        raise Http404
    return seat


def _review(seat: Seat, pk: int) -> Review:
    rows = Review.objects.filter(SENT, portal=seat.organisation)
    found = rows.filter(pk=pk).select_related("organisation", "portal").first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, seat: Seat, review: Review, **more: Any) -> HttpResponse:
    review.refresh_from_db()
    context = portal_page.page(seat, review, on=clock.today(request), **more)
    return render(request, "suppliers/asked_review.html", context)


def _refused(request: HttpRequest, seat: Seat, review: Review, form: AnswersForm, error: Refused) -> HttpResponse:
    """Nothing was recorded: says why, and shows back what was typed."""
    messages.error(request, words.refusal(error))
    if error.code in OVER:
        return _page(request, seat, review, typed=form.typed())
    field = error.params.get("field")
    form.add_error(field if field in form.fields else None, words.refusal(error))
    return _page(request, seat, review, form=form)


def _take_in(request: HttpRequest, seat: Seat, form: AnswersForm) -> None:
    """Keeps the files that came along; one that cannot be kept is told at its question."""
    for point, files, tlp in form.uploads():
        kept: list[Evidence] = []
        name = f"files-{point.question.pk}"
        for file in files:
            try:
                kept += [found] if (found := evidence_of(request, seat, file)) else []
            except EvidenceError as error:
                form.add_error(name, f"{file.name}: {trouble(error, on=clock.real_today())}")
        try:
            answering.show(point.question, kept, tlp=tlp or point.question.review.tlp, **when(request, seat))
        except Refused as refused:
            form.add_error(name, words.refusal(refused))


def _then(request: HttpRequest, seat: Seat, review: Review) -> str:
    """What was asked besides keeping the answers; returns where on the page to go on."""
    what, _dash, key = request.POST.get("do", "").partition("-")
    number = int(key) if key.isdecimal() and len(key) < 19 else 0
    if what == "hand_in":
        said = _("Handed in. The reviewers look at it now.")
        press(request, lambda: answering.hand_in(review, **when(request, seat)), said)
        return ""
    if what == "take":
        return _take_over(request, seat, review, number)
    if what == "back":
        return _take_back(request, review, number)
    messages.success(request, _("Kept. You can go on later."))
    return ""


def _take_over(request: HttpRequest, seat: Seat, review: Review, pk: int) -> str:
    question = (
        Question.objects.select_related("review__portal", "review__organisation")
        .filter(pk=pk, review=review, left_out_because="")
        .first()
    )
    earlier = queries.earlier_replies(review, [question]).get(question.key) if question else None
    if question is None or earlier is None:
        raise Http404
    said = _("Your earlier answer stands here too now.")
    press(request, lambda: answering.take_over(question, earlier=earlier, **when(request, seat)), said)
    return f"#vraag-{pk}"


def _take_back(request: HttpRequest, review: Review, pk: int) -> str:
    rows = Exhibit.objects.select_related("file", "question__review__portal", "question__review__organisation")
    found = rows.filter(pk=pk, question__review=review).first()
    if found is None:
        raise Http404
    said = _("Taken back: from now on only you can open it.")
    press(request, lambda: answering.take_back(found, at=clock.now(request)), said)
    return f"#vraag-{found.question_id}"


def _say(request: HttpRequest, seat: Seat, finding: ReviewFinding, data: dict[str, Any]) -> ReviewFinding:
    if not data["mended"]:
        return answering.reply_to(finding, text=data["text"], **when(request, seat))
    files = [found for file in data["files"] if (found := evidence_of(request, seat, file))]
    return answering.claim_mended(
        finding, text=data["text"], files=files, tlp=data["tlp"], mended=data["mended_on"], **when(request, seat)
    )
