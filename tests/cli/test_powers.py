"""`dijkwacht powers --facts FILE --on DATE`: what it tells, and what a file that cannot be taken sounds like."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.cli import powers
from dijkwacht.cli.common import CommandError
from dijkwacht.norms.powers import powers_pack


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    parser = argparse.ArgumentParser()
    powers.add(parser.add_subparsers())

    def run(content: str | bytes, *arguments: str, name: str = "facts.yaml") -> Any:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        args = parser.parse_args(["powers", "--facts", str(path), "--on", "2026-11-25", *arguments])
        assert args.run(args) == 0
        told = capsys.readouterr().out
        return json.loads(told) if "--json" in arguments else told

    return run


def test_every_power_with_its_outcome(run: Any) -> None:
    data = run("serious_fear: 'yes'\ndecider: mayor\ntargets_online_expression: no\n", "--json")
    assert list(data) == list(powers_pack().powers)
    light = data["gemw_172_3_light_order"]
    assert light == {
        "outcome": "allowed_if", "reasons": [],
        "missing": ["targets_digital_source", "lighter_suffices", "demonstration", "region_took_over"],
    }  # fmt: skip
    assert data["bill_36789_removal"] == {"outcome": "not_allowed", "reasons": ["not_in_force"], "missing": []}


@pytest.mark.parametrize(
    "content",
    ["serious_fear: yes\n", "facts:\n  serious_fear: 'yes'\n", '{"serious_fear": "yes"}', '{"serious_fear": true}'],
)
def test_yaml_and_json_and_answers_without_quotes(run: Any, content: str) -> None:
    assert run(content, "--json")["triangle_consult"]["outcome"] == "allowed"


def test_for_people_by_outcome(run: Any) -> None:
    lines = run("serious_fear: 'yes'\n", "--lang", "en").splitlines()
    heads = [line.split(" (")[0] for line in lines if line and not line.startswith(" ")][1:]
    assert heads == ["Allowed", "Allowed if", "Not allowed, because"]
    assert "  Convene the triangle [triangle_consult]" in lines
    assert any(
        line.startswith("    - No order of the mayor exists") and "ECLI:NL:RBMNE:2023:375" in line for line in lines
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"), ("   \n", "empty"), ("- a\n- b\n", "mapping"), ("{}", "no fact"), ("a: [", "not YAML"),
        ("weather: 'yes'\n", "no fact weather"), ("decider: king\n", "'king' is no answer"), ("weapons: 3\n", "weapons"),
        ("weapons: [yes]\n", "weapons"), ("weapons: 'yes'\nweapons: 'no'\n", "facts.yaml:2"),
        ('{"weapons": "yes", "weapons": "no"}', "twice"), (b"\xff\xfe\x00", "UTF-8"), ("x" * 300_000, "larger"),
        ("[" * 5000, "YAML"), ('{"a":' * 30_000, "deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken(run: Any, content: str | bytes, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(content, "--json")


def test_a_file_that_is_not_there(run: Any, tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    powers.add(parser.add_subparsers())
    args = parser.parse_args(["powers", "--facts", str(tmp_path / "none.yaml")])
    with pytest.raises(CommandError, match="cannot be read"):
        args.run(args)
