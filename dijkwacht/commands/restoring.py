"""dijkwacht restore: puts a backup back in an empty place. First everything is checked, then something is written.

Files go first and the database last, in one transaction: a restore that was killed is done again, and continues.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from dijkwacht.adapters.backup import BackupError, postgres, sqlite
from dijkwacht.adapters.backup.archive import DATABASES, check, sync
from dijkwacht.adapters.backup.content import Ask, content, keys_in_use
from dijkwacht.adapters.backup.manifest import DATA, KEYS, Manifest, made_with
from dijkwacht.commands import Outcome
from dijkwacht.commands.backup import Told, owned
from dijkwacht.commands.preparing import one_at_a_time, prepare
from dijkwacht.commands.restored import Restored, outcome
from dijkwacht.commands.verifying import verify

MARK = "restore.busy"
FOLDERS = ("evidence", "statements", "keys")
WAITING = "tmp"  # in the evidence folder: what was still coming in


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes back: the file of the data and, when given, that of the keys."""

    data: Path
    keys: Path | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found good: the manifests, and whether the seal shows that this site made them (None: cannot be seen)."""

    data: Manifest
    keys: Manifest | None
    own: bool | None


def restore(asked: Asked, *, on: date, at: datetime, told: Told) -> Outcome:
    """Puts it back, brings an older one up to date and follows every chain. Raises BackupError; then nothing counts yet."""
    owned()
    folder = Path(settings.DATA_DIR)
    with one_at_a_time(), tempfile.TemporaryDirectory(prefix=".restore.", dir=folder) as beside:
        checked = _checked(asked, Path(beside), told)
        _refuse_unless_empty(checked.data)
        with _all_or_nothing(checked.data):
            _place_files(asked, checked.data, told)
            _place_keys(Path(beside))
            told(_("The database ..."))
            _place_database(Path(beside), checked.data)
    older = _known() - set(checked.data.migrations)
    told(_("Bringing the tables up to date ..."))
    prepare()
    Session.objects.all().delete()  # who was signed in then, or was signed out since, signs in anew
    told(_("Following every trail ..."))
    return outcome(Restored(checked.data, checked.keys, checked.own, len(older), _absent()), verify(None, on=on, at=at))


def _checked(asked: Asked, beside: Path, told: Told) -> Checked:
    """Everything that can be known before anything is written; database and keys lie beside, waiting."""
    told(_("Checking the backup ..."))
    with _about(asked.data):
        manifest = check(asked.data, DATA, _only(beside, set(DATABASES.values())), _counting(told))
        _refuse_unless_fit(manifest)
        need = asked.data.stat().st_size + (beside / DATABASES[manifest.engine]).stat().st_size
        if shutil.disk_usage(settings.DATA_DIR).free < need:
            raise BackupError(f"there is no room for it here: {need} bytes are needed")
        if connection.vendor == "sqlite":
            copy = beside / DATABASES["sqlite"]
            sqlite.check(copy)
            with sqlite.asking(copy, fixed=True) as (ask, tables):
                _refuse_unless_same(ask, tables, manifest)
    if asked.keys is None:
        return Checked(manifest, None, True if made_with(manifest, settings.SECRET_KEY) else None)
    with _about(asked.keys):
        keys = check(asked.keys, KEYS, _only(beside, None))
        return Checked(manifest, keys, _made_here(manifest, keys, beside / "secret_key"))


def _made_here(manifest: Manifest, keys: Manifest, secret: Path) -> bool | None:
    """Whether this site made it. Raises BackupError when keys that were made with this backup say that it was not."""
    known = [secret.read_text().strip()] if secret.exists() else []
    if any(made_with(manifest, each) for each in (*known, settings.SECRET_KEY)):
        return True
    if known and keys.id == manifest.id:
        raise BackupError("the seal of the backup was not made with these keys: somebody changed it")
    return None


@contextmanager
def _about(path: Path) -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise BackupError(f"{path.name} is not put back: {error}") from None


def _counting(told: Told) -> Callable[[int], None]:
    return lambda done: told(_("Parts: %(done)s") % {"done": done})


def _only(beside: Path, names: set[str] | None) -> Callable[[str, int], BinaryIO | None]:
    """Puts these parts in a folder, or all when None."""
    return lambda name, _size: _new(beside / name) if names is None or name in names else None


def _new(path: Path) -> BinaryIO:
    """A new file, readable for its owner only, with its folders."""
    missing = [each for each in path.parents if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb")


def _refuse_unless_fit(manifest: Manifest) -> None:
    """Raises BackupError when it is of another engine, of a later version, or of a later server."""
    if manifest.engine != connection.vendor:
        here, there = _engine(connection.vendor), _engine(manifest.engine)
        raise BackupError(
            f"it is of {there} and DATABASE_URL names {here}; restore it on {there}: a backup does not move between the two"
        )
    strange = sorted(set(manifest.migrations) - _known())
    if strange:
        raise BackupError(
            f"Dijkwacht {manifest.version} made it, with tables that this one does not know ({strange[0]})"
        )
    if connection.vendor == "postgresql":
        with postgres.Server(connection.settings_dict).asking() as (_ask, _tables, _moment, major):
            if manifest.engine_major > major:
                raise BackupError(f"it is of PostgreSQL {manifest.engine_major}, and here is PostgreSQL {major}")


def _engine(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)


def _known() -> set[str]:
    """The migrations of this version; the squashed ones with what they replace."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def _refuse_unless_same(ask: Ask, tables: list[str], manifest: Manifest) -> None:
    """Raises BackupError when the database is not the one that the manifest tells of."""
    found = content(ask, tables)
    for what, here, there in (
        ("migrations", sorted(found.migrations), sorted(manifest.migrations)),
        ("rows", found.counts, manifest.counts),
        ("trails", found.chains, manifest.chains),
    ):
        if here != there:
            raise BackupError(f"the database in it does not hold the {what} that its manifest tells of")


@contextmanager
def _asking() -> Iterator[tuple[Ask, list[str]]]:
    """A way to ask the database of this place."""
    if connection.vendor == "sqlite":
        with sqlite.asking(Path(connection.settings_dict["NAME"]), fixed=False) as (ask, tables):
            yield ask, tables
        return
    with postgres.Server(connection.settings_dict).asking() as (ask, tables, _moment, _major):
        yield ask, tables


def _refuse_unless_empty(manifest: Manifest) -> None:
    """Raises BackupError when there is anything here that is not of a restore of this backup that was broken off."""
    with _asking() as (ask, tables):
        if not content(ask, tables).is_empty:
            raise BackupError("the database here holds rows already; a backup goes back in an empty place only")
    folder = Path(settings.DATA_DIR)
    mark = folder / MARK
    if mark.exists() and mark.read_text() == manifest.id:
        return
    for name in FOLDERS:
        for path in (folder / name).rglob("*"):
            if path.is_file() and path.parent.name != WAITING:
                raise BackupError(
                    f"there are files in {folder / name} already; a backup goes back in an empty place only"
                )


@contextmanager
def _all_or_nothing(manifest: Manifest) -> Iterator[None]:
    """What goes wrong takes away the files that were placed. A process that is killed leaves a mark, and may be run again."""
    folder = Path(settings.DATA_DIR)
    (folder / MARK).write_text(manifest.id)
    sync(folder)
    try:
        yield
    except BaseException as error:
        for name in FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / MARK).unlink()
        if isinstance(error, OSError):
            raise BackupError(f"{error.strerror}: {error.filename or folder}; nothing was left behind") from None
        raise
    (folder / MARK).unlink()


def _place_files(asked: Asked, manifest: Manifest, told: Told) -> None:
    """Evidence, statements and norms. The backup is read a second time, and must still be the same."""
    folder = Path(settings.DATA_DIR)
    again = check(
        asked.data,
        DATA,
        lambda name, _size: None if name in DATABASES.values() else _new(folder / name),
        _counting(told),
    )
    if again != manifest:
        raise BackupError(f"{asked.data.name} changed while it was read")


def _place_keys(beside: Path) -> None:
    folder = Path(settings.DATA_DIR)
    for path in sorted(beside.rglob("*")):
        name = path.relative_to(beside).as_posix()
        if path.is_file() and name not in DATABASES.values():
            with path.open("rb") as source, _new(folder / name) as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())


def _place_database(beside: Path, manifest: Manifest) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        sqlite.restore(beside / DATABASES["sqlite"], Path(connection.settings_dict["NAME"]))
        return
    server = postgres.Server(connection.settings_dict)
    with server.asking() as (_ask, _tables, _moment, major):
        pass
    server.restore(beside / DATABASES["postgresql"], server=major)
    try:
        with server.asking() as (ask, tables, _moment, _major):
            _refuse_unless_same(ask, tables, manifest)
    except BackupError:
        server.clear()
        raise


def _absent() -> list[tuple[str, str]]:
    """The organisations whose key to sign with is not here."""
    with _asking() as (ask, tables):
        held = keys_in_use(ask, tables)
    return [(slug, key) for slug, key in held if not (Path(settings.DATA_DIR) / "keys" / slug / f"{key}.pem").is_file()]
