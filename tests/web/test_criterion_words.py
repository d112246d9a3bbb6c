"""A criterion as a checklist: every operator in words, with what was found and whether that will do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement
from dijkwacht.web.criterion_words import Check, Counted, checklist, counted_in, facts_in, truth_word

ON = date(2026, 11, 25)
KINDS = {
    "yes": ("organisation", "yes_no"), "day": ("organisation", "date"), "other": ("organisation", "date"),
    "share": ("organisation", "percentage"), "kind": ("organisation", "choice"), "term": ("organisation", "duration"),
    "pardon": ("organisation", "exception"), "main": ("organisation", "reference"), "system.critical": ("system", "yes_no"),
    "system.tested": ("system", "date"),
}  # fmt: skip
TYPES = {
    name: FactType(
        name, subject, value, choices=("a", "b"), refers_to="system" if value == "reference" else None,
        question={"en": f"Is it {name}?", "nl": f"Is het {name}?"},
        shelf_life=parse_duration("P1Y") if name == "yes" else None,
    )
    for name, (subject, value) in KINDS.items()
}  # fmt: skip
NORMS = Norms(TYPES, {"n:1": Requirement("n:1", parse({"fact": "yes"}), title={"en": "First"})})
NAMES = {"s1": "Alpha", "s2": "Beta", "us": "Dijkstad"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def told(criterion: dict[str, Any], *said: tuple[str, str, Any], inherits: dict[str, str] | None = None) -> Check:
    facts = [
        Fact(str(n), subject, name, value, date(2026, 1, 1), date(2026, 1, 1))
        for n, (subject, name, value) in enumerate(said)
    ]
    world = World.of("us", subjects=[Subject("s1", "system"), Subject("s2", "system")], facts=facts)
    world.inherits = inherits or {}
    return checklist(Judgement(NORMS, world, on=ON, known_at=ON), parse(criterion), "us", NAMES)


@pytest.mark.parametrize(
    ("criterion", "value", "truth", "needed", "found"),
    [
        ({"fact": "yes"}, True, True, "yes", "yes"),
        ({"fact": "yes"}, None, None, "yes", "not answered yet"),
        ({"not": {"fact": "yes"}}, True, False, "no", "yes"),
        ({"fact": "kind", "is": "a"}, "b", False, "a", "b"),
        ({"not": {"fact": "kind", "is": "a"}}, "b", True, "not: a", "b"),
        ({"fact": "kind", "one_of": ["a", "b"]}, "b", True, "a / b", "b"),
        ({"fact": "share", "min": 90}, 80, False, "at least 90", "80%"),
        ({"fact": "share", "max": 10}, 5, True, "at most 10", "5%"),
        ({"fact": "share", "min": 1, "max": 9}, 5, True, "between 1 and 9", "5%"),
        ({"fact": "day", "within": "P1Y"}, date(2026, 3, 1), True, "no longer than a year ago", "1 March 2026"),
        ({"fact": "day", "before": "2026-01-01"}, "never", False, "before 1 January 2026", "never"),
        ({"fact": "day", "after": "2026-01-01"}, date(2026, 3, 1), True, "after 1 January 2026", "1 March 2026"),
        ({"known": "day"}, "never", True, "an answer, whatever it is", "never"),
        ({"due": {"fact": "day", "plus": "P2Y"}}, date(2020, 1, 1), True, "longer than 2 years ago", "1 January 2020"),
    ],
)
def test_one_fact(criterion: dict[str, Any], value: Any, truth: bool | None, needed: str, found: str) -> None:
    node = criterion.get("not", criterion)
    name = node.get("fact") or node.get("known") or node["due"]["fact"]
    check = told(criterion, *([("us", name, value)] if value is not None else []))
    assert (check.truth, check.needed, check.found) == (truth, needed, found)
    assert (check.subject, check.fact_type) == ("us", name)


def test_groups() -> None:
    yes, day = {"fact": "yes"}, {"fact": "day", "within": "P1Y"}
    said = ("us", "yes", True)
    for op, text, truth in (("all", "All of this:", None), ("any", "At least one of these:", True)):
        check = told({op: [yes, day]}, said)
        assert (check.text, check.truth, [part.truth for part in check.parts]) == (text, truth, [True, None])
    assert told({"at_least": {"n": 1, "of": [yes, day]}}, said).text == "At least 1 of these 2:"
    assert told({"not": {"all": [yes]}}, said).text == "This must not be so:"
    assert [check.fact_type for check in facts_in(told({"all": [yes, day, yes]}))] == ["yes", "day"]


def test_expired_contradicted_and_not_shared() -> None:
    old = Fact("1", "us", "yes", True, date(2020, 1, 1), date(2020, 1, 1))
    node = parse({"fact": "yes"})

    def found(*facts: Fact) -> str:
        return checklist(Judgement(NORMS, World.of("us", facts=facts), on=ON, known_at=ON), node, "us", NAMES).found

    assert found(old) == "expired; it was: yes"
    fresh = replace(old, valid_from=ON, recorded_at=ON)
    assert found(fresh, replace(fresh, id="2", value=False)) == "contradicted: yes / no"
    assert told({"fact": "yes"}, inherits={"us": "us"}).found == "not shared by Dijkstad"


def test_two_dates() -> None:
    check = told({"fact": "day", "after": {"fact": "other", "or_never": True}}, ("us", "day", date(2026, 3, 1)))
    assert check.needed == "later than: is it other? (or that never happened)"
    assert [(part.needed, part.truth) for part in check.parts] == [("an answer", None)]
    check = told({"fact": "day", "within": {"fact": "term", "at_most": "P1Y"}}, ("us", "day", date(2026, 3, 1)))
    assert check.needed == "within our own interval, and no longer than a year ago"


def test_a_reasoned_exception() -> None:
    check = told({"where_possible": {"fact": "yes"}, "exception": "pardon"}, ("us", "yes", False))
    assert (check.truth, [part.truth for part in check.parts]) == (False, [False, False])
    assert check.parts[1].needed == "a reason, an owner and an end that lies ahead"


def test_leaning_on_another_requirement() -> None:
    check = told({"verdict": "n:1"}, ("us", "yes", True))
    assert (check.text, check.found, check.requirement, check.truth) == ("1 First", "in order", "n:1", True)


def test_subjects() -> None:
    each = {
        "subject": "system",
        "where": {"fact": "system.critical"},
        "that": {"fact": "system.tested", "within": "P1Y"},
    }
    check = told(
        {"each": each}, ("s1", "system.critical", False), ("s2", "system.critical", True),
        ("s2", "system.tested", date(2020, 1, 1)), ("us", "register.system.complete", True),
    )  # fmt: skip
    assert check.text == "Every system for which holds: is it system.critical? (yes):"
    assert [(part.text, part.truth, part.apart) for part in check.parts] == [
        ("Beta", False, False), ("Alpha", True, True), ("Are all systems registered?", True, False),
    ]  # fmt: skip
    assert check.counted == Counted(yes=(), no=("Beta",), unknown=(), apart=("Alpha",))
    some = told({"some": {"subject": "system", "that": {"fact": "system.critical"}}})
    assert (some.text, some.truth, some.parts[-1].truth) == ("At least one system:", None, None)


def test_of_whom_it_is_so_wherever_the_group_stands() -> None:
    each = {"each": {"subject": "system", "that": {"fact": "system.critical"}}}
    said = (("s1", "system.critical", True), ("us", "yes", True))
    found = counted_in(told({"all": [{"fact": "yes"}, {"not": each}]}, *said))
    assert [part.counted for part in found] == [Counted(yes=("Alpha",), no=(), unknown=("Beta",), apart=())]
    assert counted_in(told({"fact": "yes"})) == []


def test_nobody_is_left_out_of_the_count_where_the_list_is_cut_short() -> None:
    many = [Subject(f"s{n}", "system") for n in range(30)]
    world = World.of("us", subjects=many)
    node = parse({"each": {"subject": "system", "that": {"fact": "system.critical"}}})
    check = checklist(Judgement(NORMS, world, on=ON, known_at=ON), node, "us", {})
    assert check.more == 18
    assert check.counted is not None
    assert len(check.counted.unknown) == 30


def test_following_a_reference() -> None:
    via = {"fact": "system.critical", "via": "main"}
    assert told(via).needed == "a choice from the register"
    check = told(via, ("us", "main", "s1"), ("s1", "system.critical", True))
    assert (check.subject, check.truth) == ("s1", True)


def test_truth_has_words() -> None:
    assert [truth_word(truth) for truth in (True, False, None)] == ["fulfilled", "not fulfilled", "not known"]
