"""The pack of powers: what is wrong in it is named with its file and line."""

import shutil
from pathlib import Path

import pytest

from dijkwacht.norms import powers
from dijkwacht.norms.clocks import read_clocks
from dijkwacht.norms.powers import power_problems, powers_pack

CLOCKS = read_clocks(powers.ROOT).rules


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(powers.ROOT / powers.FOLDER, tmp_path / powers.FOLDER)
    return tmp_path


def test_the_pack_of_the_house() -> None:
    pack = powers_pack()
    assert (len(pack.questions), len(pack.powers), len(pack.reasons), len(pack.listed)) == (33, 38, 22, 25)
    assert power_problems(powers.ROOT, clocks=CLOCKS) == []
    assert {each.group for each in pack.questions.values()} == set(pack.groups)
    assert all(name in {rule.starts_on for rule in CLOCKS.values()} for name in pack.starts)


@pytest.mark.parametrize(
    ("file", "was", "now", "says"),
    [
        ("rules.yaml", "{fact: weapons}", "{fact: weather}", "unknown fact weather"),
        ("rules.yaml", "forbids: [prosecutor_first", "forbids: [prosecutor_last", "unknown forbids prosecutor_last"),
        ("rules.yaml", "clock: gemw-176-ratify", "clock: gemw-999", "unknown clock gemw-999"),
        ("rules.yaml", "lighter: [gemw_175_emergency_order", "lighter: [gemw_999", "no other power gemw_999"),
        ("rules.yaml", "lighter: [talk_organiser, gemw_172a_reporting]", "lighter: [bill_36789_removal]", "never allowed"),
        ("rules.yaml", "    checked_on: 2026-11-23\n", "", "a bill has no valid_from"),
        ("rules.yaml", "    valid_from: 1994-01-01\n", "", "law in force has a valid_from"),
        ("rules.yaml", "holder: mayor", "holder: king", "unknown holder king"),
        ("rules.yaml", "{cond: decider_ok}", "{cond: decider}", "unknown condition decider"),
        ("reasons.yaml", "one_of: [police, official]", "one_of: [police, king]", "no option king"),
        ("reasons.yaml", "when: {fact: demonstration}", "when: {fact: demonstration, is: yes}", "answered with yes"),
        ("facts.yaml", "group: happens", "group: nowhere", "unknown group nowhere"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(root: Path, file: str, was: str, now: str, says: str) -> None:
    path = root / powers.FOLDER / file
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now, 1))
    found = power_problems(root, clocks=CLOCKS)
    assert any(says in each.message and each.file == f"powers/{file}" and each.line > 1 for each in found), found


def test_without_powers_nothing_is_wrong(tmp_path: Path) -> None:
    assert power_problems(tmp_path, clocks={}) == []
