"""When half way through a run this machine lacks something: no crash, nothing red that is our doing, and it says why."""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dns.message
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from adapters.probing.lines import Authority, answer, says, server
from dijkwacht.core.checks.observed import Reach
from tests.adapters.probing import starved
from tests.adapters.probing.test_dns_wire import answer_to
from tests.adapters.probing.test_smtp import mail
from tests.adapters.probing.world import name_server

OURS: set[Reach] = {"not_tried"}


def zone(sent: bytes) -> bytes:
    question = dns.message.from_wire(sent).question[0]
    name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
    number = int("".join(each for each in name if each.isdigit()) or 0)
    rows = {"A": f"127.{number // 200 + 1}.{number % 200 + 1}.7", "MX": f"10 mx.{name}" if name.count(".") == 2 else ""}
    return answer_to(sent, f"{name} 60 IN {kind} {rows[kind]}" if rows.get(kind) else "")


async def _alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A TLS server that refuses every hello: it is there, and costs nothing."""
    await reader.read(100)
    writer.write(bytes.fromhex("15030300020228"))


@contextmanager
def world(folder: Path) -> Iterator[list[str]]:
    """A name server, a web server and a mail host in a thread: their ports, and the root of an authority."""
    root = folder / "root.pem"
    root.write_bytes(Authority().root.public_bytes(Encoding.PEM))
    loop, ports, ready = asyncio.new_event_loop(), list[str](), threading.Event()

    async def serve() -> None:
        async with (
            server(_alert) as web,
            server(says(answer(b"", "Location: https://n0.example/", status="301 x"))) as plain,
            server(mail(ehlo=b"250 x\r\n")) as smtp,
            name_server(zone) as (_, resolver),
        ):
            ports.extend(map(str, (web, plain, smtp, resolver)))
            ready.set()
            await asyncio.get_running_loop().create_future()

    task = loop.create_task(serve())
    thread = threading.Thread(target=lambda: _until_cancelled(loop, task))
    thread.start()
    try:
        assert ready.wait(30)
        yield [*ports, str(root)]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def _until_cancelled(loop: asyncio.AbstractEventLoop, task: Any) -> None:
    try:
        loop.run_until_complete(task)
    except asyncio.CancelledError:
        pass
    finally:
        loop.close()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What runs saw that lacked nothing, descriptors, the network, the resolver."""
    found = {}
    with world(tmp_path_factory.mktemp("world")) as args:
        for what in ("nothing", "descriptors", "network", "resolver"):
            folder = tmp_path_factory.mktemp(what)
            done = subprocess.run(
                [sys.executable, "-m", "tests.adapters.probing.starved", what, *args, str(folder)],
                capture_output=True, text=True, timeout=400, cwd=Path(__file__).parents[3], check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{what}: {done.stderr[-3000:]}"
            found[what] = json.loads(done.stdout)
    return found


def test_a_run_that_lacks_nothing_sees_all(seen: dict[str, Any]) -> None:
    rows = seen["nothing"]["rows"]
    assert len(rows) == starved.NAMES
    assert all(each["https"] == ["open"] and each["smtp"] == ["open"] for each in rows)


@pytest.mark.parametrize("what", ["descriptors", "network", "resolver"])
def test_nothing_turns_red_for_what_we_lack(seen: dict[str, Any], what: str) -> None:
    usual = {check for each in seen["nothing"]["rows"] for check in each["failed"]}
    rows = seen[what]["rows"]
    assert sorted(each["name"] for each in rows) == sorted(f"n{n}.example" for n in range(starved.NAMES))
    assert [(each["name"], set(each["failed"]) - usual) for each in rows if set(each["failed"]) - usual] == []
    lacking = [each for each in rows if each["https"] != ["open"]]
    assert len(lacking) >= 8
    told = [each for each in lacking if any(each["reasons"]) or each["lookups"] != ["NOERROR"]]
    assert len(told) == len(lacking)
    assert seen[what]["peak"] < 300
    assert seen[what]["seconds"] < 300


def test_when_descriptors_are_back_names_are_seen_again(seen: dict[str, Any]) -> None:
    rows = seen["descriptors"]["rows"]
    assert all(each["https"] == ["open"] and each["smtp"] == ["open"] for each in rows[starved.BACK_AT + 6 :])
