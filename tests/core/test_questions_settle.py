"""How many lines a question settles by itself, on worked cases; and that lines that lean on each other stay quick."""

from datetime import date
from typing import Any

import pytest

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.facts import Assurance, Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement, Status
from dijkwacht.core.questions import next_questions

ON = date(2026, 11, 25)
TYPES = {
    name: FactType(name, "organisation", "exception" if name == "exception" else "yes_no")
    for name in ("a", "b", "c", "exception")
} | {"system.yes": FactType("system.yes", "system", "yes_no")}


def judgement(rules: dict[str, Any], *facts: tuple[str, Any], subjects: tuple[Subject, ...] = ()) -> Judgement:
    norms = Norms(TYPES, {name: Requirement(name, parse(rule), subject=kind) for name, (kind, rule) in rules.items()})
    known = [
        Fact(str(n), "us", name, value, ON, ON, assurance=Assurance.STATED) for n, (name, value) in enumerate(facts)
    ]
    return Judgement(norms, World.of("us", subjects=subjects, facts=known), on=ON, known_at=ON)


def asked(j: Judgement, name: str = "n:1") -> dict[str, int]:
    return {question.fact_type: question.settles for question in next_questions(j, [(name, "us")])}


@pytest.mark.parametrize(
    ("n", "facts", "settles"),
    [
        (1, [], 1),  # one yes is enough
        (3, [], 1),  # one no is enough
        (2, [], 0),  # either way it takes two answers
        (2, [("a", True)], 1),
        (2, [("a", False)], 1),
    ],
)
def test_of_some_parts(n: int, facts: list[tuple[str, Any]], settles: int) -> None:
    rule = {"at_least": {"n": n, "of": [{"fact": "a"}, {"fact": "b"}, {"fact": "c"}]}}
    j = judgement({"n:1": ("organisation", rule)}, *facts)
    assert asked(j) == {name: settles for name in ("a", "b", "c") if name not in dict(facts)}


def test_an_exception_is_asked_only_when_it_is_contradicted() -> None:
    rule = {"n:1": ("organisation", {"where_possible": {"fact": "a"}, "exception": "exception"})}
    assert asked(judgement(rule)) == {"a": 1}
    one, other = ({"reason": why, "owner": "Noor", "until": ON} for why in ("oud", "duur"))
    twice = [("exception", one), ("exception", other)]
    assert asked(judgement(rule, ("a", False), *twice)) == {"exception": 1}
    assert asked(judgement(rule, *twice)) == {"a": 1, "exception": 1}


def test_a_register_is_not_asked_where_completeness_changes_nothing() -> None:
    rules = {"n:1": ("organisation", {"verdict": "n:2"}), "n:2": ("system", {"fact": "system.yes"})}
    assert asked(judgement(rules)) == {"register.system.complete": 1}
    assert asked(judgement(rules, subjects=(Subject("zaak", "system"),))) == {}


@pytest.mark.parametrize("parts", [{"fact": "a"}, {"any": [{"fact": "a"}, {"fact": "b"}]}])
def test_lines_that_lean_twice_on_each_other_are_proved_once(parts: dict[str, Any]) -> None:
    rules: dict[str, Any] = {"n:0": ("organisation", parts)}
    for n in range(1, 40):
        below = {"verdict": f"n:{n - 1}"}
        rules[f"n:{n}"] = ("organisation", {"all": [below, {"not": {"not": below}}]})
    verdict = judgement(rules, ("a", True), ("b", True)).verdict("n:39")
    assert verdict.status is Status.MET
    assert [reason.fact_type for reason in verdict.reasons] == ["a"]
