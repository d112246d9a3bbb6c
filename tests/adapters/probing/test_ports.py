"""Ports on loopback: open, closed, silent and refused by our own guard."""

import asyncio
from typing import Any

from adapters.probing.lines import LoopGate, run, server
from dijkwacht.adapters.probing.ports import look_at_ports


def greets(text: bytes) -> Any:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()

    return serve


def test_each_port_and_what_it_says() -> None:
    async def test() -> None:
        async with (
            server(greets(b"220 (vsFTPd 2.3.4)\r\n")) as ftp,
            server(greets(b"\xff\xfd\x18" + b"x" * 999)) as telnet,
            server(greets(b"")) as mute,
        ):
            gate = LoopGate({21: ftp, 23: telnet, 5432: mute})
            found = await look_at_ports(
                gate,  # type: ignore[arg-type]
                host="oud.dijkstad.example",
                address="192.0.2.9",
                ports=(21, 22, 23, 5432),
            )
            assert [(each.port, each.reach) for each in found] == [
                (21, "open"),
                (22, "closed"),
                (23, "open"),
                (5432, "open"),
            ]
            assert found[0].banner == "220 (vsFTPd 2.3.4)\ufffd\ufffd"
            assert len(found[2].banner) <= 256
            assert "\x18" not in found[2].banner
            assert found[3].banner == ""
            assert {level for _, _, level, _ in gate.asked} == {3}

    run(test())


def test_our_own_guard() -> None:
    gate = LoopGate({21: 1}, denied=["a.example"])
    found = run(look_at_ports(gate, host="a.example", address="192.0.2.9", ports=[21]))  # type: ignore[arg-type]
    assert found[0].reach == "denied"


def test_a_host_that_never_answers_is_left_alone() -> None:
    class Hole(LoopGate):
        async def connect(self, *args: Any, **kwargs: Any) -> Any:
            self.asked.append(("", args[2], 3, ""))
            raise TimeoutError

    gate = Hole({})
    found = run(look_at_ports(gate, host="a.example", address="192.0.2.9", ports=range(1, 200)))  # type: ignore[arg-type]
    assert len(found) == 199
    assert len(gate.asked) == 32
    assert {each.reach for each in found} == {"timeout", "not_tried"}
