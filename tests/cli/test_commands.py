"""The commands with a database: demo, import, accounts, next-questions, tick, trail verify."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact, Subject, Tally, Verdict
from dijkwacht.apps.ledger.services import facts, judging
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.cli import main
from dijkwacht.commands import judging as commands
from dijkwacht.commands.demo import demo
from dijkwacht.core.facts import Assurance
from dijkwacht.examples import selfassessment

ON = date(2026, 11, 25)
SURE: dict[str, Any] = {"assurance": Assurance.DOCUMENTED}
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path) -> Any:
    settings.DATA_DIR = tmp_path
    settings.DIJKWACHT_TIME_MACHINE = True

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


@pytest.fixture
def town(run: Any, at: Any) -> Organisation:
    """A municipality with one answer, of today."""
    town = Organisation.objects.create(slug="polderveen", name="Polderveen", kind="municipality")
    _answer(town, "incident.desk", True, on=_today(), at=at)
    return town


def _today() -> date:
    from dijkwacht.web import clock

    return clock.real_today()


def _answer(town: Organisation, fact_type: str, value: Any, *, on: date, at: Any) -> None:
    own = judging.own_subject(town, on=on)
    facts.answer(town, person=None, actor="t", subject=own, fact_type=fact_type, value=value, on=on, at=at, **SURE)


def _stored() -> list[Any]:
    tables = (Verdict, Tally, Subject, Fact, Entry)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("command", [["tick"], ["import", "x.csv", "--organisation", "polderveen"]])
@pytest.mark.parametrize("days", [400, 1, -1])
def test_what_writes_does_so_today(
    town: Organisation, settings: Any, capsys: pytest.CaptureFixture[str], command: list[str], days: int
) -> None:
    settings.DIJKWACHT_TIME_MACHINE = False
    before = _stored()
    assert main([*command, "--on", str(_today() + timedelta(days=days))]) == 2
    told = capsys.readouterr().err
    assert f"this writes, so only on today ({_today()})" in told
    assert told.count("\n") == 1
    assert _stored() == before
    assert main(["tick", "--on", str(_today())]) == 0


def test_another_day_is_looked_at_and_nothing_is_stored(run: Any, town: Organisation, at: Any) -> None:
    today, before = _today(), _stored()

    def met(on: date) -> dict[str, int]:
        told = run("accounts", "--organisation", "polderveen", "--on", str(on))
        return {each["account"]: each["counts"]["met"] + 100 * each["answered"] for each in told}

    now = met(today)
    assert any(now.values())
    assert not any(met(today - timedelta(days=1)).values())  # nothing was known then
    much_later = met(today + timedelta(days=4000))
    assert sum(count % 100 for count in much_later.values()) < sum(count % 100 for count in now.values())
    assert run("next-questions", "--organisation", "polderveen", "--on", str(today - timedelta(days=1)))["left"]
    assert met(today) == now
    assert _stored() == before


def test_who_looked_ahead_poisons_nothing(run: Any, town: Organisation, at: Any) -> None:
    today, before = _today(), run("accounts", "--organisation", "polderveen")
    run("tick", "--on", str(today + timedelta(days=4000)))
    assert run("accounts", "--organisation", "polderveen") == before
    run("tick", "--on", str(today + timedelta(days=4000)))
    _answer(town, "incident.desk", False, on=today, at=at)
    assert not Verdict.objects.filter(judged_on__gt=today).exists()
    run("tick", "--on", str(today - timedelta(days=50)))
    assert not Verdict.objects.filter(judged_on__lt=today).exists()
    assert run("trail", "verify")[0]["verdicts"] == []


def test_a_first_look_ahead_does_not_hide_what_is_said_today(run: Any, at: Any) -> None:
    today = _today()
    town = Organisation.objects.create(slug="polderveen", name="Polderveen", kind="municipality")
    judging.judge_all(town, on=today + timedelta(days=400))
    judging.own_subject(town, on=today + timedelta(days=400))
    _answer(town, "incident.desk", True, on=today, at=at)
    assert commands.accounts(town, on=today, at=at, today=today).data[0]["answered"] >= 0
    assert Verdict.objects.filter(organisation=town, status="met").exists()


@pytest.mark.parametrize(
    ("email", "code", "word"),
    [
        ("ciso@waterveen.example", 0, ""), ("CISO@waterveen.example", 0, ""),
        ("ciso@dijkstad.example", 1, "Noor van der Sluis"), ("college@dijkstad.example", 1, "Esther Kade"),
        ("niemand@dijkstad.example", 1, "niemand@dijkstad.example"),
    ],
)  # fmt: skip
def test_only_who_may_import_there_imports(run: Any, tmp_path: Path, email: str, code: int, word: str) -> None:
    run("demo", "--on", str(ON))
    path = tmp_path / "zelf.csv"
    path.write_text("Nummer;Antwoord\n5.01.01;ja\n")
    before = Entry.objects.count()
    told = run("import", str(path), "--organisation", "waterveen", "--person", email, "--on", str(ON), code=code)
    assert told["imported"] is not code
    assert Entry.objects.count() == before + (not code)
    if code:
        assert word in told["problems"][0]


def test_a_role_that_ended_does_not_import(run: Any, tmp_path: Path) -> None:
    run("demo", "--on", str(ON))
    person = Person.objects.get(email="ciso@waterveen.example")
    person.roles.update(valid_to=ON)
    path = tmp_path / "zelf.csv"
    path.write_text("Nummer;Antwoord\n5.01.01;ja\n")
    run("import", str(path), "--organisation", "waterveen", "--person", person.email, "--on", str(ON), code=1)


def test_no_demo_world_beside_something_else(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    Person.objects.create_user("a@x.test", name="A")
    assert main(["demo"]) == 1
    told = capsys.readouterr()
    assert (told.out + told.err).count("\n") == 1
    assert not Organisation.objects.exists()


def test_the_demo_world_is_told_again_also_when_people_were_added(run: Any, at: Any) -> None:
    assert run("demo", "--on", str(ON))["made"]
    Person.objects.create_user("a@x.test", name="A")
    count = Organisation.objects.count()
    assert demo(on=ON, at=at, today=ON).well
    assert Organisation.objects.count() == count
