"""The log of a worker: every connection and refusal, kept with the name that it was for, and in a file if one was asked for."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.perimeter.models import Job
from dijkwacht.apps.perimeter.services import logbook
from dijkwacht.commands.watching_desk import Clock, Desk

_BOOK: ContextVar[list[Event] | None] = ContextVar("book", default=None)
"""Of the name that is being looked at. What looks along with it, in tasks of its own, inherits it."""


def heard(event: Event) -> None:
    """Takes an event of a gate down for the name that is being looked at."""
    if (book := _BOOK.get()) is not None:
        book.append(event)


class Log:
    """The log of one worker. What it was told of a name is kept when that name is done, also when it was broken off."""

    def __init__(self, desk: Desk, worker: str, clock: Clock, file: Path | None) -> None:
        """Raises OSError when the file cannot be written: what cannot be logged is not sent."""
        self._desk, self._worker, self._clock = desk, worker, clock
        self._file: TextIO | None = file.open("a", encoding="utf-8") if file else None

    @asynccontextmanager
    async def of(self, job: Job) -> AsyncIterator[None]:
        """Takes down what is sent for a name. Raises OSError when it cannot be written."""
        book: list[Event] = []
        before = _BOOK.set(book)
        try:
            yield
        finally:
            _BOOK.reset(before)
            await self._desk.do(self._keep, job, book)

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()

    def _keep(self, job: Job, book: list[Event]) -> None:
        logbook.keep(job, book, worker=self._worker, at=self._clock())
        if self._file is None:
            return
        about = {"name": job.domain.name, "for": job.run.organisation.slug, "run": job.run_id, "worker": self._worker}
        for event in book:
            line = about | event._asdict() | {"at": event.at.isoformat()}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()
