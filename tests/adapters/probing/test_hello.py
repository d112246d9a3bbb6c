"""The hellos: whole records, with the name in them, and kinds of suites that do not overlap."""

import asyncio
import ssl
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.probing.lines import Authority, run, server
from dijkwacht.adapters.probing import hello, suites
from dijkwacht.adapters.probing.tls import HelloTalk

FIRST = [each for each in hello.PROBES if each not in ("weak_next", "order", "ssl2")]


def fields(record: bytes) -> dict[str, object]:
    """A ClientHello taken apart again, strictly: every length must fit."""
    kind, _, size = struct.unpack(">BHH", record[:5])
    assert kind == 22
    assert size == len(record) - 5
    assert record[5] == 1
    assert int.from_bytes(record[6:9], "big") == len(record) - 9
    version, at = int.from_bytes(record[9:11], "big"), 43
    at += 1 + record[at]
    count = int.from_bytes(record[at : at + 2], "big")
    offered = struct.unpack(f">{count // 2}H", record[at + 2 : at + 2 + count])
    at += 2 + count
    at += 1 + record[at]
    extensions: dict[int, bytes] = {}
    if at < len(record):
        assert int.from_bytes(record[at : at + 2], "big") == len(record) - at - 2
        at += 2
        while at < len(record):
            number, size = struct.unpack(">HH", record[at : at + 4])
            assert number not in extensions
            extensions[number] = record[at + 4 : at + 4 + size]
            at += 4 + size
        assert at == len(record)
    return {"version": version, "suites": offered, "extensions": extensions}


@pytest.mark.parametrize("probe", FIRST)
@given(name=st.text("abcdefghijklmnopqrstuvwxyz0123456789-.", max_size=253))
def test_a_hello_is_one_whole_record_with_the_name_in_it(probe: str, name: str) -> None:
    made = hello.standard(probe)
    found = fields(hello.octets(made, name.encode()))
    assert found["version"] == min(made.version, hello.TLS12)
    assert made.suites == tuple(each for each in found["suites"] if each != 0xFF)  # type: ignore[attr-defined]
    extensions = found["extensions"]
    assert isinstance(extensions, dict)
    assert (0 in extensions) == bool(name and made.version > hello.SSL3)
    if 0 in extensions:
        assert extensions[0].endswith(name.encode())


def test_every_use_has_another_random() -> None:
    made = hello.standard("tls12")
    assert hello.octets(made, b"a.example") != hello.octets(made, b"a.example")
    assert hello.octets(made, b"", random=b"r" * 32)[11:43] == b"r" * 32


def test_kinds_of_suites_do_not_overlap_and_every_suite_stands_once() -> None:
    kinds = (
        suites.ECDHE_AEAD,
        *suites.PHASE_OUT_KINDS,
        *suites.OLD_KINDS,
        *suites.BROKEN_KINDS,
    )
    every = suites.flat(kinds)
    assert len(every) == len(set(every))
    assert set(suites.WEAK) == set(every) - set(suites.ECDHE_AEAD)
    likely = {*suites.ECDHE_CBC_SHA2, *suites.ECDHE_CBC_SHA1, *suites.STATIC_RSA, *suites.RC4, *suites.NULL}
    assert likely <= set(suites.WEAK[:64])


def test_what_was_chosen_takes_its_kind_along() -> None:
    assert suites.without_kind_of(0xC024, hello.PHASE_OUT) == (*suites.ECDHE_CAMELLIA_ARIA, *suites.DHE)
    assert suites.without_kind_of(0x9999, (1, 0x9999)) == (1,)


def test_probes_that_follow_from_an_answer_have_no_first_form() -> None:
    with pytest.raises(KeyError):
        hello.standard("weak_next")


def test_the_hello_of_ssl_2_has_its_length_in_front() -> None:
    sent = hello.ssl2_octets()
    assert int.from_bytes(sent[:2], "big") & 0x7FFF == len(sent) - 2


@pytest.mark.parametrize(
    ("probe", "answer", "version"),
    [
        ("tls12", "hello", 0x0303),
        ("good", "hello", 0x0303),
        ("ccm8", "alert", 0),
        ("weak", "alert", 0),
        ("weak_groups", "alert", 0),
        ("tls11", "alert", 0),
    ],
)
def test_openssl_understands_them(tmp_path: Path, probe: str, answer: str, version: int) -> None:
    authority = Authority()
    leaf, key = authority.leaf()
    context = authority.context(tmp_path, leaf, key)

    async def ask() -> HelloTalk:
        async with _raw_tls(context) as port:
            data = hello.octets(hello.standard(probe), b"www.dijkstad.example")
            _, talk = await asyncio.get_running_loop().create_connection(
                lambda: HelloTalk(probe, data), "127.0.0.1", port
            )
            await talk.result
            return talk

    seen = run(ask()).result.result()
    assert (seen.answer, seen.version) == (answer, version)
    if version:
        assert seen.suite in hello.ECDHE_AEAD
        assert seen.ems
        assert seen.secure_renegotiation
        assert seen.group == 29
        assert seen.hash == "sha256"
        assert len(seen.certificates) == 2


def _raw_tls(context: ssl.SSLContext):  # type: ignore[no-untyped-def]
    """A TLS server over memory buffers that sends its alert before it hangs up, as most servers do (asyncio does not)."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        while data := await reader.read(65536):
            incoming.write(data)
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                writer.write(outgoing.read())
                await writer.drain()
                return
            writer.write(outgoing.read())
            await writer.drain()

    return server(serve)
