"""Requirements for a tender: what stands in the pack, that it can be stacked, and that a mistake in it is told with its line."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import Duration
from dijkwacht.core.suppliers.procurement import stacked
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import check
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.norms.suppliers_requirements import (
    FILE,
    ROOT,
    house_names,
    read_requirements,
    requirement_problems,
    requirements,
)
from tests.norms.asking import broken, wrong_texts

PACK = requirements()
PARTS = [each.id for each in PACK.parts]
CONTEXT = [each.id for each in PACK.context]
CONTRACT = {
    "supplier.contract.assurance_clause", "supplier.contract.audit_right", "supplier.contract.transparency",
    "supplier.contract.flow_down", "supplier.contract.exit", "supplier.contract.termination_grounds",
}  # fmt: skip


def test_what_stands_in_it() -> None:
    assert PACK.always == {"general"}
    assert {each.id for each in PACK.parts if each.kind == "supplement"} == {"personal_data", "ai"}
    assert {"partners", "development", "cloud", "middleware", "hosting", "workplace", "network", "ot"} <= set(PARTS)
    assert (PACK.edition.licence, "ICO" in PACK.edition.about["nl"]) == ("CC0-1.0", True)
    assert PACK.by_id["yearly_proof"].follow == Duration(12, 0)
    assert PACK.by_id["audit_right"].follow is None


def test_signs_of_a_heavy_service_and_the_context_of_a_tender_have_the_same_names() -> None:
    signs = {each.id for each in supplier_rules().signs}
    assert signs - set(CONTEXT) == {"basic_registration"}


def test_every_text_is_in_both_languages_short_and_ours() -> None:
    assert wrong_texts(PACK) == []


def test_every_requirement_says_how_it_is_checked_and_which_norm_it_serves() -> None:
    for each in PACK.requirements:
        assert each.verify["nl"]
        assert each.source
        assert each.requirement.links
        assert set(each.requirement.links) <= set(house_names().requirements)


def test_a_contract_clause_is_settled_in_every_tender_and_nothing_else_is() -> None:
    assert {fact for each in PACK.plain for fact in each.facts} == CONTRACT
    for parts in (["general"], PARTS):
        found = stacked(PACK.plain, parts=parts, context=dict.fromkeys(CONTEXT, True))
        assert {fact for each in found for fact in each.requirement.facts} == CONTRACT
        assert all(each.weight == "must" for each in found if each.requirement.facts)


def test_all_parts_together_ask_nothing_twice() -> None:
    found = stacked(PACK.plain, parts=PARTS, context={})
    ids = [each.requirement.id for each in found]
    gone = {name for each in found for name in each.replaced}
    assert len(set(ids)) == len(ids)
    assert gone == {"yearly_proof", "first_notice_day", "exit_plan"}
    assert not gone & set(ids)
    assert gone | set(ids) == set(PACK.by_id)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_brings_something(part: str) -> None:
    assert len(stacked(PACK.plain, parts=[part], context={})) >= 6


@pytest.mark.parametrize("question", CONTEXT)
def test_every_question_about_the_context_matters(question: str) -> None:
    def rows(answer: bool) -> list[tuple[str, str]]:
        found = stacked(PACK.plain, parts=PARTS, context=dict.fromkeys(CONTEXT, False) | {question: answer})
        return [(each.requirement.id, each.weight) for each in found]

    assert rows(True) != rows(False)


def test_a_no_leaves_out_and_never_adds_but_for_what_was_replaced() -> None:
    every = stacked(PACK.plain, parts=PARTS, context={})
    few = stacked(PACK.plain, parts=PARTS, context=dict.fromkeys(CONTEXT, False))
    left_out = {each.id for each in PACK.plain if each.only_if}
    assert not left_out & {each.requirement.id for each in few}
    assert {each.requirement.id for each in few} - {each.requirement.id for each in every} == {
        "yearly_proof", "first_notice_day", "exit_plan",
    }  # fmt: skip
    assert len(few) < len(every)


@given(
    st.sets(st.sampled_from(PARTS), min_size=1),
    st.sets(st.sampled_from(PARTS)),
    st.dictionaries(st.sampled_from(CONTEXT), st.booleans()),
)
def test_more_parts_never_ask_less(few: set[str], more: set[str], context: dict[str, bool | None]) -> None:
    def met(parts: set[str]) -> set[str]:
        rows = stacked(PACK.plain, parts=parts, context=context)
        return {name for each in rows for name in (each.requirement.id, *each.replaced)}

    assert met(few) <= met(few | more)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("bio2:5.20.03", "bio2:5.99.99", "unknown links bio2:5.99.99"),
        ("supplier.contract.audit_right", "supplier.contract.nothing", "unknown facts supplier.contract.nothing"),
        ("supplier.contract.audit_right", "supplier.terms", "supplier.terms is not a yes or no about a supplier"),
        ("supplier.contract.audit_right", "crypto.inventory", "crypto.inventory is not a yes or no about a supplier"),
        ("parts: [general]", "parts: [generaal]", "unknown parts generaal"),
        ("parts: [general]", "parts: []", "comes with no part"),
        ("weight: must\n", "weight: shall\n", "unknown weight shall"),
        ("must_if: [critical_process", "must_if: [kritiek", "unknown must_if kritiek"),
        ("weight: wish\n    must_if: [critical_process, personal_data", "weight: must\n    must_if: [critical_process",
         "it is a must already"),
        ("theme: proof\n", "theme: prof\n", "unknown theme prof"),
        ("replaces: [yearly_proof]", "replaces: [audit_right]", "audit_right settles supplier.contract.audit_right"),
        ("replaces: [yearly_proof]", "replaces: [yearly]", "unknown replaces yearly"),
        ("replaces: [yearly_proof]", "replaces: [yearly_proof_operation]", "replaces itself"),
        ("weight: must\n    replaces: [exit_plan]", "weight: wish\n    replaces: [exit_plan]", "a wish cannot take its place"),
        ("follow: P1Y", "follow: yearly", "follow must be a duration"),
        ("    verify:\n", "    verifieer:\n", "unknown key verifieer"),
        ("    links: [iso27002:6.6, iso27002:6.5]\n", "", "links to no norm"),
        ("  - id: confidentiality\n", "  - id: screening\n", "screening stands here twice"),
        ("kind: always", "kind: bought", "no part goes with every tender"),
        ("as_of: 2026-11-30", "as_of: yesterday", "as_of must be a day"),
        ("as_of: 2026-11-30\n", "", "as_of is missing"),
        ("only_if: [records]", "only_if: [citizen_login]", "no requirement has records"),
        ("\nrequirements:\n", "\neisen:\n", "unknown key eisen"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    found = broken(tmp_path, FILE, requirement_problems, before, after)
    assert any(message in each for each in found), found


@pytest.mark.parametrize("text", ["", "[]", "a: [", "requirements: {}", "requirements: [1, x, {id: 3}]", "\x00"])
def test_a_file_that_is_no_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "suppliers").mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert requirement_problems(tmp_path, house_names())
    with pytest.raises(PackErrors, match=r"suppliers/requirements\.yaml:\d+: "):
        read_requirements(tmp_path, house_names())


def test_packs_without_it_and_with_it(tmp_path: Path) -> None:
    assert requirement_problems(tmp_path, house_names()) == []
    shutil.copytree(ROOT / "suppliers", tmp_path / "suppliers")
    assert requirement_problems(tmp_path, house_names()) == []
    assert check().errors == []


def test_check_tells_of_a_mistake_in_it(tmp_path: Path) -> None:
    root = tmp_path / "norms"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("bio2:5.20.04", "bio2:5.20.40", 1), encoding="utf-8")
    assert ["unknown links bio2:5.20.40" in each.message for each in check(root).errors] == [True]
