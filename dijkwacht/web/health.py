"""Whether this process can serve: database, tables, packs, data folder. Words for machines, nothing for strangers."""

import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler

from dijkwacht.norms.read import norms_on
from dijkwacht.web.clock import real_today

PATIENCE = 2
"""Seconds that the database gets to answer."""
KEPT = 2.0
"""Seconds for which the outcome is kept, so that whoever asks a thousand times a second costs no more than one."""
TABLE = "django_migrations"
_Outcome = dict[str, bool]


def brief_connection(seconds: int = PATIENCE) -> BaseDatabaseWrapper:
    """A connection of its own to the database, that gives up soon. The caller closes it."""
    chosen = connections["default"].settings_dict
    options = dict(chosen["OPTIONS"])
    if chosen["ENGINE"] == "django.db.backends.sqlite3":
        options["timeout"] = seconds
    else:
        options["connect_timeout"] = seconds
        options["options"] = f"{options.get('options', '')} -c statement_timeout={seconds * 1000}".strip()
    handler = ConnectionHandler({"default": {**chosen, "OPTIONS": options, "CONN_MAX_AGE": 0, "TEST": {}}})
    return handler["default"]


@cache
def _wanted() -> tuple[tuple[tuple[str, str], frozenset[tuple[str, str]]], ...]:
    """The last migration of every app, and what it stands for if it replaces others."""
    loader = MigrationLoader(None)
    return tuple((leaf, frozenset(loader.graph.nodes[leaf].replaces)) for leaf in loader.graph.leaf_nodes())


def applied(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The migrations that the database has had, asked over this very connection: Django's recorder takes the one of the site."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(app, name) for app, name in cursor.fetchall()}


def missing_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """The last migrations of the code that the database has not had. More than the code knows does no harm."""
    had = applied(connection)
    return [
        ".".join(leaf) for leaf, stands_for in _wanted() if leaf not in had and not (stands_for and stands_for <= had)
    ]


class Readiness:
    """Looks, and keeps what it found for a moment."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer, self._lock = timer, threading.Lock()
        self._until, self._found = float("-inf"), _Outcome()

    def outcome(self) -> _Outcome:
        """Each check by its name, and whether it is well."""
        with self._lock:
            if self._timer() >= self._until:
                self._found = look()
                self._until = self._timer() + KEPT
            return dict(self._found)


def look() -> _Outcome:
    """All checks, now."""
    database, migrations = _database()
    return {"database": database, "migrations": migrations, "packs": _packs(), "data": writable(settings.DATA_DIR)}


def _database() -> tuple[bool, bool]:
    connection = None
    try:
        connection = brief_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True, not missing_migrations(connection)
    except Exception:  # noqa: BLE001, RUF100 - whatever it is: not ready
        return False, False
    finally:
        if connection is not None:
            connection.close()


def _packs() -> bool:
    try:
        return bool(norms_on(real_today()).requirements)
    except Exception:  # noqa: BLE001, RUF100 - whatever it is: not ready
        return False


def writable(folder: Path) -> bool:
    """Whether a file can be written there, down to its last octet: a full disk lets one make a file and no more."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError:
        return False
    return True


READINESS = Readiness()
