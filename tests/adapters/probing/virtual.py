"""Time that passes at once: a loop whose clock jumps to the next timer, and hosts without a socket that waste our time."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from dijkwacht.adapters.probing import gate as gate_module
from dijkwacht.adapters.probing import talk
from dijkwacht.core.consent import Allowed


class _Jump(selectors.SelectSelector):
    """Waits for nothing: what a wait would have cost is added to the clock."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose seconds take no time."""

    def __init__(self) -> None:
        self.jump = _Jump()
        super().__init__(self.jump)

    def time(self) -> float:
        return self.jump.now


def virtually(monkeypatch: pytest.MonkeyPatch, test: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Runs a test in such a loop, with the clock of the conversations on it."""
    loop = VirtualLoop()
    monkeypatch.setattr(talk.time, "monotonic", loop.time)
    monkeypatch.setattr(gate_module.time, "monotonic", loop.time)
    try:
        return loop.run_until_complete(test())
    finally:
        loop.close()


@dataclass(frozen=True)
class Manner:
    """How a host treats one connection: seconds to make it (None: never), then what it says, after how long each."""

    connects: float | None = 0.0
    says: Sequence[tuple[float, bytes]] = ()
    closes: float | None = None  # seconds after the last word; None: never


DEAD, TARPIT = Manner(connects=None), Manner()


class _Wire(asyncio.Transport):
    """A transport to nowhere."""

    def __init__(self, protocol: Any) -> None:
        super().__init__()
        self.protocol, self.closed = protocol, False

    def write(self, data: Any) -> None: ...

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    close = abort


@dataclass
class Wasteland:
    """Stands in for the gate. `manner` tells, for an address, a port and the number of the visit, how it is treated."""

    manner: Callable[[str, int, int], Manner]
    per_address: int = 4
    page: str = ""
    contact: str = ""
    came: list[tuple[str, int]] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=dict)
    most: int = 0

    def serves(self, name: str, address: str) -> None: ...

    def decision(self, host: str, address: str, *, level: int) -> Allowed:
        return Allowed("dijkstad", level, ())

    async def speaks(self, address: str) -> bool:
        return True

    async def connect(
        self, factory: Any, address: str, port: int, *, timeout: float, patience: Any = None, **_: Any
    ) -> tuple[Any, Any]:
        since = asyncio.get_running_loop().time()
        self.came.append((address, port))
        how = self.manner(address, port, len([each for each in self.came if each == (address, port)]))
        answered = how.connects is not None and how.connects < timeout
        await asyncio.sleep(how.connects if answered and how.connects else timeout if not answered else 0)
        if patience is not None:
            patience.spent(since, answered=answered)
        if not answered:
            raise TimeoutError
        protocol = factory()
        wire = _Wire(protocol)
        protocol.connection_made(wire)
        self._talks(wire, how)
        return wire, protocol

    def _talks(self, wire: _Wire, how: Manner) -> None:
        loop, at = asyncio.get_running_loop(), 0.0

        def say(data: bytes) -> None:
            if not wire.closed:
                wire.protocol.data_received(data)

        for after, data in how.says:
            at += after
            loop.call_later(at, say, data)
        if how.closes is not None:
            loop.call_later(at + how.closes, wire.abort)
