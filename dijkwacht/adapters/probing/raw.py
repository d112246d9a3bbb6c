"""Raw observations as a file: JSON lines, gzipped where the name ends in .gz; one line per name, after one that says what it is.

What was seen is kept whole, so that it can be judged again: under another edition of a guideline, or by a mended check. Fields
that hold their default are left out. A field that we do not know is an error, not something to skip: it could turn a verdict.
"""

import gzip
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TextIO, Union, cast, get_args, get_origin, get_type_hints

from dijkwacht.core.checks.observed import DomainSeen, Lookup

FORMAT, VERSION = "dijkwacht observations", 1
LONGEST_LINE = 16 * 1024 * 1024
"""Characters of one name: the certificates and answers of one name are some 20,000."""

_Reader = Callable[[Any], Any]


class RawError(ValueError):
    """A file or line that holds no observation of ours."""


def to_data(seen: object) -> Any:
    """A dataclass as plain JSON values."""
    kind: Any = type(seen)
    return _writer(kind)(seen)


def from_data(data: Any) -> DomainSeen:
    """The observation of a name, out of plain JSON values. Raises RawError."""
    return cast(DomainSeen, restored(DomainSeen, data))


def restored(kind: type, data: Any) -> Any:
    """A dataclass of `observed` out of plain JSON values. Raises RawError."""
    try:
        return _reader(kind)(data)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RawError(f"not an observation of ours: {error}") from None


def line_of(seen: DomainSeen) -> str:
    """One line of the file, without its end."""
    return json.dumps(to_data(seen), separators=(",", ":"), ensure_ascii=True)


@contextmanager
def writing(path: Path, *, at: str, tool: str) -> Iterator[TextIO]:
    """A new file, its first line written, for lines of `line_of`. Raises OSError."""
    with cast(TextIO, gzip.open(path, "wt", 5) if path.suffix == ".gz" else path.open("w")) as out:
        print(json.dumps({"format": FORMAT, "version": VERSION, "at": at, "tool": tool}), file=out)
        yield out


def read_all(path: Path) -> Iterator[DomainSeen]:
    """The observations in a file, one by one. Raises RawError with the line, OSError."""
    with cast(TextIO, gzip.open(path, "rt") if path.suffix == ".gz" else path.open()) as file:
        try:
            head = json.loads(file.readline(1000) or "null")
            if not isinstance(head, dict) or head.get("format") != FORMAT or head.get("version") != VERSION:
                raise RawError(f"{path.name}: the first line does not say {FORMAT!r}, version {VERSION}")
            for number, text in enumerate(_lines(file), 2):
                try:
                    yield from_data(json.loads(text))
                except ValueError as error:
                    raise RawError(f"{path.name}, line {number}: {error}") from None
        except (json.JSONDecodeError, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise RawError(f"{path.name}: not a file of observations: {error}") from None


def _lines(file: TextIO) -> Iterable[str]:
    while text := file.readline(LONGEST_LINE):
        if len(text) >= LONGEST_LINE:
            raise RawError("a line is too long")
        yield text


@lru_cache(maxsize=256)
def _writer(kind: Any) -> Callable[[Any], Any]:
    """How a value of this type is written. Types are those of `observed`."""
    if is_dataclass(kind):
        return _record_writer(cast(type, kind))
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        one = _writer(next(each for each in inside if each is not NoneType))
        return lambda value: None if value is None else one(value)
    if kind is bytes:
        return lambda value: b64encode(value).decode("ascii")
    if origin is tuple:
        items = _writer(inside[0]) if inside[-1] is Ellipsis else None
        if items is None or items is _same:
            return list
        return lambda value: [items(each) for each in value]
    if origin is Mapping:
        values = _writer(inside[1])
        if get_origin(inside[0]) is tuple:
            return lambda value: [values(each) for each in value.values()]
        return lambda value: {key: values(each) for key, each in value.items()}
    return _same


def _same(value: Any) -> Any:
    return value


def _record_writer(kind: type) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    plan = [(each.name, _writer(hints[each.name]), _default(each)) for each in fields(kind)]

    def write(value: Any) -> dict[str, Any]:
        found = {}
        for name, writer, default in plan:
            held = getattr(value, name)
            if default is MISSING or held != default:
                found[name] = writer(held)
        return found

    return write


def _default(each: "Field[Any]") -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Reader:
    """How a value of this type is read; readers raise TypeError, ValueError or KeyError."""
    if is_dataclass(kind):
        return _record_reader(cast(type, kind))
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        one = _reader(next(each for each in inside if each is not NoneType))
        return lambda data: None if data is None else one(data)
    if origin is Literal:
        return lambda data: _one_of(data, inside)
    if kind is bytes:
        return lambda data: b64decode(data, validate=True)
    if origin is tuple:
        return _tuple_reader(inside)
    if origin is Mapping:
        values = _reader(inside[1])
        if get_origin(inside[0]) is tuple:
            return lambda data: _by_question(values(each) for each in data)
        return lambda data: {str(key): values(each) for key, each in data.items()}
    return lambda data: _exactly(data, kind)


def _tuple_reader(inside: tuple[Any, ...]) -> _Reader:
    if inside[-1] is Ellipsis:
        item = _reader(inside[0])
        return lambda data: tuple(item(each) for each in data)
    each_of = [_reader(each) for each in inside]
    return lambda data: tuple(reader(each) for reader, each in zip(each_of, data, strict=True))


def _by_question(lookups: Iterable[Lookup]) -> dict[tuple[str, str], Lookup]:
    return {(each.name, each.kind): each for each in lookups}


def _one_of(data: Any, allowed: tuple[Any, ...]) -> Any:
    if data not in allowed:
        raise ValueError(f"{data!r} is none of {', '.join(map(str, allowed))}")
    return data


def _exactly(data: Any, kind: Any) -> Any:
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise TypeError(f"{str(data)[:60]!r} is no {kind.__name__}")
    return data


def _record_reader(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}

    def read(data: Any) -> Any:
        unknown = data.keys() - readers.keys()
        if unknown:
            raise ValueError(f"{kind.__name__} has no {min(unknown)}")
        return kind(**{name: readers[name](value) for name, value in data.items()})

    return read
