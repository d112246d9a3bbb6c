"""The package of a statement: a zip archive that can be written in one way only.

Files are stored without compression, in a fixed order, with a fixed date. So the same files always give the same bytes, whatever
the version of Python or zlib, nothing can hide between or after them, and there is nothing to inflate. Any zip program reads it.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST = 64 * MEGABYTE
MOST_FILES = 500
ORDER = (
    "manifest.json", "signature.json", "keys.json", "contents.json", "lines.jsonl", "disclosed.jsonl", "world.json",
    "timestamp.tsr",
)  # fmt: skip
FOLDERS = ("norms", "documents")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*", re.ASCII)
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_HEAD = struct.Struct("<4sHHHHHLLLHH")
_VERSION, _DATE = 20, 0x21  # zip 2.0; 1 January 1980, the first day that zip knows
_MADE_BY, _MODE = 3 << 8 | _VERSION, 0o100644 << 16  # a plain file on Unix


class PackageError(ValueError):
    """A package that is refused: ``file`` in it (or empty) and what is wrong. ``trouble``: it cannot be read at all."""

    def __init__(self, file: str, reason: str, *, line: int | None = None, trouble: bool = False) -> None:
        place = f"{file}, line {line}" if line is not None else file
        super().__init__(f"{place}: {reason}" if place else reason)
        self.file, self.line, self.reason, self.trouble = file, line, reason, trouble


@dataclass(frozen=True, slots=True)
class Parsed:
    """The files of a package; ``fault`` when the archive around them is not written in the one way."""

    files: dict[str, bytes]
    fault: PackageError | None


def build(files: Mapping[str, bytes]) -> bytes:
    """The package with these files. Raises PackageError on a name that does not belong in one."""
    names = sorted(files, key=_rank)
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in names:
        data, encoded = files[name], name.encode("ascii")
        same = (0, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(encoded))
        parts += [_HEAD.pack(_LOCAL, _VERSION, *same, 0), encoded, data]
        central = struct.pack("<4sHH", _CENTRAL, _MADE_BY, _VERSION) + struct.pack("<HHHHLLLH", *same)
        directory += [central + struct.pack("<HHHHLL", 0, 0, 0, 0, _MODE, offset), encoded]
        offset += _HEAD.size + len(encoded) + len(data)
    size = sum(map(len, directory))
    end = struct.pack("<4sHHHHLLH", _END, 0, 0, len(names), len(names), size, offset, 0)
    return b"".join([*parts, *directory, end])


def parse(data: bytes) -> Parsed:
    """The files of a package. Raises PackageError when it cannot be taken apart, holds a name twice or is too large."""
    if len(data) > LARGEST:
        raise PackageError("", f"larger than {LARGEST // MEGABYTE} MB", trouble=True)
    if data[:4] != _LOCAL:
        if _END in data:
            raise PackageError("", "the archive does not begin as it was written")
        raise PackageError("", "this is not a zip archive", trouble=True)
    files: dict[str, bytes] = {}
    for name, content in _entries(data):
        if name in files:
            raise PackageError(name, "this file is in the package twice")
        if len(files) >= MOST_FILES:
            raise PackageError("", f"more than {MOST_FILES} files", trouble=True)
        files[name] = content
    again = build(files)
    return Parsed(files, None if again == data else _fault(data, again, files))


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while data[at : at + 4] == _LOCAL:
        if len(data) - at < _HEAD.size:
            raise PackageError("", f"the archive breaks off at byte {at}")
        _, _, flags, method, _, _, _, packed, size, named, extra = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size + named
        raw = data[at + _HEAD.size : start]
        name = raw.decode("ascii", "backslashreplace")
        if method or flags or extra or packed != size:
            raise PackageError(name[:100], "not stored as it was written (compressed, encrypted or packed anew)")
        _rank(name)
        at = start + size
        if at > len(data):
            raise PackageError(name, "the archive breaks off in this file")
        yield name, data[start:at]


def _rank(name: str) -> tuple[int, str]:
    """Where a file stands in the package. Raises PackageError on a name that does not belong in one."""
    if name in ORDER:
        return ORDER.index(name), ""
    folder = name.partition("/")[0]
    if len(name) > 200 or not _NAME.fullmatch(name) or folder not in FOLDERS or folder == name:
        raise PackageError(name[:100], "this file does not belong in a package")
    return len(ORDER) + FOLDERS.index(folder), name


def _fault(data: bytes, again: bytes, files: Mapping[str, bytes]) -> PackageError:
    """What is wrong with the archive around the files: at which byte it is first not what was written."""
    at = next((i for i, (a, b) in enumerate(zip(data, again, strict=False)) if a != b), min(len(data), len(again)))
    offset = 0
    for name in sorted(files, key=_rank):
        offset += _HEAD.size + len(name) + len(files[name])
        if at < offset:
            return PackageError(name, f"its header is not as it was written (byte {at} of the package)")
    if at >= len(again):
        return PackageError("", f"{len(data) - len(again)} bytes stand after the end of the package")
    return PackageError("", f"the list of files at the end is not as it was written (byte {at} of the package)")
