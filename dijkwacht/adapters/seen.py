"""A register of statements that were accepted, as a JSON file: what comes in twice, too late or replaced is refused."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from dijkwacht.adapters.checking import Checked
from dijkwacht.adapters.package import PackageError

FORM = "dijkwacht seen 1"
LARGEST = 32 * 1024 * 1024


def accept(path: Path, found: Checked) -> None:
    """Adds a statement to the register. Raises PackageError when it was there, or a later one was accepted before it."""
    with _locked(path):
        register = _read(path)
        try:
            _add(register, found)
        except (LookupError, TypeError, AttributeError):
            raise PackageError("", f"the register {path.name} is damaged", trouble=True) from None
        _write(path, register)


def _add(register: dict[str, Any], found: Checked) -> None:
    statement, shelf, what = found.statement, _shelf(found), f"{found.statement.account}|{found.statement.subject}"
    lines = register["statements"].setdefault(shelf, {})
    line = lines.setdefault(what, {"accepted": [], "replaced": {}})
    number, accepted, root = statement.number, line["accepted"], found.manifest.root.hex()
    part = "" if found.full else sha256(found.files["disclosed.jsonl"]).hexdigest()
    mark = {"number": number, "id": statement.id, "root": root, "lines": part, "key": found.manifest.marks.key}
    if any(mark in other.get(what, {}).get("accepted", ()) for other in register["statements"].values()):
        raise PackageError("manifest.json", f"statement {number} was accepted before: this is the same one again")
    if str(number) in line["replaced"]:
        later = line["replaced"][str(number)]
        raise PackageError("manifest.json", f"statement {number} was replaced by statement {later}, which was accepted")
    newest = max((each["number"] for each in accepted), default=-1)
    if number < newest:
        raise PackageError("manifest.json", f"statement {newest} was accepted before this older one, {number}")
    if any(each["number"] == number and (each["id"], each["root"]) != (statement.id, root) for each in accepted):
        raise PackageError("manifest.json", f"another statement with number {number} was accepted before")
    accepted.append(mark)
    if statement.replaces is not None:
        line["replaced"][str(statement.replaces)] = number


def _shelf(found: Checked) -> str:
    """Where a statement is kept: by organisation. One of which the key was not held against a trusted one is kept by key.

    Otherwise a stranger, with a key of his own and a high number, would have what the organisation sends next refused.
    """
    slug = found.statement.organisation.slug
    return slug if found.trusted else f"{slug}|{found.manifest.marks.key}"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one at a time: two that check the same package at once must not both accept it."""
    try:
        handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except (OSError, ValueError) as error:  # ValueError: no name to put the lock beside
        raise PackageError("", f"the register {path.name} cannot be used: {error}", trouble=True) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"form": FORM, "statements": {}}
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        found = json.loads(path.read_bytes())
        if not isinstance(found, dict) or found.get("form") != FORM or not isinstance(found.get("statements"), dict):
            raise ValueError("another form")
    except (OSError, ValueError, RecursionError) as error:
        raise PackageError("", f"the register {path.name} cannot be read: {error}", trouble=True) from None
    return found


def _write(path: Path, register: dict[str, Any]) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(register, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise PackageError("", f"the register {path.name} cannot be written: {error.strerror}", trouble=True) from None
