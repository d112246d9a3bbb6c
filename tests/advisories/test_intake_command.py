"""The command: fetch, add, lists, sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import Advisory, Provider
from dijkwacht.apps.people.models import Organisation
from dijkwacht.cli import main
from tests.advisories.conftest import data
from tests.advisories.test_intake_lists import epss, kev

pytestmark = pytest.mark.django_db
DESK = ("--organisation", "csirt-voorbeeld")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], csirt: Organisation) -> Any:
    def one(*arguments: str, code: int = 0) -> Any:
        assert main(["advisories", *arguments, "--json"]) == code, capsys.readouterr().err
        said = capsys.readouterr()
        return json.loads(said.out) if code != 2 else said.err

    return one


def test_a_folder_is_added_fetched_and_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "vb.json").write_bytes(data())
    run("sources", *DESK, "--name", "Map", "--folder", str(tmp_path))
    assert Provider.objects.get().kind == "folder"
    done = run("fetch")
    assert [(each["source"], each["new"], each["trouble"]) for each in done["sources"]] == [("Map", 1, "")]
    assert run("fetch")["sources"] == []
    assert run("fetch", "--source", "Map", *DESK)["sources"][0]["new"] == 0
    (tmp_path / "vb.json").unlink()
    tmp_path.rename(tmp_path.with_name("weg"))
    done = run("fetch", "--source", "Map", code=1)
    assert "is not there" in done["sources"][0]["trouble"]
    assert "is not there" in run("sources", *DESK)["sources"][0]["trouble"]


def test_files_and_lists(run: Any, tmp_path: Path) -> None:
    for name, content in (
        ("a.json", data()),
        ("b.json", b"x"),
        ("k.json", kev("CVE-2026-1001")),
        ("e.csv", epss(CVE_2026_1=0.2)),
    ):
        (tmp_path / name).write_bytes(content)
    done = run("add", str(tmp_path / "a.json"), str(tmp_path / "b.json"), *DESK, "--tlp", "AMBER")
    assert [each["code"] for each in done["files"]] == ["read", "aside"]
    assert Advisory.objects.get().tlp == "AMBER"
    done = run("lists", "--kev", str(tmp_path / "k.json"), "--epss", str(tmp_path / "e.csv"), *DESK)
    assert (done["kev"]["used"], done["epss"]["rows"]) == (1, 1)
    assert "problem" in run("lists", "--kev", str(tmp_path / "b.json"), *DESK, code=1)["kev"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fetch", "--source", "Weg"), "no source 'Weg'"),
        (("fetch", "--inside", "abc"), "--inside"),
        (("fetch", "--ca", "/weg.pem"), "--ca"),
        (("add", "/weg.json", *DESK), "/weg.json"),
        (("lists", *DESK), "--kev"),
        (("sources", *DESK, "--name", "X"), "--where"),
        (("sources", *DESK, "--name", "X", "--where", "localhost"), "https"),
        (("sources", *DESK, "--name", "X", "--folder", "/weg"), "folder"),
        (("sources", "--organisation", "weg"), "no organisation weg"),
    ],
)
def test_what_cannot_be_is_one_clear_line(run: Any, arguments: tuple[str, ...], said: str) -> None:
    assert said in run(*arguments, code=2)
