"""What a discussion is about: a cell, a gap or an overlap, by how it is pointed to."""

from dijkwacht.core.landscape.cells import EVERY, Landscape, Words


def name_of(landscape: Landscape, about: str, language: str) -> str | None:
    """What ``cell:<id>``, ``gap:<area/phase/layer>`` or ``overlap:<area/phase/layer>:<role>`` is called; None: there is no such.

    A place keeps its name when its gap is closed, so that what was said about it can still be read.
    """
    kind, _, rest = about.partition(":")
    if kind == "cell":
        cell = landscape.cells.get(rest)
        return None if cell is None else _said(landscape.actors[cell.actor].name, language)
    box, _, role = rest.partition(":")
    place = place_of(landscape, box, language)
    if kind == "gap" and not role and not rest.endswith(":") and place and not box.startswith(f"{EVERY}/"):
        return place
    if kind == "overlap" and place and role in landscape.roles:
        return f"{place}: {_said(landscape.roles[role].name, language)}"
    return None


def place_of(landscape: Landscape, box: str, language: str) -> str:
    """A place of the matrix in words; empty: there is no such place."""
    parts = box.split("/")
    known = (landscape.areas, landscape.phases, landscape.layers)
    if len(parts) != len(known) or any(part not in names for part, names in zip(parts, known, strict=True)):
        return ""
    return ", ".join(_said(names[part].name, language) for part, names in zip(parts, known, strict=True))


def _said(words: Words, language: str) -> str:
    return words.get(language) or words.get("nl", "")
