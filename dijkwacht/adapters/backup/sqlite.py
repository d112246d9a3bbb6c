"""A copy of an SQLite database while others write to it, and back: by SQLite's own online backup, never by copying the file."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dijkwacht.adapters.backup import BackupError
from dijkwacht.adapters.backup.content import Ask

PAGES = 2048  # at a time, between which it is told how far it is
WAIT = 30.0  # seconds for another that is writing


def snapshot(source: Path, target: Path, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
    """The database as it is at one moment: who writes meanwhile waits for nothing, and what he writes is not in it.

    Raises BackupError when it cannot be read or there is no room.
    """
    try:
        with closing(_opened(source)) as database, closing(sqlite3.connect(target, isolation_level=None)) as copy:
            database.execute("BEGIN")
            database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # from here on it reads this moment
            _copy(database, copy, told)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be copied: {error}") from None


def restore(source: Path, target: Path, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
    """Puts a copy in the place of what is in the target, all of it in one transaction or nothing. Raises BackupError."""
    try:
        with closing(_fixed(source)) as copy, closing(_opened(target)) as database:
            _copy(copy, database, told)
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be written: {error}") from None


def check(path: Path) -> None:
    """Raises BackupError when this is no sound database, or when something in it could do more than hold rows."""
    try:
        with closing(_fixed(path)) as database:
            found = database.execute("PRAGMA quick_check(1)").fetchone()
            odd = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL%' LIMIT 1"
            ).fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"the database in it is not sound: {error}") from None
    if found != ("ok",):
        raise BackupError(f"the database in it is not sound: {found[0]}")
    if odd:
        raise BackupError(f"the database in it has a view or virtual table ({odd[0]}), and ours has none")


@contextmanager
def asking(path: Path, *, fixed: bool) -> Iterator[tuple[Ask, list[str]]]:
    """A way to ask a database, and its tables. ``fixed``: nobody else has it open, and nothing beside it is made."""
    try:
        with closing(_fixed(path) if fixed else _opened(path)) as database:

            def ask(sql: str) -> Iterable[tuple[Any, ...]]:
                return database.execute(sql)

            yield ask, [name for (name,) in ask(_TABLES)]
    except sqlite3.Error as error:
        raise BackupError(f"the database cannot be read: {error}") from None


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def _fixed(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise BackupError(f"there is no database at {path}")
    return sqlite3.connect(path, timeout=WAIT, isolation_level=None)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, told: Callable[[int, int], None]) -> None:
    source.backup(target, pages=PAGES, progress=lambda _status, left, of: told(of - left, of))
