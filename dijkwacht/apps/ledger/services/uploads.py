"""Files that wait between two steps of an import: kept for a day, under a name nobody can guess, for who brought them."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from re import compile as pattern

from django.conf import settings

from dijkwacht.apps.ledger.services.saying import File
from dijkwacht.apps.ledger.storage import EvidenceError, clean_name
from dijkwacht.apps.people.models import Organisation, Person

LARGEST = 20 * 1024 * 1024  # bytes; what a reader of tables takes at most, unless its room says otherwise
CHUNK = 256 * 1024
KEPT = timedelta(hours=24)
_TOKEN = pattern(r"[A-Za-z0-9_-]{32,64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits. ``library``: the name of the framework file that came with it, empty for none."""

    token: str
    organisation: str
    person: int
    name: str
    sha256: str
    at: str
    library: str = ""

    @property
    def content(self) -> bytes:
        """What was brought."""
        return (folder() / f"{self.token}.file").read_bytes()

    @property
    def library_content(self) -> bytes | None:
        """The framework file that came with it."""
        return (folder() / f"{self.token}.library").read_bytes() if self.library else None


def folder() -> Path:
    """The folder of waiting files; made when it is not there, for the owner of the process only."""
    path = Path(settings.DATA_DIR) / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(
    organisation: Organisation,
    *,
    person: Person,
    file: File,
    library: File | None,
    at: datetime,
    largest: int | None = None,
) -> Upload:
    """Keeps a file of at most ``largest`` bytes (LARGEST unless told otherwise), and clears away those of which the time is over.

    It goes to disk piece by piece. Raises EvidenceError (empty, too_large); then nothing of it stays.
    """
    _clear(at)
    token, most = secrets.token_urlsafe(32), LARGEST if largest is None else largest
    digest = _store(file, f"{token}.file", most)
    if library is not None:
        _store(library, f"{token}.library", most, also=f"{token}.file")
    upload = Upload(
        token, organisation.slug, person.pk, clean_name(file.name or ""), digest, at.isoformat(),
        clean_name(library.name or "") if library else "",
    )  # fmt: skip
    _write(f"{token}.json", json.dumps(asdict(upload)).encode())  # last: without it there is no upload
    return upload


def find(organisation: Organisation, token: str, *, person: Person, at: datetime) -> Upload | None:
    """The file under this token; None when it is somebody else's, of another organisation, or its time is over."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        found = Upload(**json.loads((folder() / f"{token}.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    mine = found.organisation == organisation.slug and found.person == person.pk
    return found if mine and at - datetime.fromisoformat(found.at) < KEPT else None


def drop(upload: Upload) -> None:
    """Takes a file away."""
    for part in ("json", "file", "library"):
        (folder() / f"{upload.token}.{part}").unlink(missing_ok=True)


def _store(file: File, name: str, largest: int, *, also: str = "") -> str:
    """Writes a file; its SHA-256. Raises EvidenceError, and takes away what was written, with ``also``."""
    path, digest, size = folder() / name, hashlib.sha256(), 0
    path.touch(mode=0o600)
    try:
        with path.open("wb") as out:
            while chunk := file.read(min(CHUNK, largest + 1 - size)):
                size += len(chunk)
                if size > largest:
                    raise EvidenceError("too_large", limit=largest)
                digest.update(chunk)
                out.write(chunk)
        if not size:
            raise EvidenceError("empty")
    except BaseException:
        for each in (name, also):
            if each:
                (folder() / each).unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _write(name: str, content: bytes) -> None:
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(content)


def _clear(at: datetime) -> None:
    """Takes away what is past its time; a file without its description was never complete, and goes by its own date."""
    for path in folder().iterdir():
        if at.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
            path.unlink(missing_ok=True)
