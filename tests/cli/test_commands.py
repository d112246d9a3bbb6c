"""The commands with a database: demo, import, accounts, next-questions, tick, trail verify."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.cli import main
from dijkwacht.examples import selfassessment

ON = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path) -> Any:
    settings.DATA_DIR = tmp_path

    def run(*arguments: str, code: int = 0) -> Any:
        assert main([*arguments, "--json"]) == code, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return run


def test_the_demo_world_and_what_the_commands_say_of_it(run: Any) -> None:
    made = run("demo", "--on", str(ON))
    assert made["made"]
    again = run("demo", "--on", str(ON))
    assert again["accounts"] == made["accounts"]
    accounts = run("accounts", "--organisation", "dijkstad", "--on", str(ON))
    assert [each["account"] for each in accounts] == [each["account"] for each in made["accounts"]]
    council = next(each for each in accounts if each["account"] == "ensia-council")
    assert sum(council["counts"].values()) == council["lines"] == 119
    assert council["counts"]["met"] > 40
    asked = run("next-questions", "--organisation", "dijkstad", "--on", str(ON), "--limit", "5")
    assert asked["left"] == made["questions"]
    settles = [each["settles"] for each in asked["questions"]]
    assert settles == sorted(settles, reverse=True)
    assert run("tick", "--on", str(ON))["organisations"] == 0
    assert run("tick", "--on", "2027-11-25")["turned"] > 0
    chains = run("trail", "verify")
    assert {each["organisation"] for each in chains} >= {"dijkstad", "waterveen", "de-meren"}
    assert all(each["whole"] for each in chains)


def test_a_workbook_goes_in_whole_or_not_at_all(run: Any, tmp_path: Path) -> None:
    run("demo", "--on", str(ON))
    path = tmp_path / "zelf.xlsx"
    path.write_bytes(selfassessment.build(ON))
    before = Fact.objects.count()
    preview = run("import", str(path), "--organisation", "waterveen", "--dry-run", "--on", str(ON))
    assert not preview["imported"]
    assert preview["claims"] == 114
    assert Fact.objects.count() == before
    done = run("import", str(path), "--organisation", "waterveen", "--on", str(ON))
    assert done["imported"]
    assert Fact.objects.count() > before
    path.write_text("Nummer;Antwoord\n5.01.01;ja\n99.99.99;ja\n")
    count = Fact.objects.count()
    refused = run("import", str(path), "--organisation", "waterveen", "--on", str(ON), code=1)
    assert not refused["imported"]
    assert any("99.99.99" in problem and "3" in problem for problem in refused["problems"])
    assert Fact.objects.count() == count


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["accounts", "--organisation", "nergens"], "no organisation nergens"),
        (["next-questions", "--organisation", "nergens"], "no organisation nergens"),
        (["import"], "a file and --organisation are needed"),
        (["import", "x.csv", "--organisation", "x", "--library", "/nowhere/y.yaml"], "y.yaml: No such file"),
    ],
)
def test_trouble_is_one_clear_line(arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert word in told.err
    assert told.err.count("\n") == 1
