"""Several at once in one review: each step happens once, nobody's word is lost, and the facts are what the rows say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.suppliers.models import Business, Judgement, Review, ReviewFinding
from dijkwacht.apps.suppliers.services import answering, concluding, inviting, judging, reviewing
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.queries import verify
from tests.house_people import TODAY
from tests.ledger.test_together import together
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import CONTACT, DAY, LATER, ON, World

pytestmark = pytest.mark.django_db(transaction=True)


def tried(deed: Callable[[], Any]) -> Callable[[], str]:
    """The deed, giving why it was refused; empty when it was done."""

    def run() -> str:
        try:
            deed()
        except Refused as error:
            return error.code
        return ""

    return run


def stands(review: Review) -> dict[str, Any]:
    rows = Fact.objects.filter(subject=review.subject_id, superseded_at__isnull=True, valid_to__isnull=True)
    return dict(rows.values_list("fact_type", "value"))


def test_two_judge_one_answer_at_once(world: World) -> None:
    one = world.judging().questions[0]
    together(lambda: world.says(one), lambda: world.says(one, who=world.along), lambda: world.says(one, who=world.ciso))
    assert Judgement.objects.filter(question=one).count() == 3
    assert verify(world.home) is None


def test_a_finding_is_confirmed_once(world: World) -> None:
    one = world.judging().questions[0]
    found = judging.Found("Iets", "", "low", ON + DAY)
    raised = judging.raise_finding(one, found=found, organisation=world.home, **world.by(at=LATER))
    ways = [(world.along, world.other), (world.ciso, world.home), (world.along, world.other)]
    codes = together(*(
        tried(lambda who=who, at=at: judging.confirm(raised, organisation=at, **world.by(who, LATER))) for who, at in ways
    ))  # fmt: skip
    assert sorted(codes) == ["", "gone", "gone"]
    assert ReviewFinding.objects.get().confirmed_by_id != world.manager.pk


def test_a_supplier_that_two_invite_at_once_gets_one_house(world: World) -> None:
    contact = replace(CONTACT, kvk="90007777", name="Nieuw", email="n@nieuw.example")
    ways = [(world.home, world.manager), (world.other, world.along)]
    codes = together(*(
        tried(lambda by=by, who=who: inviting.invited(contact, by=by, on=TODAY, **world.by(who))) for by, who in ways
    ))  # fmt: skip
    assert Business.objects.filter(kvk="90007777").count() == 1
    assert set(codes) <= {"", "gone"}


def test_concluded_while_something_is_found_and_a_question_is_left_out(world: World) -> None:
    one, two, _three = world.judged().questions
    found = judging.Found("Iets", "", "low", ON + DAY)
    late = world.by(at=LATER)
    codes = together(
        tried(lambda: concluding.conclude(world.review, conclusion="x", until=ON + 9 * DAY, **late)),
        tried(lambda: judging.raise_finding(one, found=found, organisation=world.home, **late)),
        tried(lambda: reviewing.leave_out(two, because="weg", **late)),
    )
    review = world.now()
    if review.phase == "concluded":
        assert stands(review) == concluding.says(review, on=ON)
    else:
        assert codes[0] == "unconfirmed"
    assert verify(world.home) is None


def test_who_answers_while_answering_closes_is_told_so_and_nothing_is_half(world: World) -> None:
    one = world.sent().questions[0]
    Review.objects.filter(pk=world.review.pk).update(answer_before=ON + DAY, judge_before=ON + DAY)
    said = {one.pk: answering.Said("2026-06-01")}
    codes = together(
        tried(lambda: answering.answer(world.review, said, person=world.sam, at=LATER)),
        tried(lambda: concluding.withdraw(world.review, because="x", **world.by(at=LATER))),
    )
    assert codes[1] == ""
    assert (codes[0], one.replies.count()) in (("", 1), ("answering_over", 0))


def test_after_the_closing_nobody_answers(world: World) -> None:
    one = world.judging().questions[0]
    said = {one.pk: answering.Said("2026-06-01")}
    later = LATER + timedelta(hours=1)
    assert tried(lambda: answering.answer(world.review, said, person=world.sam, at=later))() == "answering_over"
    for each in world.questions:
        world.both(each)
    concluding.conclude(world.review, conclusion="x", until=ON + 9 * DAY, **world.by(at=LATER))
    assert tried(lambda: answering.answer(world.review, said, person=world.sam, at=later))() == "answering_over"
