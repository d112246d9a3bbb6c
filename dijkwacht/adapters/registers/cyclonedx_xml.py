"""CycloneDX in XML, as a stream through defusedxml: no document type, no entities, limits on depth, size and time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from dijkwacht.adapters.limits import MEGABYTE, Budget, Limits, TableError
from dijkwacht.adapters.registers.component import line_of
from dijkwacht.adapters.text import clean
from dijkwacht.adapters.xlsx_parts import local
from dijkwacht.adapters.xml_stream import Handler, parse
from dijkwacht.core.advisories.register_lines import Line, Notes

CHUNK = 64 * 1024
_NAMESPACE = re.compile(r"https?://cyclonedx\.org/schema/bom/(\d+\.\d+)")
# where a component is part of the whole; in a pedigree or among the tools that wrote the file it is not
_PARENTS = re.compile(r"bom/metadata|bom/(?:metadata/component/)?components(?:/component/components)*")
_TEXTS = {
    ("name",): "name", ("version",): "version", ("group",): "group", ("publisher",): "publisher", ("purl",): "purl",
    ("cpe",): "cpe", ("scope",): "scope", ("supplier", "name"): "supplier", ("manufacturer", "name"): "manufacturer",
}  # fmt: skip


@dataclass(slots=True)
class Told:
    """What the file says."""

    version: str = ""
    moment: str = ""
    label: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """A component that is being read. ``slot``: where its line goes, so that a whole stands before its parts."""

    depth: int
    row: int
    root: bool
    slot: int
    told: dict[str, str]


def read_xml(data: bytes, notes: Notes, *, limits: Limits, clock: Callable[[], float]) -> Told:
    """The components. Raises TableError: too_large, not_cyclonedx, and what ``xml_stream.parse`` raises, with the line."""
    if len(data) > limits.size:
        raise TableError("too_large", most=str(limits.size // MEGABYTE))
    handler = _Reader(Budget(limits, clock), notes)
    parse((data[start : start + CHUNK] for start in range(0, len(data), CHUNK)), handler)
    handler.told.lines = [line for line in handler.slots if line is not None]
    return handler.told


class _Reader(Handler):
    def __init__(self, budget: Budget, notes: Notes) -> None:
        super().__init__(budget)
        self.told = Told()
        self.slots: list[Line | None] = []
        self._notes = notes
        self._path: list[str] = []
        self._frames: list[_Frame] = []
        self._pieces: list[str] = []
        self._length = 0

    def start(self, name: str, attrs: AttributesImpl) -> None:
        name = local(name)
        self.row = self._line()
        if not self._path:
            self._root(name, attrs)
        self._pieces, self._length = [], 0
        if name == "component" and _PARENTS.fullmatch("/".join(self._path)):
            if len(self.slots) >= self.budget.limits.rows:
                raise TableError("too_many_rows", row=self.row, most=str(self.budget.limits.rows))
            root = self._path == ["bom", "metadata"]
            self._frames.append(_Frame(self.depth, self.row, root, len(self.slots), {"type": attrs.get("type", "")}))
            self.slots.append(None)
        elif name == "services" and self._path == ["bom"]:
            self._notes.remark("services_not_read", at="/services")
        self._path.append(name)

    def text(self, content: str) -> None:
        self._length += len(content)
        if self._length <= self.budget.limits.text:  # a longer text is a licence or a picture, which nobody asks for
            self._pieces.append(content)

    def end(self, name: str) -> None:
        text = " ".join((clean("".join(self._pieces)) or "").split())
        self._pieces, self._length = [], 0
        frame = self._frames[-1] if self._frames else None
        if self._path == ["bom", "metadata", "timestamp"]:
            self.told.moment = text
        elif frame is not None and len(self._path) == frame.depth:
            self._end_component(self._frames.pop())
        elif frame is not None and (key := _TEXTS.get(tuple(self._path[frame.depth :]))):
            frame.told.setdefault(key, text)
        self._path.pop()

    def _end_component(self, frame: _Frame) -> None:
        if frame.root:
            self.told.label = frame.told.get("name", "")
        part_of = "" if frame.root else self.told.label
        self.slots[frame.slot] = line_of(frame.told, self._notes, row=frame.row, part_of=part_of, in_xml=True)

    def _root(self, name: str, attrs: AttributesImpl) -> None:
        spaces = [attrs[key] for key in attrs.getNames() if key == "xmlns" or key.startswith("xmlns:")]
        found = next((match for space in spaces if (match := _NAMESPACE.match(space))), None)
        if name != "bom" or found is None:
            raise TableError("not_cyclonedx")
        self.told.version = found[1]

    def _line(self) -> int:
        locator: Any = getattr(self, "_locator", None)  # set by the parser
        return int(locator.getLineNumber() or 1) if locator is not None else 1
