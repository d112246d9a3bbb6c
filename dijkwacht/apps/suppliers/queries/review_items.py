"""The questions of a joint review as `core/suppliers/review.py` weighs them, from rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.suppliers.models import Judgement, Question, Reply, Review, ReviewFinding
from dijkwacht.core.suppliers.review import Finding, Item, Judged, Settled, settled
from dijkwacht.web.moments import day_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that was said of it. ``reply``: the last answer; ``judged``: what was found of that answer."""

    question: Question
    reply: Reply | None
    judged: tuple[Judgement, ...]
    findings: tuple[ReviewFinding, ...]
    item: Item
    state: Settled


def asked(review: Review, *, on: date) -> list[Asked]:
    """The questions that are asked, in their order."""
    return asked_of([review], on=on).get(review.pk, [])


def asked_of(reviews: Collection[Review], *, on: date) -> dict[int, list[Asked]]:
    """The same of many reviews, by the number of the review; nine queries, however many there are."""
    rows = Question.objects.filter(review__in=reviews, left_out_because="").select_related("first_eyes", "second_eyes")
    found: dict[int, list[Asked]] = {}
    for each in rows.order_by("review_id", "order", "pk").prefetch_related(
        "replies__person",
        "judgements__person",
        "judgements__organisation",
        "findings__raised_by",
        "findings__raised_for",
    ):
        found.setdefault(each.review_id, []).append(_asked(each, on=on))
    return found


def items(review: Review, *, on: date) -> list[Item]:
    """What is weighed: the last answers, what was found of them, and the findings that two persons saw."""
    return [each.item for each in asked(review, on=on)]


def _asked(question: Question, *, on: date) -> Asked:
    replies = list(question.replies.all())
    reply = replies[-1] if replies else None
    judged = tuple(each for each in question.judgements.all() if reply is not None and each.at >= reply.at)
    findings = tuple(question.findings.all())
    item = Item(
        str(question.pk), question.fact, None if reply is None else reply.value,
        "" if reply is None else str(reply.person_id), tuple(map(_judged, judged)),
        tuple(_finding(each) for each in findings if each.confirmed_at is not None and each.dropped_at is None),
    )  # fmt: skip
    return Asked(question, reply, judged, findings, item, settled(item, on=on))


def _judged(row: Judgement) -> Judged:
    return Judged(str(row.person_id), str(row.organisation_id), row.word, day_of(row.at))  # type: ignore[arg-type]


def _finding(row: ReviewFinding) -> Finding:
    return Finding(str(row.pk), row.due, row.mended_on, row.accepted_on is not None)
