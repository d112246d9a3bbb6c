"""`dijkwacht judge` on files that nobody of the house wrote: what the engine can take is taken, the rest is one line."""

import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.cli import main

FACT_TYPES = """
- {id: plan.adopted, subject: organisation, value: yes_no}
- {id: plan.tested_on, subject: organisation, value: date}
- {id: plan.score, subject: organisation, value: count}
- {id: plan.note, subject: organisation, value: text}
"""


@pytest.fixture
def judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def judge(criterion: str, *facts: tuple[str, Any], code: int = 0, raw: bytes = b"", **asked: Any) -> Any:
        (tmp_path / "facts.yaml").write_text(FACT_TYPES)
        (tmp_path / "criteria.yaml").write_text(f"norm:1:\n  met_if: {criterion}\n")
        rows = [
            {"id": f"f{n}", "subject": "dijkstad", "fact": name, "value": value, "valid_from": "2026-01-01",
             "recorded_at": "2026-01-01", "assurance": "stated"}
            for n, (name, value) in enumerate(facts)
        ]  # fmt: skip
        (tmp_path / "facts.json").write_bytes(raw or json.dumps(rows).encode())
        (tmp_path / "subjects.json").write_text('{"organisation": "dijkstad"}')
        question = {"requirement": "norm:1", "on": "2026-11-25", **asked}
        (tmp_path / "questions.json").write_text(json.dumps([question]))
        files = [(name, f"{name}.json") for name in ("facts", "subjects", "questions")]
        options = [part for name, file in files for part in (f"--{name}", str(tmp_path / file))]
        assert main(["judge", "--pack", str(tmp_path), *options, "--json"]) == code
        told = capsys.readouterr()
        if code == 0:
            return json.loads(told.out)[0]
        assert told.out == ""
        assert told.err.count("\n") == 1
        return told.err

    return judge


@pytest.mark.parametrize(
    ("criterion", "fact", "status"),
    [
        ("{all: [{fact: plan.adopted}, {fact: plan.adopted}]}", ("plan.adopted", True), "met"),
        ("{at_least: {n: 2, of: [{fact: plan.adopted}, {fact: plan.adopted}]}}", ("plan.adopted", True), "met"),
        ("{fact: plan.score, min: 5, max: 3}", ("plan.score", 4), "not_met"),
        (f"{{fact: plan.score, min: {'9' * 400}}}", ("plan.score", 4), "not_met"),
        (
            "{fact: plan.tested_on, within: P1Y}",
            ("plan.tested_on", {"nothing_happened": "2026-01-01/2026-06-30"}),
            "met",
        ),
        ("{fact: plan.tested_on, before: 2026-03-01}", ("plan.tested_on", "2026-02-28"), "met"),
        ('{fact: plan.tested_on, is: "2026-03-01"}', ("plan.tested_on", "2026-03-01"), "met"),
        ('{fact: plan.tested_on, is: "2026-03-01"}', ("plan.tested_on", "2026-03-02"), "not_met"),
        ("{fact: plan.tested_on, is: 2026-03-01}", ("plan.tested_on", "2026-03-01"), "met"),
        ('{fact: plan.tested_on, is: "2026-03-01"}', ("plan.tested_on", "never"), "not_met"),
        ('{fact: plan.note, is: "2026-03-01"}', ("plan.note", "2026-03-01"), "met"),
        ("{fact: plan.score, is: 4}", ("plan.score", 4.0), "met"),
        ("{fact: plan.score, min: 5}", ("plan.score", 4.0), "not_met"),
    ],
)
def test_what_the_design_allows_is_judged(judge: Any, criterion: str, fact: tuple[str, Any], status: str) -> None:
    assert judge(criterion, fact)["status"] == status


def test_a_byte_order_mark_is_no_trouble(judge: Any) -> None:
    assert judge("{fact: plan.adopted}", raw=b"\xef\xbb\xbf[]")["status"] == "unknown"


@pytest.mark.parametrize("known_at", [0, "", False, "2026-W48-3"])
def test_a_day_that_is_no_day_is_not_taken_for_absent(judge: Any, known_at: Any) -> None:
    assert "questions.json: item 1: known_at" in judge("{fact: plan.adopted}", known_at=known_at, code=2)


@pytest.mark.parametrize(
    ("criterion", "raw", "word"),
    [
        ("{fact: plan.tested_on, before: 2026-01-01 10:00:00}", b"", "criteria.yaml:2: a day without a time"),
        ("{fact: plan.tested_on, is: 2026-01-01T10:00:00Z}", b"", "criteria.yaml:2: a day without a time"),
        ("{fact: plan.score, max: .inf}", b"", "criteria.yaml:2"),
        ("{fact: plan.adopted}", b'[{"value": ' + b"9" * 5000 + b"}]", "facts.json: no readable JSON"),
        ("{fact: plan.adopted}", b'[{"id": "\\ud800"}]', "facts.json: half a character"),
        ("{fact: plan.adopted}", "[]".encode("utf-16"), "facts.json: no readable JSON in UTF-8"),
    ],
)
def test_trouble_is_one_clear_line(judge: Any, criterion: str, raw: bytes, word: str) -> None:
    assert word in judge(criterion, raw=raw, code=2)
