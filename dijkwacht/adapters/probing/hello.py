"""The hellos: what is asked of a TLS server, byte by byte. They cost no cryptography; random and name are spliced in per use."""

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from dijkwacht.adapters.probing.suites import (
    BROKEN_KINDS,
    ECDHE_AEAD,
    ECDHE_CBC_SHA1,
    OLD_KINDS,
    PHASE_OUT_KINDS,
    RC4,
    STATIC_RSA,
    TLS13_CCM_8,
    TRIPLE_DES,
    WEAK,
    Suites,
    flat,
)

PROBES: Final[Mapping[str, str]] = {
    "tls12": "TLS 1.2, all phase-out suites before all good ones: version, choice, EMS, RFC 5746, compression, group, chain",
    "good": "TLS 1.2, only ECDHE with AEAD. Sent when `tls12` or `order` led to a phase-out suite: an answer means a wrong order",
    "order": "TLS 1.2, phase-out before good, without the good suite already chosen. Sent when `weak` led to a phase-out suite",
    "weak": "TLS 1.2, all that is not good (CBC, DHE, static RSA … RC4, NULL, anonymous), but for the kind that `tls12` chose",
    "weak_next": "the same without the kinds already chosen: shows each kind, and so the DHE prime; repeated until it is refused",
    "weak_hash": "TLS 1.2, signatures with SHA-1, MD5 or SHA-224 only, in this order",
    "sha1": "TLS 1.2, signatures with SHA-1 or MD5 only. Sent when `weak_hash` was answered with SHA-224",
    "weak_groups": "TLS 1.2, only curves under 256 bits, binary curves and secp256k1; ECDHE only",
    "ccm8": "TLS 1.3 with only AES-128-CCM-8",
    "tls11": "TLS 1.1 at most, every suite: an answer tells the highest old version, a refusal settles TLS 1.1, 1.0 and SSL 3.0",
    "tls10": "TLS 1.0 at most. Sent when the answer to `tls11` was TLS 1.1",
    "ssl3": "SSL 3.0. Sent when an old version was answered",
    "ssl2": "SSL 2.0. Sent when SSL 3.0 was answered, and on level 3",
}
"""Every hello by its stable name. What a hello shows counts whatever its probe: `HelloSeen.suite` is one that the server chose,
`version` a version that it speaks (also in the answer to `weak_hash`, which says nothing of hashes below TLS 1.2).

`alert` and `closed` both refuse: many servers hang up without an alert. `timeout`, `unreachable`, `denied`, `not_tried` and
`garbage` measure nothing. A probe that is missing was settled by another: nothing of TLS 1.2 and older after a `tls12` that was
refused with alert 70 (protocol_version); no `weak_hash` and `weak_groups` without TLS 1.2; no `ccm8` when the finished
handshake is below TLS 1.3. TLS 1.3 itself is in the finished handshake. On level 3 `weak_next` goes on by suite, not by kind.
"""

GROUPS = (29, 23, 24, 25, 30, 26, 27, 28, 21)  # X25519, P-256/384/521, X448, brainpool; P-224 for its certificates
WEAK_GROUPS = (21, 19, 20, 22, 18, *range(15, 18), *range(1, 15))  # P-224, P-192, secp…k1, secp160, binary curves
SIGNATURES = (
    0x0403,
    0x0503,
    0x0603,
    0x0807,
    0x0808,
    0x0804,
    0x0805,
    0x0806,
    0x0809,
    0x080A,
    0x080B,
    0x0401,
    0x0501,
    0x0601,
)
SHA1_SIGNATURES = (0x0203, 0x0201, 0x0202, 0x0101)
SHA224_SIGNATURES = (0x0303, 0x0301, 0x0302)

PHASE_OUT = flat(PHASE_OUT_KINDS)
ANY_OLD = (*ECDHE_CBC_SHA1, *STATIC_RSA, *TRIPLE_DES, *RC4, *flat((*OLD_KINDS, *BROKEN_KINDS)))
FORWARD = (*ECDHE_AEAD, *PHASE_OUT)

SSL2, SSL3, TLS10, TLS11, TLS12, TLS13 = 0x0002, 0x0300, 0x0301, 0x0302, 0x0303, 0x0304


@dataclass(frozen=True, slots=True)
class Hello:
    """A hello ready to be sent: its bytes before the random, between random and name, and after the name."""

    probe: str
    suites: Suites
    version: int
    middle: bytes  # session id, suites, compression
    extensions: bytes  # all but the name; b"" for SSL 3.0, which knows none


def _list16(values: tuple[int, ...]) -> bytes:
    return struct.pack(f">H{len(values)}H", 2 * len(values), *values)


def _extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">HH", kind, len(body)) + body


def _extensions(version: int, groups: tuple[int, ...], signatures: tuple[int, ...]) -> bytes:
    found = _extension(10, _list16(groups)) + _extension(11, b"\1\0") + _extension(5, b"\1\0\0\0\0")
    if version >= TLS12:
        found += _extension(13, _list16(signatures))
    if version == TLS13:
        # Any 32 octets are a valid X25519 share; the handshake is never finished.
        found += (
            _extension(43, b"\2\3\4")
            + _extension(51, struct.pack(">HHH", 36, 29, 32) + os.urandom(32))
            + _extension(45, b"\1\1")
        )
        return found
    return found + _extension(23, b"") + _extension(0xFF01, b"\0")


def make(
    probe: str,
    suites: Suites,
    version: int = TLS12,
    groups: tuple[int, ...] = GROUPS,
    signatures: tuple[int, ...] = SIGNATURES,
) -> Hello:
    """A hello of the highest `version` with these suites, groups and signature algorithms (numbers of IANA's registries)."""
    once = tuple(dict.fromkeys(suites))
    session = b"\x20" + os.urandom(32) if version == TLS13 else b"\0"
    compression = b"\1\0" if version == TLS13 else b"\2\1\0"
    middle = session + _list16(once if version > SSL3 else (*once, 0xFF)) + compression
    return Hello(probe, once, version, middle, _extensions(version, groups, signatures) if version > SSL3 else b"")


@cache
def standard(probe: str) -> Hello:
    """The hello of a probe as it is first sent. KeyError for a probe that only follows from an answer (`order`, `weak_next`)."""
    weak = (*SHA1_SIGNATURES, *SHA224_SIGNATURES)
    return {
        "tls12": lambda: make(probe, (*PHASE_OUT, *ECDHE_AEAD)),
        "good": lambda: make(probe, ECDHE_AEAD),
        "weak": lambda: make(probe, WEAK),
        "weak_hash": lambda: make(probe, (*FORWARD, *ECDHE_CBC_SHA1), signatures=weak),
        "sha1": lambda: make(probe, (*FORWARD, *ECDHE_CBC_SHA1), signatures=SHA1_SIGNATURES),
        "weak_groups": lambda: make(probe, (*ECDHE_AEAD, *PHASE_OUT[:4], *ECDHE_CBC_SHA1), groups=WEAK_GROUPS),
        "ccm8": lambda: make(probe, (TLS13_CCM_8,), TLS13),
        "tls11": lambda: make(probe, ANY_OLD, TLS11),
        "tls10": lambda: make(probe, ANY_OLD, TLS10),
        "ssl3": lambda: make(probe, ANY_OLD, SSL3),
    }[probe]()


def octets(hello: Hello, name: bytes, random: bytes | None = None) -> bytes:
    """The record to send: `name` is the host name in ASCII (empty: no SNI), `random` 32 octets."""
    extensions = hello.extensions
    if extensions:
        if name:
            size = len(name)
            extensions = struct.pack(">HHHBH", 0, size + 5, size + 3, 0, size) + name + extensions
        extensions = len(extensions).to_bytes(2, "big") + extensions
    version = min(hello.version, TLS12)
    body = version.to_bytes(2, "big") + (random or os.urandom(32)) + hello.middle + extensions
    size = len(body)
    # The record says TLS 1.0, as every client does: some servers refuse a newer record before they read the hello.
    return struct.pack(">BHHI", 22, min(version, TLS10), size + 4, 0x01000000 | size) + body


def ssl2_octets() -> bytes:
    """A CLIENT-HELLO of SSL 2.0 with its seven ciphers and a challenge."""
    ciphers = b"\x01\0\x80\x02\0\x80\x03\0\x80\x04\0\x80\x05\0\x80\x06\0\x40\x07\0\xc0"
    body = struct.pack(">BHHHH", 1, SSL2, len(ciphers), 0, 16) + ciphers + os.urandom(16)
    return (0x8000 | len(body)).to_bytes(2, "big") + body
