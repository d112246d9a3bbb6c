"""The file of a backup: a plain tar of ordinary files, written and read as a stream, so memory does not grow with it.

In this order: the database, the other parts by name, ``parts.txt`` (hash, size and name of each), ``manifest.json``. Names
go upwards, so that none can be there twice. Nothing is compressed, so that nothing can unfold into more than it is.
"""

import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from dijkwacht.adapters.backup import BackupError
from dijkwacht.adapters.backup.manifest import DATA, KEYS, Manifest, Parts, read

BLOCK, CHUNK = 512, 1024 * 1024
LIST, MANIFEST = "parts.txt", "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes: room for the chains of half a million organisations
LARGEST_KEY = 64 * 1024
_NAMES = {
    DATA: re.compile(
        r"database\.(sqlite3|dump)|evidence/([0-9a-f]{2})/\2[0-9a-f]{62}|statements/(norms/)?[0-9a-f]{64}\.zip"
    ),
    KEYS: re.compile(r"secret_key|keys(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}){1,3}"),
}
Place = Callable[[str, int], BinaryIO | None]


class Writer:
    """Writes the parts one after another. ``seen``: told after each part how many there are."""

    def __init__(self, out: BinaryIO, notes: BinaryIO, seen: Callable[[int], None] = lambda _number: None) -> None:
        self._out, self._notes, self._seen = out, notes, seen
        self._list, self.number, self.size, self._last = sha256(), 0, 0, ""

    def add(self, name: str, source: BinaryIO) -> str:
        """Adds what is in an open file; returns its SHA-256. What cannot be read of it becomes zeros: its hash tells."""
        if name <= self._last:
            raise ValueError(f"{name} does not come after {self._last}")
        size, digest = os.fstat(source.fileno()).st_size, sha256()
        self._header(name, size)
        left = size
        while left:
            chunk = _taken(source, min(CHUNK, left))
            digest.update(chunk)
            self._out.write(chunk)
            left -= len(chunk)
        self._fill(size)
        line = f"{digest.hexdigest()} {size} {name}\n".encode()
        self._list.update(line)
        self._notes.write(line)
        self.number, self.size, self._last = self.number + 1, self.size + size, _rank(name)
        self._seen(self.number)
        return digest.hexdigest()

    @property
    def parts(self) -> Parts:
        """What the manifest tells of the parts."""
        return Parts(self.number, self.size, self._list.hexdigest())

    def finish(self, manifest: bytes) -> None:
        """The list, the manifest and the end."""
        self._notes.seek(0)
        size = os.fstat(self._notes.fileno()).st_size
        self._header(LIST, size)
        shutil.copyfileobj(self._notes, self._out, CHUNK)
        self._fill(size)
        self._header(MANIFEST, len(manifest))
        self._out.write(manifest)
        self._fill(len(manifest))
        self._out.write(bytes(2 * BLOCK))

    def _header(self, name: str, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        # One block each: the one form holds long names (of keys), the other large sizes (of databases).
        if len(name) > tarfile.LENGTH_NAME:
            self._out.write(info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict"))
        else:
            self._out.write(info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict"))

    def _fill(self, size: int) -> None:
        self._out.write(bytes(-size % BLOCK))


def _rank(name: str) -> str:
    """By what names are in order: the database goes before all others."""
    return "" if name in DATABASES.values() else name


def _taken(source: BinaryIO, size: int) -> bytes:
    try:
        return source.read(size) or bytes(size)
    except OSError:
        return bytes(size)


@contextmanager
def created(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """An open file that gets its name only when all went well, and a folder beside it for what is needed meanwhile.

    Readable for its owner only. Raises BackupError when there is such a file already; whatever happens, nothing else stays.
    """
    if path.exists() or path.is_symlink():
        raise BackupError(f"{path} is there already; a backup never writes over another one")
    if not path.parent.is_dir():
        raise BackupError(f"{path.parent} is not a folder")
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as beside:
        draft = Path(beside) / "draft"
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            yield out, Path(beside)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, path)  # unlike a rename, this never takes the place of a file that came meanwhile
        sync(path.parent)


def sync(folder: Path) -> None:
    """So that the names in a folder survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(path: Path, kind: str, place: Place | None = None, seen: Callable[[int], None] | None = None) -> Manifest:
    """Reads an archive to its end and holds every part against list and manifest. Raises BackupError.

    ``place`` gives for a name and a size where it goes, and may give None. Bytes are written before the end was seen:
    what was placed counts only when this returns.
    """
    try:
        with path.open("rb") as file:
            return _Reader(file, kind, place, seen or (lambda _number: None)).manifest()
    except OSError as error:
        raise BackupError(f"{error.strerror}: {error.filename or path}") from None


class _Reader:
    def __init__(self, file: BinaryIO, kind: str, place: Place | None, seen: Callable[[int], None]) -> None:
        self._file, self._kind, self._place, self._seen = file, kind, place, seen
        self._all = os.fstat(file.fileno()).st_size
        self._list, self._number, self._size, self._last, self._first = sha256(), 0, 0, "", ""

    def manifest(self) -> Manifest:
        while True:
            name, size = self._header()
            if name == LIST:
                break
            self._part(name, size)
        told = self._digest(size, None)
        if told != self._list.hexdigest():
            raise BackupError("the list of parts is not that of the parts in it")
        name, size = self._header()
        if name != MANIFEST or size > LARGEST_MANIFEST:
            raise BackupError("after the list of parts comes the manifest, and it is not there")
        manifest = read(self._bytes(size))
        self._end()
        if manifest.kind != self._kind:
            raise BackupError("it holds keys, not data" if manifest.kind == KEYS else "it holds data, not keys")
        if manifest.parts != Parts(self._number, self._size, told):
            raise BackupError("the manifest belongs to other parts")
        if manifest.kind == DATA and self._first != DATABASES.get(manifest.engine):
            raise BackupError("the database in it is not the one that the manifest tells of")
        return manifest

    def _header(self) -> tuple[str, int]:
        block = self._file.read(BLOCK)
        if len(block) < BLOCK:
            raise BackupError("it stops halfway")
        try:
            info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeError):
            raise BackupError(f"no part begins at byte {self._file.tell() - BLOCK}") from None
        if info.type != tarfile.REGTYPE or info.linkname:
            raise BackupError(f"{info.name[:120]!r} is not an ordinary file")
        if not 0 <= info.size <= self._all - self._file.tell():
            raise BackupError(f"{info.name[:120]!r} says that it is larger than the file it is in")
        return info.name, info.size

    def _part(self, name: str, size: int) -> None:
        if not _NAMES[self._kind].fullmatch(name) or {".", ".."} & set(name.split("/")):
            raise BackupError(f"{name[:120]!r} does not belong in it")
        if name in DATABASES.values():
            if self._number:
                raise BackupError(f"{name!r} stands in the wrong place, or twice")
        elif name <= self._last:
            raise BackupError(f"{name!r} stands in the wrong place, or twice")
        if self._kind == KEYS and size > LARGEST_KEY:
            raise BackupError(f"{name!r} is too large for a key")
        target = self._place(name, size) if self._place else None
        digest = self._digest(size, target)
        self._first = self._first or name
        self._list.update(f"{digest} {size} {name}\n".encode())
        self._number, self._size, self._last = self._number + 1, self._size + size, _rank(name)
        self._seen(self._number)

    def _digest(self, size: int, target: BinaryIO | None) -> str:
        """The SHA-256 of the next bytes; they go to the target, which is closed."""
        digest, left = sha256(), size
        try:
            while left:
                chunk = self._file.read(min(CHUNK, left))
                if not chunk:
                    raise BackupError("it stops halfway")
                digest.update(chunk)
                if target is not None:
                    target.write(chunk)
                left -= len(chunk)
            if target is not None:
                target.flush()
                os.fsync(target.fileno())
        finally:
            if target is not None:
                target.close()
        self._skip(size)
        return digest.hexdigest()

    def _bytes(self, size: int) -> bytes:
        data = self._file.read(size)
        self._skip(size)
        return data

    def _skip(self, size: int) -> None:
        if any(self._file.read(-size % BLOCK)):
            raise BackupError("there is something between two parts")

    def _end(self) -> None:
        rest = self._file.read(2 * BLOCK + 1)
        if rest != bytes(2 * BLOCK):
            raise BackupError("there is something after its end, or it stops halfway")
