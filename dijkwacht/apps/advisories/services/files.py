"""Files that somebody brings: JSON documents, or a ZIP of them; each by itself, with what became of it.

Nothing is unpacked to disk, and what is in an archive in an archive is left. What stood beside a document (a hash, a signature)
counts. Documents come in by portions, each whole or not at all; one bad file does not stop the others.
"""

import io
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from dijkwacht.adapters.csaf.check import Companions, check_csaf
from dijkwacht.adapters.csaf.listing import HASHES
from dijkwacht.adapters.csaf.load import MEGABYTE
from dijkwacht.adapters.limits import Budget, Limits, TableError
from dijkwacht.adapters.zip_guard import SafeZip
from dijkwacht.apps.advisories.models import Document, DocumentState
from dijkwacht.apps.advisories.services import receiving
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.intake import Came, is_cve, printable
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.shapes import Tlp

LARGEST = 50 * MEGABYTE
SMALL = 64 * 1024
LIMITS = Limits(size=LARGEST, unpacked=200 * MEGABYTE, entries=5_000, seconds=60.0)
PORTION, PORTION_BYTES = 25, 20 * MEGABYTE
ZIP = b"PK\x03\x04"
BESIDE = (*HASHES, "asc")
Became = Literal["read", "older", "aside", "known", "left", "not_opened"]
"""Taken in; taken in while a newer revision was here; set aside; here already; time was up; no document came out of it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it was brought."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. ``code``, ``params``: why it was not opened."""

    name: str
    became: Became
    document: Document | None = None
    code: str = ""
    params: dict[str, str] = field(default_factory=dict)


def take_files(
    desk: Organisation, files: Iterable[Brought], *, tlp: Tlp | None = None, person: Person | None, at: datetime,
    actor: str = "", seconds: float | None = None, clock: Callable[[], float] = time.monotonic,
) -> list[Result]:  # fmt: skip
    """Takes in what is in these files; one result per document, and per file of which nothing came.

    ``tlp``: how far whoever gave it lets it be passed on; the stricter of this and of the document holds. ``seconds``: after so
    long what was not looked at yet is left, to be brought again.
    """
    until = None if seconds is None else clock() + seconds
    documents, results = opened(files)
    for portion in _portions(documents):
        if until is not None and clock() > until:
            results += [Result(each.name, "left") for each in portion]
        else:
            results += _taken(desk, portion, tlp, person=person, at=at, actor=actor)
    return results


def opened(files: Iterable[Brought]) -> tuple[list["_Piece"], list[Result]]:
    """The documents in these files, each with what stood beside it; and the files of which nothing came, with why."""
    pieces: dict[str, bytes] = {}
    results: list[Result] = []
    for each in files:
        name = printable(each.name)
        try:
            found = _inside(each)
        except TableError as error:
            results.append(Result(name, "not_opened", code=error.problem.code, params=dict(error.problem.params)))
            continue
        for inner, data in found.items():
            pieces[inner if inner not in pieces else f"{name}: {inner}"] = data
    documents = [
        _Piece(name, data, _beside(name, pieces)) for name, data in pieces.items() if not _is_beside(name, pieces)
    ]
    return documents, results


@dataclass(frozen=True, slots=True)
class _Piece:
    """A document that was found, and what stood beside it."""

    name: str
    data: bytes
    beside: Companions


def _inside(file: Brought) -> dict[str, bytes]:
    """The file itself, or what is in it. Raises TableError."""
    if not file.data:
        raise TableError("empty_file")
    if len(file.data) > LARGEST:
        raise TableError("too_large", most=str(LARGEST // MEGABYTE))
    if not file.data.startswith(ZIP):
        return {printable(file.name): file.data}
    found = _unpacked(file)
    if not any(_is_document(each) for each in found):
        raise TableError("no_document")
    return found


def _unpacked(file: Brought) -> dict[str, bytes]:
    """The documents in an archive and what stands beside them. Raises TableError."""
    archive = SafeZip(io.BytesIO(file.data), Budget(LIMITS))
    found = {}
    for name in sorted(archive.names):
        if name.startswith("__MACOSX/") or name.endswith("/"):
            continue
        if _is_document(name):
            found[printable(name)] = b"".join(archive.chunks(name))
        elif name.endswith(tuple(f".json.{ending}" for ending in BESIDE)):
            found[printable(name)] = archive.read(name, most=SMALL)
    return found


def _is_document(name: str) -> bool:
    return name.lower().endswith(".json")


def _is_beside(name: str, pieces: dict[str, bytes]) -> bool:
    stem, _dot, ending = name.rpartition(".")
    return ending in BESIDE and stem in pieces


def _beside(name: str, pieces: dict[str, bytes]) -> Companions:
    hashes = {each: pieces[f"{name}.{each}"] for each in HASHES if f"{name}.{each}" in pieces}
    return Companions(name, hashes, pieces.get(f"{name}.asc"))


def _portions(documents: Sequence[_Piece]) -> Iterable[list[_Piece]]:
    portion: list[_Piece] = []
    for each in documents:
        portion.append(each)
        if len(portion) >= PORTION or sum(len(one.data) for one in portion) >= PORTION_BYTES:
            yield portion
            portion = []
    if portion:
        yield portion


def _taken(
    desk: Organisation, portion: list[_Piece], tlp: Tlp | None, *, person: Person | None, at: datetime, actor: str
) -> list[Result]:
    """One portion: checked outside the transaction, then in."""
    came = [
        Came(
            each.data, each.name.rsplit("/", maxsplit=1)[-1], each.beside, tlp=tlp,
            checked=None if is_cve(each.data) else check_csaf(each.data, each.beside),
        )
        for each in portion
    ]  # fmt: skip
    took = receiving.receive(desk, came, person=person, at=at, actor=actor)
    return [Result(each.name, _became(row), row) for each, row in zip(portion, took.each, strict=True)]


def _became(row: Document | None) -> Became:
    if row is None:
        return "known"
    if row.state == DocumentState.ASIDE:
        return "aside"
    newest = row.advisory is not None and row.advisory.document_id == row.pk
    return "read" if newest else "older"


def records_of(files: Iterable[Brought]) -> list[bytes]:
    """The records of the CVE list in these files. Raises Refused (not_opened, no_record) with the name of the file."""
    documents, results = opened(files)
    for result in results[:1]:
        raise Refused("not_opened", name=result.name)
    for each in documents:
        if not is_cve(each.data):
            raise Refused("no_record", name=each.name)
    return [each.data for each in documents]
