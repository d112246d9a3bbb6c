"""A pack file as values that know their line: YAML without anchors, aliases, tags or double keys."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import yaml

from dijkwacht.norms.problems import PackErrors, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
# a plain scalar that starts like this may be something else than text: a number, a day, true, yes, null …
_NOT_TEXT = re.compile(r"[-+.0-9~=<]|[yYnNtTfFoO]|$")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


@dataclass(slots=True)
class Document:
    """One file: its ``value`` in plain lists, mappings and scalars, and the line of every part of it."""

    file: str
    value: Any = None
    _lines: dict[tuple[int, Any], int] = field(default_factory=dict)

    def line(self, container: Any, key: Any = None) -> int:
        """The line of a list or mapping, or of one key or index in it."""
        return self._lines.get((id(container), key)) or self._lines.get((id(container), None), 1)

    def line_at(self, container: Any, path: str) -> int:
        """The line of a place such as ``met_if.all[1].each.that``, or of the deepest part of it that exists."""
        line = self.line(container)
        for name, index in _STEP.findall(path):
            key = int(index) if index else name
            if (id(container), key) not in self._lines:
                break
            line = self.line(container, key)
            container = container[key]
        return line

    def problem(self, line: int, message: str) -> Problem:
        """A problem in this file."""
        return Problem(self.file, line, message)


def load(path: Path, *, root: Path) -> Document:
    """The file as a Document. Raises PackErrors naming file and line when it cannot be read or may not be."""
    file = path.relative_to(root).as_posix()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackErrors([Problem(file, 1, f"larger than {MAX_BYTES} bytes")])
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PackErrors([Problem(file, error.object[: error.start].count(b"\n") + 1, "not UTF-8")]) from None
    except OSError as error:
        raise PackErrors([Problem(file, 1, f"cannot be read: {error.strerror}")]) from None
    return parse(text, file=file)


def parse(text: str, *, file: str) -> Document:
    """The text as a Document. Raises PackErrors naming file and line."""
    builder = _Builder(Document(file))
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PackErrors([Problem(file, mark.line + 1 if mark else 1, f"not YAML: {error.problem}")]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise PackErrors([Problem(file, 1, f"not YAML: {error}")]) from None
    return builder.document


class _Builder:
    """Builds values from parse events, so that nothing is expanded that the file does not spell out."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[Any] = []
        self.keys: list[Any] = []  # per open mapping the key that waits for its value; _NO_KEY when none does
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(line, "anchors and aliases are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            self.put(self.scalar(event, line), line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.start({} if isinstance(event, yaml.MappingStartEvent) else [], event.tag, line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse(line, "more than one document in a file")

    def start(self, container: Any, tag: str | None, line: int) -> None:
        if tag is not None:
            self.refuse(line, f"tags are not allowed: {tag}")
        if len(self.open) >= MAX_DEPTH:
            self.refuse(line, "nested too deep")
        self.put(container, line)
        self.document._lines[id(container), None] = line
        self.open.append(container)
        self.keys.append(_NO_KEY)

    def put(self, value: Any, line: int) -> None:
        """Adds a value to the container that is open: as an item, a key, or the value of the key that waits."""
        if not self.open:
            self.document.value = value
            return
        container = self.open[-1]
        if isinstance(container, list):
            self.document._lines[id(container), len(container)] = line
            container.append(value)
        elif self.keys[-1] is _NO_KEY:
            if not isinstance(value, str):
                self.refuse(line, f"a key must be text, not {value!r:.40}: put it in quotes")
            if value in container:
                self.refuse(line, f"double key {value}")
            self.document._lines[id(container), value] = line
            self.keys[-1] = value
        else:
            container[self.keys[-1]] = value
            self.keys[-1] = _NO_KEY

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Any:
        plain, _ = event.implicit
        if event.tag is not None:
            self.refuse(line, f"tags are not allowed: {event.tag}")
        if not plain or not _NOT_TEXT.match(event.value) or event.value == "<<":
            return event.value
        tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
        construct = _RESOLVER.yaml_constructors.get(tag)
        try:
            value = construct(_RESOLVER, yaml.ScalarNode(tag, event.value)) if construct else event.value
        except (ValueError, yaml.YAMLError):
            self.refuse(line, f"cannot be read: {event.value:.40}")
        if isinstance(value, datetime):
            self.refuse(line, f"a day without a time was expected, not {event.value:.40}")
        return value

    def refuse(self, line: int, message: str) -> NoReturn:
        raise PackErrors([self.document.problem(line, message)])


_NO_KEY = object()
_RESOLVER = yaml.SafeLoader("")
