"""Weighing, accepting and deviating: worked cases, and what must always hold."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import parse_duration
from dijkwacht.core.isms import Area, Band, DeviationRule, Level, Scale
from dijkwacht.core.isms_risk import accept, deviate, measures_of, rule_for, too_low, unacceptable, weigh
from dijkwacht.core.verdict import Status

TODAY = date(2026, 11, 25)
CASES = yaml.safe_load((Path(__file__).with_name("isms_acceptance.yaml")).read_text(encoding="utf-8"))
TEXT = {"nl": "x", "en": "x"}
YEAR, HALF = parse_duration("P1Y"), parse_duration("P6M")
SCALE = Scale(
    tuple(Level(n, TEXT, TEXT) for n in (1, 2, 3)),
    tuple(Level(n, TEXT, TEXT) for n in (1, 2, 3)),
    tuple(Area(name, TEXT, {}, (TEXT,) * 3) for name in ("money", "trust")),
    (
        Band("low", 1, TEXT, YEAR, ("secretary", "college"), YEAR),
        Band("high", 2, TEXT, HALF, ("college",), HALF),
    ),
    (("low", "low", "high"), ("low", "high", "high"), ("high", "high", "high")),
    "source", {},
)  # fmt: skip
RULES = (
    DeviationRule("measure", ("bio2:#.##.##",), False, None, "", TEXT, "source", {}),
    DeviationRule("law", ("cbw:*",), False, None, "", TEXT, "source", {}),
    DeviationRule("guideline", ("iso27002:*",), True, YEAR, "bio2", TEXT, "source", {}),
)
IN_FORCE = ("bio2:5.01.01", "bio2:5.01.02", "bio2:8.13.04", "iso27002:5.1", "iso27002:7.8", "iso27002:8.1", "cbw:26")


@pytest.mark.parametrize("case", CASES["accept"], ids=lambda case: case["case"])
def test_accepting(case: dict[str, Any]) -> None:
    weight = weigh(SCALE, *case["weight"]) if case.get("weight") else None
    statuses = {name: [Status(each) for each in found] for name, found in case.get("statuses", {}).items()}
    found = accept(RULES, weight, statuses=statuses, roles=case["roles"], until=case.get("until"), on=TODAY)
    assert [str(each.code) for each in found] == case["refused"]
    if "because" in case:
        assert list(found[0].requirements) == case["because"]


@pytest.mark.parametrize("case", CASES["deviate"], ids=lambda case: case["case"])
def test_deviating(case: dict[str, Any]) -> None:
    found = deviate(
        RULES, case["requirement"], requirements=IN_FORCE, weighed=case.get("weighed", True), until=case.get("until"),
        on=TODAY,
    )  # fmt: skip
    assert [str(each.code) for each in found] == case["refused"]


def test_the_worst_area_decides_and_is_named() -> None:
    weight = weigh(SCALE, 2, {"money": 1, "trust": 2})
    assert (weight.impact, weight.areas, weight.band.id) == (2, ("trust",), "high")
    assert weigh(SCALE, 1, {"money": 2, "trust": 2}).areas == ("money", "trust")


@pytest.mark.parametrize(
    ("likelihood", "impacts"),
    [(0, {"money": 1}), (4, {"money": 1}), (1, {"money": 4}), (1, {}), (1, {"weather": 1}), (1, {"money": 0})],
)
def test_outside_the_scale_is_refused(likelihood: int, impacts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"not (a level|the areas) of the scale"):
        weigh(SCALE, likelihood, impacts)


levels = st.integers(1, 3)


@given(levels, levels, levels, levels)
def test_more_never_makes_a_risk_smaller(likelihood: int, money: int, trust: int, more: int) -> None:
    before = weigh(SCALE, likelihood, {"money": money, "trust": trust})
    worse = weigh(SCALE, max(likelihood, more), {"money": max(money, more), "trust": trust})
    assert worse.band.rank >= before.band.rank


@given(
    st.dictionaries(st.sampled_from(IN_FORCE), st.lists(st.sampled_from(list(Status)), min_size=1), max_size=5),
    st.sampled_from(["college", "secretary"]),
)
def test_no_mandate_is_large_enough_for_a_measure_that_is_missing(statuses: dict[str, list[Status]], role: str) -> None:
    weight = weigh(SCALE, 1, {"money": 1})
    refused = accept(RULES, weight, statuses=statuses, roles=[role], until=date(2026, 12, 25), on=TODAY)
    missing = {
        name
        for name, found in statuses.items()
        if name.startswith(("bio2:", "cbw:")) and not set(found) <= {Status.MET, Status.NOT_APPLICABLE}
    }
    assert {name for no in refused for name in no.requirements} == missing
    assert bool(refused) is bool(missing)
    assert unacceptable(RULES, statuses) == refused


def test_a_measure_belongs_to_the_control_with_its_number() -> None:
    assert measures_of("iso27002:5.1", IN_FORCE, "bio2") == ("bio2:5.01.01", "bio2:5.01.02")
    assert measures_of("iso27002:8.1", IN_FORCE, "bio2") == ()  # 8.13.04 is of 8.13, not of 8.1
    assert measures_of("iso27002:8.13", IN_FORCE, "bio2") == ("bio2:8.13.04",)


def test_the_first_rule_that_fits_holds() -> None:
    found = {name: rule_for(RULES, name) for name in ("bio2:8.13.04", "bio2:part1.13", "iso27002:7.8", "digid:C.07")}
    assert {name: rule and rule.id for name, rule in found.items()} == {
        "bio2:8.13.04": "measure", "bio2:part1.13": None, "iso27002:7.8": "guideline", "digid:C.07": None,
    }  # fmt: skip


def test_a_system_is_not_worth_less_than_what_leans_on_it() -> None:
    system = {"availability": 2, "integrity": 4, "confidentiality": 3}
    found = too_low(
        system, {"benefits": {"availability": 4, "integrity": 3, "confidentiality": 4}, "tax": {"availability": 1}}
    )
    assert [(each.aspect, each.process, each.has, each.asked) for each in found] == [
        ("availability", "benefits", 2, 4), ("confidentiality", "benefits", 3, 4),
    ]  # fmt: skip
    assert too_low({}, {"tax": {"availability": 4}}) == ()
