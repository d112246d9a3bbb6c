"""Reading criteria: every operator once, and every mistake with its place."""

from datetime import date, datetime
from typing import Any

import pytest

from dijkwacht.core.criteria import children, facts_of, verdicts_of, walk
from dijkwacht.core.criterion_form import CriterionError, parse

GOOD: list[Any] = [
    {"fact": "a.b"},
    {"fact": "a.b", "is": False},
    {"fact": "a.b", "is": "choice"},
    {"fact": "a.b", "one_of": ["x", "y"]},
    {"fact": "a.b", "min": 1},
    {"fact": "a.b", "max": 2.5},
    {"fact": "a.b", "min": 1, "max": 2},
    {"fact": "a.b", "within": "P1Y"},
    {"fact": "a.b", "within": {"fact": "a.term", "at_most": "P3Y"}},
    {"fact": "a.b", "before": "2026-08-15"},
    {"fact": "a.b", "before": date(2026, 8, 15)},
    {"fact": "a.b", "after": "a.other"},
    {"fact": "a.b", "after": {"fact": "a.other", "or_never": True}},
    {"fact": "a.b", "known": True},
    {"fact": "b.c", "via": "a.reference", "within": "P1Y"},
    {"all": [{"fact": "a.b"}, {"fact": "a.c"}]},
    {"any": [{"fact": "a.b"}]},
    {"not": {"fact": "a.b"}},
    {"at_least": {"n": 1, "of": [{"fact": "a.b"}]}},
    {"each": {"subject": "system", "that": {"fact": "a.b"}}},
    {"each": {"subject": "system", "where": {"fact": "a.c"}, "that": {"fact": "a.b"}, "linked_by": "a.reference"}},
    {"some": {"subject": "system", "that": {"fact": "a.b"}}},
    {"verdict": "bio2:5.01.01"},
    {"due": {"fact": "a.b", "plus": "P2Y"}},
    {"where_possible": {"fact": "a.b"}, "exception": "a.exception"},
]

BAD: list[tuple[Any, str]] = [
    (None, "met_if"),
    ([], "met_if"),
    ({}, "met_if"),
    ("a.b", "met_if"),
    ({"fact": "a.b", "is": True, "min": 1}, "met_if"),
    ({"fact": "a.b", "least": 1}, "met_if"),
    ({"fact": ""}, "met_if.fact"),
    ({"fact": 3}, "met_if.fact"),
    ({"fact": "a.b", "min": "many"}, "met_if"),
    ({"fact": "a.b", "min": True}, "met_if"),
    ({"fact": "a.b", "min": None}, "met_if"),
    ({"fact": "a.b", "max": float("nan")}, "met_if"),
    ({"fact": "a.b", "within": "a year"}, "met_if.within"),
    ({"fact": "a.b", "within": 1}, "met_if.within"),
    ({"fact": "a.b", "within": {"fact": "a.term"}}, "met_if.within"),
    ({"fact": "a.b", "within": {"fact": "a.term", "at_most": "P3Y", "least": "P1Y"}}, "met_if.within"),
    ({"fact": "a.b", "before": {"or_never": True}}, "met_if.before"),
    ({"fact": "a.b", "after": {"fact": "a.c", "or_never": "yes"}}, "met_if.after"),
    ({"fact": "a.b", "before": datetime(2026, 8, 15, 12, 0)}, "met_if.before"),
    ({"fact": "a.b", "known": False}, "met_if.known"),
    ({"fact": "a.b", "one_of": []}, "met_if.one_of"),
    ({"fact": "a.b", "one_of": "x"}, "met_if.one_of"),
    ({"fact": "a.b", "is": ["x"]}, "met_if.is"),
    ({"all": []}, "met_if.all"),
    ({"all": {"fact": "a.b"}}, "met_if.all"),
    ({"all": [{"fact": "a.b"}, {"never": 1}]}, "met_if.all[1]"),
    ({"any": [{"not": {"all": [{"fact": "a.b", "within": "P"}]}}]}, "met_if.any[0].not.all[0].within"),
    ({"all": [{"fact": "a.b"}], "any": [{"fact": "a.b"}]}, "met_if"),
    ({"at_least": {"n": 0, "of": [{"fact": "a.b"}]}}, "met_if.at_least"),
    ({"at_least": {"n": 2, "of": [{"fact": "a.b"}]}}, "met_if.at_least"),
    ({"at_least": {"n": True, "of": [{"fact": "a.b"}]}}, "met_if.at_least"),
    ({"at_least": [{"fact": "a.b"}]}, "met_if.at_least"),
    ({"each": {"subject": "system"}}, "met_if.each"),
    ({"each": {"subject": "system", "that": {"fact": "a.b"}, "which": 1}}, "met_if.each"),
    ({"some": {"subject": "system", "that": {"facts": "a.b"}}}, "met_if.some.that"),
    ({"verdict": None}, "met_if.verdict"),
    ({"due": {"fact": "a.b"}}, "met_if.due"),
    ({"due": {"fact": "a.b", "plus": "2Y"}}, "met_if.due.plus"),
    ({"where_possible": {"fact": "a.b"}}, "met_if"),
]


@pytest.mark.parametrize("data", GOOD, ids=str)
def test_every_form_is_read(data: Any) -> None:
    assert parse(data) == parse(data)
    assert next(walk(parse(data))) == parse(data)


@pytest.mark.parametrize(("data", "where"), BAD, ids=str)
def test_a_mistake_is_refused_with_its_place(data: Any, where: str) -> None:
    with pytest.raises(CriterionError) as caught:
        parse(data)
    assert caught.value.where.startswith(where)
    assert str(caught.value).startswith(caught.value.where)


def test_a_criterion_without_end_is_refused() -> None:
    deep: Any = {"fact": "a.b"}
    for _ in range(1000):
        deep = {"not": deep}
    with pytest.raises(CriterionError, match="deep"):
        parse(deep)


def test_what_a_criterion_reads_and_leans_on() -> None:
    node = parse(
        {
            "all": [
                {
                    "fact": "system.supplier_paper",
                    "via": "system.supplier",
                    "within": {"fact": "house.term", "at_most": "P1Y"},
                },
                {"each": {"subject": "system", "where": {"fact": "system.critical"}, "that": {"verdict": "bio2:1"}}},
                {"where_possible": {"fact": "a.on", "after": "a.since"}, "exception": "a.exception"},
                {"due": {"fact": "a.start", "plus": "P1Y"}},
                {"some": {"subject": "supplier", "linked_by": "supplier.owner", "that": {"verdict": "bio2:2"}}},
            ]
        }
    )
    assert facts_of(node) == {
        "system.supplier_paper", "system.supplier", "house.term", "register.system.complete", "system.critical", "a.on",
        "a.since", "a.exception", "a.start", "register.supplier.complete", "supplier.owner",
    }  # fmt: skip
    assert verdicts_of(node) == {"bio2:1", "bio2:2"}
    assert len(children(node)) == 5
