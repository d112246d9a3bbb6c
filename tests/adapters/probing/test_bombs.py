"""What is packed, or large, to make a reader burst: bounded memory and time, and the rest is still measured."""

import gzip
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.probing.lines import Authority, answer, der, says
from dijkwacht.adapters.probing import certificates
from dijkwacht.adapters.probing.http import BODY, Reader, request
from tests.adapters.probing.test_web import NAME, looked

ZEROS = 64 * 1024 * 1024


def packed(how: str) -> bytes:
    """64 MB of nothing, packed; for br, octets that no library here would unpack."""
    if how == "gzip":
        return gzip.compress(bytes(ZEROS))
    if how == "deflate":
        return zlib.compress(bytes(ZEROS))
    if how == "raw":
        raw = zlib.compressobj(wbits=-15)
        return raw.compress(bytes(ZEROS)) + raw.flush()
    if how == "twice":
        return gzip.compress(gzip.compress(bytes(ZEROS)))
    return bytes.fromhex("5b ff ff 03 00 00 00 00") * 5000


ENCODINGS = [("gzip", "gzip"), ("x-gzip", "gzip"), ("deflate", "deflate"), ("deflate", "raw"), ("gzip", "twice"),
             ("gzip, gzip", "twice"), ("br", "br"), ("zstd", "br"), ("gzip", "br")]  # fmt: skip


@pytest.mark.parametrize(("encoding", "how"), ENCODINGS)
def test_a_bomb_is_a_truncated_page(encoding: str, how: str) -> None:
    body = packed(how)
    octets = answer(body, f"Content-Encoding: {encoding}")
    reader = Reader()
    tracemalloc.start()
    since = time.process_time()
    try:
        for at in range(0, len(octets), 16_384):
            if reader.feed(octets[at : at + 16_384]):
                break
        reader.end()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert reader.status == 200
    assert len(reader.body) <= BODY
    assert peak < 8 * 1024 * 1024
    assert time.process_time() - since < 10.0


def test_nothing_is_asked_for_that_we_cannot_read() -> None:
    assert b"Accept-Encoding: gzip\r\n" in request("https://a.example/", "x")


@pytest.mark.parametrize("encoding", ["br", "zstd", "nonsense", "gzip"])
def test_what_cannot_be_unpacked_leaves_the_headers_measured(tmp_path: Path, encoding: str) -> None:
    page = answer(packed("br"), f"Content-Encoding: {encoding}", "Strict-Transport-Security: max-age=31536000")
    found, _ = looked(tmp_path, says(page))
    assert found.address.front is not None
    assert found.address.front.status == 200
    assert found.address.front.values("strict-transport-security") == ("max-age=31536000",)
    assert found.address.handshake is not None


@pytest.fixture(scope="module")
def large() -> tuple[Authority, bytes]:
    """A certificate with a key of RSA of 16384 bits: the number is random, for making a real one takes minutes."""
    authority = Authority()
    key = rsa.RSAPublicNumbers(65537, (1 << 16_383) + int.from_bytes(b"\x5a" * 2047) * 2 + 1).public_key()

    class Half:
        def public_key(self) -> rsa.RSAPublicKey:
            return key

    leaf = authority.make(NAME, Half(), issuer=authority.certificate, issuer_key=authority.key, names=[NAME])
    return authority, der(leaf)[0]


def test_a_key_of_16384_bits_is_read_and_judged(large: tuple[Authority, bytes]) -> None:
    authority, sent = large
    since = time.process_time()
    read = certificates.read(sent)
    errors = authority.trust().errors([sent, *der(authority.certificate)])
    assert (read.key, read.bits) == ("rsa", 16_384)
    assert errors == ()
    assert time.process_time() - since < 5.0


def test_a_chain_that_is_signed_with_a_large_key_costs_little(large: tuple[Authority, bytes]) -> None:
    """A signature that such a key should have made is checked, and found wrong, in no time."""
    authority, sent = large
    forged = authority.make(NAME, authority.key, issuer=None, issuer_key=authority.key, names=[NAME])
    since = time.process_time()
    assert authority.trust().errors([der(forged)[0], sent])
    assert time.process_time() - since < 5.0
