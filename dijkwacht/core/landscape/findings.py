"""What is missing, double or old in a landscape, with the reasons. Told in docs/landscape.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dijkwacht.core.days import add
from dijkwacht.core.landscape.cells import MUNICIPAL, Actor, Box, Cell, Landscape, Status, by_box


class Lack(StrEnum):
    """Why a place of the matrix is a gap."""

    NOBODY = "nobody"  # no cell at all: no actor found
    PROPOSALS = "proposals"  # only what is not in force
    PRACTICE = "practice"  # somebody does it, and no law says so
    OUTSIDE = "outside"  # only actors outside the municipality


class Assigned(StrEnum):
    """How many of the actors that do alike do so by law."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


class Age(StrEnum):
    """Why a cell is not sure any more, or never was."""

    OLD = "old"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where somebody lacks, and why. ``cells``: what stands there all the same."""

    box: Box
    lacks: tuple[Lack, ...]
    cells: tuple[str, ...]

    @property
    def id(self) -> str:
        """How a discussion points to it."""
        return f"gap:{self.box.id}"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Several actors with a like role in one place, without anything that arranges it among them."""

    box: Box
    role: str
    actors: tuple[str, ...]
    cells: tuple[str, ...]
    assigned: Assigned

    @property
    def id(self) -> str:
        """How a discussion points to it."""
        return f"overlap:{self.box.id}:{self.role}"


@dataclass(frozen=True, slots=True)
class Stale:
    """A cell that must be looked at again. ``since``: the first day on which it was old; None: only its basis was not read."""

    cell: str
    why: tuple[Age, ...]
    since: date | None


def gaps(landscape: Landscape) -> list[Gap]:
    """Every place of the matrix where somebody lacks, in the order of the matrix."""
    found = by_box(landscape.cells.values())
    checked = ((box, found.get(box, [])) for box in landscape.boxes())
    return [
        Gap(box, lacks, tuple(each.id for each in cells))
        for box, cells in checked
        if (lacks := _lacks(cells, landscape.actors))
    ]


def _lacks(cells: Sequence[Cell], actors: Mapping[str, Actor]) -> tuple[Lack, ...]:
    if not cells:
        return (Lack.NOBODY,)
    real = [each for each in cells if each.status is not Status.PROPOSAL]
    if not real:
        return (Lack.PROPOSALS,)
    found = []
    if all(each.status is Status.PRACTICE for each in real):
        found.append(Lack.PRACTICE)
    if all(actors[each.actor].kind != MUNICIPAL for each in real):
        found.append(Lack.OUTSIDE)
    return tuple(found)


def overlaps(landscape: Landscape) -> list[Overlap]:
    """Where two or more actors have a like role in one place and no chain binds them, in the order of the matrix."""
    alike: dict[tuple[Box, str], list[Cell]] = {}
    for each in landscape.cells.values():
        if each.status is not Status.PROPOSAL and not landscape.roles[each.role].own:
            alike.setdefault((each.box, each.role), []).append(each)
    order = {box: number for number, box in enumerate(landscape.boxes())}
    found = [
        Overlap(box, role, _once(cells), tuple(each.id for each in cells), _assigned(cells))
        for (box, role), cells in alike.items()
        if _apart(cells) > 1
    ]
    return sorted(found, key=lambda each: (order.get(each.box, len(order)), each.role))


def _once(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.actor for each in cells))


def _apart(cells: Sequence[Cell]) -> int:
    """How many groups of actors are left when those in one chain count as one."""
    root = {each.actor: each.actor for each in cells}

    def top(actor: str) -> str:
        while root[actor] != actor:
            root[actor] = root[root[actor]]
            actor = root[actor]
        return actor

    first: dict[str, str] = {}
    for each in cells:
        if each.together:
            root[top(each.actor)] = top(first.setdefault(each.together, each.actor))
    return len({top(actor) for actor in root})


def _assigned(cells: Iterable[Cell]) -> Assigned:
    by_law = {each.actor for each in cells if each.status is Status.LAW}
    everybody = {each.actor for each in cells}
    if by_law == everybody:
        return Assigned.ALL
    return Assigned.SOME if by_law else Assigned.NONE


def stale_from(cell: Cell) -> date | None:
    """The first day on which it is old; None: it does not age."""
    return None if cell.stale_after is None else add(cell.as_of, cell.stale_after)


def stale(landscape: Landscape, *, on: date) -> list[Stale]:
    """The cells that are old on a day, or of which the basis was not read, in the order of the pack."""
    found = []
    for each in landscape.cells.values():
        since = stale_from(each)
        old = since is not None and since <= on
        why = ((Age.OLD,) if old else ()) + ((Age.UNREAD,) if each.unread else ())
        if why:
            found.append(Stale(each.id, why, since if old else None))
    return found
