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

LARGEST = 20 * 1024 * 1024  # bytes; what a reader of tables takes at most
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


def keep(organisation: Organisation, *, person: Person, file: File, library: File | None, at: datetime) -> Upload:
    """Keeps a file, and clears away those of which the time is over. Raises EvidenceError: empty, too_large."""
    _clear(at)
    content = _read(file)
    framework = None if library is None else _read(library)
    upload = Upload(
        secrets.token_urlsafe(32), organisation.slug, person.pk, clean_name(file.name or ""),
        hashlib.sha256(content).hexdigest(), at.isoformat(), clean_name(library.name or "") if library else "",
    )  # fmt: skip
    _write(f"{upload.token}.file", content)
    if framework is not None:
        _write(f"{upload.token}.library", framework)
    _write(f"{upload.token}.json", json.dumps(asdict(upload)).encode())  # last: without it there is no upload
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


def _read(file: File) -> bytes:
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise EvidenceError("too_large", limit=LARGEST)
    if not content:
        raise EvidenceError("empty")
    return content


def _write(name: str, content: bytes) -> None:
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(content)


def _clear(at: datetime) -> None:
    """Takes away what is past its time; a file without its description was never complete, and goes by its own date."""
    for path in folder().iterdir():
        if at.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
            path.unlink(missing_ok=True)
