"""Whether a name server answers: one NS question over UDP, the way any resolver asks it (level 1)."""

import asyncio
import secrets

from dijkwacht.adapters.probing import dns_wire
from dijkwacht.adapters.probing.gate import Denied, Gate, reach_of
from dijkwacht.core.checks.observed import NameServerAddress, Reach

WAITS = (1.5, 2.5)
"""Seconds to wait for an answer, per try."""


async def look_at_server(
    gate: Gate, *, host: str, address: str, zone: str, waits: tuple[float, ...] = WAITS
) -> NameServerAddress:
    """Asks a name server for the NS records of a zone. Any answer to the question will do: the zone is judged elsewhere."""
    try:
        section = dns_wire.question(zone, "NS")
        transport, talk = await gate.datagram(
            lambda: _Question(section), address, 53, host=zone, level=1, purpose="name_server"
        )
    except (Denied, OSError, dns_wire.MalformedError) as error:
        return NameServerAddress(host, address, reach_of(error))
    try:
        return NameServerAddress(host, address, await _answered(transport, talk, waits))
    finally:
        transport.close()


async def _answered(transport: asyncio.DatagramTransport, talk: "_Question", waits: tuple[float, ...]) -> Reach:
    for seconds in waits:
        transport.sendto(talk.message)
        done, _ = await asyncio.wait([talk.reach], timeout=seconds)
        if done:
            return talk.reach.result()
    return "timeout"


class _Question(asyncio.DatagramProtocol):
    """One question, until it is answered or the other side turns out not to be there."""

    def __init__(self, section: bytes) -> None:
        self._number, self._section = secrets.randbelow(65536), section
        self.message = dns_wire.message(self._number, section)
        self.reach: asyncio.Future[Reach] = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: object) -> None:
        if dns_wire.answers(data, self._number, self._section):
            self._end("open")

    def error_received(self, exc: Exception) -> None:
        self._end(reach_of(exc))

    def _end(self, reach: Reach) -> None:
        if not self.reach.done():
            self.reach.set_result(reach)
