"""What workers on many machines have in common: the database, and leases by which they keep out of each other's way."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connections

from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.pace import network_of
from dijkwacht.adapters.probing.visits import MailSeen
from dijkwacht.apps.perimeter.services import leasing
from dijkwacht.core.consent import Allowed

VISITOR = 2
KEPT = timedelta(hours=1)
"""How long a mail host that many names share is not visited again."""
MOST_KEPT = 20_000

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
Visits = dict[str, tuple[datetime, MailSeen]]


class Desk:
    """The database, from one thread of its own: the loop that talks to the network never waits for it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "desk")

    async def do(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the deed gives, done in its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(deed, *args, **kwargs))

    async def close(self) -> None:
        """Closes the connections of the thread, and ends it."""
        await self.do(connections.close_all)
        self._thread.shutdown()


class Leases:
    """Leases of one worker; each visit is a holder of its own."""

    def __init__(self, desk: Desk, worker: str, clock: Clock) -> None:
        self.clock = clock
        self._desk, self._worker, self._visits = desk, worker, 0

    @asynccontextmanager
    async def all_of(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Holds all of these; waits until nobody else holds any."""
        names, holder = list(keys), self._visit()
        tries = 0
        while not await self._desk.do(leasing.take, names, holder=holder, at=self.clock()):
            tries += 1
            await _a_while(tries)
        try:
            yield
        finally:
            await self._desk.do(leasing.release, names, holder=holder)

    @asynccontextmanager
    async def place_at(self, address: str) -> AsyncIterator[None]:
        """Holds one of the places at the network of an address."""
        place, holder = f"net:{network_of(address)}", self._visit()
        tries = 0
        while not (key := await self._desk.do(leasing.take_slot, place, holder=holder, at=self.clock())):
            tries += 1
            await _a_while(tries)
        try:
            yield
        finally:
            await self._desk.do(leasing.release, [key], holder=holder)

    async def extend(self) -> None:
        """What is held stays held."""
        await self._desk.do(leasing.extend, holder=self._worker, at=self.clock())

    async def give_all_back(self) -> None:
        """Nothing of this worker is held any more."""
        await self._desk.do(leasing.release_all, holder=self._worker)

    def _visit(self) -> str:
        self._visits += 1
        return f"{self._worker}/{self._visits}"


async def _a_while(tries: int) -> None:
    """Longer and longer, to a second: names that wait for long must not keep the database busy."""
    await asyncio.sleep(min(0.1 * 1.3 ** min(tries, 12), 1.0) * (0.5 + random.random()))  # noqa: S311  # not in step


class Shared:
    """Mail hosts: one worker at a time, over all machines; what this worker saw is used again for an hour, within consent.

    `since`: nothing from before that moment is used again; what was asked for now must see what was mended just now.
    """

    def __init__(self, leases: Leases, gate: Gate, seen: Visits, *, since: datetime | None = None) -> None:
        self._leases, self._gate, self._seen, self._since = leases, gate, seen, since

    @asynccontextmanager
    async def held(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Holds a mail host and its addresses."""
        async with self._leases.all_of(f"mail:{key}" for key in keys):
            yield

    def recalled(self, host: str) -> MailSeen | None:
        """What was seen within the hour, for another organisation too where this one could have measured it itself."""
        at, seen = self._seen.get(host, (None, None))
        if at is None or seen is None or at < (self._since or self._leases.clock() - KEPT):
            return None
        each = [self._gate.decision(host, address.address, level=VISITOR) for address in seen[0].addresses]
        return seen if all(isinstance(decision, Allowed) for decision in each) else None

    def remember(self, host: str, seen: MailSeen) -> None:
        """Keeps it; the oldest go first. What one organisation was refused, another may be allowed: that is not kept."""
        if any(each.smtp in ("denied", "not_tried") for each in seen[0].addresses):
            return
        self._seen.pop(host, None)
        self._seen[host] = (self._leases.clock(), seen)
        while len(self._seen) > MOST_KEPT:
            del self._seen[next(iter(self._seen))]

    def forget(self, host: str) -> None:
        """It is to be looked at again."""
        self._seen.pop(host, None)
