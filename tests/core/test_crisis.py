"""The picture that a log gives, what is weighed, which rungs ask to hand over, and which cases are like an incident."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.crisis import LIKENESSES, TOPICS, Told, missing_roles, picture, plan_state, stale, unfinished, weigh
from dijkwacht.core.days import Duration, add
from dijkwacht.core.landscape_domains import kind_of, like_cases
from dijkwacht.norms.crisis import crisis_pack

ON = date(2026, 11, 25)
AXES = tuple(crisis_pack().axes)
CERTAINTIES = ("known", "assumed", "unknown")


def told(number: int, kind: str = "fact", certainty: str = "known", topic: str = "", about: int | None = None) -> Told:
    return Told(number, kind, f"line {number}", certainty if kind == "fact" else "", topic, about)


def numbers(rows: tuple[Told, ...]) -> list[int]:
    return [each.number for each in rows]


def test_an_empty_log_knows_nothing() -> None:
    found = picture([])
    assert found.unsaid == TOPICS
    assert found.known == found.assumed == found.unknown == ()


def test_of_a_topic_the_newest_counts() -> None:
    found = picture([told(1, topic="cause", certainty="assumed"), told(2, topic="cause"), told(3, certainty="assumed")])
    assert (numbers(found.known), numbers(found.assumed)) == ([2], [3])
    assert found.unsaid == ("duration", "size")


def test_what_was_corrected_falls_back_on_what_stood_before() -> None:
    found = picture([told(1, topic="size"), told(2, topic="size"), told(3, "correction", about=2)])
    assert numbers(found.known) == [1]


def test_a_question_is_unknown_until_it_is_answered() -> None:
    rows = [told(1, "question"), told(2, "action")]
    assert (numbers(picture(rows).unknown), picture(rows).open) == ([1], (1, 2))
    assert picture([*rows, told(3, "answer", about=1), told(4, "answer", about=2)]).open == ()


@given(st.lists(st.sampled_from(CERTAINTIES)))
def test_no_line_is_lost_or_doubled(certainties: list[str]) -> None:
    rows = [told(at, certainty=each) for at, each in enumerate(certainties, 1)]
    found = picture(reversed(rows))
    assert sorted(numbers((*found.known, *found.assumed, *found.unknown))) == [each.number for each in rows]


@given(
    st.dictionaries(
        st.sampled_from(("a", "b", "c", "x")), st.sampled_from(("small", "notable", "heavy", "unknown", "9"))
    )
)
def test_each_criterion_stands_somewhere_once(answers: dict[str, str]) -> None:
    found = weigh("abc", answers)
    assert sorted((*found.heavy, *found.notable, *found.small, *found.unknown)) == ["a", "b", "c"]


def test_a_number_is_old_the_day_after() -> None:
    half = Duration(6, 0)
    assert stale(None, after=half, on=ON)
    assert not stale(ON, after=half, on=add(ON, half))
    assert stale(ON, after=half, on=add(ON, half) + timedelta(days=1))


@pytest.mark.parametrize(
    ("adopted", "review", "drafted", "state"),
    [
        (None, None, False, "none"), (None, None, True, "draft"), (ON, ON + timedelta(days=9), True, "stands"),
        (ON - timedelta(days=9), ON, False, "stands"), (ON - timedelta(days=9), ON - timedelta(days=1), False, "overdue"),
    ],
)  # fmt: skip
def test_how_a_plan_stands(adopted: date | None, review: date | None, drafted: bool, state: str) -> None:
    assert plan_state(adopted_on=adopted, review_on=review, drafted=drafted, on=ON) == state


def test_cards_that_are_not_there_or_not_finished() -> None:
    assert missing_roles(("a", "b"), ["b", ""]) == ("a",)
    assert unfinished([{"x": "y"}, {"x": " "}], ("x",)) == (1,)


def test_a_digital_crisis_may_skip_the_scene() -> None:
    ladders = crisis_pack().ladders
    assert ladders.due({"grip": "grip0", "digital": "digital0"}) == ()
    asked = {each.id for each in ladders.due({"grip": "grip0", "digital": "digital3"})}
    assert {"tell_region", "start_without_place", "effects_to_mayor"} <= asked
    assert "chair_takes_over" in {each.id for each in ladders.due({"grip": "grip4", "digital": "digital0"})}
    with pytest.raises(KeyError):
        ladders.due({"grip": "grip9", "digital": "digital0"})


ANSWERS = st.dictionaries(st.sampled_from(AXES), st.sampled_from(LIKENESSES))


@given(ANSWERS)
def test_like_cases_give_their_reasons(answers: dict[str, str]) -> None:
    found = like_cases(crisis_pack().cases, answers)
    for each in found:
        assert each.same
        assert sorted((*each.same, *each.differ, *each.unsure)) == sorted(AXES)
        assert all(answers[axis] == each.case.axes[axis].like for axis in each.same)
    assert [len(each.same) for each in found] == sorted((len(each.same) for each in found), reverse=True)


def test_nothing_known_is_like_nothing() -> None:
    assert like_cases(crisis_pack().cases, {}) == ()
    assert like_cases(crisis_pack().cases, dict.fromkeys(AXES, "unknown")) == ()


@given(ANSWERS)
def test_every_axis_is_somewhere(answers: dict[str, str]) -> None:
    assert set().union(*kind_of(answers, AXES)) == set(AXES)


def test_a_case_is_most_like_itself() -> None:
    for case in crisis_pack().cases:
        answers = {axis: read.like for axis, read in case.axes.items()}
        said = sum(each != "unknown" for each in answers.values())
        assert any(each.case is case and len(each.same) == said for each in like_cases(crisis_pack().cases, answers))
