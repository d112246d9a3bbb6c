"""Checks a package without a database and without a network: structure, every hash, the root, the signature, the keys.

What does not hold is refused with the file and the line. Explained in docs/algorithms/statement.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from dijkwacht.adapters import package_rows, signing, timestamp
from dijkwacht.adapters.package import PackageError, Parsed, parse
from dijkwacht.adapters.signing import Key, KeyTrouble
from dijkwacht.core import merkle
from dijkwacht.core.merkle import Inclusion
from dijkwacht.core.statement import Statement, StatementLine
from dijkwacht.core.statement_form import (
    SIGNED,
    FormError,
    Manifest,
    leaf,
    line_of,
    read_json,
    read_leaf,
    read_manifest,
)
from dijkwacht.norms.archive import digest

FULL = frozenset({"manifest.json", "signature.json", "keys.json", "contents.json", "lines.jsonl", "world.json"})
SUBSET = frozenset({"manifest.json", "signature.json", "keys.json", "disclosed.jsonl"})

_HASH, _SIGNATURE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class Expect:
    """What the reader expects. ``key``: the number of a key he trusts; ``keys``: the list that the organisation
    publishes now, None: not given (an empty one is a list that does not hold); ``roots``: certificates of time stamp
    authorities, in PEM. Whatever else is empty is not looked at.
    """

    key: str = ""
    keys: bytes | None = None
    organisation: str = ""
    account: str = ""
    on: date | None = None
    roots: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A package that holds. ``lines``: those in it, by their place; ``full``: all of them, with everything behind them.

    ``trusted``: the key was held against one that the reader gave. ``stamp``: the time stamp over the head, if any.
    ``lost``: by the list of the reader the key came into other hands at this moment, after the one that the statement tells.
    """

    manifest: Manifest
    lines: Mapping[int, StatementLine]
    full: bool
    trusted: bool
    stamp: timestamp.Stamp | None
    files: Mapping[str, bytes] = field(repr=False)
    lost: datetime | None = None

    @property
    def statement(self) -> Statement:
        """The statement, with the lines that are in the package."""
        found = self.manifest.statement
        return Statement(
            found.id, found.number, found.organisation, found.account, found.subject, found.on, found.known_at, found.at,
            found.head, found.versions, found.packs, tuple(self.lines.values()), found.signer, found.replaces, found.why,
        )  # fmt: skip


def check(data: bytes, *, expect: Expect | None = None) -> Checked:
    """What is in a package. Raises PackageError naming file and line when anything in it is not what was signed."""
    expected = expect or Expect()
    parsed = parse(data)
    files = parsed.files
    full = _full(files)
    manifest = _manifest(files["manifest.json"])
    keys = _keys(files["keys.json"], manifest)
    _signature(files, manifest, keys)
    lines = _all_lines(files, manifest) if full else _disclosed(files["disclosed.jsonl"], manifest)
    if parsed.fault is not None:
        raise parsed.fault
    _expected(manifest, expected)
    keys = _published(manifest, keys, expected.keys) if expected.keys is not None else keys
    trusted = _trusted(manifest, keys, expected)
    stamp = _stamp(files, manifest, expected)
    return Checked(manifest, lines, full, trusted, stamp, files, keys[manifest.marks.key].lost)


def opened(data: bytes) -> Checked:
    """The same for a package that we keep ourselves, whose bytes were held against their hash: only taken apart."""
    parsed: Parsed = parse(data)
    manifest = _manifest(parsed.files["manifest.json"])
    rows = parsed.files["lines.jsonl"].splitlines()
    lines = {index: read_leaf(row)[0] for index, row in enumerate(rows)}
    return Checked(manifest, lines, True, False, None, parsed.files)


# -- structure ---------------------------------------------------------------------------------------
def _full(files: Mapping[str, bytes]) -> bool:
    """Whether this is a whole package, or else some lines of one. Raises PackageError when files are missing or too many."""
    full = "disclosed.jsonl" not in files
    needed = FULL if full else SUBSET
    if missing := sorted(needed - files.keys()):
        raise PackageError(missing[0], "this file is missing")
    more = sorted(name for name in files.keys() - needed if not (full and ("/" in name or name == "timestamp.tsr")))
    if more:
        raise PackageError(more[0], "this file does not belong in such a package")
    return full


def _manifest(data: bytes) -> Manifest:
    try:
        return read_manifest(data)
    except FormError as error:
        raise PackageError("manifest.json", str(error)) from None


def _keys(data: bytes, manifest: Manifest) -> dict[str, Key]:
    try:
        organisation, keys = signing.read_key_list(data)
    except KeyTrouble as error:
        raise PackageError("keys.json", str(error)) from None
    if organisation != manifest.statement.organisation.slug:
        raise PackageError("keys.json", f"these are keys of {organisation}, not of the organisation in the manifest")
    if manifest.marks.key not in keys:
        raise PackageError("keys.json", f"the key of the manifest, {manifest.marks.key}, is not in it")
    return keys


def _signature(files: Mapping[str, bytes], manifest: Manifest, keys: Mapping[str, Key]) -> None:
    try:
        found = read_json(files["signature.json"])
    except FormError as error:
        raise PackageError("signature.json", str(error)) from None
    marks = manifest.marks
    if found.keys() != {"algorithm", "key", "signature"} or found["algorithm"] != signing.ALGORITHM:
        raise PackageError("signature.json", f"a signature of {signing.ALGORITHM} was expected")
    if not _SIGNATURE.fullmatch(str(found["signature"])):
        raise PackageError("signature.json", "128 hexadecimal digits in small letters were expected")
    if found["key"] != marks.key:
        raise PackageError(
            "signature.json", f"signed with key {found['key']!s:.40}, and the manifest names {marks.key}"
        )
    if not signing.holds(keys[marks.key].public, str(found["signature"]), SIGNED + files["manifest.json"]):
        reason = "the signature does not fit the manifest: one of them was changed, or it is of another key"
        raise PackageError("manifest.json", reason)
    if sha256(files["keys.json"]).hexdigest() != marks.keys:
        raise PackageError("keys.json", "this is not the list of keys that was signed for")
    try:
        signing.in_use(keys, marks.key, manifest.statement.at)
    except KeyTrouble as error:
        raise PackageError("keys.json", str(error)) from None


# -- lines and files ---------------------------------------------------------------------------------
def _all_lines(files: Mapping[str, bytes], manifest: Manifest) -> dict[int, StatementLine]:
    contents = _contents(files, manifest)
    rows = package_rows.rows("lines.jsonl", files["lines.jsonl"])
    package_rows.places(rows, contents)
    lines: dict[int, StatementLine] = {}
    for number, row in enumerate(rows, 1):
        try:
            lines[number - 1] = read_leaf(row)[0]
        except FormError as error:
            raise PackageError("lines.jsonl", str(error), line=number) from None
    package_rows.once("lines.jsonl", lines)
    if len(rows) != manifest.lines or merkle.root(rows) != manifest.root:
        raise PackageError("lines.jsonl", "these lines do not give the root that was signed")
    return lines


def _contents(files: Mapping[str, bytes], manifest: Manifest) -> list[str]:
    """Holds every other file against the list of contents; returns the hashes of the leaves as they should be."""
    if sha256(files["contents.json"]).hexdigest() != manifest.marks.contents:
        raise PackageError("contents.json", "this is not the list of contents that was signed for")
    try:
        listed = read_json(files["contents.json"])
        told, leaves = dict(listed["files"]), list(listed["leaves"])
    except (FormError, KeyError, TypeError, ValueError):
        raise PackageError("contents.json", "this is no list of contents") from None
    others = {name for name in files if name not in ("manifest.json", "signature.json", "keys.json", "contents.json")}
    others.discard("lines.jsonl")
    for name in sorted(others | told.keys()):
        if name not in told:
            raise PackageError(name, "this file was not there when it was signed")
        if name not in files:
            raise PackageError(name, "this file is missing")
        if sha256(files[name]).hexdigest() != told[name]:
            raise PackageError(name, "this file was changed after it was signed")
    norms = {name.removeprefix("norms/"): data for name, data in files.items() if name.startswith("norms/")}
    if digest(norms) != manifest.marks.norms:
        raise PackageError("norms", "these are not the norms that were signed for")
    return leaves


def _disclosed(data: bytes, manifest: Manifest) -> dict[int, StatementLine]:
    """Some lines, each with the proof that it is one of those that were signed."""
    lines: dict[int, StatementLine] = {}
    last = -1
    for number, row in enumerate(package_rows.rows("disclosed.jsonl", data), 1):
        try:
            found = read_json(row)
            if found.keys() != {"index", "line", "path", "salt"}:
                raise FormError("a line with its salt, place and proof was expected")
            index, path = found["index"], found["path"]
            if type(index) is not int or not all(_HASH.fullmatch(each) for each in path):
                raise FormError("a place and a proof in hexadecimal digits were expected")
            line, content = line_of(found["line"]), leaf(found["line"], found["salt"])
            proof = Inclusion(index, manifest.lines, tuple(bytes.fromhex(each) for each in path))
        except (FormError, ValueError, TypeError, AttributeError) as error:
            raise PackageError("disclosed.jsonl", str(error), line=number) from None
        if not merkle.included(content, proof, root=manifest.root):
            raise PackageError("disclosed.jsonl", "this line is not one of those that were signed", line=number)
        if index <= last:
            raise PackageError("disclosed.jsonl", "this line does not stand in its order", line=number)
        lines[index], last = line, index
    package_rows.once("disclosed.jsonl", lines)
    return lines


# -- what the reader knows ---------------------------------------------------------------------------
def _expected(manifest: Manifest, expect: Expect) -> None:
    found = manifest.statement
    pairs = (
        ("organisation", found.organisation.slug, expect.organisation),
        ("account", found.account, expect.account),
        ("reference date", str(found.on), str(expect.on) if expect.on else ""),
    )
    for what, is_, wanted in pairs:
        if wanted and is_ != wanted:
            raise PackageError("manifest.json", f"the {what} is {is_}, and {wanted} was expected")


def _trusted(manifest: Manifest, keys: Mapping[str, Key], expect: Expect) -> bool:
    """Whether the key is one that the reader trusts. Raises PackageError when he names keys and it is none of them."""
    used = manifest.marks.key
    if expect.key and not signing.follows(keys, used, expect.key):
        reason = f"signed with key {used}, which is not key {expect.key} and does not follow it by rotation"
        raise PackageError("keys.json", reason)
    return bool(expect.key) or expect.keys is not None


def _published(manifest: Manifest, keys: Mapping[str, Key], data: bytes) -> dict[str, Key]:
    """Holds the keys of a package against the list that the organisation publishes; the keys as they stand there."""
    try:
        organisation, published = signing.read_key_list(data.rstrip(b"\n"))
        if organisation != manifest.statement.organisation.slug:
            raise KeyTrouble(f"the list that you gave is of {organisation}")
        signing.in_use(published, manifest.marks.key, manifest.statement.at)
    except KeyTrouble as error:
        raise PackageError("keys.json", f"by the published list: {error}") from None
    for key in keys.values():
        now = published.get(key.id)
        if now is None or (now.public, now.since, now.previous) != (key.public, key.since, key.previous):
            raise PackageError("keys.json", f"key {key.id} is not as it stands in the published list")
    return published


def _stamp(files: Mapping[str, bytes], manifest: Manifest, expect: Expect) -> timestamp.Stamp | None:
    data = files.get("timestamp.tsr")
    if data is None and expect.roots:
        raise PackageError(
            "timestamp.tsr", "there is no time stamp in it to hold against the certificate that you gave"
        )
    if data is None:
        return None
    try:
        return timestamp.read(data, head=manifest.statement.head.hash, roots=expect.roots)
    except timestamp.StampError as error:
        raise PackageError("timestamp.tsr", str(error)) from None
