"""``dijkwacht crime``: a table from a folder, once, whole or not at all; and the picture of a municipality as data."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.apps.crime.models.figures import Edition
from dijkwacht.apps.people.models import Organisation
from dijkwacht.cli import main
from dijkwacht.commands import crime
from tests.adapters.cbs.made import v3
from tests.crime.tables import people, police

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def bring(source: Path, organisation: Organisation | None, **more: Any) -> Any:
    told: dict[str, Any] = {"table": "", "fetched_on": None, "chosen": {}, "dry_run": False, "at": NOW}
    return crime.bring(source, organisation=organisation, **told | more)


def test_a_folder_comes_in_once(organisation: Organisation, tmp_path: Path) -> None:
    folder = v3(tmp_path / "a")
    looked = bring(folder, None, dry_run=True)
    assert (looked.data["imported"], looked.data["new"], Edition.objects.count()) == (False, 4, 0)
    first, again = bring(folder, organisation), bring(folder, organisation)
    assert (first.data["imported"], first.data["figures"], first.data["newest"]) == (True, 4, "2025MM02")
    assert (again.data["imported"], again.data["again"], again.well) == (False, True, True)


def test_a_bad_file_ends_with_a_reason(organisation: Organisation, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("<html>")
    found = bring(tmp_path / "x.json", organisation)
    assert not found.well
    assert found.data["problems"]
    assert not bring(tmp_path / "nergens", organisation).well
    assert not Edition.objects.exists()


def test_the_picture_as_data(organisation: Organisation, tmp_path: Path) -> None:
    for name, data in (("a", police({"GM9901": 4})), ("b", people({"GM9901": 20_000}))):
        (tmp_path / f"{name}.json").write_bytes(data)
        bring(tmp_path / f"{name}.json", organisation)
    found = crime.picture("GM9901", areas={"team": "BT9901"})
    assert found.data["registered"]["3.7.4"]["now"]["total"] == 48
    assert found.data["municipality"]["inhabitants"] == 20_000
    assert found.data["survey"]["victim"]["step"] == "country"
    assert any("48" in line for line in found.lines)
    assert not crime.picture("Amsterdam", areas={}).well
    assert not crime.picture("GM9901", areas={"street": "x"}).well


def test_the_command_line(organisation: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(v3(tmp_path / "a"))
    assert main(["crime", "import", folder, "--org", organisation.slug, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["table"] == "47022NED"
    assert main(["crime", "import", folder, "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["again"] is True
    assert main(["crime", "picture", "--municipality", "gm9901", "--json"]) == 0
    assert "victim" in json.loads(capsys.readouterr().out)["survey"]
    assert main(["crime", "import", folder, "--column", "registered"]) == 2


def test_where_a_victim_turns_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crime", "refer", "--answers", "danger=yes, what=threat,want=talk,want=report", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert next((each["desk"], each["urgency"]) for each in told["directions"]) == ("police_112", "now")
    assert {"police", "slachtofferhulp"} <= {each["desk"] for each in told["directions"]}
    assert main(["crime", "refer"]) == 0
    assert "Fraudehelpdesk" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["danger=maybe", "gevaar=yes", "danger", "danger=yes,danger=no"])
def test_an_unknown_answer_is_not_let_go_unseen(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crime", "refer", "--answers", said, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["directions"], len(told["problems"])) == ([], 1)
