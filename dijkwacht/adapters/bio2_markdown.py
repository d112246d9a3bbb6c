"""Reads the official BIO2 in Markdown: a heading per measure, and its text under it.

The text is for the organisation that brought it, and for nobody else; of the file only numbers are compared with ours.
"""

import re

from dijkwacht.adapters.limits import MEGABYTE, TableError
from dijkwacht.core.framework import Item

LARGEST = 5 * MEGABYTE
_HEADING = re.compile(r"^#{1,6}\s+(\d{1,2}\.\d{2}\.\d{2})\b[ \t:–-]*(.*)$")
_BREAK = re.compile(r"(?:<br\s*/?>)+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,200}>")


def read_measures(data: bytes) -> tuple[Item, ...]:
    """The measures in their order, each with its text. Raises TableError: too_large, no_measures, number_twice (with line)."""
    if len(data) > LARGEST:
        raise TableError("too_large", most=str(LARGEST // MEGABYTE))
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise TableError("no_measures") from None
    found: dict[str, tuple[int, str, list[str]]] = {}
    current: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if heading := _HEADING.match(line):
            if heading[1] in found:
                raise TableError("number_twice", row=number, name=heading[1], number=str(found[heading[1]][0]))
            current = []
            found[heading[1]] = number, heading[2].strip(), current
        elif line.startswith("#"):
            current = None  # another chapter
        elif current is not None:
            current.append(line)
    if not found:
        raise TableError("no_measures")
    return tuple(Item(name, name, title or name, _plain(text)) for name, (_, title, text) in found.items())


def _plain(lines: list[str]) -> str:
    """Markdown as plain lines: breaks become lines, tags and emphasis go."""
    text = _TAG.sub("", _BREAK.sub("\n", "\n".join(lines))).replace("**", "")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
