"""A small landscape to change in one place at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from dijkwacht.core.days import parse_duration
from dijkwacht.core.landscape.cells import Actor, Cell, Chain, Confidence, Kind, Landscape, Named, Role, Status

AS_OF = date(2026, 1, 31)


def words(name: str) -> dict[str, str]:
    """A name in both languages."""
    return {"nl": name, "en": f"{name} (en)"}


def cell(name: str, **changed: Any) -> Cell:
    """A cell of the mayor, in force by law."""
    plain = Cell(
        name, "house", "response", "execution", "mayor", "helps", words(name), "Act 1", "the act", Status.LAW,
        Confidence.A, AS_OF, parse_duration("P1M"),
    )  # fmt: skip
    return replace(plain, **changed)


def landscape(*cells: Cell) -> Landscape:
    """Two areas and ``all``, two phases, two layers, four actors, of whom one is of the municipality."""

    def named(*ids: str) -> dict[str, Named]:
        return {each: Named(each, words(each), words(each)) for each in ids}

    actors = {
        each: Actor(each, words(each), "municipal" if each == "mayor" else "national", words(each))
        for each in ("mayor", "state", "police", "court")
    }
    roles = {each: Role(each, words(each), each == "own") for each in ("helps", "decides", "own")}
    kind = Kind("flood", words("flood"), words("flood"), ("house",), {"response": ("first", "second")}, "ourselves")
    other = Kind("leak", words("leak"), words("leak"), ("house",), {}, "ourselves")
    return Landscape(
        "1", AS_OF, words("small"), named("house", "street", "all"), named("before", "response"),
        named("policy", "execution"), roles, actors,
        {each: Chain(each, "chain", words(each)) for each in ("a", "b")},
        {each.id: each for each in cells}, {"flood": kind, "leak": other},
    )  # fmt: skip
