"""How much at once, and how soon again: in all, per network (/24, /48) and per address. Whoever must wait, waits in order."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class Rates:
    """Connections open at once, and the least seconds between two starts to one address."""

    total: int = 200
    per_network: int = 24
    per_address: int = 4
    gap: float = 0.05

    def shared(self, workers: int) -> "Rates":
        """The part of one of several workers, so that together they keep to these."""
        total, network, address = (max(1, each // workers) for each in (self.total, self.per_network, self.per_address))
        return Rates(total, network, address, self.gap * workers)


IN_THE_LAB = Rates(total=300, per_network=300, per_address=8, gap=0.0)
"""In a lab thousands of names share a few networks, and nobody is bothered."""
REMEMBERED = 4096
"""Addresses whose last start is kept, before those that are past their gap are forgotten."""


@dataclass(slots=True)
class _Place:
    """What is going on at one address or network; dropped when nobody is there or waits."""

    open: asyncio.Semaphore
    users: int = 0


@dataclass(slots=True)
class Pace:
    """Keeps to the rates. `enter` before a connection starts, `leave` once, when it has ended. Memory: what is open or waits."""

    rates: Rates = field(default_factory=Rates)
    now: Callable[[], float] | None = None  # seconds; the clock of the loop unless a test gives another
    _all: asyncio.Semaphore = field(init=False, repr=False)
    _places: dict[str, _Place] = field(default_factory=dict, init=False, repr=False)
    _next: dict[str, float] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Makes the one counter that everybody shares."""
        self._all = asyncio.Semaphore(self.rates.total)

    async def enter(self, address: str) -> None:
        """Waits for a turn: first at the address, then in its network, then in all, so that a slow host holds up itself only."""
        host, network = (
            self._taken(address, self.rates.per_address),
            self._taken(network_of(address), self.rates.per_network),
        )
        got: list[asyncio.Semaphore] = []
        try:
            for semaphore in (host.open, network.open, self._all):
                await semaphore.acquire()
                got.append(semaphore)
            await self._gap(address)
        except BaseException:
            for semaphore in got:
                semaphore.release()
            self._dropped(address)
            self._dropped(network_of(address))
            raise

    def leave(self, address: str) -> None:
        """Gives the turn back."""
        self._all.release()
        for key in (network_of(address), address):
            self._places[key].open.release()
            self._dropped(key)

    @property
    def busy(self) -> int:
        """Places somebody is at or waits for."""
        return len(self._places)

    async def _gap(self, address: str) -> None:
        if self.rates.gap <= 0:
            return
        now = self.now() if self.now else asyncio.get_running_loop().time()
        if len(self._next) > REMEMBERED:
            self._next = {key: moment for key, moment in self._next.items() if moment > now}
        start = max(now, self._next.get(address, 0.0))
        self._next[address] = start + self.rates.gap
        if start > now:
            await asyncio.sleep(start - now)

    def _taken(self, key: str, limit: int) -> _Place:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(asyncio.Semaphore(limit))
        place.users += 1
        return place

    def _dropped(self, key: str) -> None:
        place = self._places[key]
        place.users -= 1
        if not place.users:
            del self._places[key]


@dataclass(slots=True)
class OneAtATime:
    """A turn per key, one at a time, in order of asking."""

    _turns: dict[str, tuple[asyncio.Lock, list[int]]] = field(default_factory=dict)

    async def enter(self, key: str) -> Callable[[], None]:
        """Waits for the turn of a key; returns what must be called, once, when it has ended."""
        lock, users = self._turns.setdefault(key, (asyncio.Lock(), [0]))
        users[0] += 1
        try:
            await lock.acquire()
        except BaseException:
            self._left(key, users)
            raise

        def done() -> None:
            lock.release()
            self._left(key, users)

        return done

    def _left(self, key: str, users: list[int]) -> None:
        users[0] -= 1
        if not users[0]:
            del self._turns[key]


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """The network that shares a rate: /24 of IPv4, /48 of IPv6, as text."""
    if ":" not in address:
        return address.rpartition(".")[0] + ".*"
    return ip_address(address).exploded[:14] + ":*"
