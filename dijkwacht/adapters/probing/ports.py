"""Which of the given ports answer, and the first thing they say. Level 3: this is a port scan."""

import asyncio
from collections.abc import Sequence
from typing import Final

from dijkwacht.adapters.probing.gate import Denied, Gate, reach_of
from dijkwacht.adapters.probing.http import clean
from dijkwacht.adapters.probing.talk import Talk
from dijkwacht.core.checks.observed import OpenPort

LEVEL: Final = 3
_LISTEN: Final = 2.0
"""Seconds to wait for a greeting; many services wait for the client, and say nothing."""
_CONNECT: Final = 2.0
_LONGEST: Final = 256
_AT_ONCE: Final = 8
_SILENT: Final = 32
"""After so many ports without any answer, not even a refusal, a host is left alone."""


class Greeted(Talk[bytes]):
    """Says nothing, and hears the first octets."""

    def heard(self, data: bytes) -> None:
        """The greeting."""
        self.finish(data[:_LONGEST])

    def ended(self, how: str) -> None:
        """Nothing was said."""
        self.finish(b"")


async def look_at_ports(gate: Gate, *, host: str, address: str, ports: Sequence[int]) -> tuple[OpenPort, ...]:
    """Each port in the order given, whatever came of it (`reach`)."""
    turns = asyncio.Semaphore(_AT_ONCE)
    silent = answered = 0

    async def one(port: int) -> OpenPort:
        nonlocal silent, answered
        async with turns:
            if silent >= _SILENT and not answered:
                return OpenPort(host, address, port, "not_tried")
            try:
                _, talk = await gate.connect(
                    lambda: Greeted(_LISTEN), address, port, host=host, level=LEVEL, purpose="ports", timeout=_CONNECT
                )
            except Denied:
                return OpenPort(host, address, port, "denied")
            except (TimeoutError, OSError) as error:
                reach = reach_of(error)
                silent += reach == "timeout"
                answered += reach in ("closed", "reset")
                return OpenPort(host, address, port, reach)
            answered += 1
            return OpenPort(host, address, port, "open", clean((await talk.result).decode("latin-1")))

    return tuple(await asyncio.gather(*(one(port) for port in ports)))
