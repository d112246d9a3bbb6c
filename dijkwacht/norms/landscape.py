"""The landscape: `norms/landscape/*.yaml`, our own reading of public sources, checked when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.norms import landscape_rows as read
from dijkwacht.norms.fields import fields_of
from dijkwacht.norms.landscape_rows import Source
from dijkwacht.norms.problems import PackErrors, Problem

ROOT = Path(__file__).resolve().parent
NAMES, ACTORS, CELLS, KINDS = (f"landscape/{each}.yaml" for each in ("names", "actors", "cells", "kinds"))
_KEYS = ("version", "as_of", "licence", "name", "areas", "phases", "layers", "roles", "chains", "sources")


@dataclass(frozen=True, slots=True)
class Pack:
    """The landscape with its licence, its sources, and of which row of the table of research each cell comes (0: none)."""

    landscape: Landscape
    licence: str
    sources: Mapping[str, Source]
    origin: Mapping[str, int]


@lru_cache(maxsize=1)
def landscape_pack() -> Pack:
    """The landscape of the house. Raises PackErrors with file and line."""
    problems: list[Problem] = []
    found = _read(ROOT, problems)
    if problems or found is None:
        raise PackErrors(sorted(set(problems)))
    return found


def landscape_problems(root: Path) -> list[Problem]:
    """What is wrong with the landscape in a folder of packs; nothing where there is none."""
    if not (root / "landscape").is_dir():
        return []
    problems: list[Problem] = []
    _read(root, problems)
    return sorted(set(problems))


def _read(root: Path, problems: list[Problem]) -> Pack | None:
    top, who, what, when = (
        fields_of(root, file, "landscape", problems) for file in (NAMES, ACTORS, CELLS, KINDS)
    )  # fmt: skip
    top.only(_KEYS)
    who.only(("actors",))
    what.only(("cells",))
    when.only(("source", "kinds"))
    names = read.Names(
        read.named(top, "areas"), read.named(top, "phases"), read.named(top, "layers"), read.roles(top),
        read.chains(top), read.sources(top), read.actors(who),
    )  # fmt: skip
    cells, origin = read.cells(what, names)
    day = top.day("as_of")
    if day is None:
        top.wrong("as_of", "as_of is missing")
        return None
    landscape = Landscape(
        top.text("version", needed=True), day, top.both("name", needed=True), names.areas, names.phases, names.layers,
        names.roles, names.actors, names.chains, cells, read.kinds(when, names, cells),
    )  # fmt: skip
    return Pack(landscape, top.text("licence", needed=True), names.sources, origin)
