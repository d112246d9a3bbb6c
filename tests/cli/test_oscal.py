"""import oscal: what it read and refused, without a database and with one; and norms diff."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings

from dijkwacht import cli
from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms import read
from tests.adapters.oscal import made

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path) -> Run:
    settings.DATA_DIR = tmp_path

    def work(*arguments: str | Path) -> tuple[int, Any]:
        args = cli._parsed([*map(str, arguments), "--json"])
        code = int(args.run(args) or 0)
        return code, json.loads(capsys.readouterr().out)

    return work


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog, a profile over it, and a mapping to it, side by side."""
    inside = tmp_path / "oscal"
    inside.mkdir()
    choose = [{"href": "catalog.json", "include-controls": [{"with-ids": ["a-1", "b-1"]}]}]
    for name, document in (
        ("catalog.json", made.catalog()), ("left.json", made.left()), ("profile.json", made.profile(imports=choose)),
        ("map.json", made.mapping(made.mapped(1, "subset-of", ["x-1"], ["a-1"]))),
        ("turned.json", made.mapping(made.mapped(1, "subset-of", ["a-1"], ["x-1"]))),
    ):  # fmt: skip
        (inside / name).write_bytes(made.raw(document))
    return inside


def test_a_catalog(run: Run, folder: Path) -> None:
    code, found = run("import", "oscal", folder / "catalog.json")
    assert code == 0
    assert {key: found[key] for key in ("kind", "title", "version", "groups", "controls", "params", "parts")} == {
        "kind": "catalog", "title": "Catalogus", "version": "1", "groups": 3, "controls": 5, "params": 3, "parts": 3,
    }  # fmt: skip
    assert found["refused"] == []


def test_a_profile_finds_what_lies_beside_it(run: Run, folder: Path) -> None:
    code, found = run("import", "oscal", folder / "profile.json")
    assert (code, found["kind"], found["controls"]) == (0, "profile", 2)
    assert [each["file"] for each in found["files"]] == ["profile.json", "catalog.json"]


def test_nothing_outside_its_folder_is_opened(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(made.raw(made.catalog()))
    for href in (
        "../secret.json",
        str(tmp_path / "secret.json"),
        f"file://{tmp_path}/secret.json",
        "%2e%2e%2fsecret.json",
    ):
        (folder / "sly.json").write_bytes(made.raw(made.profile(href=href)))
        code, found = run("import", "oscal", folder / "sly.json")
        assert (code, found["refused"][0]["code"]) == (1, "import_not_given")


def test_a_mapping(run: Run, folder: Path) -> None:
    code, found = run("import", "oscal", folder / "map.json", folder / "left.json")
    assert (code, found["kind"], found["mappings"], found["maps"]) == (0, "mapping-collection", 1, {"subset-of": 1})
    code, found = run("import", "oscal", folder / "turned.json")
    assert code == 1
    (refused,) = found["refused"]
    assert (refused["file"], refused["code"], refused["path"]) == (
        "turned.json", "mapping_direction", "/mapping-collection/mappings/0",
    )  # fmt: skip
    assert refused["reason"].endswith(".")


@pytest.mark.parametrize("name", ["catalog.json", "weg.json"])
def test_what_is_refused_has_a_reason(run: Run, folder: Path, name: str) -> None:
    (folder / "catalog.json").write_bytes(b"{")
    code, found = run("import", "oscal", folder / name)
    assert code == 1
    assert set(found["refused"][0]) == {"file", "path", "code", "reason"}


def test_an_option_may_stand_before_the_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "oscal", "--json", str(folder / "catalog.json")]) == 0
    assert json.loads(capsys.readouterr().out)["controls"] == 5
    for wrong in (["import", "a.csv", "--json", "b.csv"], ["tick", "extra"], ["import", "oscal", "--json"]):
        with pytest.raises(SystemExit):
            cli.main(wrong)
        capsys.readouterr()


def test_words_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = cli._parsed(["import", "oscal", str(folder / "catalog.json")])
    assert args.run(args) == 0
    assert "groups 3, controls 5, params 3, parts 3" in capsys.readouterr().out


def test_without_an_organisation_nothing_is_made(folder: Path, tmp_path: Path) -> None:
    """Neither a data folder, nor a key, nor a database; in a process of its own, without settings."""
    empty = tmp_path / "empty"
    empty.mkdir()
    code = (
        "import sys\nfrom dijkwacht.cli import main\n"
        f"sys.exit(main(['import', 'oscal', {str(folder / 'catalog.json')!r}, '--json']))\n"
    )
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DIJKWACHT", "DATABASE"))
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=empty, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["controls"] == 5
    assert list(empty.iterdir()) == []


@pytest.mark.django_db
def test_kept_for_an_organisation(run: Run, folder: Path, organisation: Any, make_person: Any) -> None:
    person = make_person("ciso")
    given = ("--organisation", "dijkstad", "--person", person.email)
    code, found = run("import", "oscal", folder / "catalog.json", *given)
    assert (code, found["imported"], found["lines"]) == (0, True, 5)
    entry = Entry.objects.get(act="frameworks.brought")
    assert (entry.person, entry.seq) == (person, found["act"])
    code, found = run("import", "oscal", folder / "catalog.json", *given)
    assert (code, found["imported"]) == (0, False)
    assert Framework.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing(run: Run, folder: Path, organisation: Any) -> None:
    code, found = run("import", "oscal", folder / "catalog.json", "--organisation", "dijkstad", "--dry-run")
    assert (code, found["imported"], found["files"][0]["controls"]) == (0, False, 5)
    assert not Framework.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_refused_for_an_organisation_keeps_nothing(run: Run, folder: Path, organisation: Any) -> None:
    (folder / "bad.json").write_bytes(b"{")
    code, found = run("import", "oscal", folder / "catalog.json", folder / "bad.json", "--organisation", "dijkstad")
    assert (code, found["imported"], found["refused"][0]["code"]) == (1, False, "not_json")
    code, found = run(
        "import", "oscal", folder / "catalog.json", "--organisation", "dijkstad", "--person", "weg@x.test"
    )
    assert (code, found["imported"]) == (1, False)
    assert not Framework.objects.exists()
    assert not Entry.objects.exists()


def test_one_workbook_as_before(tmp_path: Path) -> None:
    args = cli._parsed(["import", "boek.xlsx", "--organisation", "dijkstad"])
    assert (str(args.file), args.more) == ("boek.xlsx", [])
    with pytest.raises(SystemExit):
        both = cli._parser().parse_args(["import", "een.xlsx", "twee.xlsx", "--organisation", "dijkstad"])
        both.run(both)


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """The packs of the house, and a made-up next BIO2 in which a rhythm differs, a line is gone and one moved."""
    new = tmp_path / "new"
    shutil.copytree(read.ROOT, new, ignore=shutil.ignore_patterns("*.py", "__pycache__", "data"))
    _replace(
        new / "bio2" / "1.3" / "criteria.yaml",
        "incident.report.sent_on, within: P1M",
        "incident.report.sent_on, within: P3M",
    )
    return read.ROOT, new


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_norms_diff(run: Run, roots: tuple[Path, Path]) -> None:
    code, found = run("norms", "diff", *roots)
    assert code == 0
    (bio2,) = [each for each in found["catalogs"] if each["catalog"] == "bio2"]
    assert bio2["changed"] == [{"requirement": "bio2:5.24.04", "what": ["criterion"]}]
    assert (bio2["added"], bio2["moved"], bio2["withdrawn"]) == ([], [], [])
    assert bio2["look_again"] == ["bio2:5.24.04"]
    assert "incident.report.sent_on" in bio2["answers_carried"]
    assert run("norms", "diff", roots[0], roots[0])[1] == {"catalogs": []}


@pytest.mark.django_db
def test_norms_diff_for_an_organisation(run: Run, roots: tuple[Path, Path]) -> None:
    """What reported two months ago is late by the old rhythm and in time by the new; what leans on it turns with it."""
    from datetime import date, datetime, timedelta
    from zoneinfo import ZoneInfo

    from dijkwacht.apps.ledger.services import facts, judging
    from dijkwacht.demo.world import build

    on = date(2026, 11, 25)
    world = build(on=on)
    dijkstad = world.organisations["dijkstad"]
    own = judging.own_subject(dijkstad, on=on)
    at = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
    facts.answer(
        dijkstad, subject=own, fact_type="incident.report.sent_on", value=str(on - timedelta(days=60)),
        person=world.person("ciso"),
        on=on, at=at,
    )  # fmt: skip
    with override_settings(DIJKWACHT_TIME_MACHINE=True):
        code, found = run("norms", "diff", *roots, "--organisation", "dijkstad", "--on", str(on))
    assert code == 0
    turns = {each["requirement"]: (each["before"], each["after"]) for each in found["dry_run"]["turns"]}
    assert turns["bio2:5.24.04"][0] != turns["bio2:5.24.04"][1]
    assert all(each.split(":")[0] in ("bio2", "iso27002", "cbw", "iso27001") for each in turns)
