"""The start network of dependencies: `norms/cascade/network.yaml`, checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.cascade.network import NOTHING, Band, Edge, Network, Node, problems
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import table

ROOT = Path(__file__).resolve().parent
FILE = "cascade/network.yaml"
TYPES = ("observation", "case", "scenario", "assumption")
_HEAD = ("version", "as_of", "licence", "name", "about", "generator", "kinds", "sources", "nodes", "edges")
_NODE = ("name", "kind", "buffer_h", "recovery_h", "recovery_source")
_EDGE = ("from", "to", "delay_h", "p", "uses_buffer", "source", "doubt")
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node. ``column``: of the drawing, from 0; ``whom``: who is hit when it fails."""

    name: Words
    column: int
    whom: Words


@dataclass(frozen=True, slots=True)
class Source:
    """What an edge rests on. ``type``: observation, case, scenario or assumption."""

    type: str
    text: Words


@dataclass(frozen=True, slots=True)
class CascadePack:
    """The start network. Edges name a source of ``sources``; ``doubts`` by pair of nodes."""

    version: str
    as_of: date
    about: Words
    kinds: Mapping[str, Kind]
    sources: Mapping[str, Source]
    names: Mapping[str, Words]
    doubts: Mapping[tuple[str, str], Words]
    network: Network
    generator: Band
    bridges: tuple[str, ...]

    def named(self, language: str) -> Network:
        """The network with its names in a language."""
        nodes = (
            Node(each.id, self.names[each.id].get(language, each.name), each.buffer, each.recovery, each.kind)
            for each in self.network.nodes
        )
        return Network(tuple(nodes), self.network.edges)


@lru_cache(maxsize=1)
def start_network() -> CascadePack:
    """The start network of the house. Raises PackErrors with file and line."""
    return read_network(ROOT)


def read_network(root: Path) -> CascadePack:
    """The start network in a folder of packs. Raises PackErrors."""
    found: list[Problem] = []
    top = fields_of(root, FILE, "cascade", found)
    top.only(_HEAD)
    pack = _pack(top)
    if not found:
        for each in problems(pack.network):
            top.wrong_at("edges", str(each))
    if found:
        raise PackErrors(sorted(set(found)))
    return pack


def _pack(top: Fields) -> CascadePack:
    kinds = {name: _kind(row) for name, row in table(top, "kinds", keys=("name", "column", "whom"))}
    sources = {
        name: Source(row.one_of("type", TYPES, "assumption"), row.both("text", needed=True))
        for name, row in table(top, "sources", keys=("type", "text"))
    }
    names: dict[str, Words] = {}
    nodes = []
    for name, row in table(top, "nodes", keys=_NODE):
        names[name] = row.both("name", needed=True)
        row.one_of("recovery_source", sources, "assumption")
        nodes.append(
            Node(
                name, names[name].get("nl", name), _band(row, "buffer_h", needed=False), _band(row, "recovery_h"),
                row.one_of("kind", kinds, ""),
            )
        )  # fmt: skip
    doubts: dict[tuple[str, str], Words] = {}
    edges = tuple(_edge(row, sources, doubts) for row in _edges(top))
    generator = top.nested("generator")
    bridges = generator.words("bridges")
    if wrong := [each for each in bridges if each not in names]:
        generator.wrong("bridges", f"unknown node {wrong[0]}")
    return CascadePack(
        top.text("version", needed=True), top.day("as_of") or date.min, top.both("about", needed=True), kinds, sources,
        names, doubts, Network(tuple(nodes), edges), _band(generator, "hours"), bridges,
    )  # fmt: skip


def _edges(top: Fields) -> list[Fields]:
    found = top.data.get("edges")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        top.wrong("edges", "a list of edges was expected")
        return []
    made = [Fields(top.document, each, f"{each.get('from')} -> {each.get('to')}", top.problems, True) for each in found]
    seen: set[str] = set()
    for each in made:
        each.only(_EDGE)
        if each.what in seen:
            each.wrong(None, "stands here twice")
        seen.add(each.what)
    return made


def _edge(row: Fields, sources: Mapping[str, Source], doubts: dict[tuple[str, str], Words]) -> Edge:
    pair = row.text("from", needed=True), row.text("to", needed=True)
    if doubt := row.both("doubt"):
        doubts[pair] = doubt
    source = row.one_of("source", sources, "assumption")
    return Edge(*pair, _band(row, "delay_h"), _band(row, "p"), row.flag("uses_buffer", True), source)


def _kind(row: Fields) -> Kind:
    column = row.data.get("column")
    if type(column) is not int or not 0 <= column <= 9:
        row.wrong("column", "column must be a number from 0 to 9")
        column = 0
    return Kind(row.both("name", needed=True), column, row.both("whom", needed=True))


def _band(row: Fields, key: str, *, needed: bool = True) -> Band:
    value = row.data.get(key)
    if value is None and not needed:
        return NOTHING
    if not isinstance(value, list) or len(value) != 3 or not all(type(each) in {int, float} for each in value):
        row.wrong(key, f"{key} must be three numbers, lowest, likely and highest")
        return NOTHING
    return Band(*map(float, value))
