"""A report on paper: an accessible PDF with the same report as JSON inside. By the writer of all our papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters.documents.model import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Note,
    Pairs,
    Paragraph,
    Table,
)
from dijkwacht.adapters.documents.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name, and per field the label, the article that asks for it, and what was filled in."""

    name: str
    rows: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around the report, in its language."""

    page: str
    asked: str
    filled: str
    article: str
    sent: str
    file: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A report. ``facts``: who, what, when, above it; ``warning``: exercise or draft; ``sent``: receiver, road, receipt."""

    title: str
    organisation: str
    language: str
    at: datetime
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    labels: Labels
    sent: Sequence[tuple[str, str, str]] = ()
    sent_heads: tuple[str, str, str] = ("", "", "")
    doubts: Sequence[str] = ()
    marks: str = ""
    warning: str = ""
    secret: str = ""


def write(paper: Paper, *, json: bytes) -> bytes:
    """The PDF. ``json``: the report as data, that goes inside."""
    return write_pdf(document(paper), [Attachment("melding.json", json, "application/json", paper.labels.file)])


def document(paper: Paper) -> Document:
    """The report as a document."""
    blocks: list[Block] = [Pairs(paper.title, tuple(paper.facts))]
    if paper.warning:
        blocks.insert(0, Note(paper.warning, paper.secret or paper.title, loud=True))
    for section in paper.sections:
        blocks += [Heading(section.name), *_rows(section, paper.labels)]
    if paper.sent:
        columns = tuple(Column(each) for each in paper.sent_heads)
        blocks += [Heading(paper.labels.sent), Table(paper.labels.sent, columns, tuple(paper.sent))]
    blocks += [Note(paper.labels.doubt, each) for each in paper.doubts]
    return Document(
        title=paper.title, kind=paper.title, organisation=paper.organisation, language=paper.language, at=paper.at,
        marks=paper.marks, page=paper.labels.page, blocks=tuple(blocks), warning=paper.warning, secret=paper.secret,
    )  # fmt: skip


def _rows(section: Section, labels: Labels) -> Sequence[Block]:
    if not section.rows:
        return [Paragraph("–")]
    columns = (Column(labels.asked, 5.4), Column(labels.filled), Column(labels.article, 3.6))
    return [Table(section.name, columns, tuple((label, value, article) for label, article, value in section.rows))]
