"""What the pages of the landscape show: places with who stands there, cells with their marks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from dijkwacht.apps.landscape.models import Topic
from dijkwacht.apps.landscape.queries.cells import Findings
from dijkwacht.apps.landscape.words import cells as say
from dijkwacht.core.landscape.cells import EVERY, Box, Cell, Landscape, by_box
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell in a list: who, what, where it leads, and what must be said with it. ``mark``: in short, for the matrix."""

    cell: Cell
    url: str
    who: str
    role: str
    what: str
    marks: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the matrix: the layer, who stands there, and what lacks with the page where that is discussed."""

    layer: str
    cells: list[Shown]
    lacks: str
    url: str


@dataclass(frozen=True, slots=True)
class AreaTable:
    """One area as rows of phases with a place per layer. ``gaps``: how many of its places lack somebody."""

    id: str
    name: str
    text: str
    gaps: int
    rows: list[tuple[str, list[Place]]]


class Shower:
    """Shows cells of one landscape to one organisation."""

    def __init__(self, landscape: Landscape, organisation: str) -> None:
        self.landscape = landscape
        self._actors = {key: text_of(each.name) for key, each in landscape.actors.items()}
        self._roles = {key: text_of(each.name) for key, each in landscape.roles.items()}
        self._url = reverse("landscape:cell", args=[organisation, "_"])[:-2]
        self._finding = reverse("landscape:finding", args=[organisation, "_"])[:-2]
        self._marks = {status: str(words) for status, words in say.MARKS.items()}
        self._unread = str(say.UNREAD)
        self._doings = {key: str(words) for key, words in say.DOINGS.items()}

    def cell(self, cell: Cell) -> Shown:
        """One cell."""
        marks = [self._marks[cell.status]] if cell.status in self._marks else []
        if cell.local:
            marks.append(self._doings[cell.local])
        mark = ", ".join(marks)
        if cell.unread:
            marks.append(self._unread)
        who, role = self._actors[cell.actor], self._roles[cell.role]
        return Shown(cell, f"{self._url}{cell.id}/", who, role, text_of(cell.text), tuple(marks), mark)

    def cells(self, cells: Iterable[Cell]) -> list[Shown]:
        """Several."""
        return [self.cell(each) for each in cells]

    def finding(self, about: str) -> str:
        """The page of a finding."""
        return f"{self._finding}{about}/"

    def place(self, box: Box) -> str:
        """A place in words."""
        held = self.landscape
        names = (held.areas[box.area], held.phases[box.phase], held.layers[box.layer])
        return " · ".join(text_of(each.name) for each in names)

    def tables(self, found: Findings, *, areas: Collection[str], kept: Mapping[str, str]) -> list[AreaTable]:
        """The matrix. ``kept``: fields that a cell must have to be shown; with any, empty places and rows stay out."""
        cells = [each for each in self.landscape.cells.values() if all(getattr(each, k) == v for k, v in kept.items())]
        held, lacks = by_box(cells), {each.box: each for each in found.gaps}
        shown = []
        for key in (each for each in self.landscape.areas if each in areas):
            boxes = {
                phase: [
                    self._place(Box(key, phase, layer), held, {} if kept else lacks) for layer in self.landscape.layers
                ]
                for phase in self.landscape.phases
            }
            rows = [
                (text_of(self.landscape.phases[phase].name), places)
                for phase, places in boxes.items()
                if (not kept and key != EVERY) or any(place.cells for place in places)
            ]
            area, gaps = self.landscape.areas[key], sum(box.area == key for box in lacks)
            if rows:
                shown.append(AreaTable(key, text_of(area.name), text_of(area.text), gaps, rows))
        return shown

    def _place(self, box: Box, held: Mapping[Box, list[Cell]], lacks: Mapping[Box, Any]) -> Place:
        gap = lacks.get(box)
        told = say.sentences(gap.lacks, say.LACKS) if gap else ""
        layer = text_of(self.landscape.layers[box.layer].name)
        return Place(layer, self.cells(held.get(box, ())), told, self.finding(gap.id) if gap else "")


@dataclass(frozen=True, slots=True)
class FoundRows:
    """Findings as rows of a list, each with the last discussion about it in ``talked``."""

    show: Shower
    talked: Mapping[str, Topic]
    on: date

    def gaps(self, found: Findings) -> list[dict[str, Any]]:
        """Where somebody lacks."""
        held = self.show.landscape
        return [
            self._row(each.id, self.show.place(each.box), say.sentences(each.lacks, say.LACKS),
                      say.actors_of(held, [*dict.fromkeys(held.cells[name].actor for name in each.cells)]))
            for each in found.gaps
        ]  # fmt: skip

    def overlaps(self, found: Findings) -> list[dict[str, Any]]:
        """Where several do alike."""
        held = self.show.landscape
        return [
            self._row(each.id, f"{self.show.place(each.box)} · {text_of(held.roles[each.role].name)}",
                      str(say.ASSIGNED[each.assigned]), say.actors_of(held, each.actors))
            for each in found.overlaps
        ]  # fmt: skip

    def stale(self, found: Findings) -> list[dict[str, Any]]:
        """What must be looked at again."""
        rows = [(each, self.show.cell(self.show.landscape.cells[each.cell])) for each in found.stale]
        return [
            self._row(f"cell:{each.cell}", shown.what, say.sentences(each.why, say.AGES),
                      f"{shown.who} · {self.show.place(shown.cell.box)}", shown.url)
            for each, shown in rows
        ]  # fmt: skip

    def _row(self, about: str, title: str, why: str, who: str, url: str = "") -> dict[str, Any]:
        topic = self.talked.get(about)
        return {
            "title": title, "why": why, "who": who, "url": url or self.show.finding(about), "topic": topic,
            "stands": standing(topic, on=self.on),
        }  # fmt: skip


def findings_of(cell: Cell, found: Findings) -> list[tuple[str, str]]:
    """The findings that a cell is part of: how each is pointed to, and why, in words."""
    told = [(each.id, say.sentences(each.lacks, say.LACKS)) for each in found.gaps if cell.id in each.cells]
    return told + [(each.id, str(say.ASSIGNED[each.assigned])) for each in found.overlaps if cell.id in each.cells]


def standing(topic: Topic | None, *, on: date) -> str:
    """Where a discussion stands, as a code: none, open, late, decided."""
    if topic is None:
        return "none"
    if not topic.open:
        return "decided"
    return "late" if topic.due and topic.due < on else "open"
