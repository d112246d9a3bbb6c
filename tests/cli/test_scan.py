"""`dijkwacht scan` whole, against a name server in this process: files in, files out, and not a packet without consent."""

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest

from dijkwacht.cli import main, perimeter
from tests.adapters.probing.test_scan import zone_answer
from tests.adapters.probing.world import NOON, NameServer, name_server

ZONE = {
    ("a.example", "TXT"): ['"v=spf1 -all"'],
    ("_dmarc.a.example", "TXT"): ['"v=DMARC1; p=reject"'],
    ("b.example", "TXT"): ['"v=spf1 +all"'],
    ("a.example", "NS"): ["ns1.a.example."],
    ("ns1.a.example", "A"): ["127.11.12.13"],
}
CONSENT = {"organisation": "dijkstad", "scope": ["*.example"], "level": 2, "from": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def server() -> Iterator[tuple[NameServer, int]]:
    """A name server in a thread of its own."""
    ready, end = threading.Event(), asyncio.Event()
    held: list = []

    async def serve() -> None:
        async with name_server(lambda sent: zone_answer(sent, ZONE)) as made:
            held.extend((made, asyncio.get_running_loop()))
            ready.set()
            await end.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield held[0]
    held[1].call_soon_threadsafe(end.set)
    thread.join(10)


@pytest.fixture
def scan(server, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(perimeter, "clock", lambda: NOON)
    (tmp_path / "targets.txt").write_text("a.example\nB.Example.  # once more\nb.example\n")

    def run(*more: str, consent=CONSENT, code: int = 0):
        (tmp_path / "consent.json").write_text(json.dumps(consent))
        given = ["scan", "--targets", tmp_path / "targets.txt", "--consent", tmp_path / "consent.json"]
        given += ["--resolver", f"127.0.0.1#{server[1]}", "--out", tmp_path / "out.json", "--lab", "--json", *more]
        assert main([str(each) for each in given]) == code
        told = capsys.readouterr()
        return json.loads(told.out) if code == 0 else told.err

    return run


def test_words_report_and_raw_and_the_same_words_again_from_raw(scan, tmp_path, capsys) -> None:
    raw, report, out = tmp_path / "raw.gz", tmp_path / "report.jsonl", tmp_path / "out.json"
    summary = scan("--raw", raw, "--report", report)
    assert summary["domains"] == 2
    words = json.loads(out.read_text())
    assert words["a.example"]["mail"]["spf_policy"] == "passed"
    assert words["b.example"]["mail"]["spf_policy"] == "failed"
    told = [json.loads(line) for line in report.read_text().splitlines()]
    assert {each["name"] for each in told} == {"a.example", "b.example"}
    assert told[0]["checks"]["mail"]["spf_policy"]["targets"][0]["why"]
    again = tmp_path / "again.json"
    assert main(["scan", "--replay", str(raw), "--out", str(again)]) == 0
    assert json.loads(again.read_text()) == words
    assert "nothing was sent" in capsys.readouterr().out


def test_every_connection_and_refusal_is_in_the_log(scan, tmp_path) -> None:
    scan("--log", tmp_path / "log.jsonl")
    (only,) = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert (only["outcome"], only["address"], only["purpose"], only["organisation"]) == (
        "open", "127.11.12.13", "name_server", "dijkstad"
    )  # fmt: skip
    assert only["why"] == "consent dijkstad 2 > name *.example 2 > inherited 127.11.12.13 2"
    scan("--log", tmp_path / "log.jsonl", consent=CONSENT | {"revoked": "2026-02-01"})
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert {(each["outcome"], each["why"]) for each in lines} == {("refused", "revoked")}
    assert len(lines) == 20


def test_two_workers_give_what_one_gives(scan, tmp_path, monkeypatch) -> None:
    monkeypatch.undo()  # a worker is a process of its own, and has the real clock
    always = CONSENT | {"from": "2000-01-01", "until": "2999-12-31"}
    files = ["--report", tmp_path / "report.jsonl", "--raw", tmp_path / "raw.jsonl"]
    one = scan(*files, consent=always)
    words = json.loads((tmp_path / "out.json").read_text())
    two = scan(*files, "--workers", 2, consent=always)
    assert json.loads((tmp_path / "out.json").read_text()) == words
    assert len((tmp_path / "raw.jsonl").read_text().splitlines()) == 3
    assert (one["domains"], two["domains"]) == (2, 2)


def test_a_worker_that_fails_is_told_of(scan, tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    assert "worker 0: FileNotFoundError" in scan("--workers", 2, "--ct", "/nowhere/ct", code=2)


def test_without_consent_not_one_packet(scan, server) -> None:
    before = len(server[0].asked)
    summary = scan(consent=CONSENT | {"scope": ["*.other.example"]})
    assert (summary["connections"], summary["questions"], summary["name_servers"]) == (0, 0, 0)
    assert summary["refused"].keys() == {"no_consent"}
    assert len(server[0].asked) == before == 0


def test_a_private_name_server_is_refused_outside_the_lab(scan, server, tmp_path, capsys, monkeypatch) -> None:
    arguments = ["scan", "--targets", tmp_path / "targets.txt", "--consent", tmp_path / "consent.json"]
    scan()
    arguments += ["--resolver", f"127.0.0.1#{server[1]}", "--out", tmp_path / "out.json", "--json"]
    assert main([str(each) for each in arguments]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == {"private": 1}


def test_who_opted_out_is_left_alone(scan, tmp_path, server) -> None:
    (tmp_path / "optout.txt").write_text("example\n")
    assert scan("--opt-out", tmp_path / "optout.txt")["refused"].keys() == {"opted_out"}
    assert server[0].asked == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--resolver", "x#y"], "address#port"),
        (["--vrps", "x"], "go together"),
        (["--ct", "/nowhere/ct.jsonl"], "nowhere"),
        (["--targets", "/nowhere/targets"], "nowhere"),
        (["--out", "/nowhere/out.json"], "nowhere"),
    ],
)
def test_trouble_is_one_clear_line(scan, arguments, message) -> None:
    said = scan(*arguments, code=2)
    assert message in said
    assert len(said.strip().splitlines()) == 1


def test_a_target_that_is_no_name_says_its_line(scan, tmp_path) -> None:
    (tmp_path / "targets.txt").write_text("a.example\n\nnot a name\n")
    assert "targets.txt, line 3" in scan(code=2)


def test_a_consent_that_cannot_be_read_says_why(scan) -> None:
    assert "consent 1: level is missing" in scan(
        consent={key: value for key, value in CONSENT.items() if key != "level"}, code=2
    )


def test_something_is_missing(capsys) -> None:
    assert main(["scan", "--targets", "x"]) == 2
    assert "--consent --resolver --out" in capsys.readouterr().err
