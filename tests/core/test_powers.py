"""What an office holder may do: the worked cases, and what must always hold of outcomes with unknowns in them."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.powers import UNKNOWN, barred, duties, facts_of, outcome, outcomes, truth, wrong_answers
from dijkwacht.norms.powers import NOBODY, powers_pack

PACK = powers_pack()
ON = date(2026, 11, 30)
FOLDER = Path(__file__).parent / "cases" / "powers"
FILES = {path.stem: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))}
CASES: list[dict[str, Any]] = [case for cases in FILES.values() for case in cases]
NAMES = sorted(PACK.powers)
ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(q.answers) for name, q in PACK.questions.items()})
MORE = st.fixed_dictionaries({name: st.sampled_from(q.answers) for name, q in PACK.questions.items()})


def answers_of(case: dict[str, Any]) -> dict[str, str]:
    """What a case says; of a choice that it does not name nothing is known."""
    rest = {name: UNKNOWN if each.options else case["rest"] for name, each in PACK.questions.items()}
    return {**rest, **case["facts"]}


def told(case: dict[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every power with its outcome and the codes that go with it, as the case tells them; none twice."""
    rows = [(name, ("allowed", ())) for name in case["allowed"]]
    rows += [(name, ("allowed_if", tuple(sorted(missing)))) for name, missing in case["allowed_if"].items()]
    rows += [
        (name, ("not_allowed", tuple(sorted(each["because"]))))
        for each in case["not_allowed"]
        for name in each["powers"]
    ]
    assert len({name for name, _ in rows}) == len(rows)
    return dict(rows)


@pytest.mark.parametrize("case", CASES, ids=[each["id"] for each in CASES])
def test_a_worked_case(case: dict[str, Any]) -> None:
    answers = answers_of(case)
    assert wrong_answers(PACK.questions, answers) == []
    found = outcomes(PACK.powers, PACK.reasons, answers, on=case["date"])
    got = {name: (each.outcome, tuple(sorted(each.missing or each.reasons))) for name, each in found.items()}
    assert got == told(case)
    assert set(case["by_hand"]) <= got.keys()
    for name, clocks in case.get("clocks", {}).items():
        assert [each.clock for each in duties(PACK.powers[name], answers) if each.clock] == clocks


def test_there_are_enough_cases() -> None:
    assert len(FILES["cases"]) == 22
    assert len(FILES["own"]) >= 8
    seen = {(name, state) for case in CASES for name, (state, _codes) in told(case).items()}
    may = [name for name, each in PACK.powers.items() if each.status != "bill" and each.holder != NOBODY]
    never = [name for name in NAMES if (name, "allowed") not in seen and (name, "allowed_if") not in seen]
    assert sorted(set(may) & set(never)) == ["apv_penalty_online_call"]


@given(ANSWERS, MORE)
def test_more_knowledge_never_takes_back_what_is_decided(answers: dict[str, str], more: dict[str, str]) -> None:
    before = outcomes(PACK.powers, PACK.reasons, answers, on=ON)
    after = outcomes(PACK.powers, PACK.reasons, {**more, **answers}, on=ON)
    for name, each in before.items():
        if each.outcome == "not_allowed":
            assert after[name].outcome == "not_allowed"
            assert set(each.reasons) <= set(after[name].reasons) or each.reasons == ("needs_not_met",)
        elif each.outcome == "allowed":
            assert after[name].outcome == "allowed"
        assert after[name].outcome != "allowed_if"


@given(ANSWERS, MORE, st.sampled_from(NAMES))
def test_what_is_missing_decides_and_nothing_else_is_needed(
    answers: dict[str, str], more: dict[str, str], name: str
) -> None:
    found = outcome(PACK.powers[name], PACK.reasons, answers, on=ON)
    assert not set(found.missing) & answers.keys()
    assert bool(found.missing) == (found.outcome == "allowed_if")
    filled = {**answers, **{each: more[each] for each in found.missing}}
    assert outcome(PACK.powers[name], PACK.reasons, filled, on=ON).outcome != "allowed_if"


@given(ANSWERS, st.sampled_from(NAMES))
def test_allowed_means_allowed_however_the_rest_turns_out(answers: dict[str, str], name: str) -> None:
    power = PACK.powers[name]
    if outcome(power, PACK.reasons, answers, on=ON).outcome != "allowed":
        return
    asked = facts_of(power.needs).union(*(facts_of(PACK.reasons[code].when) for code in power.forbids))  # type: ignore[arg-type]
    unknown = [each for each in sorted(asked) if each not in answers][:4]
    for filled in product(*(PACK.questions[each].answers for each in unknown)):
        again = {**answers, **dict(zip(unknown, filled, strict=True))}
        assert outcome(power, PACK.reasons, again, on=ON).outcome == "allowed"


@given(ANSWERS, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_bill_never_counts_and_no_order_reaches_what_is_online(answers: dict[str, str], on: date) -> None:
    found = outcomes(PACK.powers, PACK.reasons, {**answers, "targets_online_expression": "yes"}, on=on)
    for name, power in PACK.powers.items():
        if power.status == "bill":
            assert found[name].reasons == ("not_in_force",)
            assert barred(PACK.reasons, found[name])
        if power.holder == NOBODY:
            assert found[name].outcome == "not_allowed"
        if "online_expression" in power.forbids:
            assert found[name].outcome == "not_allowed"


@given(ANSWERS)
def test_unknown_said_is_unknown_left_out(answers: dict[str, str]) -> None:
    said = {**dict.fromkeys(PACK.questions, UNKNOWN), **answers}
    assert outcomes(PACK.powers, PACK.reasons, said, on=ON) == outcomes(PACK.powers, PACK.reasons, answers, on=ON)


def test_what_fails_is_what_was_answered() -> None:
    light = PACK.powers["gemw_172_3_light_order"]
    answers = {"disturbance_now": "no", "serious_fear": "no", "decider": "mayor"}
    assert outcome(light, PACK.reasons, answers, on=ON).failing == ("disturbance_now", "serious_fear")
    assert truth(light.needs, {}) is None


def test_the_days_of_a_rule_are_in_it() -> None:
    duty = PACK.powers["cbw_report_own"]
    yes = {"own_service_hit": "yes", "significant_incident": "yes"}
    assert outcome(duty, PACK.reasons, yes, on=date(2026, 8, 14)).reasons == ("not_valid_on_date",)
    assert outcome(duty, PACK.reasons, yes, on=date(2026, 8, 15)).outcome == "allowed"


def test_what_cannot_be_answered() -> None:
    wrong = {"weather": "yes", "decider": "king", "weapons": "maybe", "crisis": "unknown"}
    assert wrong_answers(PACK.questions, wrong) == [
        ("fact", "weather", "yes"), ("answer", "decider", "king"), ("answer", "weapons", "maybe"),
    ]  # fmt: skip
