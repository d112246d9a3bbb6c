"""What tools/faults.py breaks things with: a fresh world per round, a process that kills itself at one step, and a look after it.

A step is a statement to the database, each side of a commit, or a file that is put on disk. Processes are forked from this
one, which has no connection of its own, and are killed with SIGKILL: nothing gets to tidy up.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
LATER = ON + timedelta(days=365)
PASSING = {"django_session", "people_cache"}  # tables in which nothing is kept that anybody would miss
Work = Callable[[int], Any]  # given how often it was tried before


@dataclass
class Place:
    """Where the world lives: a data folder, and on PostgreSQL a database; with a copy of both as they were at the start."""

    scratch: Path
    postgres: str = ""  # address of a server, ending in a slash

    @property
    def live(self) -> Path:
        return self.scratch / "live"

    @property
    def base(self) -> Path:
        return self.scratch / "base"

    def database(self, which: str) -> str:
        return f"{self.postgres}faults_{os.getpid()}_{which}" if self.postgres else ""

    def environment(self, which: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("DIJKWACHT_", "DJANGO_"))}
        return kept | {
            "DIJKWACHT_DATA": str(self.scratch / which), "DIJKWACHT_TIME_MACHINE": "1", "DATABASE_URL": self.database(which),
            "DJANGO_SETTINGS_MODULE": "dijkwacht.settings", "PYTHONPATH": str(ROOT), "DIJKWACHT_LANGUAGE": "en",
        }  # fmt: skip

    def make(self) -> None:
        """The demo world, once."""
        if self.postgres:
            self._sql(f'DROP DATABASE IF EXISTS "{self._name("base")}"', f'CREATE DATABASE "{self._name("base")}"')
        subprocess.run(
            [sys.executable, "-m", "dijkwacht.cli", "demo", "--on", str(ON)], env=self.environment("base"), check=True,
            stdout=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        if not self.postgres:
            with closing(sqlite3.connect(self.base / "db.sqlite3")) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def reset(self) -> None:
        """The world as it was at the start."""
        shutil.rmtree(self.live, ignore_errors=True)
        shutil.copytree(self.base, self.live)
        if self.postgres:
            live, base = self._name("live"), self._name("base")
            self._sql(f'DROP DATABASE IF EXISTS "{live}" WITH (FORCE)', f'CREATE DATABASE "{live}" TEMPLATE "{base}"')

    def anew(self) -> None:
        """A database in which nothing was ever made."""
        live = self._name("live")
        self._sql(f'DROP DATABASE IF EXISTS "{live}" WITH (FORCE)', f'CREATE DATABASE "{live}"')

    def clear(self) -> None:
        if self.postgres:
            self._sql(*(f'DROP DATABASE IF EXISTS "{self._name(each)}" WITH (FORCE)' for each in ("live", "base")))

    def end_connections(self) -> None:
        """The server lets go of everybody in this database."""
        self._sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name('live')}'"  # our own name
        )

    def _name(self, which: str) -> str:
        return self.database(which).rpartition("/")[2]

    def _sql(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.postgres}postgres", autocommit=True) as connection:
            for each in statements:
                connection.execute(each)  # type: ignore[call-overload]


@dataclass
class Steps:
    """Counts steps; at the step ``fatal`` the process kills itself. None: it lives."""

    fatal: int | None = None
    taken: int = 0
    armed: bool = False

    def step(self) -> None:
        self.taken += 1
        if self.taken == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(steps: Steps) -> None:
    """Every statement, commit and file of this process is a step from now on."""
    from django.db import connection

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        steps.step()
        return execute(sql, params, many, context)

    def around(original: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any) -> Any:
            steps.step()
            done = original(*args)
            steps.step()
            return done

        return stepped

    steps.armed = True
    connection.execute_wrappers.append(statement)
    connection._commit = around(connection._commit)
    os.fsync = around(os.fsync)


@dataclass
class Ended:
    """How a process ended: killed, or what it said."""

    killed: bool
    said: Any = None


def forked(work: Callable[[], Any], *, wait: bool = True) -> Any:
    """Runs work in a process of its own; gives how it ended, or with ``wait`` False a way to ask that later."""
    from django.db import connections

    connections.close_all()
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _in_child(work, theirs)
    os.close(theirs)

    def ended() -> Ended:
        with os.fdopen(ours) as pipe:
            text = pipe.read()
        status = os.waitpid(child, 0)[1]
        return Ended(os.WIFSIGNALED(status), json.loads(text) if text else None)

    ended.pid = child  # type: ignore[attr-defined]
    return ended() if wait else ended


def _in_child(work: Callable[[], Any], pipe: int) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    if "FAULTS_LOUD" not in os.environ:
        os.dup2(quiet, 2)  # mails and warnings of the world go there
    code = 0
    try:
        said: Any = work()
    except Exception as error:
        said, code = {"error": f"{type(error).__name__}: {error}"}, 1
    with suppress(BrokenPipeError), os.fdopen(pipe, "w") as out:
        json.dump(said, out, default=str)
    os._exit(code)


def killed_at(work: Work, step: int | None) -> Ended:
    """Runs work, killed at that step; without one it says how many steps it took."""
    steps = Steps(step)

    def armed() -> Any:
        arm(steps)
        work(0)
        return steps.taken

    return forked(armed)


def looked(work: Work | None, *, on: date, touches: Iterable[str] | None, whole_first: bool = True) -> Any:
    """In a process of its own: every chain, then the work again to its end, then everything that can be verified."""

    def look() -> dict[str, Any]:
        from dijkwacht.apps.people.models import Organisation
        from dijkwacht.apps.trail import queries
        from dijkwacht.commands.verifying import verify

        wrong = []
        if whole_first:
            wrong += [f"chain of {each.slug}" for each in Organisation.objects.all() if queries.verify(each)]
            wrong += _unsound()
        if work is not None:
            work(1)
        chosen = [None] if touches is None else list(Organisation.objects.filter(slug__in=touches))
        for each in chosen:
            found = verify(each, on=on, at=AT)
            if not found.well:
                wrong += [line for line in found.lines if "whole," not in line]
        return {"wrong": wrong + _unsound() + _doubled(), "counts": counts()}

    return forked(look)


def _unsound() -> list[str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        loose = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return ([] if sound == "ok" else [sound]) + [f"loose row in {each[0]}" for each in loose]


def _doubled() -> list[str]:
    """What may be there once only, and no rule of the database says so."""
    from django.db.models import Count

    from dijkwacht.apps.incidents.models import Alert
    from dijkwacht.apps.ledger.models import Fact

    standing = Fact.objects.filter(superseded_at__isnull=True)
    same = ("organisation", "subject", "fact_type", "valid_from", "said_by", "person", "origin")
    facts = standing.values(*same).annotate(n=Count("pk")).filter(n__gt=1).count()
    alerts = Alert.objects.values("clock", "mark", "person").annotate(n=Count("pk")).filter(n__gt=1).count()
    return [f"{facts} facts twice"] * bool(facts) + [f"{alerts} warnings twice"] * bool(alerts)


def counts() -> dict[str, int]:
    """Rows per table."""
    from django.apps import apps

    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {name: model._default_manager.count() for name, model in sorted(tables.items()) if name not in PASSING}


def differences(one: dict[str, int], other: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Tables of which the number of rows differs."""
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}
