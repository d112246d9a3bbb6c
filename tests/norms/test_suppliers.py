"""Proof of suppliers, tiers and signs: what stands in the pack, and that a mistake in it is told with its line."""

import shutil
from pathlib import Path

import pytest

from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.tier import grade
from dijkwacht.norms.read import check
from dijkwacht.norms.suppliers import FILE, ROOT, supplier_problems, supplier_rules

SOURCE = (ROOT / FILE).read_text(encoding="utf-8")


def problems(folder: Path, before: str, after: str) -> list[str]:
    (folder / "suppliers").mkdir()
    assert before in SOURCE
    (folder / FILE).write_text(SOURCE.replace(before, after, 1), encoding="utf-8")
    return [f"{each.line}: {each.message}" for each in supplier_problems(folder)]


def test_what_stands_in_it() -> None:
    rules = supplier_rules()
    assert [each.id for each in rules.tiers] == ["basic", "high", "critical"]
    assert {each.id for each in rules.kinds.values() if each.works} == {"isae3402_2", "soc2_2", "tpm_2", "digid_tpm"}
    assert rules.kinds["own_statement"].assurance is Assurance.STATED
    assert {each.id for each in rules.signs if each.tier == "critical"} == {"critical_process", "essential_chain"}
    every = [f"kind:{each}" for each in rules.kinds]
    every += [f"tier:{each.id}" for each in rules.tiers] + [f"sign:{each.id}" for each in rules.signs]
    assert set(rules.said) == set(every)
    assert all(set(each.name) == set(each.text) == {"nl", "en"} and each.source for each in rules.said.values())


def test_the_heavier_the_tier_the_fewer_kinds_will_do_and_the_heaviest_asks_working() -> None:
    rules = supplier_rules()
    asked = [{name for name in each.proofs if rules.kinds[name].assurance > Assurance.STATED} for each in rules.tiers]
    assert asked[2] < asked[1] <= asked[0]
    assert all(rules.kinds[name].works for name in rules.tiers[2].proofs)


def test_graded_by_the_pack() -> None:
    rules = supplier_rules()
    answers = dict.fromkeys((each.id for each in rules.signs), False) | {"admin_access": True}
    assert grade(answers, signs=rules.signs, tiers=rules.tiers).tier.id == "high"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("shows: validity", "shows: forever", "unknown shows forever"),
        ("assurance: audited", "assurance: certain", "unknown assurance certain"),
        ("holds: P1Y", "holds: a year", "holds must be a duration"),
        ("    holds: P1Y\n", "", "holds is missing"),
        ("rank: 2", "rank: 5", "tiers are ranked"),
        ("rank: 2", "rank: twee", "rank must be a whole number"),
        ("tier: critical", "tier: huge", "unknown tier huge"),
        ("proofs: [isae3402_2,", "proofs: [isae9999,", "unknown proofs isae9999"),
        ("shows: day\n", "shows: day\n    works: true\n", "only proof over a period"),
        ("kinds:", "soorten:", "unknown key soorten"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    found = problems(tmp_path, before, after)
    assert any(message in each for each in found), found
    assert all(int(each.partition(":")[0]) >= 1 for each in found)


def test_packs_without_it_and_with_it(tmp_path: Path) -> None:
    assert supplier_problems(tmp_path) == []
    shutil.copytree(ROOT / "suppliers", tmp_path / "suppliers")
    assert supplier_problems(tmp_path) == []
    assert check().errors == []
