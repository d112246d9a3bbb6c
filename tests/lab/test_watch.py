"""`dijkwacht watch`: two workers at once on one database measure a hundred real servers, once each, and record the truth."""

import json
import os
import select
import socket
import socketserver
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.lab.world import SCOPE, Lab, Watch, dijkwacht

pytestmark = pytest.mark.xdist_group("lab")

NAMES, FEWER = 100, 30  # on PostgreSQL it is the claiming that is tried once more, not the measuring
POSTGRES_AT = ("127.0.0.1", 5432)
POSTGRES = f"postgres://postgres@{POSTGRES_AT[0]}:{POSTGRES_AT[1]}/"
READINGS = """
    select d.name, r.area, r.check_id, r.peer from perimeter_reading r join perimeter_domain d on d.id = r.domain_id
    where r.until is null
"""  # what stands
CONSENT = {
    "scope": SCOPE, "level": 2, "signatory": "A. de Vries", "mandate": "college", "text": "Wij laten meten.",
    "from": "2020-01-01",
}  # fmt: skip
Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, lab: Lab, tmp_path: Path) -> Iterator[tuple[dict[str, str], Rows]]:
    """An empty installation: what the commands find in the environment, and a way to ask its database."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DIJKWACHT_", "DJANGO_"))}
    environment |= {"DIJKWACHT_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}
    if request.param == "sqlite":

        def of_file(question: str) -> list[tuple[Any, ...]]:
            with closing(sqlite3.connect(tmp_path / "data" / "db.sqlite3")) as database:
                return database.execute(question).fetchall()

        yield environment, of_file
        return
    psycopg = pytest.importorskip("psycopg")
    name = f"lab_{os.getpid()}"
    try:
        owner = psycopg.connect(f"{POSTGRES}postgres", connect_timeout=2, autocommit=True)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}")
    with owner:
        owner.execute(f"drop database if exists {name}")
        owner.execute(f"create database {name}")

        def of_server(question: str) -> list[tuple[Any, ...]]:
            with psycopg.connect(f"{POSTGRES}{name}") as database:
                return database.execute(question).fetchall()

        try:
            with _door(POSTGRES_AT) as folder:
                yield environment | {"DATABASE_URL": f"postgres://postgres@{quote(folder, safe='')}/{name}"}, of_server
        finally:
            owner.execute(f"drop database {name} with (force)")


@contextmanager
def _door(server: tuple[str, int]) -> Iterator[str]:
    """A folder with a socket that leads to PostgreSQL: files are the same inside the namespace of the lab, addresses are not."""

    class Relay(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(server) as there:
                ends = {self.request: there, there: self.request}
                while ends:
                    for end in select.select(list(ends), [], [])[0]:
                        if not (data := end.recv(1 << 16)):
                            return
                        ends[end].sendall(data)

    with (
        tempfile.TemporaryDirectory(prefix="door-") as folder,
        socketserver.ThreadingUnixStreamServer(f"{folder}/.s.PGSQL.5432", Relay) as door,
    ):
        door.daemon_threads = True
        threading.Thread(target=door.serve_forever, daemon=True).start()
        try:
            yield folder
        finally:
            door.shutdown()


def _run(environment: dict[str, str], *words: str) -> Any:
    told = subprocess.run(
        [*dijkwacht(), *words, "--json"], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout)


def test_two_workers_on_one_database_measure_each_name_once(
    lab: Lab, house: tuple[dict[str, str], Rows], tmp_path: Path
) -> None:
    environment, rows = house
    targets = (lab.folder / "targets.txt").read_text().split()[: FEWER if environment["DATABASE_URL"] else NAMES]
    (tmp_path / "consent.json").write_text(json.dumps(CONSENT))
    _run(environment, "import", "--municipalities")
    organisation = [
        "--organisation",
        rows("select slug from people_organisation where kind = 'municipality' order by slug")[0][0],
    ]
    _run(environment, "perimeter", "consent", str(tmp_path / "consent.json"), *organisation)
    (tmp_path / "targets.txt").write_text("\n".join(targets) + "\n")
    _run(environment, "perimeter", "add", str(tmp_path / "targets.txt"), *organisation)
    _run(environment, "perimeter", "measure", *organisation)
    with Watch(lab).looking() as watch:
        workers = [
            subprocess.Popen(
                lab.command(*dijkwacht(), "watch", "--once", *lab.sources(), "--json"), env=environment, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for _ in range(2)
        ]  # fmt: skip
        told = [each.communicate(timeout=300) for each in workers]
    assert [each.returncode for each in workers] == [0, 0], told
    done = [json.loads(out) for out, _ in told]
    assert sum(each["measured"] for each in done) == len(targets), done
    assert all(each["measured"] for each in done), "one worker did it all"
    assert rows("select count(*) from perimeter_observation") == [(len(targets),)]
    assert rows("select count(*) from perimeter_lease") == [(0,)]
    assert {host: count for host, count in watch.most.items() if count > 1} == {}
    good, wrong = lab.agreement(_words(rows(READINGS)), targets)
    assert good > 50 * len(targets)
    assert good / (good + len(wrong)) >= 0.999, wrong


def _words(found: list[tuple[Any, ...]]) -> dict[str, dict[str, dict[str, str]]]:
    words: dict[str, dict[str, dict[str, str]]] = {}
    for name, area, check, peer in found:
        for part in ("web", "mail") if area == "names" else (area,):
            words.setdefault(name, {}).setdefault(part, {})[check] = peer
    return words
