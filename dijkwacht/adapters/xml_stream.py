"""Streams XML from a stranger through defusedxml: no document type, so no entities, inside or outside the file."""

from collections.abc import Iterable
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from dijkwacht.adapters.limits import Budget, TableError


class Handler(ContentHandler):
    """Calls ``start``, ``text`` and ``end`` with names as written; keeps the depth and the parser's progress."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget
        self.depth = 0
        self.moved = False
        self.sheet: str | None = None  # where we are, for errors
        self.row: int | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the name SAX calls)
        self.depth += 1
        self.moved = True
        if self.depth > self.budget.limits.depth:
            raise TableError("too_deep", sheet=self.sheet, row=self.row, most=str(self.budget.limits.depth))
        self.start(name, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.depth -= 1
        self.moved = True
        self.end(name)

    def characters(self, content: str) -> None:
        self.moved = True
        self.text(content)

    def start(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, content: str) -> None:
        """Text, possibly in pieces."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Feeds all chunks to the handler. Raises TableError: ``unsafe_xml`` for a DTD or entity, ``broken_xml``."""
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    handler.setDocumentLocator(parser)  # feeding, the parser does not do so itself
    quiet = 0
    try:
        for chunk in chunks:
            parser.feed(chunk)
            quiet = 0 if handler.moved else quiet + len(chunk)
            handler.moved = False
            if quiet > handler.budget.limits.token:
                raise TableError("broken_xml", sheet=handler.sheet, row=handler.row)
            handler.budget.check_time()
        parser.close()
    except DefusedXmlException as error:
        raise TableError("unsafe_xml", sheet=handler.sheet, row=handler.row) from error
    except (SAXException, UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("broken_xml", sheet=handler.sheet, row=handler.row) from error
