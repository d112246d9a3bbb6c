"""Which products an account has, in which files they come, and making them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dijkwacht.adapters.documents.applicability import Applicability
from dijkwacht.adapters.documents.auditor import AuditorPack
from dijkwacht.adapters.documents.board import BoardPage
from dijkwacht.adapters.documents.cbw import CbwFile
from dijkwacht.adapters.documents.college import BoardStatement
from dijkwacht.adapters.documents.council import CouncilLetter
from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Attachment, Product
from dijkwacht.adapters.documents.ods import write_ods
from dijkwacht.adapters.documents.odt import write_odt
from dijkwacht.adapters.documents.pdf import write_pdf
from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.adapters.documents.wording import Words
from dijkwacht.adapters.oscal import results
from dijkwacht.core.catalog import Norms
from dijkwacht.core.statement import Statement

_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of product. ``lists``: what its lists are called as CSV, the first by the name of the product itself.
    ``more``: files that come from elsewhere, by name.

    Names are Dutch in every language: a file keeps its name.
    """

    name: str
    make: Callable[[Telling], Product]
    forms: tuple[str, ...]
    lists: tuple[str, ...]
    public: bool = False
    more: Mapping[str, Callable[[Statement, Norms], bytes]] = field(default_factory=dict)

    @property
    def csv(self) -> tuple[str, ...]:
        """The names of its lists, in the order of the workbook."""
        return tuple(f"{self.name}-{each}.csv" if each else f"{self.name}.csv" for each in self.lists)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all its files."""
        return (*(f"{self.name}.{form}" for form in self.forms), *self.csv, *self.more)


_WHOLE = ("", "gegevens", "bewijs")
_SOA = "verklaring-van-toepasselijkheid"
_AUDITOR = _Kind(
    "auditorpakket",
    lambda told: AuditorPack(told).product(),
    ("pdf", "ods"),
    _WHOLE,
    more={
        "auditorpakket-assessment-results.json": results.assessment_results,
        "auditorpakket-poam.json": results.poam,
        "auditorpakket-component-definition.json": results.component_definition,
    },
)
_LINE = _Kind("verantwoording", lambda told: BoardStatement(told, "line").product(), ("pdf", "odt", "ods"), _WHOLE)
_KINDS: dict[str, tuple[_Kind, ...]] = {
    "bio2-soa": (
        _Kind(
            _SOA, lambda told: Applicability(told).whole(), ("pdf", "ods"), ("", "uitzonderingen", "regels", "gegevens")
        ),
        _Kind(f"{_SOA}-openbaar", lambda told: Applicability(told).public(), ("pdf", "ods"), ("",), public=True),
    ),
    "digid-annex": (
        _Kind(
            "collegeverklaring-digid",
            lambda told: BoardStatement(told, "digid").product(),
            ("pdf", "odt", "ods"),
            _WHOLE,
        ),
    ),
    "suwinet-statement": (
        _Kind(
            "collegeverklaring-suwinet",
            lambda told: BoardStatement(told, "suwinet").product(),
            ("pdf", "odt", "ods"),
            _WHOLE,
        ),
    ),
    "ensia-council": (
        _Kind(
            "raadsinformatiebrief",
            lambda told: CouncilLetter(told).product(),
            ("pdf", "odt", "ods"),
            ("", "regels"),
            public=True,
        ),
    ),
    "cbw-rdi": (_Kind("cbw-dossier", lambda told: CbwFile(told).product(), ("pdf", "ods"), _WHOLE),),
    "board-view": (_Kind("bestuur-een-a4", lambda told: BoardPage(told).product(), ("pdf", "odt", "ods"), ("",)),),
}
PUBLIC = frozenset(name for kinds in _KINDS.values() for kind in kinds if kind.public for name in kind.files)


def product_names(statement: Statement) -> tuple[str, ...]:
    """The names of all files that a statement has; every account has the auditor pack."""
    return tuple(name for kind in _kinds(statement) for name in kind.files)


def to_read(account: str) -> tuple[str, ...]:
    """The papers of an account that people read before they sign, as PDF."""
    return tuple(f"{kind.name}.pdf" for kind in _KINDS.get(account, (_LINE,)))


def products(
    statement: Statement, norms: Norms, *, words: Words, root: str, before: Statement | None = None
) -> dict[str, bytes]:
    """Every file of a statement, by name: the same bytes whenever it is asked for.

    ``norms``: those of the statement. ``root``: the Merkle root over its lines in hex. ``before``: the statement of the
    same account before it. Raises ValueError for a text with a null character.
    """
    told = Telling(statement, norms, words, root, before)
    found: dict[str, bytes] = {}
    for kind in _kinds(statement):
        made = kind.make(told)
        found |= {name: _written(kind, told, name, made) for name in kind.files}
    return found


def product(
    name: str, statement: Statement, norms: Norms, *, words: Words, root: str, before: Statement | None = None
) -> bytes:
    """One file of a statement. Raises KeyError for a name that it does not have."""
    told = Telling(statement, norms, words, root, before)
    for kind in _kinds(statement):
        if name in kind.files:
            return _written(kind, told, name, None if name in kind.more else kind.make(told))
    raise KeyError(name)


def media_type(name: str) -> str:
    """What kind of file it is, as a browser wants to hear it."""
    return _TYPES[name.rpartition(".")[2]]


def _kinds(statement: Statement) -> tuple[_Kind, ...]:
    return (*_KINDS.get(statement.account, (_LINE,)), _AUDITOR)


def _written(kind: _Kind, told: Telling, name: str, made: Product | None) -> bytes:
    """One file; ``made`` is only needed for what is ours to write."""
    if made is None or name in kind.more:
        return kind.more[name](told.statement, told.norms)
    match name.rpartition(".")[2]:
        case "pdf":
            return write_pdf(made.document, _attachments(kind, made))
        case "odt":
            return write_odt(made.document)
        case "ods":
            return write_ods(made.book)
        case _:
            return write_csv(made.book.sheets[kind.csv.index(name)])


def _attachments(kind: _Kind, made: Product) -> list[Attachment]:
    """The lists of a product, to go inside its PDF."""
    return [
        Attachment(name, write_csv(sheet), "text/csv", f"{made.book.title}: {sheet.name}")
        for name, sheet in zip(kind.csv, made.book.sheets, strict=False)
    ]
