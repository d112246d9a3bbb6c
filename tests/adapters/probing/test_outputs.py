"""The files of a run: parts of workers become one, whole or not at all."""

import gzip
import json

from dijkwacht.adapters.probing import raw
from dijkwacht.adapters.probing.outputs import Files, joined, sink
from dijkwacht.core.checks.observed import DomainSeen

AT = "2026-05-04T12:00:00+00:00"


def wrote(tmp_path, names, number):
    files = Files(tmp_path / "out.json", tmp_path / "report.jsonl", tmp_path / "raw.gz").part(tmp_path, number)
    with sink(files, at=AT, tool="dijkwacht") as out:
        for name in names:
            out.put(DomainSeen(name, AT, {}), {"web": {"https_exists": "passed"}}, {"name": name})
    return files


def test_parts_become_one_file_of_each_kind(tmp_path) -> None:
    parts = [wrote(tmp_path, ["a.example", "b.example"], 0), wrote(tmp_path, [], 1), wrote(tmp_path, ["c.example"], 2)]
    for raw_name in ("raw.jsonl", "raw.jsonl.gz"):
        files = Files(tmp_path / "out.json", tmp_path / "report.jsonl", tmp_path / raw_name)
        joined(parts, files)
        assert list(json.loads(files.out.read_text())) == ["a.example", "b.example", "c.example"]
        assert [json.loads(line)["name"] for line in files.report.read_text().splitlines()] == [
            "a.example",
            "b.example",
            "c.example",
        ]
        assert [each.name for each in raw.read_all(files.raw)] == ["a.example", "b.example", "c.example"]
    assert not list(tmp_path.glob("*.part"))


def test_what_a_killed_worker_left_half_is_left_out(tmp_path) -> None:
    part = wrote(tmp_path, ["a.example", "b.example"], 0)
    part.out.write_text(part.out.read_text()[:-10])
    part.raw.write_bytes(part.raw.read_bytes()[:-12])
    files = Files(tmp_path / "out.json", None, tmp_path / "raw.jsonl")
    joined([part, Files(tmp_path / "never-made")], files)
    assert list(json.loads(files.out.read_text())) == ["a.example"]
    assert len(list(raw.read_all(files.raw))) <= 2


def test_a_run_without_names_still_gives_json(tmp_path) -> None:
    files = Files(tmp_path / "out.json")
    joined([wrote(tmp_path, [], 0)], files)
    assert json.loads(files.out.read_text()) == {}


def test_only_what_is_asked_for_is_written(tmp_path) -> None:
    with sink(Files(tmp_path / "out"), at=AT, tool="dijkwacht") as out:
        out.put(DomainSeen("a.example", AT, {}), {}, {})
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_the_raw_file_is_one_stream(tmp_path) -> None:
    part = wrote(tmp_path, ["a.example"], 0)
    with gzip.open(part.raw, "rt") as lines:
        assert json.loads(lines.readline())["format"] == raw.FORMAT
