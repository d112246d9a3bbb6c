"""What every conversation shares: one connection through the gate, a moment by which it must end, and one result."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar, cast

Result = TypeVar("Result")

PATIENCE: Final = 4.0
"""Seconds that one question may take once the connection is there."""
PER_HOST: Final = 10.0
"""Seconds that a web address or a mail host may keep us waiting in a run, second tries included, before it is left alone."""

_FREE: Final = 1.0
"""An answer within this many seconds costs no patience, so that many quick answers do not add up."""
_GIFT: Final = 8.0
"""Seconds of such answers in all: who answers everything just in time keeps us no longer than this beside `PER_HOST`."""


@dataclass(slots=True)
class Patience:
    """How long a host may still keep us waiting, whatever it is asked. A slow connection costs as much as a slow answer."""

    left: float = PER_HOST
    each: float = PATIENCE
    free: float = _FREE
    gift: float = _GIFT
    tries: int = 1
    """First connections that may still have to be made, second tries included: something is kept for each of them."""
    given: float = 0.0
    """Seconds that were given last: whoever used them all did not answer."""

    def now(self, times: float = 1.0) -> float:
        """Seconds that the next question may take, at most so many times the usual; 0 when the host is left alone."""
        return self._worth(min(self.each * times, self.left - self._least * self.tries))

    def connecting(self) -> float:
        """Seconds that a first connection may take: an equal part of what is left, so that silence can be measured twice."""
        found = self._worth(min(self.each, self.left / max(1, self.tries)))
        self.tries = max(0, self.tries - 1)
        return found

    def reached(self) -> None:
        """Somebody is there: the second try to connect is not needed."""
        self.tries = max(0, self.tries - 1)

    @property
    def _least(self) -> float:
        """Seconds below which it is no use to wait."""
        return self.each / 8

    def _worth(self, seconds: float) -> float:
        self.given = seconds if seconds >= self._least else 0.0
        return self.given

    def spent(self, since: float, *, answered: bool = True) -> None:
        """Counts the time since a moment of `time.monotonic`, but for quick answers."""
        passed = time.monotonic() - since
        if answered and passed <= self.free and passed < 0.95 * self.given:
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

    def at_most(self, seconds: float) -> None:
        """Waits no longer than this from now: making the connection has cost some of the patience."""
        if self._timer is None:
            self.patience = min(self.patience, seconds)
            return
        loop = asyncio.get_running_loop()
        if self._timer.when() > loop.time() + seconds:
            self._timer.cancel()
            self._timer = loop.call_later(seconds, self._late)

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
