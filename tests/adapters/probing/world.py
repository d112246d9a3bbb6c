"""Servers in this process, on loopback, that count who comes; and gates to reach them with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from dijkwacht.adapters.probing.gate import Gate
from tests.adapters.probing.consenting import consent

NOON = datetime.fromisoformat("2026-05-04T12:00:00+01:00")
ANSWER = Callable[[bytes], bytes | list[bytes] | None]


def gate(*rows: dict[str, Any], at: datetime = NOON, **more: Any) -> Gate:
    """A gate of the lab at a fixed moment, with these consents; with none: for everything below `.example` on loopback."""
    rows = rows or ({"organisation": "dijkstad", "scope": ["*.example", "127.0.0.0/8", "::1"], "level": 3},)
    more = {"lab": True, "clock": lambda: at} | more
    return Gate(consents=[consent(**row) for row in rows], **more)


class Silent(asyncio.Protocol):
    """A client that says nothing, and knows whether it was let go."""

    def __init__(self) -> None:
        self.lost = asyncio.get_running_loop().create_future()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set_result(exc)


class Counter(asyncio.Protocol):
    """The server side: how many came, how many are here, and how many were here at once."""

    came = here = most = 0

    @classmethod
    def fresh(cls) -> type["Counter"]:
        """A counter that begins at nothing."""
        return type("Fresh", (cls,), {})

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        kind = type(self)
        kind.came += 1
        kind.here += 1
        kind.most = max(kind.most, kind.here)

    def connection_lost(self, exc: Exception | None) -> None:
        type(self).here -= 1


@asynccontextmanager
async def counting(address: str = "127.0.0.1") -> AsyncIterator[tuple[type[Counter], int]]:
    """A TCP server that only counts, and its port."""
    kind = Counter.fresh()
    server = await asyncio.get_running_loop().create_server(kind, address, 0)
    try:
        yield kind, server.sockets[0].getsockname()[1]
    finally:
        server.close()


class NameServer(asyncio.DatagramProtocol):
    """Answers what `answer` gives for the octets of a question: one datagram, several, or none."""

    def __init__(self, answer: ANSWER) -> None:
        self.answer, self.asked = answer, []
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.asked.append((data, addr))
        given = self.answer(data)
        for each in [given] if isinstance(given, bytes) else given or []:
            self.transport.sendto(each, addr)


@asynccontextmanager
async def name_server(answer: ANSWER, *, over_tcp: ANSWER | None = None) -> AsyncIterator[tuple[NameServer, int]]:
    """A name server on UDP, and on TCP at the same port where `over_tcp` is given."""
    loop = asyncio.get_running_loop()
    transport, talk = await loop.create_datagram_endpoint(lambda: NameServer(answer), local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    server = None
    if over_tcp is not None:

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked = await reader.readexactly(int.from_bytes(await reader.readexactly(2)))
            given = over_tcp(asked)
            if isinstance(given, bytes):
                writer.write(len(given).to_bytes(2) + given)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield talk, port
    finally:
        transport.close()
        if server is not None:
            server.close()
