"""Servers of every make on loopback: what is asked of them, what is left out, and what is seen."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from OpenSSL import SSL, crypto
from OpenSSL._util import lib

from adapters.probing.lines import Authority, LoopGate, run, server
from dijkwacht.adapters.probing import suites
from dijkwacht.adapters.probing.handshake import Tunnel
from dijkwacht.adapters.probing.http import Reader
from dijkwacht.adapters.probing.plan import examine
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.adapters.probing.tls import Examination, TlsLook

NAME = "www.dijkstad.example"
QUICK = Patience(left=0.3, each=0.1, free=0.0)
Serving = Callable[[], AbstractAsyncContextManager[int]]


async def look(gate: LoopGate, *, level: int = 2, patience: Patience | None = None, use: Any = None) -> TlsLook:
    async def opened(talk: Any, *, level: int, timeout: float) -> Any:
        return (await gate.connect(talk, "192.0.2.1", 443, host=NAME, level=level, purpose="tls", timeout=timeout))[1]

    authority = AUTHORITY
    examination = Examination(opened, name=NAME, trust=authority.trust(), patience=patience or Patience())
    return await examine(examination, level=level, use=use)


AUTHORITY = Authority()


def looked(serving: Any, **how: Any) -> tuple[TlsLook, LoopGate]:
    async def test() -> tuple[TlsLook, LoopGate]:
        async with serving() as port:
            gate = LoopGate({443: port})
            found = await look(gate, **how)
            for _ in range(3):
                await asyncio.sleep(0)
            assert gate.most == 1
            assert gate.open <= 1
            return found, gate

    return run(test())


def probes(found: TlsLook) -> list[str]:
    return [each.probe for each in found.hellos]


def openssl(
    folder: Path, change: Callable[[SSL.Context], None] = lambda _: None, *, key: Any = None, name: str = NAME
) -> Any:
    """A server of pyOpenSSL over memory buffers: it can what asyncio's cannot, and it sends its alerts."""
    leaf, leaf_key = AUTHORITY.leaf(name, key)
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_cipher_list(b"ECDHE+AESGCM")
    context.use_privatekey(crypto.PKey.from_cryptography_key(leaf_key))
    context.use_certificate(crypto.X509.from_cryptography(leaf))
    context.add_extra_chain_cert(crypto.X509.from_cryptography(AUTHORITY.certificate))
    change(context)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tls = SSL.Connection(context)
        tls.set_accept_state()
        while data := await reader.read(65536):
            tls.bio_write(data)
            broken = False
            try:
                tls.do_handshake()
                tls.recv(65536)
                tls.send(b"HTTP/1.1 204 No Content\r\n\r\n")
            except SSL.WantReadError:
                pass
            except SSL.Error:
                broken = True
            try:
                while True:
                    writer.write(tls.bio_read(65536))
            except SSL.Error:
                pass
            await writer.drain()
            if broken:
                return

    return lambda: server(serve)


def _sound(context: SSL.Context) -> None:
    context.set_options(SSL.OP_NO_RENEGOTIATION)
    lib.SSL_CTX_set1_sigalgs_list(context._context, b"ECDSA+SHA256")


def test_a_sound_server_gets_six_hellos_a_handshake_and_one_question_more(tmp_path: Path) -> None:
    found, gate = looked(openssl(tmp_path, _sound))
    assert probes(found) == ["tls12", "weak", "tls11", "weak_hash", "weak_groups", "ccm8"]
    assert len(gate.asked) == 8
    assert {(each.answer, each.probe) for each in found.hellos if each.answer != "alert"} == {("hello", "tls12")}
    done = found.handshake
    assert done
    assert done.ok
    assert done.version == 0x0304
    assert done.group == 29
    assert done.trust == ()
    assert (done.early_data, done.staple, done.renegotiation) == (0, "none", "refused")
    assert len(done.chain) == 2
    assert set(done.chain) == set(found.certificates)


def test_tls_1_3_alone_settles_the_rest(tmp_path: Path) -> None:
    found, gate = looked(openssl(tmp_path, lambda context: context.set_min_proto_version(SSL.TLS1_3_VERSION)))
    assert probes(found) == ["tls12", "ccm8"]
    assert found.hellos[0].alert == 70
    assert len(gate.asked) == 3
    assert found.handshake
    assert found.handshake.renegotiation == "not_tested"


async def _asks(tunnel: Tunnel) -> None:
    await tunnel.ask(b"GET / HTTP/1.1\r\n\r\n", Reader(), 1.0)


def test_early_data_is_in_the_ticket(tmp_path: Path) -> None:
    found, _ = looked(
        openssl(tmp_path, lambda context: lib.SSL_CTX_set_max_early_data(context._context, 16384)), use=_asks
    )
    assert found.handshake
    assert found.handshake.early_data == 16384
    assert looked(openssl(tmp_path), use=_asks)[0].handshake.early_data == 0  # type: ignore[union-attr]


def test_renegotiation_by_the_client(tmp_path: Path) -> None:
    leaf, key = AUTHORITY.leaf(NAME)
    context = AUTHORITY.context(tmp_path, leaf, key)
    context.options |= 1 << 8  # SSL_OP_ALLOW_CLIENT_RENEGOTIATION
    context.maximum_version = ssl.TLSVersion.TLSv1_2

    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    found, _ = looked(lambda: server(nothing, context))
    assert found.handshake
    assert found.handshake.renegotiation == "accepted"
    assert {each.answer for each in found.hellos if each.probe == "weak"} == {"closed"}


def test_weak_suites_show_by_kind_and_the_order_is_held_against_them(tmp_path: Path) -> None:
    def weak(context: SSL.Context) -> None:
        context.set_cipher_list(
            b"ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ARIA128-GCM-SHA256:AES128-SHA:@SECLEVEL=0"
        )
        context.set_options(SSL.OP_CIPHER_SERVER_PREFERENCE)

    serving = openssl(tmp_path, weak, key=rsa.generate_private_key(65537, 2048))
    found, gate = looked(serving)
    by = {each.probe: each for each in found.hellos if each.answer == "hello"}
    assert by["tls12"].suite == 0xC027
    assert by["good"].suite == 0xC02F
    assert {each.suite for each in found.hellos} >= {0xC027, 0xC02F, 0xC060, 0x2F}
    assert [each.answer for each in found.hellos if each.probe.startswith("weak")][:3] == ["hello", "hello", "alert"]
    assert "order" not in probes(found)
    assert {level for _, _, level, _ in gate.asked} == {2}


def test_a_good_suite_below_a_weak_one_is_a_wrong_order_too(tmp_path: Path) -> None:
    def mixed(context: SSL.Context) -> None:
        context.set_cipher_list(
            b"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256"
        )
        context.set_options(SSL.OP_CIPHER_SERVER_PREFERENCE)

    found, _ = looked(openssl(tmp_path, mixed))
    by = {each.probe: each for each in found.hellos}
    assert by["tls12"].suite == 0xC02C
    assert by["order"].suite == 0xC023
    assert by["good"].answer == "hello"
    assert by["good"].suite == 0xC02B


def test_on_level_3_every_weak_suite_is_listed(tmp_path: Path) -> None:
    def many(context: SSL.Context) -> None:
        context.set_cipher_list(b"AES128-SHA:AES256-SHA:AES128-SHA256:ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")

    found, gate = looked(openssl(tmp_path, many, key=rsa.generate_private_key(65537, 2048)), level=3)
    listed = {each.suite for each in found.hellos if each.probe in ("weak", "weak_next") and each.answer == "hello"}
    assert listed == {0x2F, 0x35, 0x3C}
    assert "ssl2" in probes(found)
    assert {level for _, _, level, _ in gate.asked} == {2, 3}


def test_a_key_that_neither_tls_1_3_nor_openssl_4_can_carry(tmp_path: Path) -> None:
    """P-224: nobody finishes the handshake, and the hello of TLS 1.2 shows the certificate all the same."""
    leaf, key = AUTHORITY.leaf(NAME, ec.generate_private_key(ec.SECP224R1()))

    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    context = AUTHORITY.context(tmp_path, leaf, key)
    context.set_ciphers("ECDHE+AESGCM:@SECLEVEL=0")
    found, _ = looked(lambda: server(nothing, context))
    done = found.handshake
    assert done
    assert not done.ok
    assert (done.version, done.trust) == (0x0303, ())
    assert found.certificates[done.chain[0]].curve == "secp224r1"


def test_old_versions_are_named_from_the_top(tmp_path: Path) -> None:
    def old(context: SSL.Context) -> None:
        context.set_min_proto_version(SSL.TLS1_VERSION)
        context.set_cipher_list(b"ALL:@SECLEVEL=0")

    found, _ = looked(openssl(tmp_path, old))
    versions = {each.probe: each.version for each in found.hellos if each.answer == "hello"}
    assert (versions["tls11"], versions["tls10"]) == (0x0302, 0x0301)
    assert "ssl3" in probes(found)
    assert "ssl3" not in versions


def ssl3(folder: Path) -> tuple[socket.socket, int]:
    """A server that knows SSL 3.0 and TLS 1.0 only, which no OpenSSL of today finishes with."""
    tlslite = pytest.importorskip("tlslite.api")
    leaf, key = AUTHORITY.leaf(NAME, rsa.generate_private_key(65537, 2048))
    chain = tlslite.X509CertChain()
    chain.parsePemList(leaf.public_bytes(serialization.Encoding.PEM).decode())
    private = tlslite.parsePEMKey(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        ).decode(),
        private=True,
    )
    chosen = tlslite.HandshakeSettings()
    chosen.minVersion, chosen.maxVersion = (3, 0), (3, 1)
    chosen.cipherNames, chosen.macNames, chosen.useExtendedMasterSecret = ["rc4"], ["sha", "md5"], False
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            try:
                connection.settimeout(5)
                tlslite.TLSConnection(connection).handshakeServer(certChain=chain, privateKey=private, settings=chosen)
            except Exception:
                pass
            finally:
                connection.close()

    threading.Thread(target=serve, daemon=True).start()
    return listening, listening.getsockname()[1]


def test_what_nobody_can_finish_is_known_from_its_hello(tmp_path: Path) -> None:
    listening, port = ssl3(tmp_path)
    try:
        found = run(look(LoopGate({443: port})))
    finally:
        listening.close()
    versions = {each.probe: each.version for each in found.hellos if each.answer == "hello"}
    assert versions["ssl3"] == 0x0300
    assert versions["tls11"] == 0x0301
    assert {each.suite for each in found.hellos if each.probe.startswith("weak")} & set(suites.RC4)
    assert "weak_hash" not in probes(found)
    done = found.handshake
    assert done
    assert not done.ok
    assert done.chain
    assert done.trust == ("unknown_issuer",)
    assert found.certificates[done.chain[0]].names == (NAME,)


def test_a_closed_port() -> None:
    found = run(look(LoopGate({})))
    assert (found.reach, found.hellos, found.handshake) == ("closed", [], None)


def test_a_refusal_of_our_own_guard() -> None:
    found = run(look(LoopGate({443: 1}, denied=[NAME])))
    assert (found.reach, found.reason) == ("denied", "no_consent")


async def _silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


def test_a_tarpit_is_left_alone() -> None:
    found, gate = looked(lambda: server(_silent), patience=Patience(left=0.3, each=0.1, free=0.0))
    assert found.reach == "open"
    assert found.handshake
    assert found.handshake.reason == "timeout"
    assert [each.answer for each in found.hellos] == ["timeout"]
    assert len(gate.asked) == 2


async def _floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    while True:
        writer.write(b"\x16\x03\x03\x40\x00" + b"\x0b\x00\xff\xff" + b"x" * 16380)
        await writer.drain()


async def _babbles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.9\r\n")
    await reader.read()


async def _hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)


@pytest.mark.parametrize(("serve", "answer"), [(_floods, "garbage"), (_babbles, "garbage"), (_hangs_up, "closed")])
def test_servers_that_speak_no_tls(serve: Any, answer: str) -> None:
    found, _ = looked(lambda: server(serve))
    assert found.hellos[0].answer == answer
    assert found.handshake
    assert not found.handshake.ok


def test_silence_on_one_hello_is_asked_again(tmp_path: Path) -> None:
    """The third connection is swallowed once: that must not read as a refusal."""
    serving = openssl(tmp_path)
    count = 0

    async def test() -> TlsLook:
        async with serving() as port, server(_silent) as hole:

            class Losing(LoopGate):
                async def connect(self, *args: Any, **kwargs: Any) -> Any:
                    nonlocal count
                    count += 1
                    self.ports = {443: hole if count == 3 else port}
                    return await super().connect(*args, **kwargs)

            return await look(Losing({}), patience=Patience(left=2.0, each=0.15, free=0.0))

    found = run(test())
    assert [each.answer for each in found.hellos if each.probe == "weak"] == ["alert"]
