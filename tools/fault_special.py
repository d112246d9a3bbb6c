"""Faults that are no kill at one step: two at once, the same twice, a clock that jumps, a database that is gone, a full disk,
and backup and restore killed at any moment. Each gives a row, or None where it cannot be tried.
"""

import os
import random
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tools import fault_work
from tools.fault_kit import AT, LATER, Place, differences, forked, looked
from tools.fault_work import TOWN, bring, tick, upload

LOCKED = 30  # seconds
AFTER = LATER + timedelta(days=1)
Row = dict[str, Any]


def _together(works: Iterable[Callable[[], Any]]) -> list[Any]:
    """All at the same time, each in a process of its own."""
    begin = time.time() + 0.3

    def waiting(work: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            time.sleep(max(0.0, begin - time.time()))
            return work()

        return run

    return [ended() for ended in [forked(waiting(each), wait=False) for each in works]]


def _once(place: Place, work: Callable[[int], Any], *, on: date, touches: Any) -> dict[str, int]:
    place.reset()
    return dict(looked(work, on=on, touches=touches).said["counts"])


def _compared(name: str, once: dict[str, int], found: Any, repeats: Iterable[str] = ()) -> list[str]:
    if "error" in found:
        return [f"{name}: {found['error']}"]
    more = {table: pair for table, pair in differences(once, found["counts"]).items() if table not in repeats}
    return [f"{name}: {each}" for each in found["wrong"]] + [
        f"{name}: {table} has {pair[1]} rows and not {pair[0]}" for table, pair in more.items()
    ]


def two_ticks(place: Place, *, rounds: int, **_more: Any) -> Row:
    """Two ticks at once, of which one may be a minute ahead."""
    once, wrong, done = _once(place, tick, on=LATER, touches=None), [], max(2, rounds // 10)
    for number in range(done):
        place.reset()
        ended = _together([lambda: tick(0), lambda: tick(0)])
        wrong += [f"round {number}: {each.said}" for each in ended if "error" in each.said]
        wrong += _compared(f"round {number}", once, looked(None, on=LATER, touches=None).said)
    return {"rounds": done, "wrong": wrong}


def twice_delivered(place: Place, *, rounds: int, **_more: Any) -> Row:
    """The same workbook by two processes at once, and a third time after that."""
    once, wrong, done = _once(place, bring, on=fault_work.ON, touches=(TOWN,)), [], max(2, rounds // 10)
    for number in range(done):
        place.reset()
        ended = _together([lambda: bring(0), lambda: bring(0)])
        wrong += [f"round {number}: {each.said}" for each in ended if "error" in each.said]
        found = looked(bring, on=fault_work.ON, touches=(TOWN,)).said
        wrong += _compared(f"round {number}", once, found, {"trail_entry"})
    return {"rounds": done, "wrong": wrong}


def clock_jumps(place: Place, **_more: Any) -> Row:
    """An hour back and a day ahead, against a clock that only went on."""
    moments = [(LATER, 0), (LATER, -1), (LATER, 0), (AFTER, -1), (AFTER, 0), (AFTER, -1), (AFTER, 0)]
    return _ticked(place, moments)


def clock_day_back(place: Place, **_more: Any) -> Row:
    """A day ahead by mistake, put right, and a day later that day comes after all."""
    return _ticked(place, [(LATER, 0), (AFTER, 0), (LATER, 1), (AFTER, 0)])


def _ticked(place: Place, moments: list[tuple[date, int]]) -> Row:
    counts = []
    for each in ([(LATER, 0), (AFTER, 0)], moments):
        place.reset()
        for day, hours in each:
            ended = forked(lambda day=day, hours=hours: tick(0, day=day, hours=hours))
            if "error" in ended.said:
                return {"rounds": 1, "wrong": [f"{day} {hours}: {ended.said}"]}
        counts.append(looked(None, on=AFTER, touches=None).said)
    return {"rounds": len(moments), "wrong": counts[0]["wrong"] + _compared("jumps", counts[0]["counts"], counts[1])}


def database_gone(place: Place, *, rounds: int, dice: random.Random) -> Row:
    """SQLite: locked by another for longer than anybody waits, and for shorter. PostgreSQL: all connections ended, many times."""
    if place.postgres:
        return _connections_ended(place, rounds=rounds, dice=dice)
    once, wrong, told = _once(place, bring, on=fault_work.ON, touches=(TOWN,)), [], ""
    for seconds in (3, LOCKED) if rounds >= 20 else (3,):
        place.reset()
        holder = forked(
            lambda seconds=seconds: _held(place, seconds), wait=False
        )  # a process of its own: locks are per process
        time.sleep(1)
        began = time.perf_counter()
        said = forked(lambda: bring(0)).said
        if seconds == LOCKED:
            told = f"{said.get('error')}, after {time.perf_counter() - began:.0f} s"
        if ("locked" in str(said.get("error"))) != (seconds == LOCKED):
            wrong.append(f"locked for {seconds} s: {said}")
        holder()
        wrong += _compared(f"{seconds} s", once, looked(bring, on=fault_work.ON, touches=(TOWN,)).said, {"trail_entry"})
    return {"rounds": 2 if rounds >= 20 else 1, "told": told, "wrong": wrong}


def _held(place: Place, seconds: int) -> None:
    with closing(sqlite3.connect(place.live / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        other.execute("ROLLBACK")


def _connections_ended(place: Place, *, rounds: int, dice: random.Random) -> Row:
    once, wrong, hit = _once(place, tick, on=LATER, touches=None), [], 0
    done = max(2, rounds // 10)
    for number in range(done):
        place.reset()
        ended = forked(lambda: tick(0), wait=False)
        time.sleep(dice.uniform(0.1, 2.0))
        place.end_connections()
        hit += "error" in ended().said
        wrong += _compared(f"round {number}", once, looked(tick, on=LATER, touches=None).said)
    return {"rounds": done, "hit": hit, "wrong": wrong}


def disk_full(place: Place, *, rounds: int, dice: random.Random) -> Row:
    """No room for a file of evidence: at every size at which it may become full."""
    once, wrong, done = _once(place, upload, on=fault_work.ON, touches=(TOWN,)), [], max(3, rounds // 10)
    for _number in range(done):
        place.reset()
        room = dice.randint(1, 700_000)

        def cramped(room: int = room) -> Any:
            # Only this file is cramped, not the database: as when evidence stands on a disk of its own.
            from dijkwacht.apps.ledger import storage

            whole = storage.put

            def put(*args: Any, **more: Any) -> Any:
                before = resource.getrlimit(resource.RLIMIT_FSIZE)
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
                try:
                    return whole(*args, **more)
                finally:
                    resource.setrlimit(resource.RLIMIT_FSIZE, before)

            storage.put = put
            return upload(0)

        said = forked(cramped).said
        left = [path for path in (place.live / "evidence").rglob("*") if path.is_file()]
        if not isinstance(said, dict) or "File too large" not in said.get("error", "") or left:
            wrong.append(f"room for {room} bytes: {said}, left {left}")
        wrong += _compared(f"{room}", once, looked(upload, on=fault_work.ON, touches=(TOWN,)).said)
    return {"rounds": done, "wrong": wrong}


def backup_killed(place: Place, *, rounds: int, dice: random.Random) -> Row:
    """Killed at any moment: there is a whole backup or none. Then one that is whole is put back, killed, and put back again."""
    place.reset()
    out, seconds = place.scratch / "whole.tar", _backup(place.scratch / "whole.tar")
    wrong, whole, done, again = [], 0, max(3, rounds // 4), 0
    for number in range(done):
        path = place.scratch / f"{number}.tar"
        _killed_after(lambda path=path: _make(path), dice.uniform(0, seconds * 1.2))
        if path.exists():
            whole += 1
            wrong += [f"backup {number}: {each}" for each in _unsound(path)]
            path.unlink()
        for left in place.scratch.glob(f".{path.name}.*"):
            shutil.rmtree(left)
    for number in range(done):
        _emptied(place)
        again += _killed_after(lambda: _put_back(out), dice.uniform(0, seconds * 4))
        said = forked(lambda: _put_back(out)).said
        fine = isinstance(said, dict) and (said.get("well") or "holds rows already" in said.get("error", ""))
        found = looked(None, on=fault_work.ON, touches=(TOWN,)).said
        wrong += ([] if fine else [f"restore {number}: {said}"]) + [
            f"restore {number}: {each}" for each in found["wrong"]
        ]
    return {"rounds": 2 * done, "whole_before_killed": whole, "restores_killed": again, "wrong": wrong}


def _make(path: Path) -> Any:
    from dijkwacht.commands.backup import backup

    return backup(path, keys=None, at=AT, told=lambda _text: None).data


def _backup(path: Path) -> float:
    began = time.perf_counter()
    forked(lambda: _make(path))
    return time.perf_counter() - began


def _put_back(path: Path) -> Any:
    from dijkwacht.commands.restoring import Asked, restore

    outcome = restore(Asked(path, None), on=fault_work.ON, at=AT, told=lambda _text: None)
    return {"well": outcome.well}


def _unsound(path: Path) -> list[str]:
    from dijkwacht.adapters.backup import BackupError, archive

    try:
        archive.check(path, "data")
    except BackupError as error:
        return [str(error)]
    return []


def _emptied(place: Place) -> None:
    """A place in which nothing was ever done."""
    shutil.rmtree(place.live)
    place.live.mkdir()
    if place.postgres:
        place.anew()
    else:
        (place.live / "db.sqlite3").touch()


def _killed_after(work: Callable[[], Any], seconds: float) -> bool:
    ended = forked(work, wait=False)
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(ended.pid, signal.SIGKILL)
    return bool(ended().killed)


FAULTS: dict[str, Callable[..., Row | None]] = {
    "two ticks": two_ticks,
    "twice": twice_delivered,
    "clock": clock_jumps,
    "day back": clock_day_back,
    "gone": database_gone,
    "full": disk_full,
    "backup": backup_killed,
}
