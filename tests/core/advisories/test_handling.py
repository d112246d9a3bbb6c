"""What an organisation did about a warning (A8), what a newer revision opens again (A9), and the week of the BIO.

A8 and A9 are clauses of docs/asset-matching.md.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.handling import (
    FLAGS,
    OPEN,
    STATUSES,
    WEEK_CODES,
    WRONG,
    Handled,
    Key,
    Status,
    after_revision,
    asks_week,
    needs_reason,
    overall,
    standing,
    touched,
    week_end,
    wrong,
)
from dijkwacht.core.advisories.priority import OneWeek
from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.shapes import Advisory, Asset, ProductLine, Reason, Remedy, Said, Vulnerability
from dijkwacht.norms.advisories import priority_table
from dijkwacht.norms.advisory_warning import warning_rules

CASES = yaml.safe_load((Path(__file__).parent / "handling_cases.yaml").read_text(encoding="utf-8"))
ON = date(2026, 11, 30)
TASKS = {"remedy_changed", "product_added", "weakness_added", "restored"}


def ids(case: dict[str, Any]) -> str:
    return str(case["case"])


def pair(text: str) -> Key:
    asset, _, weakness = text.partition("/")
    return asset, weakness


def pairs(texts: list[str]) -> frozenset[Key]:
    return frozenset(pair(each) for each in texts)


def turned(*reasons: tuple[str, ...]) -> Change:
    told = tuple(Reason(code, tuple(("weakness", each) for each in rest)) for code, *rest in reasons)
    return Change(bool({each.code for each in told} & TASKS), False, False, told)


# -- what may be recorded ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("handled", "expected"),
    [
        (OPEN, ()),
        (Handled("in_progress"), ()),
        (Handled("done"), ()),
        (Handled("not_affected"), (("reason", "reason_needed"),)),
        (Handled("not_affected", reason="  "), (("reason", "reason_needed"),)),
        (Handled("not_affected", flag=FLAGS[0]), ()),
        (Handled("not_affected", reason="Staat uit."), ()),
        (Handled("not_affected", flag="geen_zin"), (("flag", "flag_unknown"),)),
        (Handled("accepted"), (("reason", "reason_needed"), ("by", "who_needed"), ("until", "until_needed"))),
        (Handled("accepted", reason="Vervangen in mei.", by="directeur", until=date(2026, 11, 29)), (("until", "until_past"),)),
        (Handled("accepted", reason="Vervangen in mei.", by="directeur", until=ON), ()),
    ],
)  # fmt: skip
def test_what_is_missing(handled: Handled, expected: tuple[tuple[str, str], ...]) -> None:
    assert wrong(handled, on=ON) == expected
    assert {code for _, code in expected} <= set(WRONG)


def test_an_accepted_risk_opens_after_its_last_day() -> None:
    accepted = Handled("accepted", reason="x", by="y", until=ON)
    assert standing(accepted, on=ON) == "accepted"
    assert standing(accepted, on=date(2026, 12, 1)) == "open"
    assert standing(replace(accepted, until=None), on=ON) == "open"
    assert [standing(Handled(each), on=ON) for each in ("in_progress", "done", "not_affected")] == [
        "in_progress", "done", "not_affected",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], None),
        (["not_affected", "not_affected"], "not_affected"),
        (["done", "not_affected"], "done"),
        (["done", "not_affected", "accepted"], "accepted"),
        (["accepted", "in_progress", "done"], "in_progress"),
        (["done", "open", "in_progress"], "open"),
    ],
)
def test_the_weakest_counts(statuses: list[Status], expected: Status | None) -> None:
    assert overall(statuses) == expected


@given(st.lists(st.sampled_from(STATUSES), min_size=1), st.randoms())
def test_the_order_does_not_matter_and_only_all_finished_is_finished(statuses: list[Status], shuffled: Any) -> None:
    mixed = list(statuses)
    shuffled.shuffle(mixed)
    found = overall(statuses)
    assert overall(mixed) == found
    assert (found in ("done", "not_affected")) is ({*statuses} <= {"done", "not_affected"})
    assert (found == "not_affected") is ({*statuses} == {"not_affected"})


# -- a newer revision --------------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES["revisions"], ids=ids)
def test_worked_revisions(case: dict[str, Any]) -> None:
    before = {pair(name): Handled(status, reason="x") for name, status in case["before"].items()}
    changed = pairs(case["changed"]) if "changed" in case else None
    found = after_revision(before, turned(*map(tuple, case["reasons"])), pairs(case["still"]), changed=changed)
    assert {key: each.status for key, each in found.handled.items()} == {pair(k): v for k, v in case["after"].items()}
    assert (found.new, found.reopened, found.lapsed) == tuple(
        pairs(case.get(name, [])) for name in ("new", "reopened", "lapsed")
    )


KEYS = st.tuples(st.sampled_from("abcd"), st.sampled_from("VW"))
CODES = st.sampled_from(sorted(TASKS | {"editorial", "rating_rose", "withdrawn", "product_removed", "exploited"}))
REASONS = st.lists(st.one_of(st.tuples(CODES), st.tuples(CODES, st.sampled_from("VW"))), min_size=1, max_size=4)


@given(
    st.dictionaries(KEYS, st.sampled_from(STATUSES).map(Handled)), REASONS, st.frozensets(KEYS), st.none() | st.frozensets(KEYS)
)  # fmt: skip
def test_what_always_holds(
    before: dict[Key, Handled], reasons: list[tuple[str, ...]], still: frozenset[Key], changed: frozenset[Key] | None
) -> None:
    change = turned(*reasons)
    found = after_revision(before, change, still, changed=changed)
    gone = ("withdrawn",) in [each[:1] for each in reasons]
    assert found.handled.keys() == (frozenset() if gone else still)
    assert found.lapsed == before.keys() - found.handled.keys()
    assert found.new == found.handled.keys() - before.keys()
    assert all(found.handled[key] == OPEN for key in found.new | found.reopened)
    assert all(
        found.handled[key] == before[key] for key in found.handled.keys() - found.new - found.reopened
    )  # nothing else is lost
    assert found.reopened <= (before.keys() & still if changed is None else before.keys() & still & changed)
    if not change.task:
        assert not found.reopened
    again = after_revision(found.handled, turned(("editorial",)), found.handled.keys())
    assert again.handled == found.handled
    assert not again.new | again.reopened | again.lapsed


# -- what a revision touches -------------------------------------------------------------------------
A = ProductLine("A", "Waterwerk", "Grachtenpeil", "vers:unknown/<3.2", "range")
B = ProductLine("B", "Waterwerk", "Sluis", "vers:unknown/<9", "range")
WEAK = Vulnerability(
    "W", said=(Said("A", "affected"), Said("B", "affected")),
    remedies=(Remedy("vendor_fix", "Neem 3.2.", ("A",)), Remedy("vendor_fix", "Neem 9.", ("B",))),
)  # fmt: skip
FIRST = Advisory("https://dijkteam.example", "DT-1", "1.0.0", "Lek", products={"A": A, "B": B}, vulnerabilities=(WEAK,))
MINE = Asset("waterstad", "a", "Waterwerk", "Grachtenpeil", "3.1")


def after(**changes: Any) -> Advisory:
    return replace(FIRST, version="1.0.1", vulnerabilities=(replace(WEAK, **changes),))


def test_another_remedy_for_somebody_elses_product_is_no_new_match() -> None:
    theirs = after(remedies=(WEAK.remedies[0], Remedy("vendor_fix", "Neem 9.1.", ("B",))))
    assert touched(FIRST, theirs, MINE) == frozenset()
    assert touched(FIRST, theirs, replace(MINE, product="Sluis", version="8")) == {"W"}


def test_the_same_remedy_in_other_words_or_order_is_no_new_match() -> None:
    same = after(remedies=(WEAK.remedies[1], Remedy("vendor_fix", "  neem  3.2. ", ("A",))))
    assert touched(FIRST, same, MINE) == frozenset()


def test_ids_may_differ() -> None:
    line = A._replace(id="X")
    weak = replace(WEAK, said=(Said("X", "affected"),), remedies=(Remedy("vendor_fix", "Neem 3.2.", ("X",)),))
    assert touched(FIRST, replace(FIRST, products={"X": line}, vulnerabilities=(weak,)), MINE) == frozenset()


@pytest.mark.parametrize(
    "now",
    [
        after(remedies=(Remedy("vendor_fix", "Neem 3.3.", ("A",)),)),
        after(said=(*WEAK.said, Said("F", "fixed"))),
        after(said=(Said("A", "investigated"),)),
        after(said=(Said("B", "affected"),)),
        replace(FIRST, products={"A": A._replace(version="vers:unknown/<3.3"), "B": B}),
        replace(FIRST, withdrawn=True),
    ],
    ids=[
        "another remedy",
        "a version that is fixed",
        "another outcome",
        "no longer named",
        "other versions",
        "withdrawn",
    ],
)
def test_what_touches(now: Advisory) -> None:
    fixed = ProductLine("F", "Waterwerk", "Grachtenpeil", "3.2", "version")
    now = replace(now, products={**now.products, "F": fixed})
    assert touched(FIRST, now, MINE) == {"W"}


def test_another_weakness_touches_only_itself() -> None:
    more = replace(FIRST, vulnerabilities=(WEAK, replace(WEAK, key="V")))
    assert touched(FIRST, more, MINE) == {"V"}
    assert touched(more, more, MINE) == touched(FIRST, more, replace(MINE, product="Iets anders")) == frozenset()


# -- the week ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES["weeks"], ids=ids)
def test_worked_weeks(case: dict[str, Any]) -> None:
    said = OneWeek(case.get("applies"), ())
    own = tuple(case["own"]) if "own" in case else None
    assert asks_week(said, own) == (case["week"], case["code"])
    assert needs_reason(said, own) is case.get("reason", False)


def test_every_code_has_a_case() -> None:
    assert {each["code"] for each in CASES["weeks"]} == set(WEEK_CODES)


@pytest.mark.parametrize("case", CASES["ends"], ids=ids)
def test_worked_ends(case: dict[str, Any]) -> None:
    zone = warning_rules().calendar.zone
    end = week_end(datetime.fromisoformat(case["told"]), priority_table().term, zone)
    assert end.isoformat(timespec="minutes") == case["end"]


def test_the_end_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        week_end(datetime(2026, 11, 30), priority_table().term, warning_rules().calendar.zone)
