"""Mail hosts on loopback: what they say before TLS, and that nobody gets two connections at once."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.probing.lines import Authority, LoopGate, run, server
from dijkwacht.adapters.probing.smtp import Greeting, MailLook, Starttls, look_at_mail
from dijkwacht.adapters.probing.talk import Patience

AUTHORITY = Authority()
HOST = "mx.dijkstad.example"
EHLO = b"250-mx.dijkstad.example\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n250 8BITMIME\r\n"


def mail(
    *, banner: bytes = b"220-mx.dijkstad.example ESMTP\r\n220 welkom\r\n", ehlo: bytes = EHLO, go: bytes = b"220 go\r\n",
    context: ssl.SSLContext | None = None, injected: bytes = b""
) -> Any:  # fmt: skip
    """A mail host; with a context it goes on in TLS, over memory buffers, so that it sends its alerts."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(banner)
        await reader.readuntil(b"\r\n")
        writer.write(ehlo)
        if (await reader.readuntil(b"\r\n")) != b"STARTTLS\r\n":
            return
        writer.write(go + injected)
        await writer.drain()
        if context is None:
            return
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        while data := await reader.read(65536):
            incoming.write(data)
            try:
                tls.do_handshake()
                tls.read()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                writer.write(outgoing.read())
                await writer.drain()
                return
            writer.write(outgoing.read())
            await writer.drain()

    return serve


def looked(serve: Any, patience: Patience | None = None) -> tuple[MailLook, LoopGate]:
    async def test() -> tuple[MailLook, LoopGate]:
        async with server(serve) as port:
            gate = LoopGate({25: port})
            found = await look_at_mail(
                gate,  # type: ignore[arg-type]
                host=HOST,
                address="192.0.2.25",
                trust=AUTHORITY.trust(),
                level=2,
                patience=patience,
            )
            return found, gate

    return run(test())


def test_a_mail_host_with_starttls(tmp_path: Path) -> None:
    leaf, key = AUTHORITY.leaf(HOST)
    found, gate = looked(mail(context=AUTHORITY.context(tmp_path, leaf, key)))
    seen = found.address
    assert (seen.smtp, seen.starttls, seen.banner) == ("open", "yes", "mx.dijkstad.example ESMTP")
    assert seen.capabilities == ("SIZE 10240000", "STARTTLS", "8BITMIME")
    assert seen.handshake
    assert seen.handshake.ok
    assert seen.handshake.trust == ()
    assert {each.probe for each in seen.hellos} >= {"tls12", "weak", "tls11", "ccm8"}
    assert gate.most == 1
    assert {(host, port, purpose) for host, port, _, purpose in gate.asked} == {(HOST, 25, "smtp")}
    assert seen.handshake.chain[0] in found.certificates


@pytest.mark.parametrize(
    ("server_says", "starttls", "reason"),
    [
        ({"ehlo": b"250-mx\r\n250 SIZE 1\r\n"}, "no", "no_starttls"),
        ({"ehlo": b"502 what?\r\n"}, "error", "ehlo_502"),
        ({"go": b"454 TLS not available\r\n"}, "refused", "starttls_454"),
        ({"banner": b"554 go away\r\n"}, "error", "banner_554"),
        ({"banner": b"HTTP/1.1 400 Bad Request\r\n"}, "error", "not_smtp"),
        ({"banner": b"220-" + b"x" * 20_000}, "error", "reply_too_long"),
        ({"banner": b"220 " + b"x\x1b[2J\r\n", "ehlo": b"250 mx\r\n"}, "no", "no_starttls"),
    ],
)
def test_mail_hosts_without_tls_get_one_connection(server_says: dict[str, bytes], starttls: str, reason: str) -> None:
    found, gate = looked(mail(**server_says))  # type: ignore[arg-type]
    seen = found.address
    assert (seen.smtp, seen.starttls, seen.reason) == ("open", starttls, reason)
    assert seen.hellos == ()
    assert seen.handshake is None
    assert len(gate.asked) == 1
    assert "\x1b" not in seen.banner
    assert len(seen.banner) <= 256


def test_what_is_sent_before_tls_begins_does_not_count(tmp_path: Path) -> None:
    leaf, key = AUTHORITY.leaf(HOST)
    found, _ = looked(mail(context=AUTHORITY.context(tmp_path, leaf, key), injected=b"250 STARTTLS is fine\r\n"))
    assert found.address.starttls == "yes"


def test_a_host_that_shuts_its_door_halfway_was_not_measured_further(tmp_path: Path) -> None:
    leaf, key = AUTHORITY.leaf(HOST)
    good, busy = mail(context=AUTHORITY.context(tmp_path, leaf, key)), mail(banner=b"421 too many connections\r\n")
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        await (good if count <= 3 else busy)(reader, writer)

    seen = looked(serve)[0].address
    assert seen.starttls == "yes"
    assert seen.handshake
    assert seen.handshake.ok
    answers = {each.probe: each.answer for each in seen.hellos}
    assert answers["tls12"] == "hello"
    assert answers["tls11"] == "unreachable"
    assert "closed" not in answers.values()


def test_a_closed_port_and_a_silent_host() -> None:
    closed = run(
        look_at_mail(
            LoopGate({}),  # type: ignore[arg-type]
            host=HOST,
            address="192.0.2.25",
            trust=AUTHORITY.trust(),
            level=2,
        )
    )
    assert (closed.address.smtp, closed.address.starttls) == ("closed", "not_tried")

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    found, gate = looked(silent, Patience(left=0.3, each=0.1, free=0.0))
    assert (found.address.starttls, found.address.reason) == ("error", "timeout")
    assert len(gate.asked) == 1


@settings(max_examples=200)
@given(parts=st.lists(st.binary(max_size=60) | st.sampled_from((b"220 x\r\n", EHLO, b"250-", b"\r\n")), max_size=8))
def test_nothing_raises(parts: list[bytes]) -> None:
    async def test() -> None:
        inner = _Inner()
        talk = Starttls(inner, Greeting(), "x.example", 1.0)  # type: ignore[arg-type]
        talk.connection_made(_Wire())  # type: ignore[arg-type]
        for part in parts:
            talk.data_received(part)
        talk.connection_lost(None)

    run(test())


class _Wire:
    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class _Inner:
    """A conversation that takes anything."""

    patience = 1.0

    def __init__(self) -> None:
        self.result = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: object) -> None: ...
    def data_received(self, data: bytes) -> None: ...
    def connection_lost(self, error: Exception | None) -> None: ...
    def ended(self, how: str) -> None:
        if not self.result.done():
            self.result.set_result(how)
