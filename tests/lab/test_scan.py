"""`dijkwacht scan` against servers that are real, and a truth that is known: agreement, politeness, and consent at the socket."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lab.world import CONSENT, Lab, Watch

pytestmark = pytest.mark.xdist_group("lab")  # one process: a lab takes seconds to make

NAMES = 100
LEAST, MOST_CONNECTIONS, MOST_QUESTIONS, MOST_MEMORY = 0.999, 30, 14, 300


@pytest.fixture(scope="module")
def scanned(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One scan by one worker, with all that it writes, and what the kernel counted meanwhile."""
    folder = tmp_path_factory.mktemp("scan")
    before = lab.counters()
    with Watch(lab).looking() as watch:
        summary = lab.scan(
            folder / "out.json", "--raw", str(folder / "raw.gz"), "--report", str(folder / "report.jsonl"),
            "--log", str(folder / "log.jsonl"),
        )  # fmt: skip
    after = lab.counters()
    return {
        "folder": folder, "summary": summary, "watch": watch, "words": json.loads((folder / "out.json").read_text()),
        "sent": {key: after[key] - before[key] for key in after},
    }  # fmt: skip


def test_the_words_agree_with_the_truth(lab: Lab, scanned: dict[str, Any]) -> None:
    good, wrong = lab.agreement(scanned["words"])
    assert good > 50 * NAMES
    assert good / (good + len(wrong)) >= LEAST, wrong
    assert not scanned["summary"]["faults"]


def test_the_agreement_can_fail(lab: Lab, scanned: dict[str, Any]) -> None:
    """The yardstick itself: all words turned into one agree with little."""
    turned = {
        name: {part: dict.fromkeys(words, "passed") for part, words in parts.items()}
        for name, parts in scanned["words"].items()
    }
    good, wrong = lab.agreement(turned)
    assert good / (good + len(wrong)) < 0.95
    assert lab.agreement({})[0] == 0


def test_it_asks_no_more_than_it_may(scanned: dict[str, Any]) -> None:
    summary, sent = scanned["summary"], scanned["sent"]
    assert summary["domains"] == NAMES
    assert summary["connections_per_domain"] <= MOST_CONNECTIONS
    assert summary["questions_per_domain"] <= MOST_QUESTIONS
    assert summary["peak_memory_mib"] <= MOST_MEMORY
    # What the kernel counted: no connection was made that we do not tell of. (Some more are of the resolver, over TCP.)
    assert 0.8 * summary["connections"] <= sent["tcp"] <= MOST_CONNECTIONS * NAMES
    log = [json.loads(line) for line in (scanned["folder"] / "log.jsonl").read_text().splitlines()]
    made = sum(each["purpose"] != "name_server" and each["outcome"] != "refused" for each in log)
    assert made == summary["connections"]


def test_never_two_connections_at_once_to_a_mail_host(scanned: dict[str, Any]) -> None:
    watch = scanned["watch"]
    assert watch.looks > 100
    assert len(watch.most) > 10, "too few mail hosts were seen to say anything"
    assert {host: count for host, count in watch.most.items() if count > 1} == {}


def test_two_connections_at_once_are_seen(lab: Lab) -> None:
    """The yardstick itself."""
    address, host = next((each, host) for each, host in lab.mail_hosts().items() if ":" not in each)
    opened = (
        "import socket, sys, time; both = [socket.create_connection((sys.argv[1], 25)) for _ in 'ab']; time.sleep(0.5)"
    )
    with Watch(lab).looking() as watch:
        subprocess.run(lab.command(sys.executable, "-c", opened, address), check=True)
    assert watch.most == {host: 2}


def test_without_consent_not_one_packet_leaves(lab: Lab, tmp_path: Path) -> None:
    before = lab.counters()
    other = CONSENT | {"scope": ["*.elders.test"]}
    summary = lab.scan(tmp_path / "out.json", consent=other)
    assert lab.counters() == before
    assert (summary["connections"], summary["questions"], summary["name_servers"]) == (0, 0, 0)
    assert set(summary["refused"]) == {"no_consent"}
    words = json.loads((tmp_path / "out.json").read_text())
    assert {word for parts in words.values() for each in parts.values() for word in each.values()} == {"not_tested"}


def test_two_workers_say_the_same(lab: Lab, scanned: dict[str, Any], tmp_path: Path) -> None:
    with Watch(lab).looking() as watch:
        summary = lab.scan(tmp_path / "out.json", "--workers", "2")
    assert json.loads((tmp_path / "out.json").read_text()) == scanned["words"]
    assert summary["domains"] == NAMES
    assert summary["connections_per_domain"] <= MOST_CONNECTIONS
    assert {host: count for host, count in watch.most.items() if count > 1} == {}


def test_a_replay_gives_the_same_bytes(scanned: dict[str, Any], tmp_path: Path) -> None:
    from dijkwacht.cli import main

    folder = scanned["folder"]
    out, report = tmp_path / "out.json", tmp_path / "report.jsonl"
    assert main(["scan", "--replay", str(folder / "raw.gz"), "--out", str(out), "--report", str(report)]) == 0
    assert out.read_bytes() == (folder / "out.json").read_bytes()
    assert report.read_bytes() == (folder / "report.jsonl").read_bytes()
