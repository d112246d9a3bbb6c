"""Why an advisory has its priority, and how others rate it: every signal, level, scheme and decision in words."""

from dataclasses import fields
from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.core.advisories.priority import LEVELS, Signals, one_week, priority
from dijkwacht.core.advisories.shapes import Advisory, Rating
from dijkwacht.core.advisories.ssvc import DECISIONS
from dijkwacht.norms.advisories import priority_table, ssvc_table
from dijkwacht.web.priority_words import (
    POINTS,
    SIGNALS,
    decided_sentence,
    decision_word,
    level_label,
    level_word,
    one_week_sentences,
    priority_sentences,
    rating_word,
)
from dijkwacht.web.rating_words import severity_word

TABLE = priority_table()
KANS, EPSS = "Likelihood and damage", "Likelihood of use (EPSS)"
SIGNALS_OF = st.builds(
    Signals,
    severity=st.sampled_from(("", "none", "low", "medium", "high", "critical")),
    likelihood=st.sampled_from(("", "low", "medium", "high")),
    damage=st.sampled_from(("", "low", "medium", "high")),
    urgency=st.sampled_from(("", "normal", "urgent")),
    decision=st.sampled_from(("", *DECISIONS)),
    exploited=st.booleans(),
    epss=st.none() | st.floats(0, 1),
    exposed=st.sampled_from((None, True, False)),
)


def rated(*ratings: Rating) -> Advisory:
    return Advisory("https://dijkteam.example", "DT-1", "1", "Lek", ratings=ratings)


def no_score(_scheme: str, _vector: str) -> None:
    return None


def test_every_signal_that_a_rule_can_ask_for_has_words() -> None:
    assert {each.name for each in fields(Signals)} == SIGNALS
    assert set(ssvc_table().points) == POINTS


@pytest.mark.parametrize("language", ["nl", "en"])
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(signals=SIGNALS_OF)
def test_every_priority_is_told_in_whole_sentences(language: str, signals: Signals) -> None:
    found = priority(signals, TABLE)
    rule = next(each for each in TABLE.rules if each.id == found.rule)
    told = priority_sentences(found, TABLE, language)
    assert told[0] == rule.text[language]
    assert (told[-1] == rule.uncertain[language]) if rule.uncertain else True
    assert len(told) == 1 + len(rule.conditions) + bool(rule.uncertain)
    assert all(each.endswith(".") and "%(" not in each for each in told)


def test_a_priority_in_english() -> None:
    signals = Signals(exploited=True, severity="critical")
    assert priority_sentences(priority(signals, TABLE), TABLE, "en") == [
        "The weakness is being used and severe; whether the system can be reached from outside is not known.",
        "It is known that this weakness is being used.",
        "Severity: critical.",
        "Whether the system can be reached from outside is not known.",
        "Our choice: what we do not know counts as reachable.",
    ]
    likely = priority_sentences(priority(Signals(epss=0.31, severity="high"), TABLE), TABLE, "en")
    assert "Likelihood of use (EPSS): 31% within thirty days." in likely
    immediate = priority_sentences(priority(Signals(decision="immediate"), TABLE), TABLE, "en")
    assert "The SSVC table comes to: immediately." in immediate


def test_a_rule_that_is_no_longer_in_the_table_leaves_its_signals() -> None:
    found = priority(Signals(exploited=True), TABLE)
    other = type(TABLE)(TABLE.rules[:2], TABLE.week, TABLE.term, TABLE.requirement, TABLE.words)
    assert priority_sentences(found, other, "en") == ["It is known that this weakness is being used."]


def test_the_short_term_in_english() -> None:
    high, urgent = Rating("ncsc-kans-schade", "hoog/high"), Rating("ncsc-urgency", "urgent")
    with translation.override("en"):
        runs = one_week_sentences(one_week(rated(high), TABLE, score=no_score), TABLE)
        assert runs[0] == "The short term of BIO2 8.08.01 runs: within a week."
        assert runs[2:] == ["Likelihood, by the publisher: high.", "Damage, by the publisher: high."]
        bare = one_week_sentences(one_week(rated(urgent), TABLE, score=no_score))
        assert bare == ["The short term of BIO2 8.08.01 runs: within a week.", "The publisher calls it “Urgent”."]
        doubted = one_week_sentences(one_week(rated(urgent), TABLE, score=no_score), TABLE)
        assert doubted[-1].startswith("Since version 1.3 the BIO")
        lower = one_week_sentences(one_week(rated(Rating("ncsc-kans-schade", "m/h")), TABLE, score=no_score))
        assert lower[0].endswith("does not run: likelihood and damage are not both high.")
        assert lower[1:] == ["Likelihood, by the publisher: medium.", "Damage, by the publisher: high."]
        half = one_week_sentences(one_week(rated(Rating("ncsc-kans-schade", "h/?")), TABLE, score=no_score))
        assert "your organisation weighs itself" in half[0]
        assert half[1:] == ["Likelihood, by the publisher: high."]


@pytest.mark.parametrize(
    ("rating", "score", "told"),
    [
        (Rating("ncsc-kans-schade", "medium/high", "NCSC"), None, (KANS, "Likelihood medium, damage high", "NCSC")),
        (Rating("ncsc-kans-schade", "middel/?"), None, (KANS, "Likelihood medium, damage not given", "")),
        (Rating("ncsc-kans-schade", "huge/h"), None, (KANS, "Likelihood huge, damage high", "")),
        (Rating("ncsc-urgency", "urgent"), None, ("Urgency", "Urgent", "")),
        (Rating("cvss-3", "CVSS:3.1/AV:N"), 9.8, ("CVSS 3.1", "9.8 (critical)", "")),
        (Rating("cvss-3", "CVSS:3.0/AV:N"), 0.0, ("CVSS 3.0", "0.0 (none)", "")),
        (Rating("cvss-2", "AV:N/AC:L"), 7.5, ("CVSS 2.0", "7.5 (high)", "")),
        (Rating("cvss-4", "CVSS:4.0/AV:N"), None, ("CVSS 4.0", "CVSS:4.0/AV:N", "")),
        (Rating("cvss-3", "odd"), None, ("CVSS 3", "odd", "")),
        (
            Rating("ssvc", "Exploitation:active/Automatable:yes/Technical Impact:total", "CISA-ADP", date(2026, 3, 1)), None,
            ("SSVC", "is being used, an attack can be automated, an attacker gets full control", "CISA-ADP, 1 March 2026"),
        ),
        (Rating("ssvc", "Exploitation:public_poc/System Exposure:Open/Mood:good"), None,
         ("SSVC", "how to use it is public, to be reached by everyone, Mood: good", "")),
        (Rating("ssvc", "Immediate"), None, ("SSVC", "immediately", "")),
        (Rating("epss", "0.031", "FIRST", date(2026, 3, 1)), None,
         (EPSS, "3.1% within thirty days", "FIRST, 1 March 2026")),
        (Rating("epss", "0.00043"), None, (EPSS, "0.04% within thirty days", "")),
        (Rating("epss", "0.00001"), None, (EPSS, "less than 0.01% within thirty days", "")),
        (Rating("epss", "1"), None, (EPSS, "100% within thirty days", "")),
        (Rating("epss", "3"), None, (EPSS, "3", "")),
        (Rating("epss", "often"), None, (EPSS, "often", "")),
        (Rating("severity", "Important", "https://vendor.example"), None, ("Severity", "high", "https://vendor.example")),
        (Rating("severity", "Spicy"), None, ("Severity", "Spicy", "")),
        (Rating("kev", "2026-03-01", "CISA", date(2026, 3, 1)), None,
         ("Known to be used (KEV)", "on the list since 1 March 2026", "CISA")),
        (Rating("kev", "soon"), None, ("Known to be used (KEV)", "soon", "")),
        (Rating("brand-new", "x"), None, ("brand-new", "x", "")),
    ],
)  # fmt: skip
def test_ratings_in_english(rating: Rating, score: float | None, told: tuple[str, str, str]) -> None:
    with translation.override("en"):
        assert rating_word(rating, score) == told


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["ncsc-kans-schade", "ncsc-urgency", "cvss-3", "ssvc", "epss", "severity", "kev"]), st.text())
def test_whatever_a_publisher_writes_is_told(scheme: str, value: str) -> None:
    label, told, _source = rating_word(Rating(scheme, value))
    assert label
    assert isinstance(told, str)


def test_a_share_in_dutch_has_a_comma() -> None:
    with translation.override("nl"):
        assert rating_word(Rating("epss", "0.031"))[1].startswith("3,1%")


def test_levels_decisions_and_severities_have_words() -> None:
    with translation.override("en"):
        assert [level_word(each) for each in LEVELS] == list(LEVELS)
        assert level_label("urgent") == {"name": "urgent", "word": "Urgent"}
        assert len({decision_word(each) for each in DECISIONS} - set(DECISIONS)) == len(DECISIONS)
        assert {severity_word(each) for each in TABLE.words.severities} == {"critical", "high", "medium", "low", "none"}
    assert (level_word("new"), decision_word("new")) == ("new", "new")


def test_a_decision_that_is_open_tells_between_which_and_why() -> None:
    table = ssvc_table()
    with translation.override("en"):
        certain = table.decide({"exploitation": "active", "exposure": "controlled", "automatable": "yes"})
        assert decided_sentence(certain) == "The SSVC table comes to: outside the regular cycle."
        told = decided_sentence(table.decide({"exploitation": "active", "automatable": "yes"}))
        assert "“in the regular cycle” at least and “immediately” at most" in told
        assert told.endswith("how far the system can be reached; what it does to people and to the work.")
    assert set(table.decide({}).open) == POINTS
