"""The bytes of a document as they are kept, and what they say."""

import zlib

from dijkwacht.adapters.csaf.check import file_name
from dijkwacht.adapters.csaf.read import read_csaf
from dijkwacht.adapters.enrichment.cve import read_cve
from dijkwacht.apps.advisories.models import Document
from dijkwacht.core.advisories.shapes import Advisory as Content

CVE = "cve-5"
MOST_REMEMBERED = 50  # documents
MOST_BYTES = 20_000_000  # of those documents together


def packed(data: bytes) -> bytes:
    """The bytes as they are kept."""
    return zlib.compress(data, 6)


def raw(document: Document) -> bytes:
    """The bytes as they came in."""
    return zlib.decompress(bytes(document.packed))


def content(data: bytes, form: str) -> Content | None:
    """What these bytes say, read by the form that they were found to have; None when they cannot be read."""
    return (read_cve if form == CVE else read_csaf)(data, anyway=True).advisory


def content_of(document: Document) -> Content:
    """What a document says that was taken in; remembered, as its bytes never change. Raises ValueError when it says nothing."""
    held = _REMEMBERED.get(document.digest)
    if held is not None:
        return held[0]
    found = content(raw(document), document.form)
    if found is None:
        raise ValueError(f"document {document.digest[:12]} cannot be read")
    remember(document.digest, found, document.size)
    return found


def remember(digest: str, said: Content, size: int) -> None:
    """Keeps what a document says for who asks next: the last few, fewer when they are large (``size`` in bytes)."""
    _REMEMBERED[digest] = said, size
    while len(_REMEMBERED) > 1 and (
        len(_REMEMBERED) > MOST_REMEMBERED or sum(each for _said, each in list(_REMEMBERED.values())) > MOST_BYTES
    ):
        _REMEMBERED.pop(next(iter(_REMEMBERED)), None)


_REMEMBERED: dict[str, tuple[Content, int]] = {}


def file_stem(number: str) -> str:
    """What a file about the document with this id is called, without its ending (CSAF section 5.1)."""
    return file_name(number[:80]).removesuffix(".json")
