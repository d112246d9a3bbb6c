"""The pages of joint reviews: all that we have a part in, one review, one question; opening one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers import review_page, review_words
from dijkwacht.apps.suppliers.forms.reviews import JudgeForm, OpenForm
from dijkwacht.apps.suppliers.models import Question
from dijkwacht.apps.suppliers.queries import reviews as queries
from dijkwacht.apps.suppliers.services import judging, reviewing
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, sent, when
from dijkwacht.apps.suppliers.views.review_seat import question_or_404, review_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.suppliers_questions import question_sets
from dijkwacht.web import clock
from dijkwacht.web.context import address


@require_safe
def reviews(request: HttpRequest, organisation: str) -> HttpResponse:
    """Every review in which we have a part, with what needs this person; then those of our suppliers that we may join."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if seat.organisation.kind == OrganisationKind.SUPPLIER:  # it takes part in none: what it is asked stands there
        return redirect("suppliers:asked", organisation=organisation)
    on = clock.today(request)
    rows, joinable = queries.listed(seat, on=on), queries.joinable(seat, on=on)
    context = {
        "seat": seat, "rows": [review_page.row(each, seat) for each in rows],
        "joinable": [review_page.row(each, seat) for each in joinable],
        "answer": review_words.list_answer(rows, joinable), "opens": _opens(seat),
    }  # fmt: skip
    return render(request, "suppliers/reviews.html", context)


def review_open(request: HttpRequest, organisation: str) -> HttpResponse:
    """Opens a review: what is reviewed, whom to ask, which questions. The supplier hears nothing yet."""
    seat = organisation_or_404(request, organisation, Right.SUPPLY)
    if not _opens(seat):
        raise PermissionDenied
    form = OpenForm(sent(request), pack=question_sets())
    if form.is_valid():
        asked = {"told": form.told, "contact": form.whom, "question_set": form.cleaned_data["question_set"]}
        made = attempt(form, lambda: reviewing.open_review(seat.organisation, **asked, **when(request, seat)))
        if made:
            messages.success(request, _("The review is being prepared. Look through the questions, then send it."))
            return redirect("suppliers:review", organisation=organisation, pk=made.pk)
    answer = _("Asked once, judged by two people, and everybody who has this supplier can take over what comes out.")
    return form_page(
        request, seat, form, title=_("Open a joint review"), answer=answer, submit=_("Prepare the review"),
        back=address("suppliers:reviews", organisation=organisation),
    )  # fmt: skip


@require_safe
def review(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One review: how far it is, each question with how it stands and why, findings with their terms, who takes part."""
    seat, found, sight = review_or_404(request, organisation, pk)
    if found.portal_id == seat.organisation.pk:
        return redirect("suppliers:asked_review", organisation=organisation, pk=pk)
    context = review_page.whole(found, seat, sight, on=clock.today(request))
    return render(request, "suppliers/review.html", {"seat": seat, **context})


def review_question(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One question: the answer with its files, what two people found of it, what is wrong with it; and judging it."""
    seat, question, sight = question_or_404(request, organisation, pk, may="outcome")
    if question.review.portal_id == seat.organisation.pk:
        return redirect("suppliers:asked_review", organisation=organisation, pk=question.review_id)
    if request.method == "POST" and not sight.judges:
        raise PermissionDenied
    last = question.replies.order_by("at", "pk").last()
    form = JudgeForm(sent(request), initial={"seen": last and last.pk, **_said(question, seat)})
    if form.is_valid():
        said = {**form.cleaned_data, "organisation": seat.organisation, **when(request, seat)}
        if attempt(form, lambda: judging.judge(question, **said)):
            messages.success(request, _("Your judgement is recorded."))
            return redirect(_onward(request, question, seat))
    context = review_page.question(question, seat, sight, on=clock.today(request))
    return render(request, "suppliers/review_question.html", {"seat": seat, "form": form, **context})


def _opens(seat: Seat) -> bool:
    """Whether this organisation opens reviews: everybody but a supplier."""
    return seat.may(Right.SUPPLY) and seat.organisation.kind != OrganisationKind.SUPPLIER


def _said(question: Question, seat: Seat) -> dict[str, str]:
    """What this person said of the answer as it stands."""
    last = question.judgements.filter(person=seat.person).order_by("at", "pk").last()
    reply = question.replies.order_by("at", "pk").last()
    current = last is not None and reply is not None and last.at >= reply.at
    return {"word": last.word, "note": last.note} if last is not None and current else {}


def _onward(request: HttpRequest, question: Question, seat: Seat) -> str:
    """Where somebody goes after he judged: to the next question that waits for him, else to the review."""
    following = review_page.next_to_judge(question, seat, on=clock.today(request))
    if following is None:
        return address("suppliers:review", organisation=seat.organisation.slug, pk=str(question.review_id))
    return address("suppliers:review_question", organisation=seat.organisation.slug, pk=str(following))
