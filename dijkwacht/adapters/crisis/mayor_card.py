"""The mayor's card on paper: one A4, accessible PDF, by the writer of all our papers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters.documents.model import Block, Bullets, Document, Heading, Note, Paragraph
from dijkwacht.adapters.documents.pdf import write_pdf

_LONG = re.compile(r"\S{31,}")  # a word that would run off the page in the size of a title


@dataclass(frozen=True, slots=True)
class CardPaper:
    """A card in words. ``parts``: heading and text, in order; ``decision``: heading, question and options, or None.

    ``warning``: that it is an exercise, or empty. ``page`` holds ``{page}`` and ``{pages}``.
    """

    title: str
    kind: str
    organisation: str
    language: str
    at: datetime
    lead: str
    parts: Sequence[tuple[str, str]]
    decision: tuple[str, str, Sequence[str]] | None
    after: Sequence[tuple[str, str]]
    unknown: tuple[str, str]
    marks: str
    page: str
    warning: str = ""


def _broken(word: re.Match[str]) -> str:
    return " ".join(word[0][at : at + 30] for at in range(0, len(word[0]), 30))


def document(paper: CardPaper) -> Document:
    """The card as a document: what is asked comes right after what happens."""
    blocks: list[Block] = [Paragraph(paper.lead, "lead")]
    if paper.decision:
        heading, question, options = paper.decision
        blocks += [Note(heading, question, loud=True), Bullets(tuple(options))]
    for heading, text in (*paper.parts, *paper.after):
        blocks += [Heading(heading), Paragraph(text)]
    blocks.append(Note(*paper.unknown))
    return Document(
        title=_LONG.sub(_broken, paper.title), kind=paper.kind, organisation=paper.organisation, language=paper.language,
        at=paper.at, marks=paper.marks, page=paper.page, blocks=tuple(blocks), warning=paper.warning, small=True,
    )  # fmt: skip


def write(paper: CardPaper) -> bytes:
    """The PDF."""
    return write_pdf(document(paper))
