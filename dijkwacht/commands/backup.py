"""dijkwacht backup: the database as it is at one moment, the files it names, and apart from these the keys.

The operator of the machine does this, for all organisations together; nobody can from a page. It writes nothing in the site.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht import __version__
from dijkwacht.adapters.backup import BackupError, postgres, sqlite
from dijkwacht.adapters.backup.archive import DATABASES, Writer, created
from dijkwacht.adapters.backup.content import Ask, Content, content, named_files
from dijkwacht.adapters.backup.manifest import DATA, FORM, KEYS, Faulty, Manifest, written
from dijkwacht.apps.accountability import storage as statements
from dijkwacht.apps.ledger import storage as evidence
from dijkwacht.commands import Outcome

Told = Callable[[str], None]
FAULTS = {
    "missing": gettext_lazy("The file %(name)s is gone, and so is not in this backup (%(part)s)."),
    "changed": gettext_lazy("The file %(name)s is not what came in; it is in this backup as it is now (%(part)s)."),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    manifest: Manifest
    size: int


def backup(out: Path, *, keys: Path | None, at: datetime, told: Told) -> Outcome:
    """Writes a backup, and the keys to another file when one is given. Raises BackupError; then neither stays."""
    owned()
    if keys is not None and keys.resolve() == out.resolve():
        raise BackupError("keys never go in the same file as the data")
    number = secrets.token_hex(16)
    try:
        made = _data(out, number=number, at=at, told=told)
        try:
            held = 0 if keys is None else _keys(keys, number=number, at=at)
        except BaseException:
            out.unlink()
            raise
    except OSError as error:
        raise BackupError(f"{error.strerror}: {error.filename or out}; nothing was left behind") from None
    return _outcome(made, out, keys, held)


def owned() -> None:
    """Raises BackupError for another user than the one whose data it is: files he makes would keep the site out."""
    owner = Path(settings.DATA_DIR).stat().st_uid
    if os.geteuid() != owner:
        raise BackupError(f"the data folder belongs to user {owner}: run this as that user (sudo -u '#{owner}' ...)")


@contextmanager
def looked(copy: Path, told: Told) -> Iterator[tuple[Ask, list[str], int]]:
    """Copies the database to a file; what it asks is answered as it was in that copy. Gives also PostgreSQL's major version."""
    if connection.vendor == "sqlite":
        sqlite.snapshot(
            Path(connection.settings_dict["NAME"]),
            copy,
            lambda done, of: told(_("Pages of the database: %(done)s of %(of)s") % {"done": done, "of": of}),
        )
        with sqlite.asking(copy, fixed=True) as (ask, tables):
            yield ask, tables, 0
        return
    server = postgres.Server(connection.settings_dict)
    with server.asking() as (ask, tables, moment, major):
        server.dump(copy, moment=moment, server=major)
        yield ask, tables, major


def _data(out: Path, *, number: str, at: datetime, told: Told) -> Made:
    name = DATABASES[connection.vendor]
    with created(out) as (file, beside), (beside / "parts").open("w+b") as notes:
        told(_("The database ..."))
        with looked(beside / name, told) as (ask, tables, major):
            found = content(ask, tables)
            if not found.migrations:
                raise BackupError("there is no Dijkwacht in this database")
            of = sum(1 for _each in named_files(ask, tables))
            writer = Writer(
                file, notes, lambda done: told(_("Parts: %(done)s of %(of)s") % {"done": done, "of": of + 1})
            )
            with (beside / name).open("rb") as source:
                writer.add(name, source)
            faulty = list(_files(writer, named_files(ask, tables)))
        manifest = _manifest(DATA, number, at, writer, found=found, major=major, faulty=faulty)
        writer.finish(written(manifest, settings.SECRET_KEY))
        return Made(manifest, file.tell())


def _files(writer: Writer, parts: Iterable[tuple[str, str]]) -> Iterator[Faulty]:
    """Adds the files that the database names; gives those that are gone or are not what came in."""
    for part, name in parts:
        try:
            source: BinaryIO = (Path(settings.DATA_DIR) / part).open("rb")
        except OSError:
            yield Faulty(part, name, "missing")
            continue
        with source:
            digest = writer.add(part, source)
        if digest != Path(part).stem and not _is_what_came_in(part):
            yield Faulty(part, name, "changed")


def _is_what_came_in(part: str) -> bool:
    """Asks who keeps it: what stands in the folder need not be the bytes that came in, for norms for one."""
    name = Path(part).stem
    try:
        if part.startswith("evidence/"):
            return evidence.digest_of(name) == name
        if part.startswith("statements/norms/"):
            return bool(statements.norms_of(name))
        return bool(statements.package_of(name))
    except statements.StorageError:
        return False


def _keys(out: Path, *, number: str, at: datetime) -> int:
    folder = Path(settings.DATA_DIR)
    parts = sorted(path.relative_to(folder).as_posix() for path in (folder / "keys").rglob("*") if path.is_file())
    secret = [] if os.environ.get("DIJKWACHT_SECRET_KEY") else ["secret_key"]
    with created(out) as (file, beside), (beside / "parts").open("w+b") as notes:
        writer = Writer(file, notes)
        for part in [*parts, *secret]:
            with (folder / part).open("rb") as source:
                writer.add(part, source)
        manifest = _manifest(KEYS, number, at, writer)
        writer.finish(written(manifest, settings.SECRET_KEY))
    return writer.number


def _manifest(
    kind: str, number: str, at: datetime, writer: Writer, *, found: Content | None = None, major: int = 0,
    faulty: list[Faulty] | None = None,
) -> Manifest:  # fmt: skip
    told: dict[str, Any] = {}
    if found is not None:
        told = {
            "engine": connection.vendor, "engine_major": major, "migrations": found.migrations, "counts": found.counts,
            "chains": found.chains, "faulty": faulty or [],
        }  # fmt: skip
    return Manifest(
        form=FORM, kind=kind, id=number, version=__version__, made_at=at.isoformat(timespec="seconds"), parts=writer.parts,
        secret_key=not os.environ.get("DIJKWACHT_SECRET_KEY"), **told,
    )  # fmt: skip


def _outcome(made: Made, out: Path, keys: Path | None, held: int) -> Outcome:
    manifest = made.manifest
    rows, files = sum(manifest.counts.values()), manifest.parts.number - 1
    data = {
        "id": manifest.id, "file": str(out), "bytes": made.size, "engine": manifest.engine, "made_at": manifest.made_at,
        "version": manifest.version, "organisations": len(manifest.chains), "rows": rows, "files": files,
        "keys_file": None if keys is None else str(keys), "keys": held,
        "faulty": [{"part": each.part, "name": each.name, "fault": each.fault} for each in manifest.faulty],
    }  # fmt: skip
    lines = [_("%(file)s: %(rows)s rows, %(files)s files, %(organisations)s trails, %(bytes)s bytes.") % data]
    if keys is None:
        lines.append(
            _("Without keys: nobody can sign with what is restored from this, unless you keep the keys elsewhere.")
        )
    else:
        told = ngettext(
            "%(file)s: %(n)s key. Keep it apart from the backup.", "%(file)s: %(n)s keys. Keep it apart from the backup.", held
        )  # fmt: skip
        lines.append(told % {"file": keys, "n": held})
    if keys is not None and not manifest.secret_key:
        lines.append(_("The secret key of the site comes from DIJKWACHT_SECRET_KEY: keep that one yourself."))
    lines += [str(FAULTS[each.fault]) % {"name": each.name, "part": each.part} for each in manifest.faulty]
    return Outcome(data, lines, well=not manifest.faulty)
