"""OSCAL in XML, read into the shape that its JSON has; the rest of the reader need not know which of the two it was.

Streams through defusedxml: no document type and so no entities, a limit on depth, elements and time. An element or text
that we cannot place is refused with its line rather than dropped: dropping it could change what a catalog says.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from xml.sax import SAXParseException
from xml.sax.xmlreader import AttributesImpl

from dijkwacht.adapters.limits import Budget, Limits, TableError
from dijkwacht.adapters.oscal import markup
from dijkwacht.adapters.oscal.markup import Node
from dijkwacht.adapters.oscal.xml_names import (
    ALONE,
    BLOCKS,
    EVERY,
    FLAGS,
    LINES,
    LISTS,
    NAMESPACE,
    NUMBERS,
    OBJECTS,
    PROSE,
    SHARES,
    SPREAD,
    TEXTS,
    VALUES,
)
from dijkwacht.adapters.xml_stream import Handler, parse

ELEMENTS = 500_000  # NIST SP 800-53 with its assessment procedures has about 100,000
INDENTS = 2_000_000  # lines within lists and quotations, times how deep they are: each is indented by that much
CHUNK = 64 * 1024
_TEXT = TEXTS | NUMBERS | FLAGS | frozenset(VALUES)


class XmlError(Exception):
    """What is wrong with a file as OSCAL's XML. ``params``: what the sentence names, the line among it."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(slots=True)
class _Frame:
    """An element that is being read. ``marked``: its own marked-up text, in which ``open`` are the elements begun."""

    name: str
    line: int
    data: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    marked: list[str | Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)


def read_xml(
    data: bytes, *, deepest: int, clock: Callable[[], float] = monotonic
) -> tuple[dict[str, Any], dict[int, int]]:
    """The document as its JSON is, and by the ``id`` of each of its objects the line on which that began.

    Raises XmlError: ``not_xml``, ``unsafe_xml``, ``too_deep``, ``too_much_xml``, ``too_slow``, ``wrong_namespace``,
    ``unknown_element``, ``stray_text``, ``double_element``, ``bad_number``.
    """
    handler = _Reader(Budget(Limits(depth=deepest), clock))
    try:
        parse((data[start : start + CHUNK] for start in range(0, len(data), CHUNK)), handler)
    except TableError as error:
        cause = error.__cause__
        line = cause.getLineNumber() if isinstance(cause, SAXParseException) else handler.line
        code = {"broken_xml": "not_xml"}.get(error.problem.code, error.problem.code)
        raise XmlError(code, **{"line": str(line or 1), **error.problem.params}) from None
    return handler.whole, handler.lines


class _Reader(Handler):
    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.whole: dict[str, Any] = {}
        self.lines: dict[int, int] = {}
        self._frames: list[_Frame] = []
        self._prefix = ""
        self._elements = self._indents = 0

    @property
    def line(self) -> int:
        """Where the parser is."""
        locator = getattr(self, "_locator", None)  # set by the parser
        return int(locator.getLineNumber() or 1) if locator is not None else 1

    def _wrong(self, code: str, **params: str) -> XmlError:
        return XmlError(code, line=str(self.line), **params)

    def start(self, name: str, attrs: AttributesImpl) -> None:
        self._elements += 1
        if self._elements > ELEMENTS:
            raise self._wrong("too_much_xml", most=str(ELEMENTS))
        if not self._frames:
            self._prefix = _prefix(name, attrs)
            if self._prefix == "?":
                raise self._wrong("wrong_namespace", element=name[:60])
        local = name.removeprefix(self._prefix)
        if ":" in local or attrs.get("xmlns", NAMESPACE) != NAMESPACE or (self._prefix and local == name):
            raise self._wrong("unknown_element", element=name[:60])
        frame = self._frames[-1] if self._frames else None
        if frame is not None and (frame.open or self._is_marked(frame, local)):
            self._start_marked(frame, local, _flags(attrs))
            return
        if frame is not None and (local not in EVERY or frame.name not in OBJECTS | VALUES.keys()):
            raise self._wrong("unknown_element", element=name[:60])
        self._frames.append(_Frame(local, self.line, dict(_flags(attrs))))

    def _is_marked(self, frame: _Frame, local: str) -> bool:
        if frame.name in LINES:
            return local in markup.INLINE
        if frame.name in BLOCKS:
            return local in markup.BLOCKS | markup.INLINE
        return frame.name in PROSE and local in markup.BLOCKS

    def _start_marked(self, frame: _Frame, local: str, flags: dict[str, str]) -> None:
        if local not in markup.BLOCKS | markup.INLINE | markup.WITHIN:
            raise self._wrong("unknown_element", element=local[:60])
        node = Node(local, flags)
        (frame.open[-1].inner if frame.open else frame.marked).append(node)
        frame.open.append(node)
        self._indent(frame, 1)

    def _indent(self, frame: _Frame, lines: int) -> None:
        self._indents += lines * sum(1 for each in frame.open if each.name in markup.INDENTING)
        if self._indents > INDENTS:
            raise self._wrong("too_much_xml", most=str(INDENTS))

    def text(self, content: str) -> None:
        if not self._frames:
            return
        frame = self._frames[-1]
        if frame.open:
            frame.open[-1].inner.append(content)
            self._indent(frame, content.count("\n"))
        elif frame.name in LINES or frame.name in BLOCKS:
            frame.marked.append(content)
        elif frame.name in _TEXT:
            frame.texts.append(content)
        elif content.strip():
            raise self._wrong("stray_text", element=frame.name)

    def end(self, name: str) -> None:
        frame = self._frames[-1]
        if frame.open:
            frame.open.pop()
            return
        self._frames.pop()
        value = self._value(frame)
        if isinstance(value, dict) and frame.name not in SPREAD:
            self.lines[id(value)] = frame.line
        if self._frames:
            self._place(self._frames[-1], frame.name, value)
        else:
            self.whole = {frame.name: value}

    def _value(self, frame: _Frame) -> Any:
        text = "".join(frame.texts).strip()
        if frame.name in VALUES:
            key = VALUES[frame.name]
            if text:
                frame.data[key] = self._number(text, frame) if frame.name in SHARES else text
            return frame.data
        if frame.name in LINES:
            return markup.line(frame.marked)
        if frame.name in BLOCKS:
            return markup.lines(frame.marked)
        if frame.name in NUMBERS:
            return self._number(text, frame)
        if frame.name in FLAGS:
            return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
        if frame.name in TEXTS:
            return text
        if frame.marked:
            frame.data["prose"] = markup.lines(frame.marked)
        return frame.data

    def _number(self, text: str, frame: _Frame) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise XmlError("bad_number", line=str(frame.line), element=frame.name)
        return value

    def _place(self, holder: _Frame, name: str, value: Any) -> None:
        """Puts an element where its holder has it in JSON."""
        if name in SPREAD:
            value = value.get(name, [])
        if name in LISTS and (holder.name, name) not in ALONE:
            several = holder.data.setdefault(LISTS[name], [])
            if isinstance(several, list):  # else an attribute bears its name, which the check of the shape refuses
                several.append(value)
        elif name in holder.data:
            raise self._wrong("double_element", element=name)
        else:
            holder.data[name] = value


def _prefix(name: str, attrs: AttributesImpl) -> str:
    """The prefix of OSCAL's own elements, with its colon; ``?`` when the root is not in OSCAL's namespace."""
    before, colon, _ = name.rpartition(":")
    return before + colon if attrs.get(f"xmlns{colon}{before}") == NAMESPACE else "?"


def _flags(attrs: AttributesImpl) -> dict[str, str]:
    """The attributes that are flags of OSCAL; declarations of names and hints about schemas are not."""
    return {name: attrs[name].strip() for name in attrs.getNames() if name != "xmlns" and ":" not in name}


def line_of(whole: Mapping[str, Any], lines: Mapping[int, int], path: str) -> int | None:
    """The line of the deepest object on the way to a JSON pointer; None when nothing of it has one."""
    at: Any = whole
    found = None
    for key in path.lstrip("/").split("/"):
        try:
            at = at[int(key)] if isinstance(at, list) else at[key.replace("~1", "/").replace("~0", "~")]
        except (KeyError, IndexError, ValueError, TypeError):
            break
        found = lines.get(id(at), found)
    return found
