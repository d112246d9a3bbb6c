"""Bytes to a JSON object, with limits: whatever a stranger sends, the answer is a document or one Problem."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import msgspec

from dijkwacht.core.advisories.problems import Problem

MEGABYTE = 1024 * 1024
BAD = "\N{REPLACEMENT CHARACTER}"
# what no database stores and no printer prints: NUL, and half of a surrogate pair
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_NOT_QUICK = re.compile(rb"\\u(?:0000|0022|[dD][89a-fA-F])")  # what the quick way would leave in, or would count wrong


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may be at most. ``size`` in bytes; ``uses``: how often products are named, over all lists together."""

    size: int = 50 * MEGABYTE
    depth: int = 64  # levels of the product tree; CSAF 2.1 itself stops at 30
    products: int = 250_000
    uses: int = 2_000_000
    problems: int = 100  # who has more has seen enough


LIMITS = Limits()


class Unreadable(ValueError):
    """Not a document. ``problem`` says why; always of weight `fatal`."""

    def __init__(self, code: str, path: str = "", **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, path, "fatal", params)

    def __str__(self) -> str:
        return str(self.problem)


def load_object(data: bytes, *, size: int = LIMITS.size, doubles: bool = True) -> tuple[dict[str, Any], list[Problem]]:
    """The JSON object in these bytes, and what was odd about them (another coding, characters that were replaced).

    ``doubles``: look for keys that stand twice in one object.

    Raises Unreadable: `too_big`, `bad_encoding`, `not_json`, `bad_number`, `too_deep`, `not_an_object`.
    """
    if len(data) > size:
        raise Unreadable("too_big", bytes=str(len(data)), most=str(size))
    if (quick := _quick(data, doubles=doubles)) is not None:
        return quick, []
    text, notes = _decoded(data)
    found, twice = _parsed(text) if doubles else (_plain(text), [])
    notes += twice
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    if "\\u" in text and _ESCAPED.search(text):
        found, replaced = _printable(found)
        notes += replaced
    return found, notes


def _quick(data: bytes, *, doubles: bool) -> dict[str, Any] | None:
    """The object, read three times as fast; None where there is anything to tell about these bytes, which the slow way does."""
    if b"\\u" in data and _NOT_QUICK.search(data):
        return None
    try:
        found = msgspec.json.decode(data)
        # of a key that stands twice the reader keeps one, so written out again the object has fewer quotation marks
        if doubles and msgspec.json.encode(found).count(b'"') != data.count(b'"'):
            return None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    coding = json.detect_encoding(data)
    try:
        text = data.decode(coding)
    except (UnicodeDecodeError, ValueError):
        raise Unreadable("bad_encoding", coding=coding) from None
    notes = []
    if coding != "utf-8":  # JSON between parties is UTF-8 without a mark (RFC 8259, 8.1)
        notes.append(Problem("byte_order_mark" if coding == "utf-8-sig" else "not_utf8", params={"coding": coding}))
    return text, notes


def _parsed(text: str) -> tuple[Any, list[Problem]]:
    doubles: list[Problem] = []

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if (
            len(made) != len(pairs) and len(doubles) < LIMITS.problems
        ):  # of two values for one key we would read only one
            count = Counter(key for key, _ in pairs)
            key = next(key for key, times in count.items() if times > 1)
            doubles.append(Problem("double_key", "", "grave", {"key": pointed(key)}))
        return made

    return _plain(text, joined), doubles


def _plain(text: str, joined: Callable[[list[tuple[str, Any]]], dict[str, Any]] | None = None) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=joined)
    except json.JSONDecodeError as error:
        raise Unreadable("not_json", line=str(error.lineno), column=str(error.colno)) from None
    except RecursionError:
        raise Unreadable("too_deep") from None
    except Unreadable:
        raise
    except ValueError:  # a whole number of thousands of digits
        raise Unreadable("bad_number") from None


def _no_number(text: str) -> NoReturn:
    raise Unreadable("bad_number", number=text)


def _printable(body: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The same object with characters that cannot be stored replaced, and where they stood. The parser bounds the depth."""
    notes: list[Problem] = []

    def clean(value: Any, path: str) -> Any:
        if isinstance(value, str):
            if _UNPRINTABLE.search(value):
                if len(notes) < LIMITS.problems:
                    notes.append(Problem("bad_character", path))
                return _UNPRINTABLE.sub(BAD, value)
            return value
        if isinstance(value, dict):
            return {clean(key, path): clean(each, f"{path}/{pointed(key)}") for key, each in value.items()}
        if isinstance(value, list):
            return [clean(each, f"{path}/{index}") for index, each in enumerate(value)]
        return value

    try:
        return clean(body, ""), notes
    except RecursionError:
        raise Unreadable("too_deep") from None


def pointed(key: str) -> str:
    """A key as it stands in a JSON pointer, printable and not too long."""
    return _UNPRINTABLE.sub(BAD, key)[:80].replace("~", "~0").replace("/", "~1")
