"""`dijkwacht requirements`: the requirements of a tender, without a database and without settings of an installation."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.adapters.suppliers_out.answers import read_answers
from dijkwacht.cli import main
from dijkwacht.norms.suppliers_requirements import requirements

DAY = ("--on", "2026-11-30", "--lang", "nl")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str, code: int = 0) -> str:
        assert main(["requirements", *arguments]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    return run


def asked(run: Any, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json", *DAY))
    return found


def test_every_requirement_once_with_its_links_in_the_order_of_the_themes(run: Any) -> None:
    found = asked(run, "--parts", "cloud,personal_data")
    rows = found["requirements"]
    assert len(rows) == len({row["id"] for row in rows}) > 40
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(row["links"] and row["text"] and row["verify"] for row in rows)
    assert all(" " in link and ":" not in link for row in rows for link in row["links"])
    themes = list(dict.fromkeys(row["theme"] for row in rows))
    assert themes == [each.name["nl"] for each in requirements().themes if each.name["nl"] in themes]
    assert found["parts"][0] == "Algemeen"  # goes with every tender


def test_what_is_replaced_stands_there_no_more(run: Any) -> None:
    rows = asked(run, "--parts", "cloud,hosting,development,personal_data")["requirements"]
    gone = {name for row in rows for name in row["replaces"]}
    assert gone
    assert gone.isdisjoint({row["id"] for row in rows})


def test_an_answer_no_leaves_out_and_no_answer_does_not(run: Any) -> None:
    unknown = asked(run, "--parts", "cloud")
    no = asked(run, "--parts", "cloud", "--context", ",".join(f"{each.id}=no" for each in requirements().context))
    assert {each["answer"] for each in unknown["context"]} == {None}
    assert {each["answer"] for each in no["context"]} == {False}
    there = {name for row in unknown["requirements"] for name in (row["id"], *row["replaces"])}
    assert {row["id"] for row in no["requirements"]} < there  # a weaker one is back where the heavier one left
    assert not any(row["unanswered"] for row in no["requirements"])


@pytest.mark.parametrize("form", ["ods", "odt", "pdf", "json"])
def test_a_file_is_written_and_the_same_each_time(run: Any, tmp_path: Path, form: str) -> None:
    one, other = tmp_path / f"een.{form}", tmp_path / f"twee.{form.upper()}"
    for path in (one, other):
        assert str(path) in run("--parts", "cloud", "--organisation", "Dijkstad", "--out", str(path), *DAY)
    assert one.read_bytes() == other.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([one.name, other.name])
    if form == "ods":
        ids = [row["id"] for row in asked(run, "--parts", "cloud")["requirements"]]
        assert [each.id for each in read_answers(one.read_bytes(), one.name, known=ids).rows] == ids


def test_for_people_the_theme_the_number_and_what_it_serves(run: Any) -> None:
    lines = run("--parts", "network", *DAY).splitlines()
    assert lines[0].startswith("Inkoopeisen: Netwerk (")
    assert lines[2] == requirements().themes[0].name["nl"]
    assert lines[3].startswith("   1. ")
    assert "BIO2" in lines[4]
    assert run("--parts", "network", "--on", "2026-11-30", "--lang", "en").startswith("Requirements: Network (")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--parts", "cloud,kite"), "there is no part 'kite'; there are general, "),
        (("--parts", "cloud", "--context", "moon=yes"), "there is no question 'moon'; there are "),
        (("--parts", "cloud", "--context", "ai_used=maybe"), "an answer as QUESTION=yes, no or unknown was expected"),
        (("--parts", "cloud", "--context", "ai_used"), "an answer as QUESTION=yes, no or unknown was expected"),
        (("--parts", "cloud", "--context", "ai_used=yes,ai_used=no"), "ai_used is answered twice"),
        (("--parts", "cloud", "--out", "eisen.doc"), "eisen.doc must end in one of .ods, .odt, .pdf, .json"),
        (("--parts", "cloud", "--out", "/nergens/eisen.ods"), "/nergens/eisen.ods cannot be written"),
    ],
)  # fmt: skip
def test_trouble_is_one_line_that_names_what_there_is(run: Any, arguments: tuple[str, ...], told: str) -> None:
    error = run(*arguments, *DAY, code=2)
    assert told in error
    assert error.count("\n") == 1


def test_it_needs_no_database_and_no_settings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dijkwacht.cli", "requirements", "--parts", "cloud", "--json"], cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["requirements"]
    assert list(tmp_path.iterdir()) == []
