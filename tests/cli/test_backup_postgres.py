"""dijkwacht backup and restore on PostgreSQL: there and back, what is refused, and the programs it needs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dijkwacht.adapters.backup import BackupError, postgres
from tests.cli.test_backup import ROOT, WRITER, asked, data_of, exports, files, make
from tests.cli.test_killed import environment

SERVER = "postgres://postgres@127.0.0.1:5432/"
NAMES = ("here", "there")


@pytest.fixture(scope="module")
def databases() -> Iterator[dict[str, str]]:
    """Two empty databases; skipped without a server, or without its programs."""
    try:
        owner = psycopg.connect(f"{SERVER}postgres", connect_timeout=2, autocommit=True)
        postgres._tool("pg_dump", owner.info.server_version // 10000)
        postgres._tool("pg_restore", owner.info.server_version // 10000)
    except (psycopg.OperationalError, BackupError) as error:
        pytest.skip(str(error))
    made = {each: f"backup_{os.getpid()}_{each}" for each in NAMES}
    with owner:
        for name in made.values():
            owner.execute(f"CREATE DATABASE {name}")
        try:
            yield made
        finally:
            for name in made.values():
                owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


def place(folder: Path, database: str) -> dict[str, str]:
    return environment(folder) | {"DATABASE_URL": f"{SERVER}{database}"}


def test_there_and_back_while_somebody_writes(databases: Any, tmp_path: Path) -> None:
    here, there = (place(tmp_path / each, databases[each]) for each in NAMES)
    make(here)
    out, keys = str(tmp_path / "town.tar"), str(tmp_path / "town.keys")
    env = here | {"DJANGO_SETTINGS_MODULE": "dijkwacht.settings"}
    writer = subprocess.Popen([sys.executable, "-c", WRITER], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "go\n"
        said = asked(here, "backup", "--out", out, "--keys-out", keys)
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert said["engine"] == "postgresql"
    sqlite = environment(tmp_path / "sqlite")
    assert "does not move between the two" in asked(sqlite, "restore", out, code=2)
    assert not files(data_of(sqlite))
    asked(there, "trail", "verify")  # tables without rows are no rows
    back = asked(there, "restore", out, "--keys", keys)
    assert (back["rows"], back["own"], back["absent_keys"]) == (said["rows"], True, [])
    assert all(each["whole"] and each["number"] > 2 for each in back["trails"])
    assert "holds rows already" in asked(there, "restore", out, code=2)
    again = str(tmp_path / "again.tar")
    asked(there, "backup", "--out", again, "--without-keys")
    before = exports(there)
    with psycopg.connect(f"{SERVER}postgres", autocommit=True) as owner:
        owner.execute(f"DROP DATABASE {databases['here']} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {databases['here']}")
    third = place(tmp_path / "third", databases["here"])
    asked(third, "restore", again, "--keys", keys)
    assert exports(third) == before


def test_a_backup_of_sqlite_does_not_go_into_postgresql(databases: Any, tmp_path: Path) -> None:
    make(environment(tmp_path / "sqlite"))
    asked(environment(tmp_path / "sqlite"), "backup", "--out", str(tmp_path / "b"), "--without-keys")
    there = place(tmp_path / "x", databases["there"])
    assert "restore it on SQLite" in asked(there, "restore", str(tmp_path / "b"), code=2)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a program of this name first, which says this."""

    def put(name: str, says: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\necho '{says}'\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


def test_the_programs_must_be_there_and_know_the_server(tool: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tool("pg_dump", "pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)")
    assert postgres._tool("pg_dump", 15).endswith("pg_dump")
    assert postgres._tool("pg_dump", 14)
    with pytest.raises(BackupError, match=r"is of PostgreSQL 15 and the server is PostgreSQL 16.*postgresql-client-16"):
        postgres._tool("pg_dump", 16)
    with pytest.raises(BackupError, match="pg_restore is not there; install the client programs"):
        postgres._tool("pg_restore", 16)
    tool("pg_dump", "pg_dump (PostgreSQL) 18beta1")
    assert postgres._tool("pg_dump", 18)
    tool("pg_dump", "what")
    with pytest.raises(BackupError, match="does not tell its version"):
        postgres._tool("pg_dump", 15)


def test_a_server_that_is_not_there_is_one_line_without_the_password() -> None:
    settings = {
        "NAME": "x",
        "HOST": "127.0.0.1",
        "PORT": 1,
        "USER": "u",
        "PASSWORD": "geheim",
        "OPTIONS": {"connect_timeout": 1},
    }
    with pytest.raises(BackupError, match="no database") as trouble:
        postgres.Server(settings).connect()
    assert "geheim" not in str(trouble.value)
    assert "\n" not in str(trouble.value)
