"""Which exceptions a statement tells of: those that hold on its day, about what the line is about, whatever the verdict."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.statement_exceptions import exceptions_on
from dijkwacht.core.values import GRANTED, ValueFormError, read_value

ON = date(2026, 11, 30)
DAY = timedelta(days=1)
TYPES = {
    each.id: each
    for each in (
        FactType("a", "organisation", "yes_no"), FactType("a.exception", "organisation", "exception"),
        FactType("s", "system", "yes_no"), FactType("s.exception", "system", "exception"),
    )
}  # fmt: skip
ALL = {"each": {"subject": "system", "that": {"where_possible": {"fact": "s"}, "exception": "s.exception"}}}
RULES: dict[str, tuple[Any, str]] = {
    "n:1": ({"where_possible": {"fact": "a"}, "exception": "a.exception"}, "organisation"),
    "n:2": ({"verdict": "n:1"}, "organisation"),
    "n:3": ({"fact": "a"}, "organisation"),
    "n:4": (ALL, "organisation"),
    "n:5": ({"where_possible": {"fact": "s"}, "exception": "s.exception"}, "system"),
}
NORMS = Norms(
    TYPES, {name: Requirement(name, parse(raw, where=name), None, kind) for name, (raw, kind) in RULES.items()}
)


def fact(number: int, name: str, subject: str = "org", until: Any = ON, **fields: Any) -> Fact:
    value = {"reason": "r", "owner": "o", "until": until}
    return Fact(str(number), subject, name, value, **{"valid_from": ON - DAY, "recorded_at": ON - DAY, **fields})


def found(*facts: Fact, rule: str = "n:1", subject: str = "org", on: date = ON, known_at: date = ON) -> list[str]:
    world = World.of("org", subjects=[Subject("x", "system"), Subject("y", "system")], facts=facts)
    return [each.id for each in exceptions_on(NORMS, world, rule, subject, on=on, known_at=known_at)]


def test_it_holds_till_and_with_its_last_day() -> None:
    one = fact(1, "a.exception")
    assert (found(one), found(one, on=ON + DAY), found(one, on=ON - 2 * DAY)) == (["1"], [], [])


def test_one_that_was_ended_or_taken_back() -> None:
    ended = fact(1, "a.exception", until=ON + 9 * DAY, valid_to=ON)
    assert (found(ended), found(ended, on=ON - DAY)) == ([], ["1"])
    back = fact(1, "a.exception", superseded_at=ON)
    assert (found(back), found(back, known_at=ON - DAY)) == ([], ["1"])


def test_the_one_that_counts() -> None:
    before, after = fact(1, "a.exception", valid_to=ON), fact(2, "a.exception", valid_from=ON, recorded_at=ON)
    assert found(before, after) == ["2"]
    assert found(fact(1, "a.exception"), fact(2, "a.exception", until=ON + DAY)) == []  # they contradict each other


def test_whether_or_not_the_verdict_rests_on_it() -> None:
    said = Fact("9", "org", "a", True, ON, ON)
    assert found(said, fact(1, "a.exception")) == ["1"]
    assert found(fact(1, "a.exception"), rule="n:2") == ["1"]  # through the line on which it leans
    assert found(fact(1, "a.exception"), rule="n:3") == []


def test_about_what_the_line_is_about() -> None:
    both = fact(1, "s.exception", "x"), fact(2, "s.exception", "y")
    assert found(*both, rule="n:4") == ["1", "2"]
    assert found(*both, rule="n:5", subject="y") == ["2"]


def test_a_value_that_is_none() -> None:
    assert found(replace(fact(1, "a.exception"), value="later")) == []
    assert found(fact(1, "a.exception", until="2026-12-31")) == []


days = st.dates(ON - 5 * DAY, ON + 5 * DAY)


@given(st.lists(st.tuples(days, st.none() | days, days), max_size=4), days)
def test_never_one_that_does_not_hold(rows: list[Any], on: date) -> None:
    facts = [
        fact(n, "a.exception", valid_from=start, valid_to=end, until=until)
        for n, (start, end, until) in enumerate(rows)
    ]
    told = found(*facts, on=on)
    assert len(told) <= 1
    for each in (facts[int(n)] for n in told):
        assert each.valid_from <= on <= each.value["until"]
        assert each.valid_to is None or on < each.valid_to


# -- what an exception says --------------------------------------------------------------------------
KIND = FactType("a.exception", "organisation", "exception")
OURS = replace(KIND, measured_by=GRANTED)
LEAST = {"reason": "monument", "until": "2027-01-01"}
ROLE = {**LEAST, "mandate": "college", "instead": "guards", "risk": "4"}


@pytest.mark.parametrize(
    "raw", [{**LEAST, "owner": "Head"}, {**LEAST, "mandate": "college"}, ROLE, {**ROLE, "owner": "Head"}]
)
def test_somebody_answers_for_it(raw: dict[str, str]) -> None:
    assert read_value(KIND, raw) == {**raw, "until": date(2027, 1, 1)}


@pytest.mark.parametrize(
    "raw",
    [LEAST, {**LEAST, "owner": " "}, {**ROLE, "instead": ""}, {**ROLE, "instead": 1}, {**ROLE, "more": "x"},
     {**ROLE, "until": "soon"}, {"mandate": "college", "until": "2027-01-01"}, []],
)  # fmt: skip
def test_what_is_no_exception(raw: Any) -> None:
    with pytest.raises(ValueFormError):
        read_value(KIND, raw)


def test_what_only_the_mandate_can_grant() -> None:
    assert read_value(OURS, ROLE)["mandate"] == "college"
    with pytest.raises(ValueFormError) as refused:
        read_value(OURS, {**LEAST, "owner": "Head"})
    assert refused.value.code == "granted"
