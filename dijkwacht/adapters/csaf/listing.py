"""What a provider lists: provider-metadata.json, ROLIE feeds, changes.csv and index.txt, read with care into entries."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from dijkwacht.adapters.csaf.load import MEGABYTE, Unreadable, load_object
from dijkwacht.adapters.csaf.read import LABELS
from dijkwacht.adapters.csaf.walk import ROOT, Object, Path, Walk
from dijkwacht.core.advisories.feed import Entry
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.shapes import Tlp

MOST = 200_000  # documents in one listing
SIZE = 100 * MEGABYTE
HASHES = ("sha512", "sha256")


@dataclass(frozen=True, slots=True)
class Feed:
    """A ROLIE feed that a provider names."""

    url: str
    tlp: Tlp | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """What provider-metadata.json says. ``keys``: fingerprint in lower case -> address of the key."""

    url: str
    namespace: str
    name: str
    role: str
    feeds: tuple[Feed, ...]
    directories: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()


def read_provider(data: bytes, url: str) -> Provider:
    """provider-metadata.json, found at ``url``. Raises Unreadable."""
    walk = Walk()
    body, walk.problems = load_object(data, size=10 * MEGABYTE)
    publisher = walk.object(body, "publisher", ROOT)
    feeds: list[Feed] = []
    directories: list[str] = []
    for each, place in walk.objects(body, "distributions", ROOT):
        if directory := walk.text(each, "directory_url", place):
            directories += joined(url, directory.rstrip("/") + "/")
        rolie = walk.object(each, "rolie", place)
        for feed, where in walk.objects(rolie, "feeds", (place, "rolie")):
            if address := walk.text(feed, "url", where):
                label = LABELS.get(walk.text(feed, "tlp_label", where).upper())
                feeds += (Feed(each, label) for each in joined(url, address))
    keys: list[tuple[str, str]] = []
    for each, place in walk.objects(body, "public_openpgp_keys", ROOT, "note"):
        if address := walk.text(each, "url", place):
            fingerprint = walk.text(each, "fingerprint", place).replace(" ", "").lower()
            keys += ((fingerprint, key) for key in joined(url, address))
    return Provider(
        url, walk.text(publisher, "namespace", (ROOT, "publisher")), walk.text(publisher, "name", (ROOT, "publisher")),
        walk.text(body, "role", ROOT), tuple(feeds), tuple(directories), tuple(keys), tuple(walk.problems),
    )  # fmt: skip


def read_feed(data: bytes, url: str, *, tlp: Tlp | None = None) -> tuple[list[Entry], list[Problem]]:
    """The entries of a ROLIE feed. Raises Unreadable when it is none; entries without an address are noted."""
    walk = Walk()
    body, walk.problems = load_object(data, size=SIZE)
    if "feed" not in body:
        raise Unreadable("not_a_feed")
    feed = walk.object(body, "feed", ROOT)
    found: list[Entry] = []
    for each, place in walk.objects(feed, "entry", (ROOT, "feed")):
        if len(found) >= MOST:
            raise Unreadable("too_many_entries", most=str(MOST))
        if (entry := _entry(walk, each, place, url, tlp)) is not None:
            found.append(entry)
    return found, walk.problems


def _entry(walk: Walk, each: Object, place: Path, url: str, tlp: Tlp | None) -> Entry | None:
    links: dict[str, list[str]] = {}
    for link, where in walk.objects(each, "link", place, "note"):
        if href := walk.text(link, "href", where):
            links.setdefault(walk.text(link, "rel", where), []).extend(joined(url, href))
    source = walk.text(walk.object(each, "content", place, "note"), "src", (place, "content"))
    address = next(iter(joined(url, source) if source else links.get("self", [])), "")
    if not address:
        walk.note("missing", (place, "content"), key="src")
        return None
    hashes = {name: href for href in links.get("hash", []) for name in HASHES if href.endswith(f".{name}")}
    return Entry(
        address, walk.text(each, "updated", place), walk.moment(each, "updated", place), hashes,
        next(iter(links.get("signature", [])), ""), tlp,
    )  # fmt: skip


def read_changes(data: bytes, url: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of changes.csv in the directory ``url``: a path and a moment per row, quoted or not. Raises Unreadable."""
    walk = Walk()
    found: list[Entry] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(_text(data)), strict=True), 1):
            if number > MOST:
                raise Unreadable("too_many_entries", most=str(MOST))
            if not row or not row[0].strip():
                continue
            place = (ROOT, number)
            stamp = row[1].strip() if len(row) > 1 else ""
            if not stamp:
                walk.note("missing", place, key="moment")
            at = walk.moment({"moment": stamp}, "moment", place)
            found += [beside(address, stamp=stamp, at=at) for address in _inside(walk, row[0].strip(), url, place)]
    except csv.Error:
        raise Unreadable("not_csv") from None
    return found, walk.problems


def read_index(data: bytes, url: str) -> tuple[list[Entry], list[Problem]]:
    """The entries of index.txt: a path per line, without a moment. Raises Unreadable."""
    walk = Walk()
    lines = _text(data).splitlines()
    if len(lines) > MOST:
        raise Unreadable("too_many_entries", most=str(MOST))
    found = [
        beside(address)
        for number, line in enumerate(lines, 1)
        if line.strip()
        for address in _inside(walk, line.strip(), url, (ROOT, number))
    ]
    return found, walk.problems


def beside(url: str, *, stamp: str = "", at: datetime | None = None) -> Entry:
    """An entry of a directory: hashes and signature stand beside the document under its own name."""
    hashes = {name: f"{url}.{name}" for name in HASHES}
    return Entry(url, stamp, at, hashes, f"{url}.asc")


def joined(base: str, address: str) -> list[str]:
    """An address as it is meant where it stands; none when it is no address at all, such as one that begins with ``https://[``."""
    try:
        return [urljoin(base, address)]
    except ValueError:
        return []


def _inside(walk: Walk, path: str, url: str, place: Path) -> Iterator[str]:
    """The address of a path in a directory; one that leads out of it is noted and left."""
    if _leads_out(path):
        walk.note("outside_folder", place, value=path[:80])
        return
    yield urljoin(url, quote(unquote(path), safe="/+-._~"))


def _leads_out(path: str) -> bool:
    try:
        scheme = urlsplit(path).scheme
    except ValueError:
        return True
    return bool(scheme) or path.startswith(("/", "\\")) or ".." in PurePosixPath(unquote(path)).parts


def _text(data: bytes) -> str:
    if len(data) > SIZE:
        raise Unreadable("too_big", bytes=str(len(data)), most=str(SIZE))
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Unreadable("bad_encoding", coding="utf-8") from None
