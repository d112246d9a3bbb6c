"""Opens a zip archive from a stranger: nothing is extracted, and what is read is counted as it comes out.

Declared sizes can lie, so the limits hold for the bytes that are really unpacked. An archive in an archive is never
opened. Names that climb out, that occur twice or that are encrypted are refused.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dijkwacht.adapters.limits import MEGABYTE, Budget, TableError

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# what zipfile raises on a damaged archive: it has no error of its own for all of them
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


class SafeZip:
    """The entries of an archive by name, read within a budget."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._budget = budget
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise TableError("broken_archive") from error
        infos = self._zip.infolist()
        if len(infos) > budget.limits.entries:
            raise TableError("too_many_entries", most=str(budget.limits.entries))
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) != len(infos) or any(_climbs(info.orig_filename) for info in infos):
            raise TableError("unsafe_archive")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise TableError("protected")
        if any(info.compress_type not in _METHODS for info in infos):
            raise TableError("unsafe_archive")

    @property
    def names(self) -> frozenset[str]:
        """The names of all entries."""
        return frozenset(self._infos)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one entry, piece by piece. Raises TableError on damage, and once a limit is passed."""
        info = self._infos.get(name)
        if info is None:
            raise TableError("broken_archive")
        limits, read = self._budget.limits, 0
        try:
            with self._zip.open(info) as entry:
                while chunk := entry.read(_CHUNK):
                    read += len(chunk)
                    self._unpacked += len(chunk)
                    inflated = read > MEGABYTE and read > limits.ratio * max(info.compress_size, 1)
                    if inflated or self._unpacked > limits.unpacked:
                        raise TableError("zip_bomb", most=str(limits.unpacked // MEGABYTE))
                    self._budget.check_time()
                    yield chunk
        except TableError:
            raise
        except _BROKEN as error:
            raise TableError("broken_archive") from error

    def read(self, name: str, *, most: int) -> bytes:
        """One small entry whole. Raises TableError when it is larger than ``most`` bytes."""
        data = b""
        for chunk in self.chunks(name):
            data += chunk
            if len(data) > most:
                raise TableError("broken_archive")
        return data


def _climbs(name: str) -> bool:
    """Whether a name could point outside the archive, or hides a second name behind a NUL."""
    return name.startswith(("/", "\\")) or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")
