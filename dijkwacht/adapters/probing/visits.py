"""Mail hosts and name servers, visited once per run however many names lead to them, and one at a time whoever visits.

Workers on one machine share a folder: a lock per host and per address (freed by the system when a worker is killed), and what was
seen as a file beside it. Elsewhere, whoever runs workers gives another `Sharing`.
"""

import asyncio
import fcntl
import json
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Generic, Protocol, TypeVar

from dijkwacht.adapters.probing.raw import RawError, restored, to_data
from dijkwacht.core.checks.observed import Certificate, MailHost

MailSeen = tuple[MailHost, dict[str, Certificate]]
"""A mail host with the certificates that it sent."""

KEPT = 10_000
POLL = 0.05
"""Seconds between two looks at a lock that another worker holds."""

_Seen = TypeVar("_Seen")


class Once(Generic[_Seen]):
    """Something that is done once per key, and awaited by all who need it. The oldest are forgotten beyond `KEPT`."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[_Seen]] = {}

    async def of(self, key: str, visit: Callable[[], Coroutine[Any, Any, _Seen]]) -> _Seen:
        """What was seen. The visit goes on when one who waits for it is broken off."""
        task = self._tasks.get(key)
        if task is None or task.cancelled():
            if len(self._tasks) >= KEPT:
                self._forget()
            task = self._tasks[key] = asyncio.get_running_loop().create_task(visit())
        return await asyncio.shield(task)

    def forget(self, key: str) -> None:
        """Forgets what was seen under a key, so that it is looked at again."""
        if (task := self._tasks.get(key)) is not None and task.done():
            del self._tasks[key]

    def _forget(self) -> None:
        for key in [key for key, task in self._tasks.items() if task.done()][: KEPT // 4]:
            del self._tasks[key]


class Sharing(Protocol):
    """How workers keep out of each other's way at a mail host, and share what they saw."""

    def held(self, keys: Iterable[str]) -> AbstractAsyncContextManager[None]:
        """Holds hosts and addresses for as long as the context lasts; waits until nobody else holds any."""
        ...

    def recalled(self, host: str) -> MailSeen | None:
        """What another worker saw of a mail host in this run."""
        ...

    def remember(self, host: str, seen: MailSeen) -> None:
        """Lets other workers know."""
        ...

    def forget(self, host: str) -> None:
        """Drops what was seen of a host: it is to be looked at again."""
        ...


class Alone:
    """One worker: the gate itself keeps mail hosts apart."""

    @asynccontextmanager
    async def held(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Nobody else holds anything."""
        yield

    def recalled(self, host: str) -> MailSeen | None:
        """Nobody else saw anything."""
        return None

    def remember(self, host: str, seen: MailSeen) -> None:
        """There is nobody to tell."""

    def forget(self, host: str) -> None:
        """There is nothing to drop."""


class Folder:
    """Workers that share a folder on one machine. The folder is for one run, and trusted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def held(self, keys: Iterable[str]) -> AsyncIterator[None]:
        """Locks, always in the same order, so that no two workers wait for each other."""
        with ExitStack() as stack:
            for key in sorted(set(keys)):
                file = stack.enter_context(self._place(key, "lock").open("a"))
                while not _locked(file):
                    await asyncio.sleep(POLL)
            yield

    def recalled(self, host: str) -> MailSeen | None:
        """Out of the file; None when there is none, or when it cannot be read."""
        try:
            data = json.loads(self._place(host, "json").read_text())
            seen: MailHost = restored(MailHost, data["host"])
            return seen, {each["sha256"]: restored(Certificate, each) for each in data["certificates"]}
        except (OSError, RawError, ValueError, KeyError, TypeError):
            return None

    def remember(self, host: str, seen: MailSeen) -> None:
        """Into a file, whole or not at all."""
        data = {"host": to_data(seen[0]), "certificates": [to_data(each) for each in seen[1].values()]}
        place = self._place(host, "json")
        new = place.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(data))
        new.replace(place)

    def forget(self, host: str) -> None:
        """Removes the file."""
        self._place(host, "json").unlink(missing_ok=True)

    def _place(self, key: str, kind: str) -> Path:
        return self._folder / f"{sha256(key.encode()).hexdigest()[:32]}.{kind}"


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
