"""What a new answer does to the facts that stand."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import REPLACES, Decision, Held, Origin, Outcome, Saying, decide, usual_assurance

JAN, MARCH, JUNE, NOV = date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1), date(2026, 11, 25)


def held(value: Any, *, number: int = 1, since: date = JAN, until: date | None = None, **fields: Any) -> Held:
    given = {"assurance": Assurance.STATED, "origin": Origin.PERSON, "seen": since, **fields}
    return Held(number, value, since, until, **given)


def say(value: Any, **fields: Any) -> Saying:
    return Saying(**{"value": value, "on": NOV, "day": NOV, "assurance": Assurance.STATED, **fields})


def test_a_first_answer_is_recorded_from_today() -> None:
    assert decide([], say(True)) == Decision(Outcome.RECORDED, valid_from=NOV)


def test_a_first_answer_may_hold_since_earlier() -> None:
    assert decide([], say(True, since=MARCH)).valid_from == MARCH


def test_a_change_ends_what_was_so_until_then() -> None:
    found = decide([held(True)], say(False, since=JUNE))
    assert found == Decision(Outcome.RECORDED, close=(1,), keep=((1, JUNE),), valid_from=JUNE)


def test_a_change_from_before_it_was_so_leaves_nothing_of_it() -> None:
    found = decide([held(True, since=MARCH)], say(False, since=JAN))
    assert (found.close, found.keep, found.valid_from) == ((1,), (), JAN)


def test_a_correction_takes_it_back_from_its_first_day() -> None:
    found = decide([held(True)], say(False, correction=True))
    assert (found.close, found.keep, found.valid_from) == ((1,), (), JAN)


def test_a_correction_leaves_what_was_so_before() -> None:
    before = held(True, number=1, since=JAN, until=MARCH)
    found = decide([before, held(False, number=2, since=MARCH)], say(True, correction=True))
    assert (found.close, found.keep, found.valid_from) == ((2,), (), MARCH)


def test_a_correction_to_an_earlier_day_ends_what_was_so_before() -> None:
    before = held("some", number=1, since=JAN, until=JUNE)
    found = decide([before, held("none", number=2, since=JUNE)], say("all", correction=True, since=MARCH))
    assert (found.close, found.keep, found.valid_from) == ((1, 2), ((1, MARCH),), MARCH)


def test_the_same_again_is_only_seen_again() -> None:
    assert decide([held(True)], say(True)) == Decision(Outcome.UNCHANGED, again=1, touch=1)


def test_the_same_again_on_the_same_day_touches_nothing() -> None:
    assert decide([held(True, seen=NOV)], say(True)) == Decision(Outcome.UNCHANGED, again=1)


def test_true_is_not_one() -> None:
    assert decide([held(1)], say(True)).outcome is Outcome.RECORDED


@pytest.mark.parametrize(
    "more",
    [{"assurance": Assurance.DOCUMENTED}, {"proven": True}, {"since": date(2025, 1, 1)}, {"origin": Origin.AUDIT}],
)
def test_the_same_on_other_ground_is_recorded_beside_it(more: dict[str, Any]) -> None:
    found = decide([held(True)], say(True, **more))
    assert (found.outcome, found.close, found.touch) == (Outcome.RECORDED, (), None)
    assert found.valid_from == more.get("since", NOV)


def test_what_ended_before_is_left_alone() -> None:
    ended = held(False, number=1, until=MARCH)
    assert decide([ended, held(True, number=2, since=MARCH)], say(False)).close == (2,)


def test_what_was_not_seen_stays() -> None:
    found = decide([held(True, number=8)], say(False, token=7))
    assert (found.outcome, found.close, found.unseen, found.valid_from) == (Outcome.CONTRADICTION, (), (8,), NOV)


def test_the_same_said_meanwhile_is_no_contradiction() -> None:
    assert decide([held(True, number=8)], say(True, token=7)).outcome is Outcome.UNCHANGED


def test_saying_it_again_settles_a_contradiction() -> None:
    found = decide([held(True, number=7), held(False, number=8)], say(True, token=8))
    assert (found.outcome, found.close, found.again, found.touch) == (Outcome.RECORDED, (8,), 7, 7)


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("other", list(Origin))
def test_whose_word_is_replaced(origin: Origin, other: Origin) -> None:
    found = decide([held(True, origin=other)], say(False, origin=origin))
    assert bool(found.close) is (other in REPLACES[origin])
    assert found.valid_from is not None


def test_an_import_of_older_news_is_left_out() -> None:
    old = held(True, origin=Origin.IMPORT, since=JUNE)
    assert decide([old], say(False, origin=Origin.IMPORT, day=MARCH)) == Decision(Outcome.OUTDATED)


def test_an_import_of_newer_news_holds_from_its_own_day() -> None:
    old = held(True, origin=Origin.IMPORT, since=MARCH)
    found = decide([old], say(False, origin=Origin.IMPORT, day=JUNE))
    assert (found.close, found.keep, found.valid_from) == ((1,), ((1, JUNE),), JUNE)


def test_an_import_adds_nothing_to_what_was_said_since() -> None:
    assert decide([held(True, seen=NOV)], say(True, origin=Origin.IMPORT, day=JUNE)) == Decision(
        Outcome.UNCHANGED, again=1
    )


def test_an_import_stands_beside_what_a_person_said() -> None:
    found = decide([held(False)], say(True, origin=Origin.SELF_ASSESSMENT, day=JUNE))
    assert (found.outcome, found.close, found.valid_from) == (Outcome.RECORDED, (), JUNE)


def test_how_sure_by_itself() -> None:
    assert usual_assurance(Origin.PERSON, proven=False) is Assurance.STATED
    assert usual_assurance(Origin.PERSON, proven=True) is Assurance.DOCUMENTED
    assert usual_assurance(Origin.MEASUREMENT, proven=True) is Assurance.MEASURED
    assert usual_assurance(Origin.AUDIT, proven=False) is Assurance.AUDITED


DAYS = st.integers(0, 12).map(lambda n: JAN + timedelta(days=27 * n))


@given(st.lists(st.tuples(st.booleans(), DAYS, st.booleans()), max_size=8))
def test_one_persons_answers_never_contradict(acts: list[tuple[bool, date, bool]]) -> None:
    """Answers one after the other: at every moment each day has at most one value, and the last word counts today."""
    facts: dict[int, Held] = {}
    number = 0
    for value, since, correction in acts:
        found = decide(facts.values(), say(value, since=since, correction=correction))
        ends = dict(found.keep)
        for closed in found.close:
            old = facts.pop(closed)
            if closed in ends:
                number += 1
                facts[number] = held(old.value, number=number, since=old.valid_from, until=ends[closed])
        if found.valid_from is not None:
            number += 1
            facts[number] = held(value, number=number, since=found.valid_from)
        for day in (since, NOV):
            values = {
                f.value for f in facts.values() if f.valid_from <= day and (f.valid_to is None or day < f.valid_to)
            }
            assert len(values) <= 1
        assert values == {value}
