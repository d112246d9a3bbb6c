"""The joint reviews that are there for an organisation, how far each is, and what in them needs somebody."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import Review, ReviewPhase
from dijkwacht.apps.suppliers.queries.entitled import (
    NOTHING,
    Sight,
    Stand,
    houses_of,
    opened_up,
    sight,
    stand_of,
    taking_part,
    visible,
)
from dijkwacht.apps.suppliers.queries.review_items import Asked, asked_of
from dijkwacht.core.suppliers.review import against_concluding, saved

SOON = timedelta(days=60)
"""So long before an outcome runs out its keeper is told."""
SETTLED = frozenset({"holds", "not_shown", "does_not_hold", "finding", "finding_late"})
"""How a question stands when two persons said the same of its answer."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that somebody has to do in a review. ``code``: what; ``n``: how many; ``due``: before when, if that is set."""

    code: str
    n: int = 1
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a theme or a whole review is: questions, of those answered, and judged by two alike."""

    asked: int
    answered: int
    settled: int


@dataclass(frozen=True, slots=True)
class Row:
    """A review in the list. ``parties``: organisations that get by with it; ``saved``: answers not given again."""

    review: Review
    stand: Stand
    sight: Sight
    progress: Progress
    needs: tuple[Need, ...]
    parties: int
    saved: int


def listed(seat: Seat, *, on: date) -> list[Row]:
    """The reviews in which this organisation has a part; what needs this person stands first."""
    reviews = list(
        visible(seat.organisation, on=on).exclude(portal=seat.organisation).select_related("organisation", "portal")
    )
    if not reviews:
        return []
    found, counts = asked_of(reviews, on=on), parties_of(reviews, on=on)
    rows, houses = [], houses_of(seat, on=on)
    for each in reviews:
        seen, questions = sight(each, seat, on=on, houses=houses), found.get(each.pk, [])
        if seen:
            rows.append(
                Row(
                    each, stand_of(each, seat.organisation, on=on), seen, progress(questions),
                    tuple(needs(each, questions, seen, person=seat.person, on=on)), counts[each.pk],
                    saved(counts[each.pk], len(questions)),
                )
            )  # fmt: skip
    return sorted(
        rows, key=lambda row: (not row.needs, min((need.due or date.max for need in row.needs), default=date.max))
    )


def joinable(seat: Seat, *, on: date) -> list[Row]:
    """The reviews of our suppliers that we may join: that they are there, and no more."""
    reviews = list(opened_up(seat.organisation, on=on).select_related("organisation", "portal"))
    counts = parties_of(reviews, on=on)
    return [Row(each, Stand.OUTSIDER, NOTHING, Progress(0, 0, 0), (), counts[each.pk], 0) for each in reviews]


def parties_of(reviews: Collection[Review], *, on: date) -> dict[int, int]:
    """How many organisations get by with each review: who keeps it, and everybody who takes part."""
    rows = (
        taking_part(on)
        .filter(review__in=reviews)
        .values_list("review")
        .annotate(n=Count("organisation", distinct=True))
    )
    counted = dict(rows.order_by())
    return {each.pk: 1 + counted.get(each.pk, 0) for each in reviews}


def progress(questions: Sequence[Asked]) -> Progress:
    """How far these questions are."""
    answered = sum(each.item.value is not None for each in questions)
    return Progress(len(questions), answered, sum(each.state.code in SETTLED for each in questions))


def by_theme(questions: Sequence[Asked]) -> list[tuple[str, Progress]]:
    """How far each theme is, in the order in which the themes are asked."""
    themes = Counter(each.question.theme for each in questions)
    return [(name, progress([each for each in questions if each.question.theme == name])) for name in themes]


def to_judge(questions: Sequence[Asked], *, person: Person) -> list[Asked]:
    """The questions that this person was given to look at, were answered, and on which he did not say anything yet."""
    return [
        each
        for each in questions
        if person.pk in (each.question.first_eyes_id, each.question.second_eyes_id)
        and each.item.value is not None
        and person.pk not in {word.person_id for word in each.judged}
    ]


def needs(review: Review, questions: Sequence[Asked], seen: Sight, *, person: Person, on: date) -> list[Need]:
    """What this person has to do in a review, the most pressing first."""
    found: list[Need] = []
    if seen.judges and review.phase in (ReviewPhase.JUDGING, ReviewPhase.CONCLUDED):
        found += _findings(questions, person)
        mine = len(to_judge(questions, person=person)) if review.phase == ReviewPhase.JUDGING else 0
        found += [Need("judge", mine, review.judge_before)] if mine else []
    if seen.keeps:
        found += _keeper(review, questions, on=on)
    return found


def _findings(questions: Sequence[Asked], person: Person) -> list[Need]:
    standing = [each for row in questions for each in row.findings if each.dropped_at is None]
    confirm = sum(each.confirmed_at is None and each.raised_by_id != person.pk for each in standing)
    claimed = [each for each in standing if each.claimed_on and each.mended_on is None and each.accepted_on is None]
    found = [Need("confirm", confirm)] if confirm else []
    return found + ([Need("mended", len(claimed), min(each.due for each in claimed))] if claimed else [])


def _keeper(review: Review, questions: Sequence[Asked], *, on: date) -> list[Need]:
    """What who keeps the review has to do."""
    if review.phase == ReviewPhase.DRAFT:
        return [Need("send")]
    if review.phase == ReviewPhase.ANSWERING:
        return [Need("start")] if review.handed_in_at is not None or review.answer_before <= on else []
    if review.phase == ReviewPhase.JUDGING:
        loose = [each for each in questions if None in (each.question.first_eyes_id, each.question.second_eyes_id)]
        unsettled = against_concluding([each.item for each in questions], on=on)
        if not unsettled:
            return [Need("conclude", due=review.judge_before)]
        return [Need("divide", len(loose))] if loose else []
    runs_out = review.until is not None and on < review.until <= on + SOON
    return [Need("runs_out", due=review.until)] if runs_out else []


def left_out(review: Review) -> list[tuple[str, dict[str, str], str, int]]:
    """The questions that are not asked: key, text, why, number."""
    rows = review.questions.filter(~Q(left_out_because=""))
    return [(each.key, each.text, each.left_out_because, each.pk) for each in rows]
