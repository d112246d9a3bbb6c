"""Which priority, why, and when the short term of the BIO runs."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.core.advisories.priority import (
    LEVELS,
    Level,
    Signals,
    one_week,
    priority,
    rose,
    signals_of,
    together,
)
from dijkwacht.core.advisories.shapes import Advisory, Rating, Reason, Vulnerability
from dijkwacht.core.days import Duration
from dijkwacht.norms.advisories import priority_table

TABLE = priority_table()
CASES = yaml.safe_load((Path(__file__).parent / "priority_cases.yaml").read_text(encoding="utf-8"))
CRITICAL, HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_worked_cases(case: dict[str, Any]) -> None:
    found = priority(Signals(**case["signals"]), TABLE)
    assert (found.level, found.rule) == (case["level"], case["rule"])
    assert found.reasons[0] == Reason("rule", (("rule", case["rule"]), ("level", case["level"])))


def test_every_rule_has_a_case() -> None:
    assert {each["rule"] for each in CASES} == {each.id for each in TABLE.rules}


def test_a_reason_tells_what_it_rests_on_and_what_was_not_known() -> None:
    found = priority(Signals(exploited=True, severity="critical"), TABLE)
    assert found.reasons[1:] == (
        Reason("signal_exploited", (("value", "yes"),)),
        Reason("signal_severity", (("value", "critical"),)),
        Reason("signal_exposed_unknown"),
    )


WORDS = {
    "severity": ["", "none", "low", "medium", "high", "critical"], "likelihood": ["", "low", "medium", "high"],
    "damage": ["", "low", "medium", "high"], "urgency": ["", "normal", "urgent"], "decision": ["", "scheduled", "immediate"],
}  # fmt: skip
SIGNALS = st.builds(
    Signals, exploited=st.booleans(), epss=st.none() | st.floats(0, 1), exposed=st.none() | st.booleans(),
    **{name: st.sampled_from(words) for name, words in WORDS.items()},
)  # fmt: skip


@given(SIGNALS)
def test_there_is_always_a_level_with_a_reason(signals: Signals) -> None:
    found = priority(signals, TABLE)
    assert found.level in LEVELS
    assert found.reasons


@given(SIGNALS)
def test_use_never_lowers(signals: Signals) -> None:
    from dataclasses import replace

    levels = [LEVELS.index(priority(replace(signals, exploited=used), TABLE).level) for used in (False, True)]
    assert levels[0] <= levels[1]


@given(SIGNALS)
def test_exposure_never_lowers_and_not_knowing_is_never_below_inside(signals: Signals) -> None:
    from dataclasses import replace

    inside, unknown, outside = (
        LEVELS.index(priority(replace(signals, exposed=each), TABLE).level) for each in (False, None, True)
    )
    assert inside <= unknown <= outside


# -- signals -----------------------------------------------------------------------------------------
def advisory(*ratings: Rating, weaknesses: tuple[Vulnerability, ...] = ()) -> Advisory:
    return Advisory("https://dijkteam.example", "DT-1", "1", "x", ratings=ratings, vulnerabilities=weaknesses)


def signals(*ratings: Rating, **options: Any) -> Signals:
    return signals_of(advisory(*ratings), None, TABLE, score=base_score, **options)


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ((Rating("cvss-3", HIGH),), "high"),
        ((Rating("cvss-3", CRITICAL), Rating("severity", "laag")), "critical"),
        ((Rating("severity", "Important"),), "high"),
        ((Rating("severity", "heel erg"),), ""),
        ((Rating("cvss-3", "rommel"),), ""),
        ((Rating("cvss-3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"),), "none"),
    ],
)
def test_severity(ratings: tuple[Rating, ...], expected: str) -> None:
    assert signals(*ratings).severity == expected


def test_likelihood_and_damage_stay_a_pair() -> None:
    found = signals(Rating("ncsc-kans-schade", "hoog/laag"), Rating("ncsc-kans-schade", "Medium/High"))
    assert (found.likelihood, found.damage) == ("high", "low")
    assert signals(Rating("ncsc-kans-schade", "?/high")).likelihood == ""


def test_lists_that_enrich() -> None:
    found = signals(
        extra=[Rating("kev", "2026-09-05"), Rating("epss", "0.4"), Rating("epss", "0.7"), Rating("epss", "veel")],
        exposed=True,
    )
    assert (found.exploited, found.epss, found.exposed) == (True, 0.7, True)


def test_of_one_weakness_only_its_own() -> None:
    one, other = Vulnerability("a", ratings=(Rating("cvss-3", HIGH),)), Vulnerability("b", exploited=date(2026, 9, 1))
    both = advisory(weaknesses=(one, other))
    assert signals_of(both, one, TABLE, score=base_score) == Signals(severity="high")
    assert signals_of(both, other, TABLE, score=base_score) == Signals(exploited=True)
    assert signals_of(both, None, TABLE, score=base_score) == Signals(severity="high", exploited=True)


def test_the_most_urgent_counts() -> None:
    held = [priority(each, TABLE) for each in (Signals(severity="low"), Signals(exploited=True), Signals())]
    found = together(held)
    assert found is not None
    assert found.rule == "used"
    assert together([]) is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("normal", "high", True),
        ("high", "high", False),
        ("urgent", "low", False),
        (None, "urgent", False),
        ("low", "normal", True),
    ],
)
def test_a_rise(before: Level | None, after: Level, expected: bool) -> None:
    assert rose(before, after) is expected


# -- one week ----------------------------------------------------------------------------------------
def week(*ratings: Rating) -> tuple[bool | None, str]:
    found = one_week(advisory(*ratings), TABLE, score=base_score)
    assert (found.term == Duration(0, 7)) is bool(found.applies)
    assert (found.requirement) == "bio2:8.08.01"
    return found.applies, dict(found.reasons[0].params).get("rule", found.reasons[0].code)


def test_one_week() -> None:
    assert week(Rating("ncsc-kans-schade", "high/high")) == (True, "likely-and-damaging")
    assert week(Rating("ncsc-urgency", "urgent")) == (True, "publisher-urgent")
    assert week(Rating("ncsc-kans-schade", "medium/high")) == (False, "rated_lower")
    assert week(Rating("ncsc-urgency", "normal")) == (False, "rated_lower")


def test_who_does_not_rate_so_leaves_it_to_the_organisation() -> None:
    assert week(Rating("cvss-3", CRITICAL)) == (None, "not_rated_by_likelihood_and_damage")
    assert week() == (None, "not_rated_by_likelihood_and_damage")
