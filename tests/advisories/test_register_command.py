"""dijkwacht register: a file into the register, all of it or nothing, and what is in it."""

from pathlib import Path
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.cli import _parsed
from dijkwacht.commands import register
from tests.advisories import register_files as files
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db


def bring(path: Path, organisation: Organisation, **more: Any) -> Any:
    told = {"form": "", "label": "", "whose": "", "dry_run": False, "on": TODAY, "at": NOW, "tell": lambda line: None}
    return register.bring(path, organisation=organisation, **{**told, **more})


def kept(folder: Path, data: bytes, name: str = "cmdb.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_taken_over_and_listed(organisation: Organisation, tmp_path: Path) -> None:
    said: list[str] = []
    done = bring(kept(tmp_path, files.csv()), organisation, tell=said.append)
    assert (done.well, done.data["added"], done.data["source"]) == (True, 3, "cmdb")
    assert said[0] == "cmdb.csv: 3 lines read as cmdb."
    assert Entry.objects.get(act="advisories.register_changed").actor == "dijkwacht register"
    found = register.listed(organisation, on=TODAY, at=NOW)
    assert [each["product"] for each in found.data] == ["Mailserver", "Verbindingspoort", "Zaaksysteem"]
    assert found.lines[-1].startswith("We know of 3 products in use.")


def test_a_dry_run_changes_nothing(organisation: Organisation, tmp_path: Path) -> None:
    done = bring(kept(tmp_path, files.csv()), organisation, dry_run=True)
    assert (done.well, done.data["taken_over"], done.data["added"]) == (True, False, 3)
    assert not Line.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (b"", {}), (b"{", {}), (b"PK\3\4x", {}), (files.sbom(), {"label": "x" * 121}),
        (b"Gemeente;Leverancier;Product\nA;B;C\nD;E;F\n", {}), (files.csv(), {"form": "spdx"}),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_said(organisation: Organisation, tmp_path: Path, data: bytes, more: Any) -> None:
    done = bring(kept(tmp_path, data), organisation, **more)
    assert not done.well
    assert done.data["problems"]
    assert done.lines[-1] == "Nothing was taken over."
    assert not Upload.objects.exists()


def test_a_file_that_is_not_there(organisation: Organisation, tmp_path: Path) -> None:
    assert not bring(tmp_path / "nergens.csv", organisation).well


def test_an_sbom_is_called_after_what_it_is_about(organisation: Organisation, tmp_path: Path) -> None:
    assert bring(kept(tmp_path, files.sbom(), "bom.json"), organisation).data["source"] == "cyclonedx:Zaaksysteem"
    assert (
        bring(kept(tmp_path, files.sbom(), "bom.json"), organisation, label="Anders").data["source"]
        == "cyclonedx:Anders"
    )


def test_how_it_is_asked() -> None:
    args = _parsed(
        ["register", "import", "x.csv", "--organisation", "dijkstad", "--form", "cmdb", "--dry-run", "--json"]
    )
    assert (args.file, args.organisation, args.form, args.label, args.dry_run, args.json) == (
        Path("x.csv"), "dijkstad", "cmdb", "", True, True,
    )  # fmt: skip
    assert _parsed(["register", "list", "--organisation", "dijkstad"]).json is False
