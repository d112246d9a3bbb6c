"""What every conversation shares: one connection through the gate, a moment by which it must end, and one result."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

Result = TypeVar("Result")

PATIENCE: Final = 4.0
"""Seconds that one question may take once the connection is there."""
PER_ADDRESS: Final = 10.0
"""Seconds that an address may keep us waiting in all, before it is left alone."""

_FREE: Final = 1.0
"""An answer within this many seconds costs no patience, so that many quick answers do not add up."""
_GIFT: Final = 8.0
"""Seconds of such answers in all: who answers everything just in time keeps us no longer than this beside `PER_ADDRESS`."""


@dataclass(slots=True)
class Patience:
    """How long an address may still keep us waiting."""

    left: float = PER_ADDRESS
    each: float = PATIENCE
    free: float = _FREE
    gift: float = _GIFT

    def now(self) -> float:
        """Seconds that the next question may take; 0 when the address is left alone."""
        return min(self.each, self.left) if self.left >= self.each / 8 else 0.0

    def spent(self, since: float) -> None:
        """Counts the time since a moment of `time.monotonic`."""
        passed = time.monotonic() - since
        if passed <= self.free:
            given = min(passed, self.gift)
            self.gift -= given
            passed -= given
        self.left -= passed

    async def wait(self, answer: Awaitable[Result]) -> Result:
        """Waits, and counts it."""
        since = time.monotonic()
        found = await answer
        self.spent(since)
        return found


class Talk(asyncio.Protocol, Generic[Result]):
    """A conversation that ends with `finish(result)`. Subclasses say something in `said` and answer in `heard`.

    A timer and a future are all there is: no streams, no tasks, so that a connection costs little.
    """

    transport: asyncio.Transport

    def __init__(self, patience: float = PATIENCE) -> None:
        loop = asyncio.get_running_loop()
        self.result: asyncio.Future[Result] = loop.create_future()
        self.patience = patience
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Starts the timer, then the conversation."""
        self.transport = cast(asyncio.Transport, transport)
        self._timer = asyncio.get_running_loop().call_later(self.patience, self._late)
        self.begin()

    def data_received(self, data: bytes) -> None:
        """Hands on what came in, as long as somebody waits for it."""
        if not self.result.done():
            self.heard(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side closed, or we did."""
        self._stop_timer()
        if not self.result.done():
            self.ended("reset" if isinstance(exc, ConnectionError) else "closed")

    def begin(self) -> None:
        """What is said first; nothing unless a subclass does."""

    def heard(self, data: bytes) -> None:
        """Octets came in."""
        raise NotImplementedError

    def ended(self, how: str) -> None:
        """The conversation is over without a result: `how` is closed, reset or timeout. Must call `finish`."""
        raise NotImplementedError

    def finish(self, result: Result, *, keep: bool = False) -> None:
        """Gives the result, and hangs up unless the connection is kept for more."""
        self._stop_timer()
        if not self.result.done():
            self.result.set_result(result)
        if not keep:
            self.transport.abort()

    def again(self, patience: float) -> "asyncio.Future[Result]":
        """A new question on a kept connection: a new future and a new timer."""
        loop = asyncio.get_running_loop()
        self.result = loop.create_future()
        self._stop_timer()
        if self.transport.is_closing():
            self.ended("closed")
        else:
            self._timer = loop.call_later(patience, self._late)
        return self.result

    def _late(self) -> None:
        self._timer = None
        if not self.result.done():
            self.ended("timeout")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
