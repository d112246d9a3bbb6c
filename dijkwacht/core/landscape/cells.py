"""The landscape as values: cells of area x phase x layer x actor, and the names that they use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dijkwacht.core.days import Duration

Words = Mapping[str, str]
EVERY = "all"  # the area of what is about all four; it fills no gap in one of them
MUNICIPAL = "municipal"  # the kind of an actor within the municipality


class Status(StrEnum):
    """By what somebody does it. A proposal never counts as something that is done."""

    LAW = "law"
    PRACTICE = "practice"
    PROPOSAL = "proposal"


class Confidence(StrEnum):
    """How sure the source makes it: text of the law read, document of a government, press, or nothing but common knowledge."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the pack with a line that says what it is."""

    id: str
    name: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody does in a cell. ``own``: each does this for itself, so that several are no overlap."""

    id: str
    name: Words
    own: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something. ``kind``: municipal, national, police, region, sector, private, oversight, joint."""

    id: str
    name: Words
    kind: str
    text: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Cells that are arranged among each other. ``how``: chain (one after the other), jointly, divided."""

    id: str
    how: str
    text: Words


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the matrix."""

    area: str
    phase: str
    layer: str

    @property
    def id(self) -> str:
        """``disruption/response/policy``, as addresses and trail write it."""
        return f"{self.area}/{self.phase}/{self.layer}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``unread``: the articles of ``basis`` that nobody read; ``stale_after`` counts from ``as_of``.

    ``together``: the chain it is part of; ``kinds``: kinds of incident it is in turn for; ``local``: "", added or changed.
    """

    id: str
    area: str
    phase: str
    layer: str
    actor: str
    role: str
    text: Words
    basis: str
    source: str
    status: Status
    confidence: Confidence
    as_of: date
    stale_after: Duration | None = None
    unread: str = ""
    together: str = ""
    kinds: tuple[str, ...] = ()
    local: str = ""

    @property
    def box(self) -> Box:
        """Where it stands in the matrix."""
        return Box(self.area, self.phase, self.layer)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of incident. ``turns``: per phase the cells in the order in which it is their turn."""

    id: str
    name: Words
    text: Words
    areas: tuple[str, ...]
    turns: Mapping[str, tuple[str, ...]]
    source: str
    uncertain: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Landscape:
    """A whole pack, maybe with what an organisation added to it. Everything by id, in the order of the pack."""

    version: str
    as_of: date
    name: Words
    areas: Mapping[str, Named]
    phases: Mapping[str, Named]
    layers: Mapping[str, Named]
    roles: Mapping[str, Role]
    actors: Mapping[str, Actor]
    chains: Mapping[str, Chain]
    cells: Mapping[str, Cell]
    kinds: Mapping[str, Kind]

    def boxes(self) -> tuple[Box, ...]:
        """Every place of the matrix, but for what is about all areas."""
        return tuple(
            Box(area, phase, layer)
            for area in self.areas if area != EVERY
            for phase in self.phases
            for layer in self.layers
        )  # fmt: skip


def by_box(cells: Iterable[Cell]) -> dict[Box, list[Cell]]:
    """The cells of each place that has one."""
    found: dict[Box, list[Cell]] = {}
    for each in cells:
        found.setdefault(each.box, []).append(each)
    return found
