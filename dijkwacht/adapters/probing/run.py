"""A run over many names: a number of them at once, each handed on as soon as it was seen; what was in trouble is tried twice.

A name in trouble (silence, a connection broken off) is set aside for a while, and what did not answer is tried again: a red
verdict on one silence is no verdict. Memory is bounded: when `SET_ASIDE` observations wait, the oldest has its turn first.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dijkwacht.adapters.probing.scan import Scanner
from dijkwacht.adapters.probing.trouble import is_troubled
from dijkwacht.core.checks.observed import DomainSeen

SET_ASIDE = 200

OnSeen = Callable[[DomainSeen], None]


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    total: int
    seen: int = 0
    twice: int = 0  # tried a second time
    mended: int = 0  # of those: answered the second time
    busy: set[str] = field(default_factory=set)


async def run(
    scanner: Scanner, names: Iterable[str], on_seen: OnSeen, *, progress: Progress, at_once: int = 40
) -> None:
    """Looks at all names. `on_seen` gets one observation of every name; what it raises ends the run."""
    work = _Work(scanner, iter(names), on_seen, progress)
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work.done())


@dataclass(slots=True)
class _Work:
    """What is left to do, shared by all who do it."""

    scanner: Scanner
    left: Iterator[str]
    on_seen: OnSeen
    progress: Progress
    aside: deque[DomainSeen] = field(default_factory=deque)

    async def done(self) -> None:
        """Takes one thing after another until nothing is left: what waited long enough first."""
        while True:
            if len(self.aside) >= SET_ASIDE:
                await self._second(self.aside.popleft())
            elif (name := next(self.left, None)) is not None:
                await self._first(name)
            elif self.aside:
                await self._second(self.aside.popleft())
            else:
                return

    async def _first(self, name: str) -> None:
        self.progress.busy.add(name)
        seen = await self.scanner.look(name)
        self.progress.busy.discard(name)
        if is_troubled(seen):
            self.aside.append(seen)
        else:
            self._handed_on(seen)

    async def _second(self, seen: DomainSeen) -> None:
        self.progress.busy.add(seen.name)
        again = await self.scanner.mended(seen)
        self.progress.busy.discard(seen.name)
        self.progress.twice += 1
        self.progress.mended += again is not seen and not is_troubled(again)
        self._handed_on(again)

    def _handed_on(self, seen: DomainSeen) -> None:
        self.progress.seen += 1
        self.on_seen(seen)
