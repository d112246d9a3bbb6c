"""Whether an incident is significant: the worked cases, and what must always hold of verdicts with unknowns in them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.clocks import moment
from dijkwacht.core.significance import Answers, asked_again_at, judge, turned
from dijkwacht.norms.read import incidents

PACK = incidents().significance
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "significance_cases.yaml").read_text())["cases"]
ON = date(2026, 11, 30)
YES_NO = [name for name, each in PACK.questions.items() if each.kind == "yes_no"]
ANSWERS = st.dictionaries(st.sampled_from(YES_NO), st.booleans())
ROLES = st.sampled_from([("government",), ("roads",), ("government", "roads"), ("joint_body",)])
CALM: dict[str, Any] = dict.fromkeys(YES_NO, False)


def of(case: dict[str, Any]) -> Answers:
    given_answers = {name: Decimal(str(v)) if isinstance(v, float) else v for name, v in case["answers"].items()}
    return {**dict.fromkeys(case.get("calm", ()), False), **given_answers}


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_a_worked_case(case: dict[str, Any]) -> None:
    verdict = judge(PACK, of(case), on=case.get("day", ON), roles=case.get("roles", ["government"]))
    assert verdict.outcome == case["outcome"]
    codes = {each.threshold: each.code for each in verdict.reasons}
    assert case.get("codes", {}).items() <= codes.items()
    assert not codes.keys() & set(case.get("absent", ()))
    if "open" in case:
        assert list(verdict.open) == case["open"]
    if "settles" in case:
        wanted = {
            (name, each) for name, v in case["settles"].items() for each in ((True, False) if v == "both" else (v,))
        }
        assert {(each.question, each.answer) for each in verdict.settling} == wanted


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25
    assert {each["outcome"] for each in CASES} == {"significant", "not_significant", "undetermined"}


@given(ANSWERS, ROLES)
def test_a_verdict_says_what_every_way_to_fill_in_the_rest_says(
    answers: dict[str, bool], roles: tuple[str, ...]
) -> None:
    """Sound: significant or not only when no answer to what is open can turn it; what is said to settle it does."""
    verdict = judge(PACK, answers, on=ON, roles=roles)
    if verdict.outcome == "undetermined":
        assert verdict.open
        assert not set(verdict.open) & answers.keys()
    for settling in verdict.settling:
        after = judge(PACK, {**answers, settling.question: settling.answer}, on=ON, roles=roles)
        assert after.outcome == settling.outcome != "undetermined"
    unknown = [name for name in YES_NO if name not in answers][:6]
    if verdict.outcome != "undetermined":
        for filled in product((True, False), repeat=len(unknown)):
            again = judge(PACK, {**answers, **dict(zip(unknown, filled, strict=True))}, on=ON, roles=roles)
            assert again.outcome == verdict.outcome


@given(ANSWERS, ROLES)
def test_with_all_answers_there_is_always_a_verdict(answers: dict[str, bool], roles: tuple[str, ...]) -> None:
    verdict = judge(PACK, {**CALM, **answers}, on=ON, roles=roles)
    assert verdict.outcome != "undetermined"
    assert verdict.open == verdict.settling == ()


@given(ANSWERS)
def test_the_open_questions_are_enough_to_decide(answers: dict[str, bool]) -> None:
    """Whatever the answers to all that is open, what was left out of it never matters."""
    verdict = judge(PACK, answers, on=ON, roles=["government"])
    for answer in (True, False):
        after = judge(PACK, {**answers, **dict.fromkeys(verdict.open, answer)}, on=ON, roles=["government"])
        assert after.outcome != "undetermined"


@given(st.decimals(0, 200, places=2), st.decimals(0, 200, places=2))
def test_more_hours_never_make_it_less(one: Decimal, other: Decimal) -> None:
    short, long = sorted((one, other))
    base = {**CALM, "service_down": True}
    del base["outage_long"]
    order = {"not_significant": 0, "significant": 1}
    outcomes = [
        judge(PACK, {**base, "outage_hours": each}, on=ON, roles=["government"]).outcome for each in (short, long)
    ]
    assert order[outcomes[0]] <= order[outcomes[1]]


def test_an_outage_that_goes_on_is_asked_about_again_when_it_reaches_the_limit() -> None:
    began = {"outage_hours": moment("2026-11-30T09:00:00+01:00")}
    answers: Answers = {"service_down": True, "outage_hours": 1, "planned": False}

    def again(**more: Any) -> Any:
        return asked_again_at(PACK, {**answers, **more}, began=began, on=ON, roles=["government"])

    assert again() == again(outage_long=False) == moment("2026-11-30T13:00:00+01:00")
    assert again(outage_over=True) is None
    assert again(outage_hours=5) is None
    assert again(service_down=False) is None  # no outage that lasts
    assert again(someone_hurt=True) is None  # significant already
    assert asked_again_at(PACK, answers, began={}, on=ON, roles=["government"]) is None


def test_what_turned_is_told() -> None:
    before = judge(PACK, {**CALM, "planned": False}, on=ON, roles=["government"])
    after = judge(PACK, {**CALM, "someone_hurt": True}, on=ON, roles=["government"])
    told = turned(before, after)
    assert told[0].params == {"was": "not_significant", "is": "significant"}
    assert [(each.code, each.threshold) for each in told] == [("outcome_turned", ""), ("threshold_turned", "injury")]
    assert turned(after, after) == ()


def test_a_threshold_that_is_no_longer_in_force_does_not_count() -> None:
    gone = replace(PACK, thresholds=tuple(replace(each, until=ON) for each in PACK.thresholds))
    assert judge(gone, {**CALM, "someone_hurt": True}, on=ON, roles=["government"]).outcome == "undetermined"


def test_true_and_false_are_no_numbers() -> None:
    verdict = judge(PACK, {"service_down": True, "outage_hours": True, "planned": False}, on=ON, roles=["government"])
    assert verdict.outcome == "undetermined"
