"""The statements folder: packages and norm archives, every content once under its hash; and the private keys beside it."""

import os
import re
import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from dijkwacht.adapters import package
from dijkwacht.norms.archive import Files, digest

_HASH = re.compile(r"[0-9a-f]{64}")
_NORMS = "norms/"


class StorageError(ValueError):
    """Something that should stand in the data folder is gone or is no longer what was written. The message says what."""


def put_package(data: bytes) -> str:
    """Writes a package; returns its SHA-256."""
    name = sha256(data).hexdigest()
    _write(_folder("statements") / f"{name}.zip", data)
    return name


def package_of(name: str) -> bytes:
    """The bytes of a package. Raises StorageError when it is gone or was changed."""
    data = _read(_folder("statements") / f"{_checked(name)}.zip", f"package {name}")
    if sha256(data).hexdigest() != name:
        raise StorageError(f"package {name} is no longer what was written")
    return data


def put_norms(files: Files) -> str:
    """Keeps the files of the packs, once; returns their hash (``norms/archive.digest``)."""
    name = digest(files)
    path = _folder("statements/norms") / f"{name}.zip"
    if not path.exists():
        _write(path, package.build({f"{_NORMS}{each}": data for each, data in files.items()}))
    return name


def norms_of(name: str) -> Files:
    """The files of packs that were kept. Raises StorageError when they are gone or were changed."""
    data = _read(_folder("statements/norms") / f"{_checked(name)}.zip", f"the norms {name}")
    try:
        files = {each.removeprefix(_NORMS): found for each, found in package.parse(data).files.items()}
    except package.PackageError as error:
        raise StorageError(f"the norms {name}: {error}") from None
    if digest(files) != name:
        raise StorageError(f"the norms {name} are no longer what was written")
    return files


def put_key(slug: str, key: str, pem: bytes) -> None:
    """Writes a private key, readable for the owner of the process only."""
    _write(_key_path(slug, key), pem)


def private_key(slug: str, key: str) -> bytes:
    """A private key. Raises StorageError when it is not there."""
    return _read(_key_path(slug, key), f"the private key {key} of {slug}")


def _key_path(slug: str, key: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{32}", key) or not re.fullmatch(r"[-a-zA-Z0-9_]+", slug):
        raise StorageError("not the number of a key")
    return _folder(f"keys/{slug}") / f"{key}.pem"


def _checked(name: str) -> str:
    if not _HASH.fullmatch(name):
        raise StorageError("not a SHA-256")
    return name


def _folder(name: str) -> Path:
    path = Path(settings.DATA_DIR)
    for part in name.split("/"):
        path /= part
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"{what} cannot be read: {error.strerror}") from None


def _write(path: Path, data: bytes) -> None:
    """Writes a file completely or not at all; who comes second finds the same content."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)  # so that the name survives a power cut too
    finally:
        os.close(handle)
