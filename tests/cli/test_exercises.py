"""`dijkwacht exercise check FILE`: what it tells of a script that is sound, and of one that is not."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.cli import exercises
from dijkwacht.norms.read import ROOT
from dijkwacht.norms.scenarios import MOST_BYTES

SOUND = (ROOT / "scenarios" / "telecom_112_outage.yaml").read_text()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    parser = argparse.ArgumentParser()
    exercises.add(parser.add_subparsers())

    def run(content: bytes | str | None, *arguments: str) -> tuple[int, str]:
        path = tmp_path / "draaiboek.yaml"
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        args = parser.parse_args(["exercise", "check", str(path), *arguments])
        return args.run(args), capsys.readouterr().out

    return run


def test_a_sound_script(run: Any) -> None:
    code, told = run(SOUND, "--json")
    data = json.loads(told)
    assert (code, data["valid"], data["id"], data["injects"], data["problems"]) == (
        0,
        True,
        "telecom_112_outage",
        8,
        [],
    )
    assert "mayor" in data["roles"]
    assert run(SOUND)[1].strip()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SOUND.replace("grip_3_policy_team", "magic_wand"), "magic_wand"),
        (SOUND.replace("to: [mayor]", "to: [wizard]"), "wizard"),
        (SOUND.replace("at: 20", "at: -20"), "at"),
        ("", ""),
        ("a: &b 1\nc: *b\n", ""),
        ("[" * 5000, ""),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"#" * (MOST_BYTES + 1), "larger"),
        ("<!doctype html><html></html>", ""),
        (None, "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(run: Any, content: Any, said: str) -> None:
    code, told = run(content, "--json")
    data = json.loads(told)
    assert (code, data["valid"]) == (1, False)
    first = data["problems"][0]
    assert first["line"] >= 1
    assert said in json.dumps(data["problems"])
    assert first["file"] == "draaiboek.yaml"
