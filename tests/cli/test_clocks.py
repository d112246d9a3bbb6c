"""`dijkwacht clocks`: a legal term with its reasons, without a database and without settings of an installation."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from dijkwacht.cli import main

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parents[1] / "core" / "clocks_cases.yaml").read_text()
)["cases"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str, code: int = 0) -> Any:
        assert main(["clocks", *arguments]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    return run


def test_what_comes_out_as_json(run: Any) -> None:
    found = json.loads(run("--rule", "cbw-26", "--start", "2026-11-24T09:15:00+01:00", "--lang", "en", "--json"))
    assert (found["due"], found["rule"], found["article"]) == ("2026-11-25T09:15:00+01:00", "cbw-26", "Cbw 26 lid 1")
    assert "24 hours" in found["explanation"]
    assert found["applies"] is True


@pytest.mark.parametrize("case", CASES, ids=[each["id"] for each in CASES])
def test_every_worked_case_comes_out_of_the_command(run: Any, case: dict[str, Any]) -> None:
    arguments = ["--rule", case["clock"], "--start", case["start"], "--json"]
    for key in ("designated", "given"):
        arguments += [f"--{key}", case[key]] if key in case else []
    for each in case.get("meetings", ()):
        arguments += ["--meeting", f"{each['at']}={each['present']}/{each['seats']}"]
    found = json.loads(run(*arguments))
    assert found["due"] == case["due"]
    assert found["applies"] is case.get("applies", True)
    assert found["explanation"]


def test_for_people_the_end_stands_under_the_name_and_the_reasons_under_that(run: Any) -> None:
    lines = run("--rule", "cbw-29-1", "--start", "2027-04-05T09:00:00+02:00", "--lang", "en").splitlines()
    assert lines[0] == "cbw-29-1: Final report (Cbw 29 lid 1)"
    assert lines[1] == "10 May 2027, 23:59  [2027-05-10T23:59:59+02:00]"
    assert any("Ascension Day" in each and "Liberation Day" in each for each in lines)


def test_the_list_has_every_clock_and_an_area_has_its_own(run: Any) -> None:
    everything = json.loads(run("--list", "--json"))
    ours = json.loads(run("--list", "--area", "incidents", "--json"))
    assert len(everything) > len(ours) > 10
    assert {each["area"] for each in ours} == {"incidents"}
    assert "cbw-26" in run("--list")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "needs --rule ID with --start ISO, or --list"),
        (["--rule", "cbw-26"], "needs --rule ID with --start ISO"),
        (["--start", "2026-11-24T09:15:00+01:00"], "needs --rule"),
        (["--list", "--rule", "cbw-26"], "needs --rule"),
        (["--rule", "cbw-26", "--start", "2026-11-24T09:15:00+01:00", "--area", "board"], "needs --rule"),
        (["--list", "--area", "moon"], "there is no area moon"),
        (["--rule", "cbw-62", "--start", "2026-11-24T09:15:00+01:00"], "there is no clock cbw-62"),
        (["--rule", "cbw-26", "--start", "2026-10-25T02:30:00"], "has no zone"),
        (["--rule", "cbw-26", "--start", "morgen"], "a moment as YYYY-MM-DDTHH:MM:SS+01:00 was expected"),
        (["--rule", "cbw-26", "--start", "2026-11-24T09:15:00Z", "--designated", "2026-01-01T00:00:00Z"], "does not hang"),
        (["--rule", "wwke-17-first", "--start", "2027-11-24T09:15:00Z", "--designated", "2026-01-01"], "a moment as"),
        (["--rule", "gemw-176-ratify", "--start", "2026-11-24T09:15:00Z", "--meeting", "2026-12-01T20:00:00Z"], "a meeting as"),
        (["--rule", "gemw-176-ratify", "--start", "2026-11-24T09:15:00Z", "--meeting", "2026-12-01T20:00:00Z=9/5"],
         "a meeting as"),
        (["--rule", "cbw-24-new", "--start", "9998-11-24T09:15:00Z"], "past the last day of the calendar"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_clear_line(run: Any, arguments: list[str], word: str) -> None:
    told = run(*arguments, code=2)
    assert told.startswith("dijkwacht clocks: ")
    assert word in told
    assert told.count("\n") == 1


def test_it_needs_no_data_folder_and_makes_none(tmp_path: Path) -> None:
    given = {**os.environ, "DIJKWACHT_DATA": str(tmp_path / "data"), "DIJKWACHT_LANGUAGE": "en"}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "dijkwacht.cli", "clocks", "--rule", "cbw-27", "--start", "2026-10-23T07:00:00Z"]
    done = subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "26 October 2026, 08:00" in done.stdout
    assert list(tmp_path.iterdir()) == []
