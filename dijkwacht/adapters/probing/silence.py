"""Hosts that say nothing: how long one may keep us waiting in a run, and what is taken as known of an address after two visits.

Hundreds of names can lead to one dead address. Whoever is told so by two visits does not go there a third time, so that such an
address costs a run its patience twice, and not once per name. It is known for `KNOWN` seconds.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from dijkwacht.adapters.probing.pace import Room
from dijkwacht.adapters.probing.talk import Patience

KNOWN: Final = 600.0
KEPT: Final = 10_000
"""Hosts whose patience, and addresses whose silence, is kept; the oldest are forgotten."""
_VISITS: Final = 2

_Seen = TypeVar("_Seen")


@dataclass(slots=True)
class _Place:
    room: Room
    users: int = 0


@dataclass(frozen=True, slots=True)
class _Mute(Generic[_Seen]):
    seen: _Seen
    visits: int
    at: float  # by the clock of the loop


class Silence(Generic[_Seen]):
    """What is known of addresses that say nothing. `at_once`: visits to one address side by side."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._places: dict[str, _Place] = {}
        self._mute: dict[str, _Mute[_Seen]] = {}
        self._patience: dict[str, Patience] = {}

    @asynccontextmanager
    async def place(self, address: str) -> AsyncIterator[_Seen | None]:
        """Waits for a place at an address. Gives what is known of it, when two visits found it silent."""
        place = self._places.setdefault(address, _Place(Room(self._at_once)))
        place.users += 1
        try:
            await place.room.take()
            try:
                yield self._known(address)
            finally:
                place.room.give()
        finally:
            place.users -= 1
            if not place.users:
                del self._places[address]

    def told(self, address: str, seen: _Seen, *, mute: bool) -> None:
        """Notes what a visit found."""
        before = self._mute.pop(address, None)
        if mute:
            visits = before.visits + 1 if before is not None else 1
            self._mute[address] = _Mute(seen, visits, asyncio.get_running_loop().time())
            _bounded(self._mute)

    def patience(self, host: str, tries: int) -> Patience:
        """The patience with a host: the same for every visit of the run. `tries`: first connections, second tries included."""
        if (found := self._patience.get(host)) is None:
            found = self._patience[host] = Patience(tries=tries)
            _bounded(self._patience)
        return found

    def answered(self, host: str) -> None:
        """A host gave no trouble: its patience is not needed any more."""
        self._patience.pop(host, None)

    def _known(self, address: str) -> _Seen | None:
        found = self._mute.get(address)
        if found is None or found.visits < _VISITS:
            return None
        return found.seen if asyncio.get_running_loop().time() - found.at < KNOWN else None


def _bounded(kept: dict[str, object] | dict[str, Patience] | dict[str, _Mute[_Seen]]) -> None:
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
