"""What a register says of a supplier: cases that a supplier manager can read, and laws that hold for all."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.assurance import Proof, Span
from dijkwacht.core.suppliers.supplier_facts import (
    CLAUSES,
    OF_SUPPLIER,
    REGISTERED,
    Agreement,
    Delivered,
    Known,
    Paper,
    facts_of,
    registered,
)
from dijkwacht.core.values import read_value
from dijkwacht.norms.read import norms_on
from dijkwacht.norms.suppliers import supplier_rules

ON = date(2026, 11, 30)
CASES = yaml.safe_load(Path(__file__).with_name("supplier_facts.yaml").read_text(encoding="utf-8"))


def agreement(
    number: int, *, clauses: dict[str, bool], terms: str = "", chain: str = "", file: int | None = None
) -> Agreement:
    named = {name: next(each for each in CLAUSES if each.endswith(f".{name}")) for name in clauses}
    return Agreement(
        f"contract:{number}", {named[name]: answer for name, answer in clauses.items()}, terms, chain, file
    )


def paper(number: int, told: dict[str, Any]) -> Paper:
    services = None if told["services"] == "all" else frozenset(told["services"])
    days = Span(told["first"], told["until"])
    proof = Proof(
        f"proof:{number}", supplier_rules().kinds[told["kind"]], days, services, told["subs"], (), told.get("ended")
    )
    return Paper(proof, told["received"], told.get("judged"), told.get("file"))


def known(case: dict[str, Any]) -> Known:
    return Known(
        tuple(agreement(n, **each) for n, each in enumerate(case.get("contracts", ()))),
        tuple(Delivered(**each) for each in case.get("services", ())),
        tuple(paper(n, each) for n, each in enumerate(case.get("proofs", ()))),
        tuple(case.get("open_findings", ())),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    found = facts_of(known(case), on=case.get("on", ON))
    assert {name: told.value for name, told in found.items()} == case["expect"]
    assert {name for name, told in found.items() if told.documented} >= set(case.get("documented", ()))


def test_each_is_a_fact_type_about_a_supplier_and_its_values_are_allowed() -> None:
    types = norms_on(ON).fact_types
    assert {types[name].subject for name in OF_SUPPLIER} == {"supplier"}
    assert types[REGISTERED].subject == "organisation"
    for case in CASES:
        for name, told in facts_of(known(case), on=ON).items():
            plain = told.value.isoformat() if isinstance(told.value, date) else told.value
            assert read_value(types[name], plain) == told.value


def test_only_files_that_show_a_no_go_with_it() -> None:
    found = facts_of(known(CASES[1]), on=ON)["supplier.contract.exit"]
    assert (found.files, found.documented, found.rows) == (frozenset(), False, ("contract:1",))
    both = replace(
        known(CASES[1]), agreements=(*known(CASES[1]).agreements, agreement(2, clauses={"exit": False}, file=9))
    )
    found = facts_of(both, on=ON)["supplier.contract.exit"]
    assert (found.files, found.documented, found.rows) == (frozenset({9}), True, ("contract:2",))


def test_registered() -> None:
    assert (registered(0, 0), registered(3, 3), registered(3, 2)) == (None, True, False)


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
answers = st.sampled_from([True, False, None])


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    kind = supplier_rules().kinds[draw(st.sampled_from(sorted(supplier_rules().kinds)))]
    first = draw(DAYS)
    days = Span(first, first + timedelta(days=draw(st.integers(1, 800))))
    services = draw(st.none() | st.frozensets(st.sampled_from("123")))
    proof = Proof(f"proof:{draw(st.integers(0, 999))}", kind, days, services, draw(answers), (), draw(st.none() | DAYS))
    return Paper(proof, draw(DAYS), draw(st.none() | DAYS), draw(st.none() | st.integers(1, 9)))


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    agreements = draw(
        st.lists(
            st.builds(
                Agreement,
                st.uuids().map(str),
                st.fixed_dictionaries(dict.fromkeys(CLAUSES, answers)),
                st.sampled_from(["", "excluded", "weighed", "not_weighed"]),
                st.sampled_from(["", "none", "accepted", "known", "unknown"]),
                st.none() | st.integers(1, 9),
            ),
            max_size=3,
        )
    )
    services = draw(
        st.lists(st.builds(Delivered, st.sampled_from("123"), answers, answers), max_size=3, unique_by=lambda e: e.id)
    )
    proofs = draw(st.lists(papers(), max_size=4, unique_by=lambda each: each.proof.id))
    return Known(
        tuple(agreements), tuple(services), tuple(proofs), tuple(draw(st.lists(st.just("finding:1"), max_size=1)))
    )


@given(knowns(), DAYS)
def test_the_order_of_rows_does_not_matter(known: Known, on: date) -> None:
    turned = Known(known.agreements[::-1], known.services[::-1], known.papers[::-1], known.open_findings)
    one, other = facts_of(known, on=on), facts_of(turned, on=on)
    assert {name: each.value for name, each in one.items()} == {name: each.value for name, each in other.items()}


@given(knowns(), DAYS)
def test_nothing_is_said_without_a_row_and_no_date_lies_ahead(known: Known, on: date) -> None:
    for told in facts_of(known, on=on).values():
        assert told.rows
        assert not isinstance(told.value, date) or told.value <= on
        assert told.documented is False or told.files
    assert facts_of(Known(), on=on) == {}


@given(knowns(), DAYS, st.sampled_from(CLAUSES))
def test_a_contract_that_says_no_never_makes_it_better(known: Known, on: date, clause: str) -> None:
    worse = replace(known, agreements=(*known.agreements, Agreement("contract:x", {clause: False})))
    assert facts_of(worse, on=on)[clause].value is False


@given(knowns(), DAYS)
def test_a_finding_that_is_open_decides(known: Known, on: date) -> None:
    assert facts_of(replace(known, open_findings=("finding:9",)), on=on)["supplier.risks.treated"].value is False
