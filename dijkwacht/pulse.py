"""When a command that runs by itself last did well, and how long each of its parts took: one small file per command.

Kept in the data folder and not in the database, so that it can be read when the database is what broke.
"""

import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
TICK, VERIFY, BACKUP = "tick", "trail_verify", "backup"
FOLDER = "pulse"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beat:
    """The last run of a command, or of a part of one. ``last_well``: when it last ended well; None: never yet."""

    ended: datetime
    seconds: float
    well: bool
    last_well: datetime | None
    parts: dict[str, "Beat"] = field(default_factory=dict)


class Pulse:
    """One run of a command, written down at its end. Without a folder it only measures."""

    def __init__(self, name: str, *, at: datetime, folder: Path | None = None) -> None:
        self.well = True
        self._name, self._at, self._folder = name, at, folder
        self._began = time.perf_counter()
        self._before = last(folder, name) if folder else None
        self._parts: dict[str, Beat] = dict(self._before.parts) if self._before else {}

    def part(self, name: str, deed: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``deed`` gives; how long it took is kept under ``name``, also when it raises."""
        began, well = time.perf_counter(), False
        try:
            done = deed(*args, **kwargs)
            well = True
            return done
        finally:
            self._parts[name] = self._beat(self._parts.get(name), time.perf_counter() - began, well=well)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.well = self.well and error is None
        whole = self._beat(self._before, time.perf_counter() - self._began, well=self.well)
        if self._folder is not None:
            _write(self._folder, self._name, _data(whole, self._parts))

    def _beat(self, before: Beat | None, seconds: float, *, well: bool) -> Beat:
        ended = self._at + timedelta(seconds=time.perf_counter() - self._began)
        earlier = before.last_well if before else None
        return Beat(ended, seconds, well, ended if well else earlier)


def last(folder: Path | None, name: str) -> Beat | None:
    """The last run of a command; None when there was none, or its file cannot be read."""
    if folder is None:
        return None
    try:
        return _read(json.loads((folder / FOLDER / f"{name}.json").read_text()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(data: Any) -> Beat:
    well = data["last_well"]
    return Beat(
        datetime.fromisoformat(data["ended"]), float(data["seconds"]), data["well"] is True,
        datetime.fromisoformat(well) if well else None,
        {str(name): _read(each) for name, each in data.get("parts", {}).items()},
    )  # fmt: skip


def _data(beat: Beat, parts: dict[str, Beat]) -> dict[str, Any]:
    return {
        "ended": beat.ended.isoformat(), "seconds": round(beat.seconds, 3), "well": beat.well,
        "last_well": beat.last_well and beat.last_well.isoformat(),
        "parts": {name: _data(each, {}) for name, each in parts.items()},
    }  # fmt: skip


def _write(folder: Path, name: str, data: dict[str, Any]) -> None:
    """Whole or not at all. What cannot be written is logged: the command itself has done its work."""
    path = folder / FOLDER / f"{name}.json"
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps(data, indent=1))
        draft.replace(path)
    except OSError as error:
        _log.warning("when %s last ran cannot be kept: %s", name, error.strerror)
