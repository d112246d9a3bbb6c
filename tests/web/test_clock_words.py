"""Every step, state and reason of incidents and clocks has a sentence, whole in every language and with every parameter."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given

import dijkwacht
from dijkwacht.core.clocks import STATES, Step, due, moment
from dijkwacht.core.significance import Reason, Settling, judge, turned
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web import clock_words, incident_words
from tests.core.test_significance import ANSWERS, CALM, ON, ROLES

CORE = Path(dijkwacht.__file__).parent / "core"
PACK, SIGNIFICANCE = clocks(), incidents().significance
STEP = re.compile(r'(?:work\.step|Step)\(\s*"([a-z_]+)"')
LEFT = re.compile(r"%\(|\{")


def test_every_step_has_a_sentence_and_no_sentence_is_of_nothing() -> None:
    codes = {code for path in (CORE / "clocks").glob("*.py") for code in STEP.findall(path.read_text())}
    codes |= {
        "as_far_as_possible",
        "at_once",
        "at_once_no_end",
        "clock_gap",
        "clock_twice",
        "handled_in_time",
        "still_open",
    }
    assert codes == {*clock_words.STEPS, "clocks_turned"}
    assert set(clock_words.STATES) == set(STATES)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", sorted(PACK.rules))
def test_every_clock_is_explained_in_whole_sentences(name: str, language: str) -> None:
    with translation.override(language):
        for text in (
            "2026-10-24T12:00:00+02:00",
            "2027-04-05T09:00:00+02:00",
            "2029-01-30T02:30:00+01:00",
            "1990-01-01T00:00:00Z",
        ):
            found = due(PACK.rules[name], moment(text), calendar=PACK.calendar, rules=PACK.rules)
            told = clock_words.explanation(found, PACK)
            assert len(told) >= 2
            assert not [each for each in told if LEFT.search(each) or not each or each[-1] not in ".):"]


def test_sentences_in_english() -> None:
    with translation.override("en"):
        assert clock_words.term_words(1, "months") == "1 month"
        assert clock_words.term_words(24, "hours") == "24 hours"
        assert clock_words.article_words(PACK.rules["cbw-29-1"], PACK) == "Cbw 29 lid 1"
        assert clock_words.state_word("overdue") == "too late"
        assert clock_words.state_word("brand_new") == "brand_new"
        assert clock_words.step_sentence(Step("brand_new"), PACK) == "(brand_new)"
        assert "60 minutes less" in clock_words.step_sentence(Step("clocks_turned", {"minutes": -60}), PACK)
        assert "60 minutes more" in clock_words.step_sentence(Step("clocks_turned", {"minutes": 60}), PACK)
        told = clock_words.step_sentence(Step("other_counts", {"clock": "cbw-29-1"}), PACK)
        assert told == "The term of “Final report” had not passed yet, so that one counts."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_of_significance_is_a_whole_sentence(language: str) -> None:
    rows = [each.id for each in (*SIGNIFICANCE.thresholds, *SIGNIFICANCE.exemptions)]
    with translation.override(language):
        for code in incident_words.REASONS:
            told = incident_words.significance_sentence(
                Reason(code, rows[0], {"was": "significant", "is": "undetermined"}), SIGNIFICANCE
            )
            assert not LEFT.search(told)
            assert told.endswith(".")
        assert incident_words.significance_sentence(Reason("brand_new"), SIGNIFICANCE) == "(brand_new)"


@given(ANSWERS, ROLES)
def test_what_the_core_says_has_a_sentence(answers: dict[str, bool], roles: tuple[str, ...]) -> None:
    verdict = judge(SIGNIFICANCE, answers, on=ON, roles=roles)
    calm = judge(SIGNIFICANCE, CALM, on=ON, roles=roles)
    assert {each.code for each in (*verdict.reasons, *turned(verdict, calm))} <= set(incident_words.REASONS)
    assert verdict.outcome in incident_words.OUTCOMES


def test_what_would_settle_it_in_english() -> None:
    with translation.override("en"):
        told = incident_words.settling_sentence(
            Settling("outage_over", answer=True, outcome="not_significant"), SIGNIFICANCE
        )
        assert told == "Is the outage over? If the answer is yes, the incident is not significant."
        assert incident_words.outcome_word("undetermined") == "not to be said yet"
