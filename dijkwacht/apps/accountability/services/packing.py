"""Putting a statement in its package: the same statement, marks and norms always give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from dijkwacht.adapters import documents, package, signing
from dijkwacht.apps.accountability.document_words import document_words
from dijkwacht.core import merkle
from dijkwacht.core import statement_form as form
from dijkwacht.core.catalog import Norms
from dijkwacht.core.chain import canonical
from dijkwacht.core.facts import World
from dijkwacht.core.statement import Statement
from dijkwacht.core.statement_world import world_plain
from dijkwacht.norms.archive import Files, digest

LANGUAGE = "nl"  # the addressees of these accounts are Dutch; codes in the data are not


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a package holds besides its signature."""

    statement: Statement
    world: World
    norms: Norms
    files: Files
    keys: bytes
    key: str
    seed: bytes
    before: Statement | None = None
    stamp: bytes | None = None
    documents: bool = True


@dataclass(frozen=True, slots=True)
class Packed:
    """A package without its signature: the manifest to be signed, and the files."""

    manifest: bytes
    root: bytes
    files: Mapping[str, bytes]

    def signed(self, key: str, signature: str) -> bytes:
        """The bytes of the package."""
        found = canonical({"algorithm": signing.ALGORITHM, "key": key, "signature": signature})
        return package.build({**self.files, "manifest.json": self.manifest, "signature.json": found})


def pack(parts: Parts) -> Packed:
    """The files of a package and the manifest over them."""
    leaves = form.leaves(parts.statement.lines, parts.seed)
    root = merkle.root(leaves)
    files = {
        "lines.jsonl": b"".join(leaf + b"\n" for leaf in leaves),
        "world.json": canonical(world_plain(parts.world)),
        **{f"norms/{name}": data for name, data in parts.files.items()},
        **({"timestamp.tsr": parts.stamp} if parts.stamp else {}),
        **_documents(parts, root),
    }
    listed = {name: sha256(data).hexdigest() for name, data in files.items() if name != "lines.jsonl"}
    hashes = [merkle.leaf_hash(leaf).hex() for leaf in leaves]
    contents = canonical({"salt": form.salt(parts.seed, "contents"), "files": listed, "leaves": hashes})
    marks = form.Marks(sha256(contents).hexdigest(), digest(parts.files), sha256(parts.keys).hexdigest(), parts.key)
    manifest = form.manifest(parts.statement, root=root, marks=marks)
    return Packed(manifest, root, {**files, "contents.json": contents, "keys.json": parts.keys})


def _documents(parts: Parts, root: bytes) -> dict[str, bytes]:
    if not parts.documents:
        return {}
    words = document_words(parts.norms, language=LANGUAGE)
    made = documents.products(parts.statement, parts.norms, words=words, root=root.hex(), before=parts.before)
    return {f"documents/{name}": data for name, data in made.items()}
