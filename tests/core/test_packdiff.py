"""Another version of a norm: what it adds, moves, withdraws and changes; which answers stay, and which verdicts turn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dijkwacht.core.catalog import Catalog, Norms, Requirement, Withdrawn
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.facts import Fact, FactType, World
from dijkwacht.core.judge import Judgement
from dijkwacht.core.packdiff import diff, diffs, dry_run
from dijkwacht.core.verdict import Status

ON = date(2026, 11, 25)
TYPES = {name: FactType(name, "organisation", "yes_no") for name in ("f.a", "f.b", "f.c", "f.d")}
OLD_RULES: dict[str, Any] = {
    "n:1": {"fact": "f.a"}, "n:2": {"fact": "f.b"}, "n:3": {"fact": "f.c"}, "n:4": {"fact": "f.a"},
    "m:1": {"verdict": "n:2"},
}  # fmt: skip
NEW_RULES: dict[str, Any] = {
    "n:1": {"fact": "f.a"}, "n:2": {"all": [{"fact": "f.b"}, {"fact": "f.d"}]}, "n:30": {"fact": "f.c"},
    "m:1": {"verdict": "n:2"}, "n:5": {"fact": "f.a"},
}  # fmt: skip


def norms(
    rules: dict[str, Any], version: str, withdrawn: dict[str, Withdrawn] | None = None, **types: FactType
) -> Norms:
    made = {name: Requirement(name, parse(raw), title={"nl": name}) for name, raw in rules.items()}
    catalogs = {
        each: Catalog(each, version, {"nl": each}, date(2026, 1, 1), None, "bron",
                      {name: rule for name, rule in made.items() if rule.catalog == each}, withdrawn or {})
        for each in ("n", "m")
    }  # fmt: skip
    return Norms(TYPES | types, made, {}, catalogs, dict.fromkeys(catalogs, version))


OLD = norms(OLD_RULES, "1")
NEW = norms(NEW_RULES, "2", {"n:3": Withdrawn("n:3", "moved", {}, "n:30"), "n:4": Withdrawn("n:4", "withdrawn", {})})


def test_each_kind_of_change() -> None:
    found = diff(OLD, NEW, catalog="n")
    assert {(each.requirement, each.kind, each.moved_to) for each in found.changes} == {
        ("n:2", "changed", None), ("n:5", "added", None), ("n:30", "added", None), ("n:3", "moved", "n:30"),
        ("n:4", "withdrawn", None),
    }  # fmt: skip
    assert found.of("changed")[0].what == ("criterion",)
    assert (found.before, found.after, found.unchanged) == ("1", "2", 1)
    assert found.look_again == ("n:2", "n:30", "n:5")


def test_answers_are_carried_where_the_question_stays() -> None:
    found = diff(OLD, NEW, catalog="n")
    assert found.stays == ("f.a", "f.b", "f.c")
    assert [(each.fact_type, each.kind) for each in found.facts] == [("f.d", "new")]
    gone = diff(NEW, OLD, catalog="n")
    assert [(each.fact_type, each.kind) for each in gone.facts] == [("f.d", "gone")]


def test_only_words() -> None:
    rules = {
        name: replace(rule, title={"nl": "anders"}) if name == "n:1" else rule
        for name, rule in OLD.requirements.items()
    }
    catalog = replace(
        OLD.catalogs["n"], requirements={name: rule for name, rule in rules.items() if rule.catalog == "n"}
    )
    found = diff(OLD, replace(OLD, requirements=rules, catalogs={**OLD.catalogs, "n": catalog}), catalog="n")
    (change,) = found.changes
    assert (change.what, change.words_only, found.look_again) == (("title",), True, ())


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("value", "date", "form"), ("subject", "system", "form"), ("may_not_happen", True, "weight"),
        ("question", {"nl": "Klopt het?"}, "words"), ("help", {"nl": "Ook van anderen."}, "words"),
    ],
)  # fmt: skip
def test_a_question_that_changes(field: str, value: Any, kind: str) -> None:
    changed = replace(OLD, fact_types={**TYPES, "f.a": replace(TYPES["f.a"], **{field: value})})
    found = diff(OLD, changed, catalog="n")
    assert [(each.fact_type, each.kind, each.what) for each in found.facts] == [("f.a", kind, (field,))]
    assert ("f.a" in found.stays) is (kind != "form")
    assert found.look_again == (() if kind == "words" else ("n:1", "n:4"))  # asked in other words: the answer counts on


def test_nothing_changed() -> None:
    assert diffs(OLD, OLD) == []
    found = diff(OLD, OLD, catalog="n")
    assert (found.changes, found.unchanged, found.look_again) == ((), 4, ())


def test_a_norm_that_comes_or_goes() -> None:
    without = replace(OLD, catalogs={"m": OLD.catalogs["m"]}, requirements={"m:1": OLD.requirements["m:1"]})
    assert {each.kind for each in diff(without, OLD, catalog="n").changes} == {"added"}
    assert {each.kind for each in diff(OLD, without, catalog="n").changes} == {"withdrawn"}
    with pytest.raises(KeyError):
        diff(OLD, OLD, catalog="weg")


def test_the_dry_run_says_what_would_turn_everywhere() -> None:
    facts = [Fact(name, "o", name, True, date(2026, 1, 1), date(2026, 1, 1)) for name in ("f.a", "f.b", "f.c")]
    world = World.of("o", facts=facts)
    found = dry_run(
        Judgement(OLD, world, on=ON, known_at=ON),
        Judgement(NEW, world, on=ON, known_at=ON),
        diff(OLD, NEW, catalog="n").changes,
    )
    turns = {
        each.requirement: (each.before and each.before.status, each.after and each.after.status) for each in found.turns
    }
    assert turns == {
        "n:2": (Status.MET, Status.UNKNOWN), "m:1": (Status.MET, Status.UNKNOWN),  # what leans on it turns with it
        "n:5": (None, Status.MET), "n:4": (Status.MET, None),
    }  # fmt: skip
    assert found.same == 2  # n:1, and n:3 under its new number
    assert found.moved[(Status.MET, Status.UNKNOWN)] == 2


def test_a_move_that_turns_says_where_from() -> None:
    rules = {**NEW_RULES, "n:30": {"fact": "f.d"}}
    new = norms(rules, "2", {"n:3": Withdrawn("n:3", "moved", {}, "n:30")})
    world = World.of("o", facts=[Fact("1", "o", "f.c", True, date(2026, 1, 1), date(2026, 1, 1))])
    run = dry_run(
        Judgement(OLD, world, on=ON, known_at=ON),
        Judgement(new, world, on=ON, known_at=ON),
        diff(OLD, new, catalog="n").changes,
    )
    (turn,) = [each for each in run.turns if each.requirement == "n:30"]
    assert (turn.was, turn.before and turn.before.status) == ("n:3", Status.MET)
