"""What a document consists of, whatever it is written as: blocks for letters and files, sheets for lists."""

from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.core.verdict import Status

Value = str | int | date | None  # what a cell of a list may hold


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than plain text: ``status`` draws the mark of a verdict, ``code`` is a hash, ``strong`` a total."""

    text: str
    status: Status | None = None
    code: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` from 1. ``fresh``: begins a page."""

    text: str
    level: int = 1
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``style``: empty, ``lead`` (the answer, larger) or ``small``."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must not be missed, in a frame. ``title`` says what kind of thing it is."""

    title: str
    text: str
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short things."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` in centimetres, 0 for an equal part of what is left. ``status``: counts of that verdict."""

    title: str
    width: float = 0
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column headings. ``about``: what it lists, for who cannot see it."""

    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with values: who, what, when."""

    about: str
    rows: tuple[tuple[str, str | Cell], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict in running text: its mark and word, and what goes with it."""

    status: Status
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many lines have which verdict, drawn as one bar; ``about`` says the same in words."""

    about: str
    parts: tuple[tuple[Status, str, int], ...]  # verdict, its word, how many


@dataclass(frozen=True, slots=True)
class Signature:
    """Under the document: by whom, in which role, by what mandate, when; or that nobody signed."""

    signed: bool
    lines: tuple[str, ...]


Block = Heading | Paragraph | Note | Bullets | Table | Pairs | Judged | Bar | Signature


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``marks``: what stands at the foot of every page; ``warning``: what stands at its head."""

    title: str
    kind: str
    organisation: str
    language: str
    at: datetime
    marks: str
    page: str  # ``pagina {page} van {pages}``
    blocks: tuple[Block, ...]
    warning: str = ""
    secret: str = ""
    wide: bool = False
    small: bool = False  # one page: everything closer together


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list. Every row is as long as ``columns``."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Lists that belong together, with a title."""

    title: str
    language: str
    at: datetime
    organisation: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a PDF; ``relation``: what it is to the document (``data``: what the document shows)."""

    name: str
    content: bytes
    media_type: str
    about: str
    relation: str = "data"


@dataclass(frozen=True, slots=True)
class Product:
    """What a product consists of: the document, and its lists."""

    document: Document
    book: Workbook
