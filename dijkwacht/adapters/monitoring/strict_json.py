"""JSON of a stranger in which nothing is doubtful: no key twice in one object, no NaN, no deep nest."""

import codecs
import json
from typing import Any

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError

VALUES = 500_000  # a value costs some hundred bytes once read


def load(data: bytes, limits: Limits) -> dict[str, Any]:
    """The object in these bytes.

    Raises TableError: too_large, empty_file, encoding, too_many_values, not_json (with its line), key_twice (with the key),
    not_a_number, too_deep, not_an_object.
    """
    if len(data) > limits.size:
        raise TableError("too_large", most=str(limits.size // MEGABYTE))
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise TableError("empty_file")
    text = _text(data)
    if text.count(",") + text.count("[") + text.count("{") > VALUES:  # before it takes the memory
        raise TableError("too_many_values", most=str(VALUES))
    try:
        found = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise TableError("not_json", row=error.lineno) from None
    except RecursionError:
        raise TableError("too_deep", most=str(limits.depth)) from None
    except TableError:
        raise
    except ValueError:  # a number of thousands of digits
        raise TableError("not_json", row=1) from None
    if not isinstance(found, dict):
        raise TableError("not_an_object")
    _not_deep(found, limits.depth)
    return found


def _text(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeError:
        raise TableError("encoding") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise TableError("key_twice", key=twice[:60])
    return found


def _no_constant(said: str) -> None:
    raise TableError("not_a_number", value=said)


def _not_deep(found: Any, most: int) -> None:
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > most:
            raise TableError("too_deep", most=str(most))
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
