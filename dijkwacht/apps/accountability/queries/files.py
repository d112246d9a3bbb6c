"""What is in the package of a statement, and whether it still holds."""

from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters import documents
from dijkwacht.adapters.checking import Expect, check
from dijkwacht.adapters.package import PackageError, parse
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.queries.keys import key_list
from dijkwacht.web.package_words import refusal_words

FOLDER = "documents/"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a statement: ``size`` in bytes; ``public``: it may be published."""

    name: str
    size: int
    public: bool

    @property
    def title(self) -> str:
        """What it is called, as people read it."""
        return self.name.rpartition(".")[0].replace("-", " ").capitalize()

    @property
    def form(self) -> str:
        """Its kind, as people say it: ``PDF``."""
        return self.name.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a package holds: its hashes, root, signature and key. ``reason``: why not, in the words of the checker.

    ``lost``: the moment, after the one at which it was signed, at which the key came into other hands.
    """

    holds: bool
    file: str = ""
    line: int | None = None
    reason: str = ""
    lost: datetime | None = None

    @property
    def words(self) -> str:
        """Why it does not hold, in the language of the page."""
        return refusal_words(self.file, self.line, self.reason)


def documents_of(row: Statement) -> list[Document]:
    """The papers in a package, in its order: what people read first. Empty when they were not made. Raises StorageError."""
    if not row.frame.get("documents"):
        return []
    found = parse(statements.package(row)).files
    names = [name.removeprefix(FOLDER) for name in found if name.startswith(FOLDER)]
    order = {form: at for at, form in enumerate(("pdf", "odt", "ods", "csv", "json"))}
    names.sort(key=lambda name: (order.get(name.rpartition(".")[2], 9), name))
    return [Document(name, len(found[FOLDER + name]), name in documents.PUBLIC) for name in names]


def document(row: Statement, name: str) -> tuple[bytes, str] | None:
    """One paper with its media type; None for a name that the package does not have. Raises StorageError."""
    data = parse(statements.package(row)).files.get(FOLDER + name)
    return None if data is None else (data, documents.media_type(name))


def proof(row: Statement) -> Proof:
    """Checks a package now, as anybody can with ``dijkwacht verify``, against the keys that we publish."""
    try:
        found = check(statements.package(row), expect=Expect(keys=key_list(row.organisation)))
    except PackageError as error:
        return Proof(False, error.file, error.line, error.reason)
    except storage.StorageError as error:
        return Proof(False, reason=str(error))
    return Proof(True, lost=found.lost)
