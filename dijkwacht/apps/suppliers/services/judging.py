"""Judging what a supplier answered, with two pairs of eyes; and what is found wrong, until it is mended or may stay so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import (
    Judgement,
    Question,
    Reply,
    Review,
    ReviewFinding,
    ReviewPhase,
    Severity,
    Word,
)
from dijkwacht.apps.suppliers.queries.review_people import reviewers
from dijkwacht.apps.suppliers.services import concluding
from dijkwacht.apps.suppliers.services.doing import Deed, Refused
from dijkwacht.apps.suppliers.services.review_ground import (
    RUNNING,
    about,
    in_review,
    line,
    must_review,
    question_now,
    words,
)
from dijkwacht.core.suppliers.review import divided
from dijkwacht.web.moments import day_of

LOOKING = (ReviewPhase.JUDGING, ReviewPhase.CONCLUDED)
"""Phases in which something can be found or mended: also after the conclusion, and then the facts change at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with an answer, how bad it is, and before when it is to be mended."""

    title: str
    text: str
    severity: str
    due: date


def divide(
    review: Review, *, persons: Collection[int], anew: bool, person: Person | None, at: datetime
) -> list[Question]:
    """Divides the questions over these persons, as evenly as can be. ``anew``: who looks at a question already may change.

    Raises Refused: review_phase, too_few (two persons who may judge are needed).
    """
    with in_review(review, person=person, at=at, phases=RUNNING) as (deed, now):
        able = [(str(pk), str(organisation)) for pk, organisation in reviewers(now, on=day_of(at)) if pk in persons]
        questions = list(now.questions.filter(left_out_because=""))
        held = {} if anew else {str(each.pk): _eyes(each) for each in questions}
        try:
            found = divided([str(each.pk) for each in questions], able, held=held)
        except ValueError:
            raise Refused("too_few") from None
        for each in questions:
            each.first_eyes_id, each.second_eyes_id = (int(pk) for pk in found[str(each.pk)])
        Question.objects.bulk_update(questions, ["first_eyes", "second_eyes"])
        deed.write("review_divided", about=about(now), rows=questions, title=now.title, persons=len(able))
    return questions


def give_eyes(
    question: Question, *, first: int | None, second: int | None, person: Person | None, at: datetime
) -> Question:
    """Says who looks at one question. Raises Refused: review_phase, left_out, same_eyes, not_reviewing."""
    with in_review(question.review, person=person, at=at, phases=RUNNING) as (deed, review):
        found, able = question_now(question), {pk for pk, _ in reviewers(review, on=day_of(at))}
        if first is not None and first == second:
            raise Refused("same_eyes", field="second_eyes")
        if {first, second} - {None} - able:
            raise Refused("not_reviewing", field="first_eyes")
        found.first_eyes_id, found.second_eyes_id = first, second
        found.save(update_fields=["first_eyes", "second_eyes"])
        deed.write("review_eyes", about=about(review), rows=[found], title=review.title, key=found.key)
    return found


def judge(
    question: Question, *, word: str, note: str, seen: int | None, organisation: Organisation, person: Person | None,
    at: datetime,
) -> Judgement:  # fmt: skip
    """What somebody finds of an answer. A later word of the same person takes the place of the earlier; both stay to be told.

    ``seen``: the number of the answer that he had before him. Raises Refused: review_phase, left_out, not_reviewing, own_answer,
    choice, empty (why not), no_answer, answer_changed, mended_today (on that day the two words cannot be told apart).
    """
    if word not in Word.values:
        raise Refused("choice", field="word")
    if word != Word.HOLDS:
        note = words(note, field="note")
    with in_review(question.review, person=person, at=at, phases=[ReviewPhase.JUDGING]) as (deed, review):
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        found = question_now(question)
        _answer_to_judge(found, seen=seen, person=person)
        if word == Word.DOES_NOT_HOLD and found.findings.filter(mended_on=day_of(at)).exists():
            raise Refused("mended_today", field="word")
        made = Judgement.objects.create(
            question=found,
            organisation=organisation,
            person=person,
            word=word,
            note=note.replace("\0", "").strip(),
            at=at,
        )
        concluding.follow(deed, review)
        deed.write(
            "review_judged", about=about(review), rows=[made], title=review.title, key=found.key, word=word,
            organisation=str(organisation),
        )  # fmt: skip
    return made


def raise_finding(
    question: Question, *, found: Found, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """Something is wrong with an answer. It counts when a second person confirms it.

    Raises Refused: review_phase, left_out, not_reviewing, own_answer, empty, too_long, choice, review_past, no_answer.
    """
    title = line(found.title, field="title", most=200)
    if found.severity not in Severity.values:
        raise Refused("choice", field="severity")
    if found.due <= day_of(at):
        raise Refused("review_past", field="due")
    with in_review(question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        asked = question_now(question)
        if not asked.replies.exists():
            raise Refused("no_answer")
        made = ReviewFinding.objects.create(
            question=asked, title=title, text=found.text.replace("\0", "").strip(), severity=found.severity, due=found.due,
            raised_by=person, raised_for=organisation, raised_at=at,
        )  # fmt: skip
        _tell(deed, review, made, "review_finding_raised", organisation=str(organisation))
    return made


def confirm(
    finding: ReviewFinding, *, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """A second person sees it too: from now on it counts, and the supplier sees it. Raises Refused: same_eyes, gone, …"""
    with in_review(finding.question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        now = _finding_now(finding)
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        if now.raised_by_id == (person and person.pk):
            raise Refused("same_eyes")
        if now.confirmed_at is not None:
            raise Refused("gone")
        now.confirmed_by, now.confirmed_at = person, at
        now.save(update_fields=["confirmed_by", "confirmed_at"])
        concluding.follow(deed, review)
        _tell(deed, review, now, "review_finding_confirmed")
    return now


def drop(
    finding: ReviewFinding, *, because: str, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """A finding that nobody confirmed is let go. One that was confirmed is mended or accepted.

    Raises Refused: finding_confirmed, gone, empty, …
    """
    because = words(because, field="because")
    with in_review(finding.question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        now = _finding_now(finding)
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        if now.confirmed_at is not None:
            raise Refused("finding_confirmed")
        now.dropped_at, now.dropped_because = at, because
        now.save(update_fields=["dropped_at", "dropped_because"])
        _tell(deed, review, now, "review_finding_dropped", because=because)
    return now


def see_mended(
    finding: ReviewFinding, *, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """A reviewer saw that it is mended, after the supplier said so. Raises Refused: not_claimed, finding_settled, …"""
    with in_review(finding.question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        now = _confirmed_now(finding)
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        if now.claimed_on is None:
            raise Refused("not_claimed")
        now.mended_on, now.mended_by = day_of(at), person
        now.save(update_fields=["mended_on", "mended_by"])
        concluding.follow(deed, review)
        _tell(deed, review, now, "review_finding_mended")
    return now


def not_mended(
    finding: ReviewFinding, *, because: str, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """A reviewer saw that it is not mended, whatever the supplier said; why stands with the finding, for the supplier to read."""
    because = words(because, field="because")
    with in_review(finding.question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        now = _confirmed_now(finding)
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        if now.claimed_on is None:
            raise Refused("not_claimed")
        now.claimed_on = None
        now.text = f"{now.text}\n\n{day_of(at):%d-%m-%Y}: {because}".strip()
        now.save(update_fields=["claimed_on", "text"])
        _tell(deed, review, now, "review_finding_not_mended", because=because)
    return now


def accept(
    finding: ReviewFinding, *, because: str, organisation: Organisation, person: Person | None, at: datetime
) -> ReviewFinding:
    """It may stay so, and why; another person than who raised it decides that. Raises Refused: same_eyes, finding_settled, …"""
    because = words(because, field="because")
    with in_review(finding.question.review, person=person, at=at, phases=LOOKING) as (deed, review):
        now = _confirmed_now(finding)
        must_review(review, organisation=organisation, person=person, on=day_of(at))
        if now.raised_by_id == (person and person.pk):
            raise Refused("same_eyes")
        now.accepted_on, now.accepted_by, now.accepted_because = day_of(at), person, because
        now.save(update_fields=["accepted_on", "accepted_by", "accepted_because"])
        concluding.follow(deed, review)
        _tell(deed, review, now, "review_finding_accepted", because=because)
    return now


def _answer_to_judge(question: Question, *, seen: int | None, person: Person | None) -> Reply:
    """The answer that stands. Raises Refused: no_answer, own_answer, answer_changed."""
    replies = list(question.replies.order_by("at", "pk"))
    if not replies or replies[-1].value is None:
        raise Refused("no_answer")
    if person is not None and person.pk in {each.person_id for each in replies}:
        raise Refused("own_answer")
    if seen is not None and seen != replies[-1].pk:
        raise Refused("answer_changed")
    return replies[-1]


def _finding_now(finding: ReviewFinding) -> ReviewFinding:
    """A finding as it is under the lock. Raises Refused (gone) when it was dropped."""
    now = ReviewFinding.objects.select_related("question").get(pk=finding.pk)
    if now.dropped_at is not None:
        raise Refused("gone")
    return now


def _confirmed_now(finding: ReviewFinding) -> ReviewFinding:
    """The same, of one that counts and still stands. Raises Refused: gone, not_confirmed, finding_settled."""
    now = _finding_now(finding)
    if now.confirmed_at is None:
        raise Refused("not_confirmed")
    if now.mended_on is not None or now.accepted_on is not None:
        raise Refused("finding_settled")
    return now


def _eyes(question: Question) -> tuple[str, ...]:
    return tuple(str(pk) for pk in (question.first_eyes_id, question.second_eyes_id) if pk is not None)


def _tell(deed: Deed, review: Review, finding: ReviewFinding, act: str, **detail: str) -> None:
    key = finding.question.key
    deed.write(act, about=about(review), rows=[finding], title=review.title, finding=finding.title, key=key, **detail)
