"""What who keeps a review does with it: its questions, who takes part, its terms, sending, judging, concluding, withdrawing."""

from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.invitations import send_invitation
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.people.queries import organisation_named
from dijkwacht.apps.suppliers.forms import reviews as review_forms
from dijkwacht.apps.suppliers.models import Party, Review
from dijkwacht.apps.suppliers.queries.review_people import barred, named
from dijkwacht.apps.suppliers.queries.reviews import left_out
from dijkwacht.apps.suppliers.review_words import barred_notes
from dijkwacht.apps.suppliers.services import concluding, inviting, judging, review_mails, reviewing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.suppliers.services.reviewing import Told
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.suppliers.views.review_seat import question_or_404, review_or_404
from dijkwacht.web import clock
from dijkwacht.web.context import address
from dijkwacht.web.mailing import post


def page_of(
    request: HttpRequest, seat: Seat, review: Review, form: forms.Form, *, title: str, deed: Callable[[], Any],
    done: str, **texts: Any,
) -> HttpResponse:  # fmt: skip
    """One form about a review: shows it, or does what it asks, says so and goes back to where it began."""
    back = texts.pop("back", "") or address("suppliers:review", organisation=seat.organisation.slug, pk=str(review.pk))
    if form.is_valid() and attempt(form, deed):
        messages.success(request, done)
        return redirect(back)
    return form_page(request, seat, form, title=title, back=back, eyebrow=review.title, **texts)


def review_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Tells otherwise what the review is about, and its terms."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    initial = {name: getattr(found, name) for name in review_forms.ReviewForm.base_fields}
    form = review_forms.ReviewForm(sent(request), initial=initial)

    def deed() -> Review:
        told: Told = form.told
        return reviewing.change(found, told=told, **when(request, seat))

    return page_of(
        request, seat, found, form, title=_("Change the review"), deed=deed, done=_("The review is changed.")
    )


def review_add_question(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """An own question beside those of the set."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    language = (get_language() or "nl")[:2]
    facts = [(name, text.get(language, name)) for name, text in reviewing.facts_to_ask(on=clock.today(request)).items()]
    form = review_forms.QuestionForm(sent(request), facts=facts)
    return page_of(
        request, seat, found, form, title=_("Add a question"),
        deed=lambda: reviewing.add_question(found, **form.cleaned_data, **when(request, seat)), done=_("The question is added."),
    )  # fmt: skip


def review_leave_out(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Does not ask a question, with the reason."""
    seat, question, _sight = question_or_404(request, organisation, pk, may="keeps")
    form = review_forms.BecauseForm(sent(request))
    return page_of(
        request, seat, question.review, form, title=_("Leave this question out"),
        deed=lambda: reviewing.leave_out(question, **form.cleaned_data, **when(request, seat)),
        done=_("This question is not asked. Everybody who takes part sees why."),
        answer=question.text.get((get_language() or "nl")[:2], question.key), submit=_("Leave out"),
    )  # fmt: skip


@require_POST
def review_ask(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Asks a question after all."""
    seat, question, _sight = question_or_404(request, organisation, pk, may="keeps")
    press(
        request,
        lambda: reviewing.ask_after_all(question, **when(request, seat)),
        _("This question is asked after all."),
    )
    return redirect("suppliers:review", organisation=organisation, pk=question.review_id)


def review_invite(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets another organisation review along."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    form = review_forms.InviteForm(sent(request))

    def deed() -> Party:
        whom = organisation_named(form.cleaned_data["organisation"])
        if whom is None:
            raise Refused("no_organisation", field="organisation")
        made = reviewing.invite_reviewer(found, organisation=whom, **when(request, seat))
        review_mails.send_waiting(at=clock.now(request), party=made)
        return made

    return page_of(
        request, seat, found, form, title=_("Let another organisation review along"), deed=deed,
        done=_("This organisation reviews along. Its people who do this work get a mail."),
        submit=_("Let review along"),
    )  # fmt: skip


@require_POST
def review_party_end(request: HttpRequest, organisation: str, pk: int, party: int) -> HttpResponse:
    """An organisation no longer takes part."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    row = get_object_or_404(Party, pk=party, review=found)
    press(
        request, lambda: reviewing.end_party(row, **when(request, seat)), _("This organisation no longer takes part.")
    )
    return redirect("suppliers:review", organisation=organisation, pk=pk)


def review_divide(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Divides the questions over people."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    persons = named(found, on=clock.today(request))
    eyes = found.questions.values_list("first_eyes", "second_eyes")
    form = review_forms.DivideForm(
        sent(request), persons=persons, initial={"persons": sorted({pk for pair in eyes for pk in pair if pk})}
    )
    return page_of(
        request, seat, found, form, title=_("Divide the work"),
        deed=lambda: judging.divide(found, **form.cleaned_data, **when(request, seat)), done=_("The questions are divided."),
        submit=_("Divide evenly"), answer=_("Two pairs of eyes per question, and everybody about as many."),
        notes=barred_notes(barred(found, on=clock.today(request)), supplier=str(found.portal)),
    )  # fmt: skip


def review_eyes(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says who looks at one question."""
    seat, question, _sight = question_or_404(request, organisation, pk, may="keeps")
    initial = {"first_eyes": question.first_eyes_id, "second_eyes": question.second_eyes_id}
    form = review_forms.EyesForm(
        sent(request), persons=named(question.review, on=clock.today(request)), initial=initial
    )

    def deed() -> Any:
        first, second = form.cleaned_data["first_eyes"], form.cleaned_data["second_eyes"]
        return judging.give_eyes(question, first=first, second=second, **when(request, seat))

    back = address("suppliers:review_question", organisation=organisation, pk=str(pk))
    return page_of(
        request,
        seat,
        question.review,
        form,
        title=_("Who looks at this question"),
        deed=deed,
        done=_("Recorded who looks at it."),
        back=back,
    )


def review_send(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Sends the questions to the supplier, and mails its people."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    people = inviting.asked(found, on=clock.real_today())
    notes = [
        _("These people of %(supplier)s get a mail: %(names)s.") % {"supplier": found.portal, "names": _names(people)}
    ]
    notes += [
        _("Questions that are not asked, with the reason that everybody sees: %(n)s.") % {"n": n}
        for n in [len(left_out(found))]
        if n
    ]
    form = review_forms.Plain(sent(request))

    def deed() -> Review:
        made = reviewing.send(found, **when(request, seat))
        _mail(request, made, people)
        return made

    return page_of(
        request, seat, found, form, title=_("Send to the supplier"), deed=deed, done=_("The questions are with the supplier."),
        submit=_("Send"), notes=notes, answer=_("From then on the supplier can answer, and the label cannot become wider."),
    )  # fmt: skip


def review_extend(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Gives the supplier more time, or lets it answer again."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    form = review_forms.TermForm(sent(request), initial={"answer_before": found.answer_before})
    return page_of(
        request, seat, found, form, title=_("More time to answer"),
        deed=lambda: reviewing.ask_again(found, **form.cleaned_data, **when(request, seat)),
        done=_("The supplier can answer until then."),
    )  # fmt: skip


def review_conclude(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says what came out, and until when it holds."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    initial = {"conclusion": found.conclusion}
    form = review_forms.ConcludeForm(sent(request), usual=concluding.usual_until(clock.today(request)), initial=initial)
    return page_of(
        request, seat, found, form, title=_("Conclude the review"),
        deed=lambda: concluding.conclude(found, **form.cleaned_data, **when(request, seat)),
        done=_("The review is concluded. What came out counts for everybody who adopts it."), submit=_("Conclude"),
        answer=_("What came out becomes facts: yes, no, or unknown where it was not shown."),
    )  # fmt: skip


def review_withdraw(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a review back."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    form = review_forms.BecauseForm(sent(request))
    return page_of(
        request, seat, found, form, title=_("Withdraw the review"),
        deed=lambda: concluding.withdraw(found, **form.cleaned_data, **when(request, seat)),
        done=_("The review is withdrawn: from today nothing counts from it."), submit=_("Withdraw"),
        answer=_("What came out is unknown from today, also for who adopted it. This cannot be undone."),
    )  # fmt: skip


@require_POST
def review_step(request: HttpRequest, organisation: str, pk: int, step: str) -> HttpResponse:
    """A step that asks nothing: start judging, or open again."""
    seat, found, _sight = review_or_404(request, organisation, pk, may="keeps")
    verb, said = STEPS[step]
    press(request, lambda: verb(found, **when(request, seat)), str(said))
    return redirect("suppliers:review", organisation=organisation, pk=pk)


STEPS: dict[str, tuple[Callable[..., Review], Any]] = {
    "judging": (reviewing.start_judging, gettext_lazy("Answering is closed. Judging can begin.")),
    "reopen": (concluding.reopen, gettext_lazy("The review is open again. What came out goes on to count meanwhile.")),
}


def _names(people: list[Person]) -> str:
    return ", ".join(map(str, people)) or _("nobody yet; its administrator must give somebody a role")


def _mail(request: HttpRequest, review: Review, people: list[Person]) -> None:
    """Tells the people of the supplier: who has no password yet gets the link to choose one. What does not arrive is said."""
    failed = []
    for person in people:
        try:
            if person.has_usable_password():
                _ask(request, review, person)
            else:
                send_invitation(request, person=person, organisation=review.portal)
        except (OSError, SMTPException):
            failed.append(str(person))
    if failed:
        messages.warning(
            request, _("The mail to these people could not be sent: %(names)s.") % {"names": ", ".join(failed)}
        )


def _ask(request: HttpRequest, review: Review, person: Person) -> None:
    path = address("suppliers:asked_review", organisation=review.portal.slug, pk=str(review.pk))
    with translation.override(person.language):
        context = {"person": person, "review": review, "url": request.build_absolute_uri(path or "/")}
        post("suppliers/email/review_asked", context, to=person.email)
