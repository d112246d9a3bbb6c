"""dijkwacht backup and restore on SQLite: what goes in comes out, whoever writes meanwhile; and what is refused."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_killed import ON, environment

ROOT = Path(__file__).parents[2]
SECOND = "2026-11-26"


def asked(folder: dict[str, str], *arguments: str, code: int = 0, **more: Any) -> Any:
    """What a command says with --json; of one that does not go well, its line on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "dijkwacht.cli", *arguments, "--json"],
        env=folder, capture_output=True, text=True, check=False, cwd=ROOT, **more,
    )  # fmt: skip
    assert done.returncode == code, done.stderr + done.stdout
    return done.stderr if code == 2 else json.loads(done.stdout)


SMALL = """
import django; django.setup()
import io, sys
from datetime import date, datetime, UTC
from dijkwacht.commands.preparing import prepare; prepare()
from dijkwacht.apps.people.services import add_person, create_organisation
from dijkwacht.apps.ledger.services import judging, saying
from dijkwacht.apps.accountability.services.keys import ensure_key
from dijkwacht.core.recording import Origin
ON, AT = date(2026, 11, 25), datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
town = create_organisation(slug="polderveen", name="Polderveen", kind="municipality", at=AT, actor="t")
person = add_person(
    town, email="ciso@polderveen.example", name="Noor", role="ciso", valid_from=date(2020, 1, 1), at=AT, actor="t"
).person
own = judging.own_subject(town, on=ON)
file = io.BytesIO(b"%PDF-1.7 bewijs " + bytes(5000)); file.name = "bewijs 0.pdf"
saying.say(own, fact_type="incident.desk", spoken=saying.Spoken(value=True, files=(file,)), person=person, on=ON, at=AT)
ensure_key(town, person=person, actor="", on=ON, at=AT)
"""


def make(folder: dict[str, str]) -> None:
    """A small town: answers with evidence, and a key."""
    env = folder | {"DJANGO_SETTINGS_MODULE": "dijkwacht.settings"}
    subprocess.run([sys.executable, "-c", SMALL], env=env, check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("made") / "data"
    make(environment(data))
    return data


@pytest.fixture
def town(tmp_path: Path, made: Path) -> dict[str, str]:
    """An installation with that town."""
    return environment(Path(shutil.copytree(made, tmp_path / "data")))


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "empty")


@pytest.fixture(scope="module")
def kept(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A backup of that town, and its keys."""
    folder = tmp_path_factory.mktemp("kept")
    out, keys = folder / "town.tar", folder / "town.keys"
    asked(environment(made), "backup", "--out", str(out), "--keys-out", str(keys))
    return out, keys


def data_of(folder: dict[str, str]) -> Path:
    return Path(folder["DIJKWACHT_DATA"])


def exports(folder: dict[str, str], organisation: str = "polderveen") -> dict[str, Any]:
    of = ("--organisation", organisation)
    return {
        "trail": asked(folder, "trail", "verify"),
        "accounts": asked(folder, "accounts", *of, "--on", str(ON)),
        "questions": asked(folder, "next-questions", *of, "--on", str(ON)),
        "statements": asked(folder, "statement", "list", *of),
        "keys": asked(folder, "statement", "keys", *of),
    }


def rows(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def files(folder: Path) -> dict[str, str]:
    found = (
        path for name in ("evidence", "statements", "keys") for path in (folder / name).rglob("*") if path.is_file()
    )
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in found}


# -- there and back ----------------------------------------------------------------------------------
def test_there_and_back(town: Any, empty: Any, tmp_path: Path) -> None:
    out, keys = tmp_path / "town.tar", tmp_path / "town.keys"
    before = exports(town)
    said = asked(town, "backup", "--out", str(out), "--keys-out", str(keys))
    assert (said["organisations"], said["keys"], said["faulty"]) == (1, 2, [])
    assert said["files"] >= 1
    assert {path.stat().st_mode & 0o777 for path in (out, keys)} == {0o600}
    assert not any(each.startswith(b"-----BEGIN") for each in out.read_bytes().split(b"\0"))
    back = asked(empty, "restore", str(out), "--keys", str(keys))
    assert (back["own"], back["secret_key"], back["absent_keys"], back["migrated"]) == (True, True, [], 0)
    assert all(each["whole"] for each in back["trails"])
    assert exports(empty) == before
    assert files(data_of(empty)) == files(data_of(town))
    there, here = (rows(data_of(each) / "db.sqlite3") for each in (town, empty))
    assert {name for name in there if there[name] != here[name]} <= {"sqlite_sequence"}
    assert (data_of(empty) / "secret_key").read_text() == (data_of(town) / "secret_key").read_text()
    private = [*data_of(empty).rglob("*.pem"), data_of(empty) / "secret_key", data_of(empty) / "db.sqlite3"]
    assert {path.stat().st_mode & 0o077 for path in private} == {0}
    assert not list(data_of(empty).glob(".restore*"))
    assert not (data_of(empty) / "restore.busy").exists()


def test_without_keys_it_says_what_does_not_work(kept: Any, empty: Any) -> None:
    back = asked(empty, "restore", str(kept[0]))
    assert [each["organisation"] for each in back["absent_keys"]] == ["polderveen"]
    assert (back["own"], back["secret_key"], back["keys"]) == (None, False, 0)
    said = subprocess.run(
        [sys.executable, "-m", "dijkwacht.cli", "statement", "rotate-key", "--organisation", "polderveen"],
        env=empty, capture_output=True, check=False, text=True, cwd=ROOT,
    )  # fmt: skip
    assert said.returncode != 0  # the old key cannot sign for the new one: then it is lost
    asked(empty, "statement", "rotate-key", "--organisation", "polderveen", "--lost")


def test_who_was_signed_in_then_signs_in_anew(town: Any, empty: Any, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data_of(town) / "db.sqlite3")) as database:
        database.execute("INSERT INTO django_session VALUES ('k', 'd', '2099-01-01')")
        database.commit()
    asked(town, "backup", "--out", str(tmp_path / "b"), "--without-keys")
    asked(empty, "restore", str(tmp_path / "b"))
    assert rows(data_of(empty) / "db.sqlite3")["django_session"] == []


WRITER = """
import django; django.setup()
from datetime import date, datetime, UTC
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.ledger.services import judging, facts
from dijkwacht.core.facts import Assurance
town = Organisation.objects.get(); own = judging.own_subject(town, on=date(2026, 11, 25))
number = 0
print("go", flush=True)
while True:
    number += 1
    facts.answer(town, person=None, actor="w", subject=own, fact_type="incident.desk", value=number % 2 == 0,
        on=date(2026, 11, 25), at=datetime(2026, 11, 25, 10, tzinfo=UTC), assurance=Assurance.DOCUMENTED, correction=True)
"""


def test_while_somebody_writes(town: Any, tmp_path: Path) -> None:
    env = town | {"DJANGO_SETTINGS_MODULE": "dijkwacht.settings"}
    writer = subprocess.Popen([sys.executable, "-c", WRITER], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "go\n"
        made = [asked(town, "backup", "--out", str(tmp_path / f"{n}.tar"), "--without-keys") for n in range(2)]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    for number, said in enumerate(made):
        place = environment(tmp_path / f"back{number}")
        back = asked(place, "restore", str(tmp_path / f"{number}.tar"))
        assert back["rows"] == said["rows"]
        assert all(each["whole"] and each["number"] > 2 for each in back["trails"])
    assert made[1]["rows"] > made[0]["rows"]  # he really wrote


# -- files that are gone or changed ------------------------------------------------------------------
def test_a_file_that_is_gone_or_changed_is_told_by_name(town: Any, empty: Any, tmp_path: Path) -> None:
    (path,) = [each for each in (data_of(town) / "evidence").rglob("*") if each.is_file()]
    path.write_bytes(b"otherwise")
    said = asked(town, "backup", "--out", str(tmp_path / "a"), "--without-keys", code=1)
    assert [(each["fault"], each["name"]) for each in said["faulty"]] == [("changed", "bewijs 0.pdf")]
    path.unlink()
    said = asked(town, "backup", "--out", str(tmp_path / "b"), "--without-keys", code=1)
    assert [(each["fault"], each["name"]) for each in said["faulty"]] == [("missing", "bewijs 0.pdf")]
    back = asked(empty, "restore", str(tmp_path / "b"), code=1)
    assert back["faulty"] == said["faulty"]
    assert back["trails"][0]["files"][0]["fault"] == "missing"


def test_a_file_that_no_row_names_stays_behind(town: Any, tmp_path: Path) -> None:
    (data_of(town) / "evidence" / "ab").mkdir(exist_ok=True)
    (data_of(town) / "evidence" / "ab" / ("ab" + "c" * 62)).write_text("of nobody")
    asked(town, "backup", "--out", str(tmp_path / "b"), "--without-keys")
    assert b"of nobody" not in (tmp_path / "b").read_bytes()


# -- refused -----------------------------------------------------------------------------------------
def test_only_in_an_empty_place(kept: Any, town: Any, empty: Any) -> None:
    before = rows(data_of(town) / "db.sqlite3")
    assert "holds rows already" in asked(town, "restore", str(kept[0]), code=2)
    assert rows(data_of(town) / "db.sqlite3") == before
    asked(empty, "trail", "verify")  # makes tables; nobody has put anything in them
    stray = data_of(empty) / "evidence" / "ab" / "x"
    stray.parent.mkdir(parents=True)
    stray.write_text("somebody's")
    assert "there are files in" in asked(empty, "restore", str(kept[0]), code=2)
    stray.unlink()
    asked(empty, "restore", str(kept[0]))


def test_it_says_where_keys_go_or_that_they_do_not(town: Any, tmp_path: Path) -> None:
    out = str(tmp_path / "b")
    assert "--keys-out --without-keys is required" in asked(town, "backup", "--out", out, code=2)
    assert "never go in the same file" in asked(town, "backup", "--out", out, "--keys-out", out, code=2)
    assert not (tmp_path / "b").exists()


def test_when_the_keys_cannot_be_written_there_is_no_backup_either(town: Any, tmp_path: Path) -> None:
    there = str(tmp_path / "nowhere" / "k")
    assert "not a folder" in asked(town, "backup", "--out", str(tmp_path / "b"), "--keys-out", there, code=2)
    assert not (tmp_path / "b").exists()


def test_of_another_user_it_is_refused(town: Any, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    os.chown(data_of(town), 12345, -1)
    assert "belongs to user 12345" in asked(town, "backup", "--out", str(tmp_path / "b"), "--without-keys", code=2)


def test_where_there_is_nothing_yet(empty: Any, tmp_path: Path) -> None:
    assert "no Dijkwacht in this" in asked(empty, "backup", "--out", str(tmp_path / "b"), "--without-keys", code=2)
    assert not (tmp_path / "b").exists()
    assert rows(data_of(empty) / "db.sqlite3") == {}  # and it made nothing


def tampered(
    path: Path, change: Callable[[dict[str, Any]], None], database: Callable[[Any], None] | None = None
) -> Path:
    """The same backup with another manifest, in an archive that is true of it."""
    from dijkwacht.adapters.backup.archive import DATABASES, check
    from dijkwacht.adapters.backup.manifest import DATA
    from tests.adapters.backup.conftest import write

    folder = path.parent / f"tampered{len(list(path.parent.iterdir()))}"
    found = check(path, DATA, lambda name, _size: _file(folder / name))
    if database is not None:
        with closing(sqlite3.connect(folder / DATABASES["sqlite"])) as open_one:
            database(open_one)
            open_one.commit()
    parts = sorted(
        (str(each.relative_to(folder)), each.read_bytes()) for each in folder.rglob("*") if each.is_file()
    )  # fmt: skip
    told = {key: getattr(found, key) for key in found.__struct_fields__ if key not in ("parts", "seal")}
    change(told)
    write(folder / "again.tar", parts, secret="x" * 64, **told)
    return folder / "again.tar"


def _file(path: Path) -> Any:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda told: told["migrations"].append("ledger.9999_later"), "does not know"),
        (lambda told: told["counts"].update(ledger_fact=9), "does not hold the rows"),
        (lambda told: told.update(chains={}), "does not hold the trails"),
        (lambda told: told["migrations"].pop(), "does not hold the migrations"),
        (lambda told: told.update(engine="oracle"), "is not the one that the manifest"),
    ],
)
def test_a_manifest_that_is_not_of_its_database(change: Any, why: str, kept: Any, empty: Any) -> None:
    assert why in asked(empty, "restore", str(tampered(kept[0], change)), code=2)
    assert rows(data_of(empty) / "db.sqlite3") == {}
    assert not files(data_of(empty))


def test_a_database_that_does_more_than_hold_rows(kept: Any, empty: Any) -> None:
    path = tampered(kept[0], lambda _told: None, lambda one: one.execute("CREATE VIEW v AS SELECT 1"))
    assert "has a view" in asked(empty, "restore", str(path), code=2)


def test_a_backup_that_somebody_made_again_is_seen_by_its_seal(kept: Any, empty: Any) -> None:
    path = tampered(kept[0], lambda told: None, lambda one: one.execute("UPDATE people_person SET name = 'X'"))
    assert "somebody changed it" in asked(empty, "restore", str(path), "--keys", str(kept[1]), code=2)
    assert rows(data_of(empty) / "db.sqlite3") == {}


def test_keys_in_the_place_of_data_and_the_other_way_round(kept: Any, empty: Any) -> None:
    out, keys = map(str, kept)
    assert "does not belong" in asked(empty, "restore", keys, code=2)
    assert "does not belong" in asked(empty, "restore", out, "--keys", out, code=2)
    assert not files(data_of(empty))


# -- broken off --------------------------------------------------------------------------------------
def test_a_full_disk_leaves_nothing_behind(town: Any, tmp_path: Path) -> None:
    place = tmp_path / "full"
    place.mkdir()
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 600; exec "$0" "$@"', sys.executable, "-m", "dijkwacht.cli", "backup",
         "--out", str(place / "b"), "--without-keys"],
        env=town, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") <= 2
    assert list(place.iterdir()) == []


def test_a_restore_that_was_killed_is_done_again(kept: Any, empty: Any, tmp_path: Path) -> None:
    script = """
import os, signal, sys
from unittest import mock
import dijkwacht.commands
os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
import django; django.setup()
with mock.patch("dijkwacht.commands.restoring._place_database", lambda *a: os.kill(os.getpid(), signal.SIGKILL)):
    from dijkwacht.cli import main
    main(["restore", *sys.argv[1:]])
"""
    out, keys = map(str, kept)
    done = subprocess.run([sys.executable, "-c", script, out, "--keys", keys], env=empty, check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert files(data_of(empty))
    other = tampered(kept[0], lambda told: told.update(id="f" * 32))
    assert "there are files in" in asked(empty, "restore", str(other), code=2)
    back = asked(empty, "restore", out, "--keys", keys)
    assert all(each["whole"] for each in back["trails"])


def test_one_that_is_stopped_leaves_nothing(town: Any, tmp_path: Path) -> None:
    script = """
import os, signal, sys
from unittest import mock
os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
import django; django.setup()
with mock.patch("dijkwacht.commands.backup.content", lambda *a: os.kill(os.getpid(), signal.SIGTERM)):
    from dijkwacht.cli import main
    sys.exit(main(["backup", "--without-keys", "--out", sys.argv[1]]))
"""
    place = tmp_path / "stopped"
    place.mkdir()
    done = subprocess.run([sys.executable, "-c", script, str(place / "b")], env=town, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert list(place.iterdir()) == []


# -- an older one ------------------------------------------------------------------------------------
def test_of_an_older_version_it_is_brought_up_to_date(town: Any, empty: Any, tmp_path: Path) -> None:
    before = asked(town, "trail", "verify")
    env = town | {"DJANGO_SETTINGS_MODULE": "dijkwacht.settings"}
    back = [sys.executable, "-m", "django", "migrate", "accountability", "0003", "-v", "0"]
    subprocess.run(back, env=env, check=True, cwd=ROOT)
    asked(town, "backup", "--out", str(tmp_path / "old"), "--without-keys")
    with closing(sqlite3.connect(data_of(town) / "db.sqlite3")) as database:  # making it brought nothing up to date
        names = database.execute("SELECT name FROM django_migrations WHERE app = 'accountability'").fetchall()
    assert ("0004_lost_keys",) not in names
    said = asked(empty, "restore", str(tmp_path / "old"))
    assert said["migrated"] >= 1
    assert said["trails"] == before
