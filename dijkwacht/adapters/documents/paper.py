"""A paper of facts and parts, such as a decision on public order or the report of an exercise: all of it, or what is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters.documents.model import Block, Bullets, Document, Heading, Note, Pairs, Paragraph, Table
from dijkwacht.adapters.documents.model import Column as Head
from dijkwacht.adapters.documents.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a heading: a text, a list or a table. ``closed``: not on the public paper."""

    name: str
    text: str = ""
    items: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """``facts``: who, what, when; ``loud``: what must not be missed, with its title."""

    title: str
    organisation: str
    language: str
    at: datetime
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    page: str
    marks: str
    warning: str = ""
    secret: str = ""
    loud: Sequence[tuple[str, str]] = ()


def write_paper(paper: Paper, *, public: bool) -> bytes:
    """The PDF. ``public``: without what is closed."""
    blocks: list[Block] = [Note(title, text, loud=True) for title, text in paper.loud]
    blocks.append(Pairs(paper.title, tuple(paper.facts)))
    for part in paper.parts:
        if not (public and part.closed):
            blocks += [Heading(part.name), *_blocks(part)]
    document = Document(
        title=paper.title,
        kind=paper.title,
        organisation=paper.organisation,
        language=paper.language,
        at=paper.at,
        marks=paper.marks,
        page=paper.page,
        blocks=tuple(blocks),
        warning=paper.warning,
        secret="" if public else paper.secret,
    )
    return write_pdf(document)


def _blocks(part: Part) -> Sequence[Block]:
    found: list[Block] = [Paragraph(line) for line in part.text.splitlines() if line.strip()]
    if part.items:
        found.append(Bullets(tuple(part.items)))
    if part.rows:
        found.append(Table(part.name, tuple(Head(each) for each in part.heads), tuple(tuple(row) for row in part.rows)))
    return found or [Paragraph("–")]
