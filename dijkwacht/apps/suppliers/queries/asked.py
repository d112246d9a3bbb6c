"""What is asked of a supplier: reviews of what it supplies, what is left to answer, what it answered before, who sees what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import (
    Exhibit,
    Looked,
    Party,
    PartyRole,
    Question,
    Reply,
    Review,
    ReviewFinding,
    ReviewPhase,
)
from dijkwacht.apps.suppliers.queries.entitled import SENT, Stand, sees_file, taking_part
from dijkwacht.core.access import Tlp
from dijkwacht.core.suppliers import entitled
from dijkwacht.core.suppliers.review import Phase


@dataclass(frozen=True, slots=True)
class Asked:
    """A review as the supplier finds it in its list. ``left``: questions without an answer; ``to_reply``: findings that stand,
    to which it said nothing yet; ``open``: findings that are neither mended nor accepted."""

    review: Review
    total: int
    left: int
    to_reply: int
    open: int

    @property
    def answering(self) -> bool:
        """Whether it still asks for answers."""
        return self.review.phase == ReviewPhase.ANSWERING and self.review.handed_in_at is None

    @property
    def waits(self) -> bool:
        """Whether the supplier has something to do."""
        return self.answering or self.to_reply > 0


@dataclass(frozen=True, slots=True)
class Point:
    """A question with what the supplier answered. ``earlier``: what it answered to the same question in another review."""

    question: Question
    last: Reply | None
    before: tuple[Reply, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    earlier: Reply | None = None

    @property
    def answered(self) -> bool:
        """Whether it has an answer, or a word why there is none."""
        return said(self.last)


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation that takes part, with what it sees."""

    organisation: Organisation
    stand: Stand
    sight: entitled.Sight
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A file, who may open it now, and who did."""

    exhibit: Exhibit
    may: tuple[Reader, ...]
    looked: tuple[Looked, ...] = field(default=())


def reviews_of(portal: Organisation) -> list[Asked]:
    """The reviews of what an organisation supplies that were sent to it; what waits for it first, then by term."""
    reviews = list(Review.objects.filter(SENT, portal=portal).select_related("organisation"))
    questions = Question.objects.filter(review__in=reviews, left_out_because="")
    of = dict(questions.order_by().values_list("pk", "review_id"))
    last = last_replies(of)
    standing = findings(reviews)
    found = []
    for review in reviews:
        mine = [pk for pk, whose in of.items() if whose == review.pk]
        wrong = [each for each in standing if each.question.review_id == review.pk]
        left = sum(not said(last.get(pk)) for pk in mine)
        open_ = [each for each in wrong if each.mended_on is None and each.accepted_on is None]
        found.append(Asked(review, len(mine), left, sum(each.replied_at is None for each in open_), len(open_)))
    return sorted(found, key=lambda each: (not each.waits, each.review.answer_before, each.review.pk))


def points(review: Review, *, earlier: bool = True) -> list[Point]:
    """The questions that a review asks, in their order. ``earlier``: also what was answered before where nothing is yet."""
    questions = list(review.questions.filter(left_out_because=""))
    replies: dict[int, list[Reply]] = {}
    for reply in Reply.objects.filter(question__in=questions).select_related("person").order_by("at", "pk"):
        replies.setdefault(reply.question_id, []).append(reply)
    files: dict[int, list[Exhibit]] = {}
    for exhibit in Exhibit.objects.filter(question__in=questions, ended_at__isnull=True).select_related("file"):
        files.setdefault(exhibit.question_id, []).append(exhibit)
    open_ = [each for each in questions if not said(replies[each.pk][-1] if each.pk in replies else None)]
    known = earlier_replies(review, open_) if earlier else {}
    found = []
    for each in questions:
        given = replies.get(each.pk, [])
        last = given[-1] if given else None
        shows = tuple(files.get(each.pk, ()))
        found.append(Point(each, last, tuple(given[:-1]), shows, known.get(each.key)))
    return found


def earlier_replies(review: Review, questions: Iterable[Question]) -> dict[str, Reply]:
    """Per key the last answer with a value that the same supplier gave to the same question about the same fact elsewhere."""
    facts = {each.key: each.fact for each in questions}
    rows = Reply.objects.filter(
        question__review__portal=review.portal_id, question__key__in=facts, value__isnull=False
    ).exclude(question__review=review)
    rows = rows.select_related("question__review__organisation").order_by("at", "pk")
    last: dict[int, Reply] = {each.question_id: each for each in rows}
    newest = sorted(last.values(), key=lambda each: (each.at, each.pk))
    return {each.question.key: each for each in newest if each.question.fact == facts[each.question.key]}


def said(reply: Reply | None) -> bool:
    """Whether an answer says anything: a value, or in words why there is none."""
    return reply is not None and (reply.value is not None or bool(reply.text))


def last_replies(questions: Collection[int]) -> dict[int, Reply]:
    """Per question (row number) the answer that counts."""
    rows = Reply.objects.filter(question__in=list(questions)).order_by("at", "pk")
    return {each.question_id: each for each in rows}


def findings(reviews: Collection[Review]) -> list[ReviewFinding]:
    """The findings of these reviews that a second person confirmed and nobody dropped, by term."""
    rows = ReviewFinding.objects.filter(
        question__review__in=reviews, confirmed_at__isnull=False, dropped_at__isnull=True
    )
    return list(rows.select_related("question__review", "replied_by"))


def readers(review: Review, *, on: date) -> list[Reader]:
    """Who takes part, who keeps the review first, each with what somebody there sees who does this work."""
    rows = taking_part(on).filter(review=review).select_related("organisation")
    stands: list[tuple[Organisation, Stand, date | None]] = [(review.organisation, Stand.HOLDER, None)]
    stands += [(each.organisation, _STANDS[PartyRole(each.role)], each.since) for each in _reviewers_first(rows)]
    return [Reader(whose, stand, _sight(review, stand), since) for whose, stand, since in stands]


def shown(review: Review, *, on: date) -> list[Shown]:
    """Every file that stands with an answer, who may open it now, and who did."""
    rows = Exhibit.objects.filter(question__review=review, ended_at__isnull=True)
    exhibits = list(rows.select_related("file", "question").order_by("question__order", "added_at", "pk"))
    looked: dict[int, list[Looked]] = {}
    for each in Looked.objects.filter(exhibit__in=exhibits).select_related("organisation", "person"):
        looked.setdefault(each.exhibit_id, []).append(each)
    all_ = readers(review, on=on)
    return [
        Shown(
            each,
            tuple(reader for reader in all_ if sees_file(reader.sight, Tlp(each.tlp))),
            tuple(looked.get(each.pk, ())),
        )
        for each in exhibits
    ]


def _sight(review: Review, stand: Stand) -> entitled.Sight:
    return entitled.sight(stand, works=True, tlp=Tlp(review.tlp), phase=Phase(review.phase))


def _reviewers_first(rows: Iterable[Party]) -> list[Party]:
    return sorted(rows, key=lambda each: (each.role != PartyRole.REVIEWER, each.organisation.name))


_STANDS: Mapping[PartyRole, Stand] = {PartyRole.REVIEWER: Stand.REVIEWER, PartyRole.JOINED: Stand.JOINED}
