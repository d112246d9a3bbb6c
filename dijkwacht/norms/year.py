"""What the packs hold beside norms: the ENSIA calendar, who compares with whom, which help fits, and the map.

Read once per process. Each is checked when it is read; what is wrong raises PackErrors with file and line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dijkwacht.core.ensia import KINDS, Rule
from dijkwacht.core.shapes import Shapes, drawn
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import Document, load

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Size:
    """A class of municipalities by inhabitants: from ``least`` to below ``below``."""

    key: str
    least: int
    below: int
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Which classes are compared, and the least number of organisations behind a figure."""

    least: int
    sizes: tuple[Size, ...]

    def size_of(self, inhabitants: int | None) -> Size | None:
        """The class of a municipality; None when it is not known how many live there."""
        if inhabitants is None:
            return None
        return next((size for size in self.sizes if size.least <= inhabitants < size.below), None)


@dataclass(frozen=True, slots=True)
class Help:
    """Something that is offered to municipalities. ``themes``: ``catalog.theme``, or ``catalog.*``."""

    key: str
    name: Mapping[str, str]
    by: Mapping[str, str]
    what: Mapping[str, str]
    themes: tuple[str, ...]
    source: str
    uncertain: Mapping[str, str]

    def fits(self, theme: str) -> bool:
        """Whether this helps with a theme, ``catalog.theme``."""
        return theme in self.themes or f"{theme.partition('.')[0]}.*" in self.themes


@lru_cache(maxsize=1)
def calendar() -> tuple[Rule, ...]:
    """What falls on which day of an ENSIA year, in the order of the file."""
    document = load(ROOT / "ensia" / "calendar.yaml", root=ROOT)
    return tuple(_rule(document, each) for each in _listed(document, "terms"))


@lru_cache(maxsize=1)
def benchmark() -> Benchmark:
    """The classes of municipalities, and when a figure may be shown."""
    document = load(ROOT / "ensia" / "benchmark.yaml", root=ROOT)
    sizes = tuple(Size(each["key"], each["from"], each["below"], each["name"]) for each in _listed(document, "sizes"))
    return Benchmark(int(document.value["least"]), sizes)


@lru_cache(maxsize=1)
def help_offers() -> tuple[Help, ...]:
    """What is offered to municipalities, the most specific first."""
    document = load(ROOT / "ensia" / "help.yaml", root=ROOT)
    found = [
        Help(
            each["key"], each["name"], each["by"], each["what"], tuple(each["themes"]), each["source"],
            each.get("uncertain", {}),
        )
        for each in _listed(document, "help")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: any(theme.endswith(".*") for theme in each.themes)))


@lru_cache(maxsize=1)
def municipal_shapes() -> Shapes:
    """The outlines of the municipalities of 1 January 2026 by CBS code (GM0014), as paths of a drawing.

    Source and licence: data/municipalities_2026.geojson.license.
    """
    features = json.loads((ROOT / "data" / "municipalities_2026.geojson").read_text(encoding="utf-8"))["features"]
    rings: dict[str, list[list[tuple[float, float]]]] = {}
    for each in features:
        kind, found = each["geometry"]["type"], each["geometry"]["coordinates"]
        polygons = found if kind == "MultiPolygon" else [found]
        rings[each["properties"]["code"]] = [[(x, y) for x, y, *_ in ring] for polygon in polygons for ring in polygon]
    return drawn(rings)


def _listed(document: Document, key: str) -> list[dict[str, Any]]:
    found = document.value.get(key) if isinstance(document.value, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise PackErrors([document.problem(1, f"a list of {key} was expected")])
    return found


def _rule(document: Document, data: dict[str, Any]) -> Rule:
    try:
        month, day = (int(part) for part in data["month_day"].split("-"))
        if data["kind"] not in KINDS:
            raise ValueError(data["kind"])
        return Rule(
            data["key"], data["kind"], month, day, int(data["year_offset"]), tuple(data["lines"]), data["what"],
            bool(data["to_verify"]), data["source"], tuple(sorted(data.get("remind", ()), reverse=True)),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        problem = Problem(document.file, document.line(data), f"a term of the year was expected: {error}")
        raise PackErrors([problem]) from None
