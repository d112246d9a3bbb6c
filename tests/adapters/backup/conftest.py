"""A sound archive, and the blocks of one that is not."""

import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dijkwacht.adapters.backup.archive import BLOCK, LIST, MANIFEST, Writer, created
from dijkwacht.adapters.backup.manifest import DATA, FORM, Chain, Manifest, Parts, written

SECRET = "s" * 64
DATABASE = b"rows " * 1000
FILES = [b"een", b"twee" * 1000, b""]


def part_of(data: bytes) -> str:
    digest = sha256(data).hexdigest()
    return f"evidence/{digest[:2]}/{digest}"


def manifest(**more: Any) -> Manifest:
    told: dict[str, Any] = {
        "form": FORM, "kind": DATA, "id": "a" * 32, "version": "0.1.0", "made_at": "2026-11-25T09:30:00+01:00",
        "parts": Parts(0, 0, ""), "engine": "sqlite", "chains": {"dijkstad": Chain(3, "b" * 64)},
    }  # fmt: skip
    return Manifest(**told | more)


def header(name: str, size: int, **more: Any) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    for key, value in more.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % BLOCK)


def raw(
    parts: list[tuple[bytes, bytes]], *, told: dict[str, Any] | None = None, end: bytes = bytes(2 * BLOCK)
) -> bytes:
    """An archive of these headers with their bytes, with a list and a manifest that are true of them."""
    lines, size = [], 0
    for head, data in parts:
        name = head[:100].rstrip(b"\0")
        lines.append(f"{sha256(data).hexdigest()} {len(data)} ".encode() + name + b"\n")
        size += len(data)
    listed = b"".join(lines)
    sums = Parts(len(parts), size, sha256(listed).hexdigest())
    last = written(manifest(**{"parts": sums, **(told or {})}), SECRET)
    body = b"".join(head + padded(data) for head, data in parts)
    return body + header(LIST, len(listed)) + padded(listed) + header(MANIFEST, len(last)) + padded(last) + end


def plain(*parts: tuple[str, bytes]) -> list[tuple[bytes, bytes]]:
    return [(header(name, len(data)), data) for name, data in parts]


SOUND = [("database.sqlite3", DATABASE), *sorted((part_of(data), data) for data in FILES)]


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    def put(data: bytes) -> Path:
        path = tmp_path / "backup.tar"
        path.write_bytes(data)
        return path

    return put


def write(path: Path, parts: list[tuple[str, bytes]], *, secret: str = SECRET, **more: Any) -> Manifest:
    """Writes an archive as a backup does."""
    with created(path) as (out, beside), (beside / "parts").open("w+b") as notes:
        writer = Writer(out, notes)
        for number, (name, data) in enumerate(parts):
            (beside / str(number)).write_bytes(data)
            with (beside / str(number)).open("rb") as source:
                writer.add(name, source)
        told = msgspec.structs.replace(manifest(**more), parts=writer.parts)
        writer.finish(written(told, secret))
    return told


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
