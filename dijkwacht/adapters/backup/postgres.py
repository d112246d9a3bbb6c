"""A copy of a PostgreSQL database by pg_dump, and back by pg_restore; both must be there and know the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from dijkwacht.adapters.backup import BackupError
from dijkwacht.adapters.backup.content import Ask

CHUNK = 2000  # rows in memory at a time
_LIBPQ = (
    "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service", "connect_timeout", "target_session_attrs",
)  # fmt: skip
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_ROUTINES = """
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema()
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


class Server:
    """A database on a server, as Django's settings name it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        options = settings.get("OPTIONS") or {}
        given = {
            "dbname": settings["NAME"], "user": settings.get("USER"), "host": settings.get("HOST"),
            "port": settings.get("PORT"), **{key: options.get(key) for key in _LIBPQ},
        }  # fmt: skip
        self._where = make_conninfo(**{key: value for key, value in given.items() if value})
        self._password = str(settings.get("PASSWORD") or "")

    def connect(self) -> psycopg.Connection[Any]:
        """A connection. Raises BackupError."""
        try:
            return psycopg.connect(self._where, password=self._password or None, autocommit=True)
        except psycopg.Error as error:
            raise BackupError(f"no database: {_line(str(error))}") from None

    @contextmanager
    def asking(self) -> Iterator[tuple[Ask, list[str], str, int]]:
        """A way to ask, the tables, the name of the moment that is seen, and the major version of the server.

        All answers are of one moment, and pg_dump can be told to dump that moment.
        """
        try:
            with self.connect() as connection:
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                moment = _one(connection, "SELECT pg_export_snapshot()")

                asked = count(1)

                def ask(query: str) -> Iterable[tuple[Any, ...]]:
                    with connection.cursor(
                        name=f"ask{next(asked)}"
                    ) as cursor:  # on the server: rows come a few at a time
                        cursor.itersize = CHUNK
                        yield from cursor.execute(query)

                tables = [name for (name,) in ask(_TABLES)]
                yield ask, tables, moment, connection.info.server_version // 10000
                connection.execute("COMMIT")
        except psycopg.Error as error:
            raise BackupError(f"the database cannot be read: {_line(str(error))}") from None

    def dump(self, target: Path, *, moment: str, server: int) -> None:
        """Writes the database as it was at that moment. Raises BackupError: no pg_dump, one older than the server, no room."""
        tool = _tool("pg_dump", server)
        self._run(tool, "--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}", f"--file={target}")

    def restore(self, source: Path, *, server: int) -> None:
        """Puts a dump back in one transaction: all of it or nothing. Raises BackupError."""
        tool = _tool("pg_restore", server)
        self.clear()
        self._run(
            tool, "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", str(source), option="--dbname"
        )

    def clear(self) -> None:
        """Takes away tables and functions; only where nobody has put rows."""
        with self.connect() as connection, connection.transaction():
            for (name,) in connection.execute(_TABLES).fetchall():
                connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))
            for (name,) in connection.execute(_ROUTINES).fetchall():
                connection.execute(sql.SQL("DROP ROUTINE IF EXISTS {} CASCADE").format(sql.SQL(name)))

    def _run(self, tool: str, *arguments: str, option: str = "--dbname") -> None:
        """The password goes by the environment: a command line can be read by everybody on the machine."""
        environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": self._password} if self._password else {})}
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [tool, option, self._where, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{Path(tool).name} stopped: {_line(done.stderr)}")


def _tool(name: str, server: int) -> str:
    """Where a program is. Raises BackupError when it is not there or older than the server, which it then does not understand."""
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} is not there; install the client programs of PostgreSQL {server} (postgresql-client-{server})"
        )
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    version = re.search(r"(\d+)(\.\d+)?\D*", told.partition(")")[2])
    if version is None:
        raise BackupError(f"{name} does not tell its version")
    if int(version[1]) < server:
        raise BackupError(
            f"{name} is of PostgreSQL {version[1]} and the server is PostgreSQL {server}: "
            f"install the client programs of {server} (postgresql-client-{server})"
        )
    return found


def _one(connection: psycopg.Connection[Any], query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0] if row else "")


def _line(text: str) -> str:
    return " ".join(text.split())[:300] or "no further word"
