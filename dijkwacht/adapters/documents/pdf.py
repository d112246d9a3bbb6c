"""Writes a document as an accessible PDF that lasts: PDF/UA-1 and PDF/A-3a, with its data inside. By typst.

Texts reach typst as data (``sys.inputs``), never as markup. Only the typefaces that typst brings along are used, and the
only moment in the file is that of the statement, so that the same document gives the same bytes on every machine.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from dijkwacht.adapters.documents.model import (
    Attachment,
    Bar,
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Judged,
    Note,
    Pairs,
    Paragraph,
    Signature,
    Table,
)
from dijkwacht.adapters.documents.safe import drawn
from dijkwacht.adapters.documents.wording import HOUSE

STANDARDS: list[Any] = ["ua-1", "a-3a"]
_LONGEST = 36  # letters in a row; beyond that no dictionary helps, and a line may break anywhere
_LONG = re.compile(rf"[^\s\u200b]{{{_LONGEST},}}")


@cache
def _template() -> bytes:
    return Path(__file__).with_name("document.typ").read_bytes()


def write_pdf(document: Document, attachments: Sequence[Attachment] = ()) -> bytes:
    """The bytes of a document with its attachments."""
    return bytes(typeset(document, attachments, form="pdf"))


def typeset(document: Document, attachments: Sequence[Attachment] = (), *, form: str, ppi: int = 72) -> Any:
    """The document as typst gives it for a form: bytes, or for ``png`` a list with one per page if there are more."""
    try:
        return _compiled(document, attachments, form, ppi, plainly=False)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _compiled(document, attachments, form, ppi, plainly=True)  # a sign that only together has no glyph


def _compiled(document: Document, attachments: Sequence[Attachment], form: Any, ppi: int, *, plainly: bool) -> Any:
    shown = _Shown(plainly=plainly)
    inputs = {"document": json.dumps(shown.document(document), ensure_ascii=False)}
    told = []
    for at, each in enumerate(attachments):
        inputs[f"file{at}"] = each.content.decode()
        told.append({"name": each.name, "type": each.media_type, "about": each.about, "relation": each.relation})
    inputs["files"] = json.dumps(told, ensure_ascii=False)
    compiler = typst.Compiler(input=_template(), ignore_system_fonts=True, sys_inputs=inputs)
    standards = STANDARDS if form == "pdf" else []
    return compiler.compile(format=form, ppi=ppi, pdf_standards=standards, timestamp=document.at)


class _Shown:
    """Values of a document as the template takes them."""

    def __init__(self, *, plainly: bool) -> None:
        self._plainly = plainly

    def text(self, text: str) -> str:
        """A text with only what can be drawn, and words that are too long for a line breakable."""
        return _LONG.sub(lambda word: "\u200b".join(_pieces(word.group())), drawn(text, plainly=self._plainly))

    def document(self, document: Document) -> dict[str, Any]:
        """The whole, for ``document.typ``."""
        there = document.at.astimezone(HOUSE)
        return {
            "title": drawn(document.title, plainly=self._plainly),
            "author": drawn(document.organisation, plainly=self._plainly),
            "kind": self.text(document.kind),
            "organisation": self.text(document.organisation),
            "language": document.language,
            "date": [there.year, there.month, there.day],
            "marks": self.text(document.marks),
            "page": document.page,
            "warning": self.text(document.warning),
            "secret": self.text(document.secret),
            "wide": document.wide,
            "small": document.small,
            "blocks": [self.block(each) for each in document.blocks],
        }

    def block(self, block: Block) -> dict[str, Any]:
        """One block, told by ``is``."""
        match block:
            case Heading():
                return {"is": "heading", "text": self.text(block.text), "level": block.level, "fresh": block.fresh}
            case Paragraph():
                return {"is": "paragraph", "text": self.text(block.text), "style": block.style}
            case Note():
                return {
                    "is": "note",
                    "title": self.text(block.title),
                    "text": self.text(block.text),
                    "loud": block.loud,
                }
            case Bullets():
                return {"is": "bullets", "items": [self.text(each) for each in block.items]}
            case Table():
                columns = [
                    {"title": self.text(each.title), "width": each.width, "status": each.status and str(each.status)}
                    for each in block.columns
                ]
                return {
                    "is": "table",
                    "columns": columns,
                    "rows": [[self.cell(each) for each in row] for row in block.rows],
                }
            case Pairs():
                return {"is": "pairs", "rows": [[self.text(name), self.cell(value)] for name, value in block.rows]}
            case Judged():
                return {
                    "is": "judged",
                    "status": str(block.status),
                    "word": self.text(block.word),
                    "text": self.text(block.text),
                }
            case Bar():
                parts = [[str(status), self.text(word), count] for status, word, count in block.parts]
                return {"is": "bar", "about": self.text(block.about), "parts": parts}
            case Signature():
                return {"is": "signature", "signed": block.signed, "lines": [self.text(each) for each in block.lines]}

    def cell(self, cell: str | Cell) -> Any:
        """Text, or text with what it is."""
        if isinstance(cell, str):
            return self.text(cell)
        if cell.code:
            return {"code": "\u200b".join(_pieces(drawn(cell.text, plainly=self._plainly)))}
        if cell.strong:
            return {"strong": self.text(cell.text)}
        return {"text": self.text(cell.text), "status": str(cell.status)} if cell.status else self.text(cell.text)


def _pieces(word: str, size: int = 8) -> list[str]:
    return [word[at : at + size] for at in range(0, len(word), size)]
