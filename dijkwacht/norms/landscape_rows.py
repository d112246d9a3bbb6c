"""The files of the landscape pack as values: `norms/landscape/*.yaml`, row by row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.core.days import Duration
from dijkwacht.core.landscape.cells import Actor, Cell, Chain, Confidence, Kind, Named, Role, Status
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.rows import all_known, known, rows

KINDS_OF_ACTOR = (
    "municipal", "other_municipality", "joint", "national", "oversight", "police", "region", "sector", "private",
)  # fmt: skip
HOW = ("chain", "jointly", "divided")
_CELL = ("row", "area", "phase", "layer", "actor", "role", "status", "source", "together", "basis", "unread", "text",
         "confidence", "as_of", "stale_after")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where cells come from: what it is called, of which day it is, how long that holds and how sure it makes."""

    id: str
    name: str
    as_of: date
    stale_after: Duration
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Names:
    """All that a cell may name."""

    areas: Mapping[str, Named]
    phases: Mapping[str, Named]
    layers: Mapping[str, Named]
    roles: Mapping[str, Role]
    chains: Mapping[str, Chain]
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]


def named(top: Fields, key: str) -> dict[str, Named]:
    """A list of names, each with a line that says what it is."""
    found = rows(top, key, keys=("name", "text"))
    return {
        each.text("id"): Named(each.text("id"), each.both("name", needed=True), each.both("text", needed=True))
        for each in found
    }


def roles(top: Fields) -> dict[str, Role]:
    """What somebody can do in a cell."""
    found = rows(top, "roles", keys=("name", "own"))
    return {
        each.text("id"): Role(each.text("id"), each.both("name", needed=True), each.flag("own", False))
        for each in found
    }


def chains(top: Fields) -> dict[str, Chain]:
    """What arranges cells among each other."""
    found = rows(top, "chains", keys=("how", "text"))
    return {
        each.text("id"): Chain(each.text("id"), each.one_of("how", HOW, "chain"), each.both("text", needed=True))
        for each in found
    }


def sources(top: Fields) -> dict[str, Source]:
    """Where cells come from."""
    found = {}
    for each in rows(top, "sources", keys=("name", "as_of", "stale_after", "confidence")):
        day, term = each.day("as_of"), each.duration("stale_after")
        if day is None or term is None:
            each.wrong(None, "a source has as_of and stale_after")
            continue
        sure = Confidence(each.one_of("confidence", [word.value for word in Confidence], "D"))
        found[each.text("id")] = Source(each.text("id"), each.text("name", needed=True), day, term, sure)
    return found


def actors(top: Fields) -> dict[str, Actor]:
    """Who there are; a name or alias points to one actor only."""
    found: dict[str, Actor] = {}
    taken: dict[str, str] = {}
    for each in rows(top, "actors", keys=("kind", "name", "text", "aliases")):
        actor = Actor(
            each.text("id"), each.both("name", needed=True), each.one_of("kind", KINDS_OF_ACTOR, "private"),
            each.both("text", needed=True), each.words("aliases"),
        )  # fmt: skip
        for name in {actor.name.get("nl", ""), *actor.aliases}:
            if taken.setdefault(name, actor.id) != actor.id:
                each.wrong("aliases", f"{name} is {taken[name]} already")
        found[actor.id] = actor
    return found


def cells(top: Fields, names: Names) -> tuple[dict[str, Cell], dict[str, int]]:
    """The cells, and of which row of the table of research each comes; 0: added afterwards."""
    found, origin = {}, {}
    for each in rows(top, "cells", keys=_CELL):
        cell = _cell(each, names)
        if cell is not None:
            found[cell.id] = cell
            number = each.data.get("row")
            if type(number) is not int or number < 0:
                each.wrong("row", "row must be the number of a row, or 0")
            origin[cell.id] = number if type(number) is int else 0
    return found, origin


def _cell(row: Fields, names: Names) -> Cell | None:
    source = names.sources.get(known(row, "source", names.sources))
    term = row.duration("stale_after")
    sure = row.one_of("confidence", [word.value for word in Confidence], source.confidence if source else "D")
    status = Status(row.one_of("status", [word.value for word in Status], "practice"))
    cell = Cell(
        row.text("id"), known(row, "area", names.areas), known(row, "phase", names.phases),
        known(row, "layer", names.layers), known(row, "actor", names.actors), known(row, "role", names.roles),
        row.both("text", needed=True), row.text("basis", needed=True), source.name if source else "", status,
        Confidence(sure), row.day("as_of") or (source.as_of if source else date.min),
        term or (source.stale_after if source else None), row.text("unread"),
        known(row, "together", names.chains, needed=False),
    )  # fmt: skip
    return cell if source else None


def kinds(top: Fields, names: Names, held: Mapping[str, Cell]) -> dict[str, Kind]:
    """The kinds of incident, with who is in turn; each cell is of an area of the kind or of its aftercare, and of that phase."""
    source = top.text("source", needed=True)
    found = {}
    for each in rows(top, "kinds", keys=("name", "text", "areas", "turns", "uncertain")):
        turns = each.nested("turns")
        in_turn = {phase: _turns(turns, phase, names.phases, held) for phase in turns.data}
        found[each.text("id")] = Kind(
            each.text("id"), each.both("name", needed=True), each.both("text", needed=True),
            all_known(each, "areas", names.areas), in_turn, source, each.both("uncertain"),
        )  # fmt: skip
    return found


def _turns(row: Fields, phase: str, phases: Collection[str], held: Mapping[str, Cell]) -> tuple[str, ...]:
    if phase not in phases:
        row.wrong(phase, f"unknown phase {phase}")
    found = all_known(row, phase, held)
    for i, name in enumerate(found):
        if name in held and held[name].phase != phase:
            row.wrong_at(f"{phase}[{i}]", f"{name} is a cell of {held[name].phase}")
    return found
