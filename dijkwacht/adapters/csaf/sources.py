"""Where documents come from, a folder on disk or a provider on the web, behind one form: a listing, and one document of it."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urljoin

from dijkwacht.adapters.csaf.check import Checked, Companions, check_csaf
from dijkwacht.adapters.csaf.https import Https, Refused
from dijkwacht.adapters.csaf.listing import (
    HASHES,
    SIZE,
    Provider,
    beside,
    read_changes,
    read_feed,
    read_index,
    read_provider,
)
from dijkwacht.adapters.csaf.load import LIMITS, MEGABYTE, Limits, Unreadable
from dijkwacht.adapters.csaf.signature import NO_KEYS, Keys, certificates
from dijkwacht.core.advisories.feed import Cursor, Entry, advanced, failed, plan
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.shapes import Tlp

SMALL = 64 * 1024  # bytes of a hash file or a signature
NOT_DOCUMENTS = frozenset(("provider-metadata.json", "service.json", "category.json"))
WELL_KNOWN = "/.well-known/csaf/provider-metadata.json"
CSAF_HOST = "csaf.data.security"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source has, and what was odd about its lists."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Got:
    """The bytes of a document and of what stood beside it."""

    data: bytes
    hashes: Mapping[str, bytes] = field(default_factory=dict)
    signature: bytes | None = None


class Source(Protocol):
    """A provider, wherever it is."""

    def listing(self) -> Listing:
        """Everything that it has. Raises Refused or Unreadable when no list can be read."""

    def get(self, entry: Entry) -> Got:
        """One document. Raises Refused."""


class Folder:
    """A folder: a mirror of a provider, or just files. Its lists are used where they are; else every .json below it counts."""

    def __init__(self, path: Path, *, size: int = LIMITS.size) -> None:
        self._root = path.resolve()
        self._size = size

    def listing(self) -> Listing:
        """The files of changes.csv or index.txt that exist here, else all .json files, with their size and time as stamp."""
        if not self._root.is_dir():
            raise Refused("no_such_file", path=self._root.name)
        for name, read in (("changes.csv", read_changes), ("index.txt", read_index)):
            if (self._root / name).is_file():
                entries, problems = read(self._bytes(self._root / name, 100 * MEGABYTE), "")
                here = [found for each in entries if (found := self._here(each)) is not None]
                if here or not entries:
                    return Listing(tuple(here), tuple(problems))
        return Listing(tuple(self._all()))

    def get(self, entry: Entry) -> Got:
        """The file and what stands beside it."""
        path = self._path(entry.url)
        hashes = {name: self._bytes(each, SMALL) for name in HASHES if (each := self._beside(path, name)).is_file()}
        signature = self._beside(path, "asc")
        return Got(
            self._bytes(path, self._size), hashes, self._bytes(signature, SMALL) if signature.is_file() else None
        )

    def _here(self, entry: Entry) -> Entry | None:
        """The entry with a path that exists below this folder: lists may be written from higher up (CISA's are)."""
        parts = unquote(entry.url).split("/")
        for start in range(len(parts)):
            tail = "/".join(parts[start:])
            if (self._root / tail).is_file():
                return beside(quote(tail), stamp=entry.stamp, at=entry.updated)
        return None

    def _all(self) -> Iterator[Entry]:
        for path in sorted(self._root.rglob("*.json")):
            if path.is_file() and path.name not in NOT_DOCUMENTS and not self._is_feed(path):
                told = path.stat()
                yield beside(quote(path.relative_to(self._root).as_posix()), stamp=f"{told.st_size}-{told.st_mtime_ns}")

    def _is_feed(self, path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(200).replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"").startswith(b'{"feed":')

    def _path(self, url: str) -> Path:
        path = (self._root / unquote(url)).resolve()
        if not path.is_relative_to(self._root):  # a link or dots that lead out
            raise Refused("outside_folder", path=url[:200])
        return path

    def _beside(self, path: Path, ending: str) -> Path:
        return path.with_name(f"{path.name}.{ending}")

    def _bytes(self, path: Path, most: int) -> bytes:
        try:
            if not path.resolve().is_relative_to(self._root):
                raise Refused("outside_folder", path=path.name)
            with path.open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            raise Refused("no_such_file", path=path.name, cause=type(error).__name__) from None
        if len(data) > most:
            raise Refused("too_big", path=path.name, most=str(most))
        return data


class Web:
    """A provider on the web, by its provider-metadata.json. Feeds go before directories, which say less."""

    def __init__(self, https: Https, provider: Provider) -> None:
        self._https, self.provider = https, provider

    @classmethod
    def at(cls, https: Https, url: str) -> "Web":
        """The provider whose metadata is at this address. Raises Refused or Unreadable."""
        answer = https.get(url, size=10 * MEGABYTE)
        return cls(https, read_provider(answer.body, answer.url))

    def listing(self) -> Listing:
        """All entries of its feeds; of its directories where it has no feed."""
        entries: list[Entry] = []
        problems = list(self.provider.problems)
        last: Refused | Unreadable | None = None
        for url, tlp in self._lists():
            try:
                found, odd = self._list(url, tlp)
            except (Refused, Unreadable) as error:  # the other lists still tell what is new
                last = error
                problems.append(Problem("list_refused", params={"url": url[:200], "cause": str(error)[:200]}))
                continue
            entries += found
            problems += odd
        if last is not None and not entries:
            raise last
        return Listing(tuple(entries), tuple(problems))

    def _lists(self) -> Iterator[tuple[str, Tlp | None]]:
        if self.provider.feeds:
            yield from ((feed.url, feed.tlp) for feed in self.provider.feeds)
        else:
            yield from ((url, None) for url in self.provider.directories)

    def _list(self, url: str, tlp: Tlp | None) -> tuple[list[Entry], list[Problem]]:
        if not self.provider.feeds:
            return self._directory(url)
        answer = self._https.get(url, size=SIZE)
        return read_feed(answer.body, answer.url, tlp=tlp)

    def get(self, entry: Entry) -> Got:
        """The document and what the list names beside it; where that is missing, nothing stands beside it."""
        data = self._https.get(entry.url).body
        hashes: dict[str, bytes] = {}
        for name, url in entry.hashes.items():
            if not hashes and (content := self._small(url)) is not None:  # one hash is enough
                hashes[name] = content
        return Got(data, hashes, self._small(entry.signature) if entry.signature else None)

    def keys(self) -> Keys:
        """The keys that the provider names, each only when it is the key of the fingerprint that stands beside it."""
        found = []
        for fingerprint, url in self.provider.keys:
            with contextlib.suppress(Refused):  # without this key a signature is of an unknown key, and says so
                found += certificates(self._https.get(url, size=MEGABYTE).body, fingerprint)
        return Keys.of(found)

    def _directory(self, url: str) -> tuple[list[Entry], list[Problem]]:
        try:
            answer = self._https.get(urljoin(url, "changes.csv"), size=SIZE)
            return read_changes(answer.body, url)
        except Refused as error:
            if error.code != "status":
                raise
        answer = self._https.get(urljoin(url, "index.txt"), size=SIZE)
        return read_index(answer.body, url)

    def _small(self, url: str) -> bytes | None:
        try:
            return self._https.get(url, size=SMALL).body
        except Refused as error:
            if error.code == "status":
                return None
            raise


def discovered(https: Https, domain: str) -> Web:
    """The provider of a domain: the well-known place, then the CSAF line of its security.txt, then the host reserved for it.

    Raises Refused with the last refusal when there is none.
    """
    places = [f"https://{domain}{WELL_KNOWN}", f"https://{CSAF_HOST}.{domain}"]
    last = Refused("no_such_name", host=domain)
    for place in (places[0], None, places[1]):
        try:
            url = place or _named(https, domain)
            if url:
                return Web.at(https, url)
        except Refused as error:
            last = error
        except Unreadable as error:
            last = Refused("no_answer", url=place or domain, cause=error.problem.code)
    raise last


def _named(https: Https, domain: str) -> str:
    text = https.get(f"https://{domain}/.well-known/security.txt", size=SMALL).body.decode("utf-8", "replace")
    found = (line.split(":", 1)[1].strip() for line in text.splitlines() if line.lower().startswith("csaf:"))
    return next(found, "")


@dataclass(frozen=True, slots=True)
class Taken:
    """One document of an intake: what was checked, or why it could not be fetched, and the cursor from here on."""

    entry: Entry
    got: Got | None
    checked: Checked | None
    refused: Refused | None
    cursor: Cursor


def taken_in(
    source: Source, cursor: Cursor, *, keys: Keys = NO_KEYS, most: int = 500, limits: Limits = LIMITS,
    must: frozenset[str] = frozenset(),
) -> Iterator[Taken]:  # fmt: skip
    """What is new at a source, one by one, checked. Store the cursor with each: killed halfway, the next run goes on from there.

    Raises Refused or Unreadable when no list can be read; a document that cannot be fetched is told and tried next time.
    """
    for entry in plan(source.listing().entries, cursor, most=most).fetch:
        try:
            got = source.get(entry)
        except Refused as error:
            cursor = failed(cursor, entry)
            yield Taken(entry, None, None, error, cursor)
            continue
        cursor = advanced(cursor, entry)
        demanded = frozenset(each for each in ("hash", "signature") if each in must)
        companions = Companions(entry.url, got.hashes, got.signature, keys, demanded)
        yield Taken(entry, got, check_csaf(got.data, companions, limits=limits), None, cursor)
