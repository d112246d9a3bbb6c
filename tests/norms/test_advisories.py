"""The tables of advisories: what stands in them, and that a mistake in one is told with its line."""

from pathlib import Path

import pytest

from dijkwacht.norms.advisories import ROOT, priority_table, read_priority, read_ssvc
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import read_norms
from dijkwacht.norms.text import parse

FOLDER = ROOT / "advisories"


def text(name: str) -> str:
    return (Path(FOLDER) / name).read_text(encoding="utf-8")


def test_every_rule_has_both_languages_and_a_source() -> None:
    table = priority_table()
    for rule in (*table.rules, *table.week):
        assert set(rule.text) == {"nl", "en"}
        assert rule.source
        assert not rule.uncertain or set(rule.uncertain) == {"nl", "en"}


def test_the_short_term_is_of_a_requirement_that_exists() -> None:
    assert priority_table().requirement in read_norms().requirements


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("level: urgent", "level: spoed", "unknown level spoed"),
        ("{urgency: [urgent]}", "{haast: [urgent]}", "unknown signal haast"),
        ("{urgency: [urgent]}", "{urgency: yes please}", "a list of words"),
        ("id: used\n", "id: rest\n", "rest stands twice"),
        ("    if: {}\n", "    if: {urgency: [normal]}\n", "the last rule must fit always"),
        ("term: P1W", "term: een week", "must be a duration"),
        ('requirement: "bio2:8.08.01"', 'requirement: ""', "requirement is missing"),
        ("{critical: 9.0,", "{vreselijk: 9.0,", "bands are of"),
        ('nl: "Het lek wordt misbruikt."', 'de: "x"', "text in nl and en"),
        ("words:\n", "woorden: {}\nwords:\n", "unknown key woorden"),
    ],
)
def test_mistakes_in_the_table_of_priorities(before: str, after: str, message: str) -> None:
    source = text("priority.yaml")
    assert before in source
    with pytest.raises(PackErrors, match=message):
        read_priority(parse(source.replace(before, after, 1), file="priority.yaml"))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("then: [defer, defer, scheduled, scheduled]", "then: [defer, scheduled, scheduled]", "4 decisions"),
        ("then: [defer, defer, scheduled, scheduled]", "then: [later, defer, scheduled, scheduled]", "4 decisions"),
        ('[none, small, "no"]', '[none, small, "yes"]', "stands twice"),
        ('[none, small, "no"]', "[none, small, misschien]", "missing or unknown"),
        ("source:", "bron:", "unknown key bron"),
    ],
)
def test_mistakes_in_the_table_of_ssvc(before: str, after: str, message: str) -> None:
    source = text("ssvc.yaml")
    assert before in source
    with pytest.raises(PackErrors, match=message):
        read_ssvc(parse(source.replace(before, after, 1), file="ssvc.yaml"))
