"""JSON of a stranger: of a size, depth and number of values that fit in memory, with every text fit to be stored."""

import codecs
import json
from typing import Any

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.text import clean

VALUES = 3_000_000  # a value costs some hundred bytes once read; a large SBOM has two million


def load(data: bytes, *, limits: Limits) -> dict[str, Any]:
    """The object in these bytes. Raises TableError: too_large, empty_file, encoding, too_many_values, not_json (with its line),
    too_deep, not_an_object.
    """
    if len(data) > limits.size:
        raise TableError("too_large", most=str(limits.size // MEGABYTE))
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise TableError("empty_file")
    text = _text(data)
    if text.count(",") + text.count("[") + text.count("{") > VALUES:  # before it takes the memory
        raise TableError("too_many_values", most=str(VALUES))
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise TableError("not_json", row=error.lineno) from None
    except RecursionError:
        raise TableError("too_deep", most=str(limits.depth)) from None
    except ValueError:  # a number of thousands of digits
        raise TableError("not_json", row=1) from None
    if not isinstance(found, dict):
        raise TableError("not_an_object")
    return found


def _text(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeError:
        raise TableError("encoding") from None


def text_at(found: Any, *keys: str) -> str:
    """The text under these keys, on one line, without control characters or halves of characters; empty when there is none."""
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, str):
        return ""
    whole = found if found.isascii() else found.encode("utf-8", "replace").decode()
    return " ".join((clean(whole) or "").split())
