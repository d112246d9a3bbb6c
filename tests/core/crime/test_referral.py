"""Where a victim turns to: worked cases, and that nothing urgent is lost by leaving a question open."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.referral import Freshness, Urgency, directions, freshness, known
from dijkwacht.norms.crime_packs import crime_packs

CASES = yaml.safe_load((Path(__file__).parent / "referral_cases.yaml").read_text(encoding="utf-8"))
REFERRAL = crime_packs().referral
ORDER = list(Urgency)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        each.id: st.lists(st.sampled_from([option.id for option in each.options]), min_size=1, max_size=2)
        for each in REFERRAL.questions
    },
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case(case):
    found = [each.point.id for each in directions(REFERRAL, case["answers"])]
    assert found[0] == case["first"]
    wanted = case.get("then", [])
    assert [name for name in found if name in wanted] == wanted
    assert not set(found) & set(case.get("not", []))


def test_there_are_eight_questions_and_every_desk_is_reached():
    assert len(REFERRAL.questions) == 8
    assert {rule.point for rule in REFERRAL.rules} | set(REFERRAL.always) == set(REFERRAL.points)


def test_only_the_numbers_that_everybody_knows_are_in_the_pack():
    assert {each.number for each in REFERRAL.points.values() if each.number} == {"112", "0900-8844"}


@given(ANSWERS)
def test_each_desk_once_and_most_urgent_first(answers):
    found = directions(REFERRAL, answers)
    names = [each.point.id for each in found]
    assert found
    assert len(names) == len(set(names))
    places = [ORDER.index(each.urgency) for each in found]
    assert places == sorted(places)


@given(ANSWERS)
def test_danger_and_money_that_just_went_come_at_once_whatever_else_is_said(answers):
    said = known(REFERRAL, {**answers, "danger": ["yes"], "money": ["just"]})
    now = {each.point.id for each in directions(REFERRAL, said) if each.urgency is Urgency.NOW}
    assert {"police_112", "bank"} <= now


@pytest.mark.parametrize(
    ("number", "ago", "said"),
    [("", 0, Freshness.NONE), ("123", None, Freshness.NONE), ("123", 180, Freshness.CHECKED), ("123", 181, Freshness.STALE)],
)  # fmt: skip
def test_a_number_of_our_own_grows_old(number, ago, said):
    on = date(2026, 11, 25)
    checked_on = None if ago is None else on - timedelta(days=ago)
    assert freshness(number=number, checked_on=checked_on, on=on, stale_days=180) is said
