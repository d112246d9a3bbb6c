"""An outside of our own: one invented name with a name server and a web server on loopback, which count who comes."""

import asyncio
import os
import socket
import ssl
import threading
from collections import Counter
from datetime import datetime
from pathlib import Path
from types import TracebackType

import dns.message
import dns.rdatatype
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.adapters.probing.lines import DAY, Authority, Serve, answer, routes, says
from tests.adapters.probing.test_dns_wire import answer_to

NAME = "vergunningen-dijkstad.example"
ADDRESS = f"127.98.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"  # runs side by side do not meet
POLICY = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = (
    "Strict-Transport-Security: max-age=31536000; includeSubDomains", f"Content-Security-Policy: {POLICY}",
    "X-Frame-Options: DENY", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
)  # fmt: skip
ZONE = {
    (NAME, "SOA"): [f"ns1.{NAME}. beheer.{NAME}. 1 7200 3600 1209600 3600"],
    (NAME, "NS"): [f"ns1.{NAME}."],
    (f"ns1.{NAME}", "A"): [ADDRESS],
    (NAME, "A"): [ADDRESS],
    (NAME, "MX"): ["0 ."],
    (NAME, "TXT"): ['"v=spf1 -all"'],
    (f"_dmarc.{NAME}", "TXT"): ['"v=DMARC1; p=reject; sp=reject"'],
    (NAME, "CAA"): ['0 issue "ca.example"', f'0 iodef "mailto:beheer@{NAME}"'],
}


class Outside:
    """Its certificate expired three days ago. `came`: TCP connections by port, and questions about the name (`asked`)."""

    def __init__(self, folder: Path, *, now: datetime) -> None:
        self.came: Counter[str] = Counter()
        self.ca, self.vrps, self.routes = folder / "ca.pem", folder / "vrps.json", folder / "routes.txt"
        self._folder, self._authority = folder, Authority(now)
        self.ca.write_bytes(self._authority.root.public_bytes(Encoding.PEM))
        self.vrps.write_text('{"roas": [{"prefix": "127.0.0.0/8", "maxLength": 8, "asn": "AS64500"}]}')
        self.routes.write_text("64500 127.0.0.0/8 100\n")
        leaf, self._key = self._authority.leaf(NAME, end=-3 * DAY)
        self._context = self._serving(leaf)
        self._names = _bound(socket.SOCK_DGRAM, ADDRESS, 0)
        self.resolver = self._names.getsockname()
        self._sockets = [_bound(socket.SOCK_STREAM, ADDRESS, port) for port in (80, 443, self.resolver[1])]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> "Outside":
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def renew(self) -> None:
        """The same key gets a certificate that holds for four months."""
        leaf, _ = self._authority.leaf(NAME, self._key, end=120 * DAY)
        self._context = self._serving(leaf)

    @property
    def visits(self) -> int:
        """How often anything of it was asked or visited."""
        return sum(self.came.values())

    def _serving(self, leaf: x509.Certificate) -> ssl.SSLContext:
        made = self._authority.context(self._folder, leaf, self._key)
        made.minimum_version = ssl.TLSVersion.TLSv1_3  # below it OpenSSL offers a hash that is being phased out
        return made

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda _loop, _context: None)  # who hangs up halfway a handshake
        security = f"Contact: mailto:beheer@{NAME}\r\nExpires: {self._authority.at + 90 * DAY:%Y-%m-%dT%H:%M:%SZ}\r\n"
        site = routes({
            "/": answer(b"<!doctype html><title>Vergunningen</title>", *HEADERS),
            "/.well-known/security.txt": answer(security.encode(), *HEADERS, kind="text/plain; charset=utf-8"),
        })  # fmt: skip
        gone = answer(b"", f"Location: https://{NAME}/", status="301 Moved Permanently")
        serving = {80: says(gone), 443: site, self.resolver[1]: self._over_tcp}
        tasks = [self._loop.create_task(self._listen(each, serving)) for each in self._sockets]
        self._loop.run_until_complete(self._loop.create_datagram_endpoint(lambda: _Names(self), sock=self._names))
        self._ready.set()
        self._loop.run_forever()
        for task in tasks:
            task.cancel()
        for each in (*self._sockets, self._names):
            each.close()

    async def _listen(self, listening: socket.socket, serving: dict[int, Serve]) -> None:
        port = listening.getsockname()[1]
        while True:
            got, _ = await self._loop.sock_accept(listening)
            self.came[f"tcp {port}"] += 1
            context = self._context if port == 443 else None
            reader = asyncio.StreamReader()
            talk = asyncio.StreamReaderProtocol(reader, _quietly(serving[port]))
            self._loop.create_task(self._loop.connect_accepted_socket(lambda talk=talk: talk, got, ssl=context))

    async def _over_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readexactly(int.from_bytes(await reader.readexactly(2)))
        given = self.named(asked)
        writer.write(len(given).to_bytes(2) + given)
        await writer.drain()

    def named(self, sent: bytes) -> bytes:
        """The answer to a question, signed as a resolver would say."""
        question = dns.message.from_wire(sent).question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        if name == NAME or name.endswith(f".{NAME}"):
            self.came["asked"] += 1
        rows = "\n".join(f"{name}. 60 IN {kind} {text}" for text in ZONE.get((name, kind), []))
        known = any(key == name or key.endswith(f".{name}") for key, _kind in ZONE)
        return answer_to(sent, rows, rcode=0 if known else 3, ad=True)


class _Names(asyncio.DatagramProtocol):
    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._transport.sendto(self._outside.named(data), addr)


def _quietly(serve: Serve) -> Serve:
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    return served


def _bound(kind: socket.SocketKind, address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, kind)
    made.setblocking(False)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((address, port))
        if kind == socket.SOCK_STREAM:
            made.listen(64)
    except PermissionError:
        made.close()
        pytest.skip(f"port {port} needs root, or net.ipv4.ip_unprivileged_port_start at 80 or lower")
    return made
