"""The rows of a JSON answer as they come in: piece by piece, so that a large file takes no more memory than a small one."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from dijkwacht.adapters.cbs.trouble import CbsError, CbsLimits, clean

CHUNK = 256 * 1024
_BLANK = " \t\r\n"
_KEYS = 1_000  # texts beside the rows
_LONGEST = 12  # characters of a word such as false that may be cut at the end of what was read


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


class _Twice(ValueError):
    """A key stands twice in one object: which of both is meant cannot be known."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


_DECODER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_once)


class JsonRows:
    """Rows of ``value``, or of a list by itself. ``head``: the texts beside them (`odata.metadata`); whole after the rows."""

    def __init__(self, file: BinaryIO, name: str, limits: CbsLimits) -> None:
        self.head: dict[str, str] = {}
        self._file, self._name, self._limits = file, name, limits
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._ended = "", 0, False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        start = self._peek()
        if start == "[":
            yield from self._list()
        elif start == "{":
            yield from self._object()
        else:
            raise CbsError("web_page" if start == "<" else "broken_json", file=self._name)
        if self._peek():
            raise CbsError("broken_json", file=self._name)

    def _object(self) -> Iterator[dict[str, Any]]:
        self._at += 1
        seen, keys = False, set[str]()
        while self._peek() != "}":
            key = self._value()
            if not isinstance(key, str) or key in keys or self._take() != ":" or len(keys) > _KEYS:
                raise CbsError("broken_json", file=self._name)
            keys.add(key)
            if key == "value" and self._peek() == "[":
                seen = True
                yield from self._list()
            else:
                self._tell(key, self._value())
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != "}":
                raise CbsError("broken_json", file=self._name)
        self._at += 1
        if not seen:
            raise CbsError("no_value", file=self._name)

    def _tell(self, key: str, value: Any) -> None:
        """Keeps what stands beside the rows. An answer that tells of an error is no table."""
        if key in ("error", "odata.error"):
            raise CbsError("service_error", file=self._name, value=clean(value, 160))
        if isinstance(value, str):
            self.head[key] = value[:2000]

    def _list(self) -> Iterator[dict[str, Any]]:
        self._at += 1
        number = 0
        while self._peek() != "]":
            number += 1
            row = self._value(number)
            if not isinstance(row, dict):
                raise CbsError("broken_json", file=self._name, row=number)
            yield row
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != "]":
                raise CbsError("broken_json", file=self._name, row=number)
        self._at += 1

    def _value(self, row: int | None = None) -> Any:
        """The next value whole. A value longer than a row may be is refused, so depth is bound too."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._ended or self._broken(error):
                    raise CbsError("broken_json", file=self._name, row=row) from None
                if len(self._text) - self._at > self._limits.record:
                    raise CbsError("row_too_large", file=self._name, row=row) from None
            else:
                if end < len(self._text) or self._ended:
                    if end - self._at > self._limits.record:
                        raise CbsError("row_too_large", file=self._name, row=row)
                    self._at = end
                    return found
            self._fill()

    def _broken(self, error: Exception) -> bool:
        """Whether more text would not mend it: a fault well before the end of what was read."""
        if not isinstance(error, json.JSONDecodeError):
            return True
        return not error.msg.startswith("Unterminated string") and error.pos < len(self._text) - _LONGEST

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill()

    def _take(self) -> str:
        found = self._peek()
        self._at += 1
        return found

    def _fill(self) -> None:
        data = self._file.read(CHUNK)
        self._ended = not data
        try:
            more = self._decode.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise CbsError("not_text", file=self._name) from None
        self._text, self._at = self._text[self._at :] + more, 0
