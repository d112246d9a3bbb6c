"""Each way in which a pack can be wrong is named with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dijkwacht.norms.read import PackErrors, check, read_norms

Change = Callable[[str, str, str], int]
FACTS, CATALOG, CRITERIA, ACCOUNTS = (
    "facts/all.yaml",
    "test/1.0/catalog.yaml",
    "test/1.0/criteria.yaml",
    "accounts.yaml",
)


def test_the_small_pack_is_right(packs: Path) -> None:
    report = check(packs)
    assert report.errors == []
    assert report.statistics is not None
    assert report.statistics.criteria == {"test": 2}
    assert report.statistics.requirement_lines == 2
    by_fact = {each.fact_type: (each.direct, each.lines, each.account_lines) for each in report.statistics.reach}
    assert by_fact["plan.adopted"] == (1, 2, 2)  # through the verdict of the other requirement too
    assert by_fact["system.score"] == (1, 1, 1)


CASES = [
    # what is wrong, file, old, new, lines below the old text, the message
    ("unknown fact", CRITERIA, "{fact: plan.adopted}", "{fact: plan.adoptd}", 0, "test:1: unknown fact plan.adoptd"),
    ("unknown fact deep down", CRITERIA, "{fact: system.score, min: 60}", "{fact: system.scor, min: 60}", 0,
     "test:2: unknown fact system.scor"),
    ("unknown operator", CRITERIA, "within: P1Y", "newer: P1Y", 0, "unknown operator newer on plan.tested_on"),
    ("unknown node", CRITERIA, "met_if:\n    each:", "met_if:\n    every:", 0, "met_if: unknown operator every"),
    ("operator that does not fit", CRITERIA, "{fact: plan.tested_on, within: P1Y}", "{fact: plan.tested_on, min: 3}", 0,
     "min or max does not fit plan.tested_on, which is a date"),
    ("no operator on a date", CRITERIA, "{fact: plan.tested_on, within: P1Y}", "{fact: plan.tested_on}", 0,
     "no operator does not fit plan.tested_on"),
    ("unknown choice", CRITERIA, "is: digital", "is: digitaal", 0, "'digitaal' is no choice of plan.kind"),
    ("out of range", CRITERIA, "min: 60", "min: 160", 0, "a bound of system.score is out of range"),
    ("min above max", CRITERIA, "min: 60", "min: 60, max: 50", 0, "min is above max on system.score"),
    ("bad duration", CRITERIA, "within: P1Y", "within: 1 jaar", 0, "a duration such as P1Y was expected"),
    ("unknown kind of subject", CRITERIA, "subject: system", "subject: sistem", 0, "unknown subject sistem"),
    ("wrong scope", CRITERIA, "{fact: supplier.safe, via: system.supplier}", "{fact: supplier.safe}", 0,
     "supplier.safe is about a supplier, not about a system; via is missing"),
    ("a via that is no reference", CRITERIA, "via: system.supplier", "via: system.score", 0,
     "system.score must be a reference, it is a percentage"),
    ("a link that points elsewhere", CRITERIA, "      subject: system\n",
     "      subject: system\n      linked_by: system.supplier\n", 1, "points to a supplier, not to a organisation"),
    ("verdict of nothing", CRITERIA, "{verdict: test:1}", "{verdict: test:7}", 0, "test:2: unknown requirement test:7"),
    ("leaning on itself", CRITERIA, "applies_if: {verdict: test:1}", "applies_if: {verdict: test:2}", -3,
     "test:2: cycle: test:2 > test:2"),
    ("the same part twice", CRITERIA, "{fact: plan.adopted}, ", "{fact: plan.adopted}, {fact: plan.adopted}, ", 0,
     "the same part twice"),
    ("shows what no fact can", CRITERIA, "{fact: plan.tested_on, within: P1Y}, ", "", -3, "can show operation"),
    ("unknown key", CRITERIA, "  theme: all\n  met_if: {", "  them: all\n  met_if: {", 0, "unknown key them"),
    ("no criterion", CRITERIA, "  met_if: {all", "  met_when: {all", -3, "a criterion with met_if was expected"),
    ("unknown theme", CRITERIA, "  theme: all\n  applies_if", "  theme: al\n  applies_if", -2, "unknown theme al"),
    ("missing translation of a title", CRITERIA, '{nl: "Plan", en: "Plan"}', '{nl: "Plan"}', 0,
     "test:1: title has no translation en"),
    ("another catalog's number", CRITERIA, "test:2:\n", "toets:2:\n", 0, "toets:2: this catalog is test"),
    ("double requirement", CRITERIA, "test:2:\n", "test:1:\n", 0, "double key test:1"),
    ("double id", FACTS, "- id: plan.kind", "- id: plan.adopted", 0,
     "plan.adopted: double id, first in facts/all.yaml:1"),
    ("unused", FACTS, "- id: plan.adopted", "- id: plan.adapted", 0, "plan.adapted: used by no criterion"),
    ("unknown subject", FACTS, "  subject: supplier\n", "  subject: leverancier\n", 0, "unknown subject leverancier"),
    ("unknown value", FACTS, "value: percentage", "value: percent", 0, "unknown value 'percent'"),
    ("shelf life on a date", FACTS, "  value: date\n", "  value: date\n  shelf_life: P1Y\n", 1,
     "a date fact has no shelf life"),
    ("bad shelf life", FACTS, "  value: percentage\n", "  value: percentage\n  shelf_life: soon\n", 1,
     "shelf_life must be a duration"),
    ("unknown role", FACTS, "answered_by: supplier_manager", "answered_by: manager", 0, "unknown answered_by manager"),
    ("unknown source", FACTS, "measured_by: exercises", "measured_by: guessing", 0, "unknown source guessing"),
    ("unknown proof", FACTS, "proof: measured", "proof: sworn", 0, "unknown proof sworn"),
    ("unknown shows", FACTS, "shows: [design, existence]", "shows: [design, life]", 0, "shows is a list out of"),
    ("missing translation of a question", FACTS, ', en: "Which score?"}', "}", 0, "question has no translation en"),
    ("missing translation of a label", FACTS, '{nl: "Digitaal", en: "Digital"}', '{nl: "Digitaal"}', 0,
     "plan.kind labels: digital has no translation en"),
    ("missing label", FACTS, '    digital: {nl: "Digitaal", en: "Digital"}\n', "", -2, "every choice has a label"),
    ("reference to nothing", FACTS, "refers_to: supplier", "refers_to: somebody", 0, "refers_to goes with a reference"),
    ("id of another subject", FACTS, "- id: system.score", "- id: score.system", 0, "starts with it"),
    ("unknown key of a fact", FACTS, "value: percentage", "value: percentage\n  unit: points", 1, "unknown key unit"),
    ("another folder", CATALOG, "id: test", "id: toets", 0, "toets 1.0 does not belong in test/1.0"),
    ("no first day", CATALOG, "valid_from: 2026-01-01", "valid_from: soon", 0, "valid_from must be a day"),
    ("ends before it starts", CATALOG, "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 2025-01-01", 1,
     "valid_to is not after valid_from"),
    ("moved to nothing", CATALOG, 'moved_to: "1"', 'moved_to: "8"', 0, "9 moved to 8, which is no requirement"),
    ("withdrawn and alive", CATALOG, '"9":', '"2":', 0, "2 is withdrawn and has a criterion too"),
    ("pattern that names nothing", ACCOUNTS, '["test:*"]', '["test:*", "tets:*"]', 0,
     "council: tets:* names no requirement"),
    ("operation for a stranger", ACCOUNTS, 'operation_for: ["test:1"]', 'operation_for: ["test:9"]', 0,
     "test:9 is not in this account"),
    ("unknown assurance", ACCOUNTS, "least_assurance: stated", "least_assurance: sworn", 0,
     "unknown least_assurance sworn"),
    ("no legal basis", ACCOUNTS, '    legal_basis: "geen"\n', "", -9, "council: legal_basis is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "old", "new", "below", "message"), CASES, ids=[case[0] for case in CASES])
def test_names_file_and_line(
    packs: Path, change: Change, name: str, file: str, old: str, new: str, below: int, message: str
) -> None:
    line = change(file, old, new) + below
    found = [problem for problem in check(packs).errors if message in problem.message]
    assert [(problem.file, problem.line) for problem in found] == [(file, line)], check(packs).errors
    with pytest.raises(PackErrors, match=f"{file}:{line}: "):
        read_norms(packs)


def test_a_ring_names_its_path(packs: Path, change: Change) -> None:
    change("test/1.0/criteria.yaml", "{fact: plan.adopted}, ", "{verdict: test:2}, ")
    rings = [str(problem) for problem in check(packs).errors if "cycle" in problem.message]
    assert rings == ["test/1.0/criteria.yaml:1: test:1: cycle: test:1 > test:2 > test:1"]


def test_everything_wrong_is_told_at_once(packs: Path, change: Change) -> None:
    change(CRITERIA, "{fact: plan.adopted}", "{fact: plan.nothing}")
    change(CRITERIA, "min: 60", "least: 60")
    change(FACTS, "proof: measured", "proof: sworn")
    told = "\n".join(map(str, check(packs).errors))
    for message in ("unknown fact plan.nothing", "unknown operator least", "unknown proof sworn"):
        assert message in told


def test_an_empty_folder(tmp_path: Path) -> None:
    assert [str(problem) for problem in check(tmp_path).errors] == ["facts:1: no fact types found"]


@pytest.mark.parametrize("file", [CATALOG, CRITERIA, ACCOUNTS])
def test_a_file_that_is_not_there(packs: Path, file: str) -> None:
    (packs / file).unlink()
    assert f"{file}:1: cannot be read: No such file or directory" in map(str, check(packs).errors)


@pytest.mark.parametrize("file", [FACTS, CATALOG, CRITERIA, ACCOUNTS])
@pytest.mark.parametrize("text", ["", "text", "[1, 2]", "{a: 1}", "- {}"])
def test_another_shape_is_a_problem_and_never_a_crash(packs: Path, file: str, text: str) -> None:
    (packs / file).write_text(text, encoding="utf-8")
    assert any(problem.file == file for problem in check(packs).errors)
