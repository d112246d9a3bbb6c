"""dijkwacht suppliers import: what it prints, what it leaves, how it ends."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Supplier
from dijkwacht.apps.trail.models import Entry
from dijkwacht.cli import suppliers
from dijkwacht.cli.common import CommandError

pytestmark = pytest.mark.django_db
FILE = "Leverancier;KvK;Dienst;Kleur\nRekenwolk;90001234;Zaakwolk;rood\nGroenbeheer;;;\n"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    organisation: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Writes a file and imports it; the exit code and what was printed."""
    monkeypatch.setattr(suppliers, "database", lambda: None)

    def one(text: str | None, *options: str, slug: str = organisation.slug) -> tuple[int, str]:
        path = tmp_path / "lijst.csv"
        if text is not None:
            path.write_text(text)
        parser = argparse.ArgumentParser()
        suppliers.add(parser.add_subparsers())
        args = parser.parse_args(["suppliers", "import", slug, str(path), *options])
        return int(args.run(args)), capsys.readouterr().out

    return one


def test_it_says_what_came_and_the_second_time_that_nothing_did(run: Run) -> None:
    code, said = run(FILE)
    assert code == 0
    assert "Suppliers: 2 new, 0 changed, 0 the same." in said
    assert said.splitlines()[-1] == "Taken over: 3 rows new, 0 changed, 0 the same."
    assert Entry.objects.get(act="suppliers.register_imported").actor == "dijkwacht suppliers"
    assert run(FILE)[1].splitlines()[-1] == "Taken over: 0 rows new, 0 changed, 3 the same."


def test_trying_out_changes_nothing(run: Run) -> None:
    code, said = run(FILE, "--dry-run")
    assert (code, Supplier.objects.count()) == (0, 0)
    assert said.splitlines()[-1] == "Would be taken over: 3 rows new, 0 changed, 0 the same."


def test_as_json(run: Run) -> None:
    code, said = run(FILE, "--json")
    told: dict[str, Any] = json.loads(said)
    assert code == 0
    assert (told["taken_over"], told["added"], told["form"], told["ignored"]) == (True, 3, "register", ["Kleur"])
    assert len(told["sha256"]) == 64


def test_problems_have_a_row_and_a_column(run: Run) -> None:
    code, said = run(FILE.replace("90001234", "12"), "--json")
    told = json.loads(said)
    assert (code, told["taken_over"], Supplier.objects.count()) == (1, False, 0)
    (problem,) = told["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (2, "B", "not_a_kvk")
    code, said = run(FILE.replace("90001234", "12"))
    assert code == 1
    assert "row 2, column B" in said
    assert said.splitlines()[-1] == "Nothing was taken over."


def test_a_change_is_told(run: Run) -> None:
    run(FILE)
    said = run(FILE.replace("Groenbeheer;;", "Groenbeheer;90005555;"))[1]
    assert "Groenbeheer: KvK number from nothing to “90005555”" in said


@pytest.mark.parametrize("text", ["", "niets\n", None, "Leverancier\n"])
def test_what_cannot_be_used_is_said(run: Run, text: str | None) -> None:
    code, said = run(text)
    assert code == 1
    assert said.splitlines()[-1] == "Nothing was taken over."
    assert len(said.splitlines()) > 1


def test_an_unknown_organisation_or_form_is_trouble(run: Run) -> None:
    with pytest.raises(CommandError, match="no organisation"):
        run(FILE, slug="nergens")
    with pytest.raises(CommandError, match="no form"):
        run(FILE, "--form", "iets")
