"""`dijkwacht judge`: the engine on plain files, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.cli import main

FACT_TYPES = """
- {id: policy.approved, subject: organisation, value: yes_no}
- {id: desk.exists, subject: organisation, value: yes_no, shelf_life: P1Y}
- {id: system.critical, subject: system, value: yes_no}
- {id: system.restored_on, subject: system, value: date}
"""
CRITERIA = """
norm:1:
  met_if: {all: [{fact: policy.approved}, {fact: desk.exists}]}
norm:2:
  met_if: {each: {subject: system, where: {fact: system.critical}, that: {fact: system.restored_on, within: P1Y}}}
norm:3:
  subject: system
  met_if: {fact: system.restored_on, within: P1Y}
"""


def fact(number: int, name: str, value: Any, subject: str = "dijkstad", **more: Any) -> dict[str, Any]:
    return {
        "id": f"f{number}", "subject": subject, "fact": name, "value": value, "valid_from": "2026-01-01",
        "valid_to": None, "recorded_at": "2026-01-01", "superseded_at": None, "last_observed_at": None,
        "assurance": "documented", "said_by": "Noor", **more,
    }  # fmt: skip


FACTS = [
    fact(1, "policy.approved", True),
    fact(2, "desk.exists", True, last_observed_at="2026-03-03", assurance="stated"),
    fact(3, "system.critical", True, "zaak"),
    fact(4, "system.restored_on", "2026-02-01", "zaak"),
    fact(5, "system.critical", True, "post"),
    fact(6, "system.restored_on", "2024-02-01", "post", assurance="measured"),
]
SUBJECTS = {
    "organisation": "dijkstad",
    "subjects": [{"id": "zaak", "kind": "system"}, {"id": "post", "kind": "system"}],
    "complete": ["system"],
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Files as a user would have them."""
    (tmp_path / "facts.yaml").write_text(FACT_TYPES)
    (tmp_path / "criteria.yaml").write_text(CRITERIA)
    return {name: tmp_path / f"{name}.json" for name in ("facts", "subjects", "questions")} | {"pack": tmp_path}


def judge(files: dict[str, Path], *asked: Any, facts: Any = FACTS, subjects: Any = SUBJECTS, raw: str = "") -> int:
    files["facts"].write_text(raw or json.dumps(facts))
    files["subjects"].write_text(json.dumps(subjects))
    files["questions"].write_text(json.dumps(list(asked)))
    options = [part for name in ("facts", "subjects", "pack", "questions") for part in (f"--{name}", str(files[name]))]
    return main(["judge", *options, "--json"])


def ask(requirement: str, on: str = "2026-11-25", **more: Any) -> dict[str, Any]:
    return {"requirement": requirement, "on": on, "known_at": on, **more}


def test_verdicts_come_in_the_order_of_the_questions(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [ask("norm:2"), ask("norm:1"), ask("norm:1", on="2027-03-04"), ask("norm:3", subject="zaak")]
    assert judge(files, *questions) == 0
    two, one, later, zaak = json.loads(capsys.readouterr().out)
    assert set(one) == {"requirement", "subject", "status", "assurance", "stale_at", "reasons"}
    assert (one["requirement"], one["subject"]) == ("norm:1", "dijkstad")
    assert (one["status"], one["assurance"], one["stale_at"]) == ("met", "stated", "2027-03-04")
    assert {reason["id"] for reason in one["reasons"]} == {"f1", "f2"}
    assert (later["status"], later["assurance"], later["stale_at"]) == ("unknown", None, None)
    assert (two["status"], two["assurance"], two["stale_at"]) == ("partly", "documented", "2027-02-02")
    assert {reason["id"] for reason in two["reasons"]} == {"f4", "f5", "f6"}
    assert (zaak["status"], zaak["subject"], zaak["stale_at"]) == ("met", "zaak", "2027-02-02")


def test_what_did_we_know_then(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    facts = [fact(1, "policy.approved", False, superseded_at="2026-06-01"),
             fact(9, "policy.approved", True, recorded_at="2026-06-01"), *FACTS[1:]]  # fmt: skip
    judge(files, ask("norm:1", known_at="2026-05-31"), ask("norm:1", known_at="2026-06-01"), facts=facts)
    assert [verdict["status"] for verdict in json.loads(capsys.readouterr().out)] == ["partly", "met"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"facts": [fact(1, "policy.approved", "ja")]}, "item 1: value of policy.approved: true or false"),
        ({"facts": [fact(1, "nobody.knows", True)]}, "unknown fact type nobody.knows"),
        ({"facts": [fact(1, "policy.approved", True, valid_from="25-11-2026")]}, "item 1: valid_from"),
        ({"facts": [fact(1, "policy.approved", True, assurance="sure")]}, "assurance must be one of"),
        ({"facts": [fact(1, "policy.approved", True)] * 2}, "fact id f1 is used twice"),
        ({"facts": {"no": "list"}}, "a list was expected"),
        ({"raw": "{broken"}, "facts.json: no JSON, line 1"),
        ({"raw": "[" * 100_000}, "facts.json"),
        ({"facts": [fact(1, "policy.approved", True, assurance=3)]}, "item 1: assurance must be one of"),
        ({"facts": [fact(1, "policy.approved", True) | {"id": True}]}, "item 1: id: a text was expected, not True"),
        ({"facts": [fact(1, "policy.approved", True) | {"id": each} for each in (1, "1")]}, "fact id 1 is used twice"),
        ({"subjects": {"subjects": []}}, "subjects.json: organisation"),
        (
            {
                "subjects": {
                    "organisation": "d",
                    "subjects": [{"id": "a", "kind": "system"}, {"id": "b", "kind": "boat"}],
                }
            },
            "subjects.json: subjects: item 2: kind: unknown kind of subject 'boat'; there are board_member,",
        ),
        (
            {"subjects": {"organisation": "d", "complete": ["system", "sytem"]}},
            "subjects.json: complete: item 2: unknown kind of subject 'sytem'",
        ),
    ],
)
def test_trouble_is_one_clear_line(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str], change: dict[str, Any], word: str
) -> None:
    assert judge(files, ask("norm:1"), **change) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert word in told.err
    assert told.err.count("\n") == 1


def test_what_other_programs_write_is_taken(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A number as id is that text; an assurance that is null or absent means stated."""
    facts = [fact(1, "policy.approved", True, assurance=None) | {"id": 17}, fact(2, "desk.exists", True)]
    del facts[1]["assurance"]
    assert judge(files, ask("norm:1"), facts=facts) == 0
    (verdict,) = json.loads(capsys.readouterr().out)
    assert (verdict["status"], verdict["assurance"]) == ("met", "stated")
    assert {reason["id"] for reason in verdict["reasons"]} == {"17", "f2"}


def test_every_kind_of_the_vocabulary_is_known(files: dict[str, Path]) -> None:
    """Also one of which no fact type tells; and another organisation."""
    kinds = [{"id": kind, "kind": kind} for kind in ("organisation", "location", "service")]
    assert judge(files, ask("norm:1"), subjects={"organisation": "dijkstad", "subjects": kinds}) == 0


def test_an_unknown_requirement_or_subject_is_named(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(files, ask("norm:1"), ask("norm:9")) == 2
    assert "question 2: unknown requirement norm:9" in capsys.readouterr().err
    assert judge(files, ask("norm:3", subject="nergens")) == 2
    assert "question 1: unknown subject nergens" in capsys.readouterr().err


def test_a_wrong_pack_names_file_and_line(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    (files["pack"] / "criteria.yaml").write_text("norm:1:\n  met_if: {fact: nobody.knows}\n")
    files["pack"] = files["pack"]
    assert judge(files, ask("norm:1")) == 2
    assert "criteria.yaml:" in capsys.readouterr().err
