"""The files of a delivery, by name: one file, a folder, or a zip of one. Nothing is extracted, no link is followed."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from dijkwacht.adapters.cbs.trouble import CbsError, CbsLimits, clean
from dijkwacht.adapters.limits import Budget, Limits, TableError
from dijkwacht.adapters.zip_guard import SafeZip

READ = (".json", ".csv")
_CHUNK = 1024 * 1024


class Files:
    """What was delivered. ``names``: of the files that are read, in order."""

    def __init__(self, source: Path | bytes, name: str, limits: CbsLimits) -> None:
        self._limits = limits
        self._zip: SafeZip | None = None
        self._paths: dict[str, Path] = {}
        self._data: dict[str, bytes] = {}
        if isinstance(source, bytes):
            self._of_bytes(source, name)
        elif source.is_dir():
            self._paths = {each.name: each for each in self._in(source)}
        else:
            self._of_file(source)
        self.names = sorted(self._data or self._paths or self._in_zip())
        if not self.names:
            raise CbsError("no_data", file=clean(name))
        if len(self.names) > limits.files:
            raise CbsError("too_many_files", value=str(limits.files))

    def open(self, name: str) -> BinaryIO:
        """One file, from its start."""
        if name in self._data:
            return io.BytesIO(self._data[name])
        if self._zip is not None:
            return cast(BinaryIO, io.BufferedReader(_Unpacked(self._zip.chunks(name))))
        try:
            return self._paths[name].open("rb")
        except OSError:
            raise CbsError("not_readable", file=clean(name)) from None

    def sha256(self) -> str:
        """Of all files with their names."""
        found = hashlib.sha256()
        for name in self.names:
            found.update(f"{Path(name).name}\n".encode())
            with self.open(name) as file:
                while chunk := file.read(_CHUNK):
                    found.update(chunk)
        return found.hexdigest()

    def _of_bytes(self, data: bytes, name: str) -> None:
        self._measure(len(data))
        if data.startswith(b"PK\x03\x04"):
            self._zip = self._archive(io.BytesIO(data))
        else:
            self._data = {clean(name) or "data": data}

    def _of_file(self, path: Path) -> None:
        try:
            self._measure(path.stat().st_size)
            with path.open("rb") as file:
                packed = file.read(4) == b"PK\x03\x04"
            if packed:
                self._zip = self._archive(path.open("rb"))
            else:
                self._paths = {path.name: path}
        except OSError:
            raise CbsError("not_readable", file=clean(path.name)) from None

    def _in(self, folder: Path) -> list[Path]:
        try:
            found = [each for each in folder.iterdir() if each.suffix.lower() in READ and not each.is_symlink()]
            found = [each for each in found if each.is_file()]
            if found:
                self._measure(sum(each.stat().st_size for each in found))
        except OSError:
            raise CbsError("not_readable", file=clean(folder.name)) from None
        return found

    def _in_zip(self) -> list[str]:
        return [each for each in self._zip.names if each.lower().endswith(READ)] if self._zip else []

    def _archive(self, file: BinaryIO) -> SafeZip:
        limits = Limits(
            size=self._limits.size, unpacked=self._limits.size * 2, entries=self._limits.files, seconds=self._limits.seconds
        )  # fmt: skip
        try:
            return SafeZip(file, Budget(limits))
        except TableError as error:
            raise CbsError("unsafe_archive", value=error.problem.code) from None

    def _measure(self, size: int) -> None:
        if not size:
            raise CbsError("empty_file")
        if size > self._limits.size:
            raise CbsError("too_large", value=str(self._limits.size // 1024 // 1024))


class _Unpacked(io.RawIOBase):
    """What comes out of a zip, as a file that is read from front to back."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""

    def readable(self) -> bool:
        """It is only read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer as far as there is anything; 0 at the end."""
        view = memoryview(cast(bytearray, buffer))
        try:
            if not self._left:
                self._left = next(self._chunks, b"")
        except TableError as error:
            raise CbsError("unsafe_archive", value=error.problem.code) from None
        part, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(part)] = part
        return len(part)
