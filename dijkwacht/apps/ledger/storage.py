"""The evidence folder: every content once, under its SHA-256, written completely or not at all."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from dijkwacht.apps.ledger.sniff import HEAD, media_type

CHUNK = 256 * 1024
LARGEST = 50 * 1024 * 1024  # bytes, unless EVIDENCE_MAX_BYTES says otherwise
_SHA256 = re.compile(r"[0-9a-f]{64}")


class EvidenceError(ValueError):
    """A file that is not accepted. ``code``: empty or too_large; ``limit`` in bytes."""

    def __init__(self, code: str, *, limit: int = 0) -> None:
        super().__init__(f"{code} (limit {limit} bytes)" if limit else code)
        self.code, self.limit = code, limit


class Readable(Protocol):
    """An open file, or what Django makes of an upload."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the folder."""

    sha256: str
    size: int
    media_type: str


def folder() -> Path:
    """The evidence folder; made when it is not there, for the owner of the process only."""
    path = Path(settings.DATA_DIR) / "evidence"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """Where a content stands. Raises ValueError on anything but a SHA-256 in hexadecimal digits."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return folder() / sha256[:2] / sha256


def put(file: Readable, *, name: str = "") -> Content:
    """Writes a file into the folder and says what it is. Raises EvidenceError; then nothing is left behind."""
    limit = int(getattr(settings, "EVIDENCE_MAX_BYTES", LARGEST))
    with _temporary() as (descriptor, temporary):
        digest, size, head = hashlib.sha256(), 0, b""
        with os.fdopen(descriptor, "wb") as out:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise EvidenceError("too_large", limit=limit)
                head = head or chunk[:HEAD]
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if not size:
            raise EvidenceError("empty")
        content = Content(digest.hexdigest(), size, media_type(head, name))
        _place(temporary, path_of(content.sha256), content)
    return content


def digest_of(sha256: str) -> str | None:
    """The SHA-256 of what stands there now; None when it is gone or cannot be read."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def clean_name(name: str) -> str:
    """A file name that is safe to show and to send: no folders, no control or direction marks, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(" " if char.isspace() else char for char in last if unicodedata.category(char) not in _UNSEEN)
    stem = " ".join(kept.split()).strip(". ")
    if len(stem) > 200:
        base, dot, ending = stem.rpartition(".")
        stem = f"{base[: 199 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else stem[:200]
    return stem or "bestand"


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


@contextmanager
def _temporary() -> Iterator[tuple[int, Path]]:
    waiting = folder() / "tmp"
    waiting.mkdir(mode=0o700, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=waiting)  # 0600
    try:
        yield descriptor, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _place(temporary: Path, target: Path, content: Content) -> None:
    """Moves a complete file to its place. What stands there already and is whole, stays."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    if not (target.exists() and digest_of(content.sha256) == content.sha256):
        temporary.replace(target)
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)  # so that the name survives a power cut too
        finally:
            os.close(handle)
