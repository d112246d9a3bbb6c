"""The reader of first flights: right on real ones, and never surprised by anything else."""

import struct
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.probing.flight import LIMIT, Flight
from dijkwacht.core.checks.observed import HelloSeen


def record(kind: int, body: bytes, version: int = 0x0303) -> bytes:
    return struct.pack(">BHH", kind, version, len(body)) + body


def message(kind: int, body: bytes) -> bytes:
    return struct.pack(">I", kind << 24 | len(body)) + body


def server_hello(version: int, suite: int, extensions: bytes = b"", compression: int = 0) -> bytes:
    body = struct.pack(">H", version) + b"R" * 32 + b"\0" + struct.pack(">HB", suite, compression)
    return message(2, body + (len(extensions).to_bytes(2, "big") + extensions if extensions else b""))


def extension(kind: int, body: bytes = b"") -> bytes:
    return struct.pack(">HH", kind, len(body)) + body


def certificate(*ders: bytes) -> bytes:
    chain = b"".join(len(each).to_bytes(3, "big") + each for each in ders)
    return message(11, len(chain).to_bytes(3, "big") + chain)


DONE = message(14, b"")
CURVE = b"\x03\x00\x1d\x20" + b"P" * 32
WHOLE = record(
    22,
    server_hello(0x0303, 0xC02F, extension(23) + extension(0xFF01, b"\0"), compression=1)
    + certificate(b"leaf", b"issuer")
    + message(22, b"\1\0\0\3abc")
    + message(12, CURVE + b"\x04\x01\x00\x02SS")
    + DONE,
)


def seen(data: bytes, **how: str) -> HelloSeen:
    flight = Flight()
    flight.feed(data)
    return flight.seen("tls12", **how)  # type: ignore[arg-type]


def test_a_whole_flight() -> None:
    found = seen(WHOLE)
    assert (found.answer, found.version, found.suite, found.compression) == ("hello", 0x0303, 0xC02F, 1)
    assert found.ems
    assert found.secure_renegotiation
    assert found.stapled
    assert (found.group, found.hash) == (29, "sha256")
    assert found.certificates == (sha256(b"leaf").hexdigest(), sha256(b"issuer").hexdigest())


@given(cuts=st.lists(st.integers(1, len(WHOLE) - 1), max_size=8))
def test_it_does_not_matter_how_it_is_cut(cuts: list[int]) -> None:
    flight, at = Flight(), 0
    for cut in sorted({*cuts, len(WHOLE)}):
        done = flight.feed(WHOLE[at:cut])
        at = cut
    assert done
    assert flight.seen("tls12") == seen(WHOLE)


def test_messages_may_run_over_records() -> None:
    inner = WHOLE[5:]
    split = b"".join(record(22, inner[at : at + 7]) for at in range(0, len(inner), 7))
    assert seen(split) == seen(WHOLE)


def test_a_prime_is_measured_and_named_by_its_digest() -> None:
    prime = (2**1024 - 105).to_bytes(129, "big")  # with a leading zero, as some servers send it
    exchange = b"".join(len(each).to_bytes(2, "big") + each for each in (prime, b"\2", b"Y" * 128)) + b"\x02\x01\0\1S"
    found = seen(record(22, server_hello(0x0303, 0x9E) + message(12, exchange) + DONE))
    assert (found.dh_bits, found.group, found.hash) == (1024, 0, "sha1")
    assert found.dh_prime == sha256(prime.lstrip(b"\0")).hexdigest()


def test_before_tls_1_2_the_version_says_the_hash() -> None:
    old = record(22, server_hello(0x0301, 0xC014) + message(12, CURVE + b"\0\1S") + DONE)
    assert seen(old).hash == "md5-sha1"
    ecdsa = record(22, server_hello(0x0301, 0xC00A) + message(12, CURVE + b"\0\1S") + DONE)
    assert seen(ecdsa).hash == "sha1"
    nobody = record(22, server_hello(0x0303, 0xC018) + message(12, CURVE) + DONE)
    assert seen(nobody).hash == ""


def test_the_hello_of_tls_1_3_is_enough() -> None:
    found = seen(
        record(22, server_hello(0x0303, 0x1305, extension(43, b"\3\4") + extension(51, b"\0\x1d" + b"K" * 34)))
    )
    assert (found.answer, found.version, found.suite, found.group) == ("hello", 0x0304, 0x1305, 29)


def test_an_unknown_name_is_a_warning_and_the_hello_still_comes() -> None:
    found = seen(record(21, b"\x01\x70") + WHOLE)
    assert (found.answer, found.alert) == ("hello", 112)


def test_a_refusal_is_an_alert_and_silence_is_not() -> None:
    assert seen(record(21, b"\x02\x28")).answer == "alert"
    assert seen(record(21, b"\x02\x46")).alert == 70
    assert seen(b"").answer == "closed"
    assert seen(b"", otherwise="timeout").answer == "timeout"
    assert seen(b"\x16\x03", otherwise="timeout").answer == "timeout"


def test_a_hello_cut_short_is_still_a_hello() -> None:
    assert seen(record(22, server_hello(0x0303, 0xC02F))).answer == "hello"


def test_what_is_not_tls_is_garbage() -> None:
    assert seen(b"HTTP/1.1 400 Bad Request\r\n\r\n").reason == "plain_http"
    assert seen(b"SSH-2.0-OpenSSH_9.9\r\n").answer == "garbage"
    assert seen(record(22, DONE)).reason == "no_hello"
    assert seen(record(22, server_hello(0x0303, 1) * 2)).reason == "two_hellos"
    assert seen(record(21, b"\2")).answer == "garbage"
    assert seen(record(22, b"")).reason == "empty"


def test_ssl_2() -> None:
    assert seen(b"\x80\x20\x04\x00\x01\x00\x02" + b"x" * 27).version == 2


def test_a_flood_is_cut_off() -> None:
    flight = Flight()
    junk = record(22, message(11, b"\0" * 60)[:3] + b"\xff" * 4096)
    for _ in range(2 * LIMIT // len(junk)):
        if flight.feed(junk):
            break
    assert flight.answer == "garbage"
    assert len(flight._records) + len(flight._messages) <= 2 * LIMIT


@settings(max_examples=400)
@given(parts=st.lists(st.binary(max_size=200), max_size=12))
def test_nothing_raises(parts: list[bytes]) -> None:
    flight = Flight()
    for part in parts:
        flight.feed(part)
    flight.seen("tls12")


@settings(max_examples=400)
@given(at=st.integers(0, len(WHOLE) - 1), octet=st.integers(0, 255), cut=st.integers(0, len(WHOLE)))
def test_nothing_raises_on_what_is_almost_right(at: int, octet: int, cut: int) -> None:
    bent = bytearray(WHOLE)
    bent[at] = octet
    found = seen(bytes(bent[:cut]))
    assert len(found.certificates) <= 16
    assert found.answer


@settings(max_examples=200)
@given(
    bodies=st.lists(st.tuples(st.sampled_from((2, 11, 12, 14, 22)), st.binary(max_size=80)), max_size=6),
    suite=st.sampled_from((0xC02F, 0x9E, 0x2F, 0xC018, 0x18)),
    version=st.sampled_from((0x0300, 0x0301, 0x0303)),
)
def test_nothing_raises_on_messages_of_any_body(bodies: list[tuple[int, bytes]], suite: int, version: int) -> None:
    seen(record(22, server_hello(version, suite) + b"".join(message(kind, body) for kind, body in bodies)))
