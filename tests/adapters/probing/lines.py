"""A gate that only reaches loopback, certificates of an invented authority, and servers that say what a test wants."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import Denied

AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class LoopGate:
    """Stands in for the gate: every address is loopback, ports are mapped to those of the servers of the test."""

    page, contact = "https://dijkwacht.example/about", "security@dijkwacht.example"

    def __init__(self, ports: dict[int, int], denied: Sequence[str] = ()) -> None:
        self.ports, self.denied = ports, denied
        self.asked: list[tuple[str, int, int, str]] = []  # host, port, level, purpose
        self.open = self.most = 0
        self.counts: Counter[str] = Counter()

    async def connect(
        self,
        factory: Callable[[], Any],
        address: str,
        port: int,
        *,
        host: str,
        level: int,
        purpose: str,
        timeout: float = 4.0,
        patience: Any = None,
    ) -> tuple[Any, Any]:
        """As the gate does it."""
        self.asked.append((host, port, level, purpose))
        if host in self.denied:
            raise Denied("no_consent")
        if port not in self.ports:
            raise ConnectionRefusedError
        protocol = factory()
        lost = protocol.connection_lost

        def connection_lost(error: Exception | None) -> None:
            self.open -= 1
            lost(error)

        protocol.connection_lost = connection_lost
        transport, _ = await asyncio.get_running_loop().create_connection(
            lambda: protocol, "127.0.0.1", self.ports[port]
        )
        self.open += 1
        self.most = max(self.most, self.open)
        return transport, protocol


@asynccontextmanager
async def server(serve: Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server on loopback; gives its port."""

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(quietly, "127.0.0.1", 0, ssl=context)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()


def says(*answers: bytes, close: bool = True) -> Serve:
    """Answers each request with the next answer; with the last one when they are used up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        if not close:
            await reader.read()

    return serve


def routes(pages: dict[str, bytes]) -> Serve:
    """Answers by path, and keeps the connection; 404 for the rest."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            host = head.lower().split(b"host: ")[1].split(b"\r\n")[0].decode()
            path = head.split(b" ")[1].decode()
            writer.write(pages.get(host + path) or pages.get(path) or answer(b"", status="404 Not Found"))
            await writer.drain()

    return serve


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """An answer of HTTP/1.1."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(test: Coroutine[Any, Any, Any]) -> Any:
    """Runs a test that talks."""
    return asyncio.run(test)


class Authority:
    """A root and an intermediate, and leaves under it; `at`: the moment from which they count."""

    def __init__(self, at: datetime = AT) -> None:
        self.at = at
        self.root_key, self.key, self.other_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
        self.root = self.make("Root", self.root_key, ca=True)
        self.certificate = self.make("Issuing", self.key, issuer=self.root, issuer_key=self.root_key, ca=True)
        self.other = self.make("Other", self.other_key, ca=True)

    def make(
        self,
        name: str,
        key: Any,
        *,
        issuer: x509.Certificate | None = None,
        issuer_key: Any = None,
        names: Sequence[str] = (),
        ca: bool = False,
        start: timedelta = -30 * DAY,
        end: timedelta = 200 * DAY,
        extra: Sequence[x509.ExtensionType] = (),
        usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.SERVER_AUTH,
    ) -> x509.Certificate:
        """A certificate; signed by itself without an issuer."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at + start)
            .not_valid_after(self.at + end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if names:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), False)
        if not ca and usage is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([usage]), False)
        for each in extra:
            made = made.add_extension(each, False)
        return made.sign(issuer_key or key, hashes.SHA256())

    def leaf(self, name: str = "www.dijkstad.example", key: Any = None, **fields: Any) -> tuple[x509.Certificate, Any]:
        """A leaf of the intermediate, with its key."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        return self.make(name, key, issuer=self.certificate, issuer_key=self.key, names=[name], **fields), key

    def trust(self) -> Trust:
        """Trust in the root."""
        return Trust(self.root.public_bytes(serialization.Encoding.PEM), self.at)

    def context(self, folder: Path, leaf: x509.Certificate, key: Any) -> ssl.SSLContext:
        """A server context with a leaf and the intermediate."""
        pem = serialization.Encoding.PEM
        file = folder / f"{leaf.serial_number}.pem"
        file.write_bytes(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + leaf.public_bytes(pem)
            + self.certificate.public_bytes(pem)
        )
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(file)
        made.set_ciphers("ECDHE+AESGCM")
        return made


def der(*certificates: x509.Certificate) -> list[bytes]:
    """The certificates as they are sent."""
    return [each.public_bytes(serialization.Encoding.DER) for each in certificates]
