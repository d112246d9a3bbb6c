"""`dijkwacht cascade`: the form of what it tells, the same for the same seed, and what trouble sounds like."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.cli import cascade
from dijkwacht.cli.common import CommandError

NETWORK = {
    "nodes": [{"id": "a", "name": "A", "buffer_hours": [0, 0, 0], "recovery_hours": [1, 2, 3]},
        {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
    "edges": [{"from": "a", "to": "b", "delay_hours": [1, 1, 1], "probability": [1, 1, 1], "source": "test"}],
}  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    parser = argparse.ArgumentParser()
    cascade.add(parser.add_subparsers())

    def run(*arguments: str) -> str:
        args = parser.parse_args(["cascade", *arguments])
        assert args.run(args) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(NETWORK))
    return str(path)


def test_it_tells_of_every_node(run, file):
    told = json.loads(run("--network", file, "--fail", "a", "--runs", "10", "--seed", "3", "--json"))
    assert told["a"] == {"p_fail": 1.0, "t10": 0.0, "t50": 0.0, "t90": 0.0}
    assert told["b"] == {"p_fail": 1.0, "t10": 1.0, "t50": 1.0, "t90": 1.0}
    assert told["c"] == {"p_fail": 0.0, "t10": None, "t50": None, "t90": None}


def test_without_a_file_it_is_the_start_network_and_the_seed_decides(run):
    asked = ("--fail", "power_grid_local,gas_network", "--runs", "200", "--json")
    one, same, other = (run(*asked, "--seed", seed) for seed in ("1", "1", "2"))
    assert one == same != other
    assert len(json.loads(one)) == 76


def test_in_words_it_has_bands(run, file):
    told = run("--network", file, "--fail", "a", "--runs", "10")
    assert "10 runs, seed 1" in told
    assert "1 of 10, half, 9 of 10" in told
    assert "1 of 3 never failed" in told


def test_after_the_hours_nothing_fails(run, file):
    assert json.loads(run("--network", file, "--fail", "a", "--hours", "0.5", "--json"))["b"]["p_fail"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fail", "x"), "no node 'x'"), (("--fail", ","), "at least one"), (("--fail", "a", "--runs", "0"), "runs must be"),
        (("--fail", "a", "--network", "/nergens.json"), "No such file"),
    ],
)  # fmt: skip
def test_trouble_is_one_line(arguments, said, run, file):
    with pytest.raises(CommandError, match=said) as told:
        run(*(() if "--network" in arguments else ("--network", file)), *arguments)
    assert "\n" not in str(told.value)


def test_a_bad_network_names_the_edge(run, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({**NETWORK, "edges": [{**NETWORK["edges"][0], "to": "a"}]}))
    with pytest.raises(CommandError, match="a -> a: leads from a node to itself"):
        run("--network", str(path), "--fail", "a")
