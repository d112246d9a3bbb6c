"""How much at once, and how soon again: in all, per network (/24, /48) and per address. Whoever must wait, waits in order."""

import asyncio
from collections import deque
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
class Room:
    """So many places; whoever finds none waits in order. Costs nothing while there is room: connections come by the thousand."""

    free: int
    _waiting: deque["asyncio.Future[None]"] = field(default_factory=deque)

    def taken(self) -> bool:
        """Takes a place at once; False when one must wait for it."""
        if self.free <= 0:
            return False
        self.free -= 1
        return True

    async def take(self) -> None:
        """Takes a place, as soon as there is one."""
        if self.taken():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it was ours already
                self.give()
            raise

    def give(self) -> None:
        """Gives a place back: to the first who waits, so that nobody can come in between."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1


@dataclass(slots=True)
class _Place:
    """What is going on at one address or network; dropped when nobody is there or waits."""

    open: Room
    users: int = 0


@dataclass(slots=True)
class Pace:
    """Keeps to the rates. `enter` before a connection starts, `leave` once, when it has ended. Memory: what is open or waits."""

    rates: Rates = field(default_factory=Rates)
    now: Callable[[], float] | None = None  # seconds; the clock of the loop unless a test gives another
    _all: Room = field(init=False, repr=False)
    _places: dict[str, _Place] = field(default_factory=dict, init=False, repr=False)
    _next: dict[str, float] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Makes the one counter that everybody shares."""
        self._all = Room(self.rates.total)

    def entered(self, address: str) -> bool:
        """Takes a turn when nobody has to be waited for; False when `enter` must."""
        places, rates = self._places, self.rates
        network = network_of(address)
        for key in (address, network):
            if (place := places.get(key)) is not None and place.open.free <= 0:
                return False
        if rates.gap > 0 or not self._all.taken():
            return False
        self._taken(address, rates.per_address).open.taken()
        self._taken(network, rates.per_network).open.taken()
        return True

    async def enter(self, address: str) -> None:
        """Waits for a turn: first at the address, then in its network, then in all, so that a slow host holds up itself only."""
        host, network = (
            self._taken(address, self.rates.per_address),
            self._taken(network_of(address), self.rates.per_network),
        )
        got: list[Room] = []
        try:
            for room in (host.open, network.open, self._all):
                await room.take()
                got.append(room)
            await self._gap(address)
        except BaseException:
            for room in got:
                room.give()
            self._dropped(address)
            self._dropped(network_of(address))
            raise

    def leave(self, address: str) -> None:
        """Gives the turn back."""
        self._all.give()
        for key in (network_of(address), address):
            self._places[key].open.give()
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
            place = self._places[key] = _Place(Room(limit))
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
