"""A run over many names: a number of them at once, each handed on as soon as it was seen; what was in trouble is tried twice.

A name in trouble (silence, a connection broken off) is set aside for a while, and what did not answer is tried again: a red
verdict on one silence is no verdict. Memory is bounded: when `SET_ASIDE` observations wait, the oldest has its turn first.

A name that lasts longer than `SLOW` seconds is left to itself and another begins in its place, so that hosts that say nothing
hold up nobody else; at most `MOST_SLOW` at once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field

from dijkwacht.adapters.probing.scan import Scanner
from dijkwacht.adapters.probing.trouble import is_troubled
from dijkwacht.core.checks.observed import DomainSeen

SET_ASIDE = 200
SLOW = 2.0
MOST_SLOW = 160

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
    async with asyncio.TaskGroup() as group:
        work = _Work(scanner, iter(names), on_seen, progress, group)
        for _ in range(at_once):
            group.create_task(work.done())


@dataclass(slots=True)
class _Work:
    """What is left to do, shared by all who do it."""

    scanner: Scanner
    left: Iterator[str]
    on_seen: OnSeen
    progress: Progress
    group: asyncio.TaskGroup
    aside: deque[DomainSeen] = field(default_factory=deque)
    slow: set["asyncio.Task[None]"] = field(default_factory=set)

    async def done(self) -> None:
        """Takes one thing after another until nothing is left: what waited long enough first."""
        while True:
            if len(self.aside) >= SET_ASIDE:
                await self._for_a_while(self._second(self.aside.popleft()))
            elif (name := next(self.left, None)) is not None:
                await self._for_a_while(self._first(name))
            elif self.aside:
                await self._for_a_while(self._second(self.aside.popleft()))
            elif self.slow:
                await asyncio.wait(self.slow, return_when=asyncio.FIRST_COMPLETED)
            else:
                return

    async def _for_a_while(self, work: Coroutine[None, None, None]) -> None:
        """Waits for a piece of work, or leaves it to itself when it is slow and not too many are."""
        task = self.group.create_task(work)
        await asyncio.wait((task,), timeout=SLOW)
        if task.done():
            return
        if len(self.slow) >= MOST_SLOW:
            await asyncio.wait((task,))
            return
        self.slow.add(task)
        task.add_done_callback(self.slow.discard)

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
