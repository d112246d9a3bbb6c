"""Questions for a joint review: what stands in the pack, what comes out of answers, and that a mistake is told with its line."""

from datetime import date
from pathlib import Path

import pytest

from dijkwacht.core.suppliers.review import Finding, Item, Judged, outcome
from dijkwacht.norms.suppliers_questions import FILE, question_problems, question_sets
from dijkwacht.norms.suppliers_requirements import house_names
from tests.norms.asking import broken, wrong_texts

PACK = question_sets()
SETS = {each.id: each for each in PACK.sets}
DAY = date(2026, 11, 30)
VALUES = {"yes_no": True, "date": date(2026, 3, 1), "choice": "known"}


def item(name: str, finding: bool = False) -> Item:
    question = PACK.questions[name]
    judged = tuple(Judged(who, "org", "holds", DAY) for who in ("one", "two"))
    findings = (Finding("f", date(2027, 1, 1)),) if finding else ()
    value = VALUES[house_names().facts[question.fact].value]
    return Item(name, question.fact, value, "supplier", judged, findings)


def test_what_stands_in_it() -> None:
    assert set(SETS) == {"saas_short", "saas_full", "hosting", "development", "managed"}
    assert len(SETS["saas_short"].questions) == 15
    assert set(SETS["saas_short"].questions) <= set(SETS["saas_full"].questions)
    assert 40 <= len(PACK.questions) <= 50
    assert {each.service for each in PACK.sets} == {each.id for each in PACK.services}


def test_every_text_is_in_both_languages_short_and_ours() -> None:
    assert wrong_texts(PACK) == []


def test_nothing_of_the_own_contract_of_a_municipality_is_asked() -> None:
    facts = {each.fact for each in PACK.questions.values()}
    assert facts == {
        "supplier.risks.treated", "supplier.cloud", "supplier.assurance.received_on", "supplier.assurance.scope_covers",
        "supplier.subcontractors", "supplier.chain_changes.reported", "supplier.changes.risk_weighed",
    }  # fmt: skip


def test_a_question_is_about_a_supplier_and_serves_norms_that_are_there() -> None:
    for each in PACK.questions.values():
        assert house_names().facts[each.fact].subject == "supplier"
        assert set(each.links) <= set(house_names().requirements)
        assert set(each.choices) <= set(house_names().facts[each.fact].choices)
    assert "accepted" not in PACK.questions["subcontractors"].choices  # for each organisation itself to say


@pytest.mark.parametrize("name", SETS)
def test_a_set_in_order_is_about_the_whole_and_one_finding_turns_it(name: str) -> None:
    asked = [each.id for each in PACK.asked(name)]
    found = outcome([item(each) for each in asked], on=DAY)
    assert found["supplier.risks.treated"] is True
    assert found["supplier.assurance.received_on"] == VALUES["date"]
    found = outcome([item(each, finding=each == "mfa_staff") for each in asked], on=DAY)
    assert found["supplier.risks.treated"] is False
    assert {"access", "chain", "proof", "incidents"} <= {each.theme for each in PACK.asked(name)}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("fact: supplier.cloud", "fact: supplier.clouds", "unknown fact supplier.clouds"),
        ("fact: supplier.cloud", "fact: crypto.inventory", "is not something of a supplier"),
        ("choices: [none, known, unknown]", "choices: [none, perhaps]", "unknown choices perhaps"),
        ("fact: supplier.cloud\n", "fact: supplier.cloud\n    choices: [yes_sure]\n", "unknown choices yes_sure"),
        ("theme: governance", "theme: government", "unknown theme government"),
        ("services: [saas, development]", "services: [paas]", "unknown services paas"),
        ("links: [bio2:5.23.01", "links: [bio2:5.23.99", "unknown links bio2:5.23.99"),
        ("service: hosting", "service: saas", "remote_under_control is not asked for saas"),
        ("questions: [proof_date,", "questions: [proof_day,", "unknown questions proof_day"),
        ("helpdesk_check, patched_in_week", "patched_in_week", "helpdesk_check stands in no set"),
        ("  - id: personal_admins\n", "  - id: mfa_staff\n", "mfa_staff stands here twice"),
        ("    verify:", "    proof:", "unknown key proof"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    found = broken(tmp_path, FILE, question_problems, before, after)
    assert any(message in each for each in found), found


@pytest.mark.parametrize("text", ["", "[]", "questions: 3", "sets: [{id: a, questions: []}]"])
def test_a_file_that_is_no_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "suppliers").mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert question_problems(tmp_path, house_names())


def test_packs_without_it(tmp_path: Path) -> None:
    assert question_problems(tmp_path, house_names()) == []
