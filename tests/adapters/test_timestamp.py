"""Time stamps over a head, from an authority that is made here with openssl; never over the network."""

import io
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dijkwacht.adapters import timestamp
from dijkwacht.adapters.checking import Expect, check
from dijkwacht.adapters.package import PackageError
from dijkwacht.adapters.timestamp import StampError
from tests.adapters.packages import packed, ring, statement

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl plays the authority")
HEAD = "cd" * 32
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {0}/serial
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""
Stamper = Callable[[bytes], bytes]


def _certificate(name: str, key: Any, issuer: str, issuer_key: Any, *, root: bool) -> bytes:
    names = {each: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer)}
    day = datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder().subject_name(names[name]).issuer_name(names[issuer]).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(day).not_valid_after(day + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
    )  # fmt: skip
    if not root:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tsa")
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "root.pem").write_bytes(_certificate("Root", root, "Root", root, root=True))
    (folder / "tsa.pem").write_bytes(_certificate("Authority", key, "Root", root, root=False))
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tsa.key").write_bytes(pem)
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder))
    return folder


@pytest.fixture
def stamp(authority: Path, tmp_path: Path) -> Stamper:
    def stamp(request: bytes) -> bytes:
        query, reply = tmp_path / "q.tsq", tmp_path / "r.tsr"
        query.write_bytes(request)
        subprocess.run(
            [OPENSSL or "", "ts", "-reply", "-config", str(authority / "tsa.cnf"), "-section", "here", "-queryfile", str(query),
             "-out", str(reply)], check=True, capture_output=True,
        )  # fmt: skip
        return reply.read_bytes()

    return stamp


def test_a_stamp_says_when(stamp: Stamper, authority: Path) -> None:
    data = stamp(timestamp.request_for(HEAD))
    found = timestamp.read(data, head=HEAD)
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert not found.trusted
    assert timestamp.read(data, head=HEAD, roots=[(authority / "root.pem").read_bytes()]).trusted


def test_a_stamp_over_another_head(stamp: Stamper) -> None:
    with pytest.raises(StampError, match="not over the head"):
        timestamp.read(stamp(timestamp.request_for("ab" * 32)), head=HEAD)


def test_an_authority_that_we_do_not_trust(stamp: Stamper) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    other = _certificate("Root", key, "Root", key, root=True)
    with pytest.raises(StampError, match="cannot be trusted"):
        timestamp.read(stamp(timestamp.request_for(HEAD)), head=HEAD, roots=[other])
    with pytest.raises(StampError, match="cannot be trusted"):
        timestamp.read(stamp(timestamp.request_for(HEAD)), head=HEAD, roots=[b"no certificate"])


@pytest.mark.parametrize("data", [b"", b"no stamp", b"\x30\x03\x02\x01\x00", bytes(timestamp.LARGEST + 1)])
def test_what_is_no_stamp(data: bytes) -> None:
    with pytest.raises(StampError):
        timestamp.read(data, head=HEAD)


def test_asking_for_one(stamp: Stamper, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: urllib.request.Request, timeout: float) -> io.BytesIO:
        assert timeout <= 10
        assert isinstance(request.data, bytes)
        return io.BytesIO(stamp(request.data))

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    assert timestamp.read(timestamp.fetch("https://tsa.example/", HEAD), head=HEAD)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://tsa.example", "tsa.example"])
def test_only_over_http(url: str) -> None:
    with pytest.raises(StampError, match="http"):
        timestamp.fetch(url, HEAD)


def test_an_authority_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_fields: Any) -> Any:
        raise urllib.error.URLError("nobody there")

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    with pytest.raises(StampError, match="did not answer"):
        timestamp.fetch("https://tsa.example/", HEAD)


def test_in_a_package(stamp: Stamper, authority: Path) -> None:
    data = packed(statement(), ring(), more={"timestamp.tsr": stamp(timestamp.request_for(HEAD))})
    root = (authority / "root.pem").read_bytes()
    found = check(data, expect=Expect(roots=[root]))
    assert found.stamp is not None
    assert found.stamp.trusted
    wrong = packed(statement(), ring(), more={"timestamp.tsr": stamp(timestamp.request_for("ab" * 32))})
    with pytest.raises(PackageError) as caught:
        check(wrong)
    assert caught.value.file == "timestamp.tsr"
