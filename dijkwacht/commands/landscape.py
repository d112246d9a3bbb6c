"""What is missing, double or old in the landscape, as lines and as data. Without an organisation it needs no database."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from dijkwacht.commands import Outcome
from dijkwacht.core.landscape.about import place_of
from dijkwacht.core.landscape.cells import Landscape
from dijkwacht.core.landscape.findings import gaps, overlaps, stale

PARTS = ("gaps", "overlaps", "stale")


def landscape(held: Landscape, *, parts: Collection[str], on: date, language: str) -> Outcome:
    """The findings that were asked for (all of `PARTS` when none), on a day."""
    asked = [part for part in PARTS if part in parts] or [*PARTS]
    made = {"gaps": _gaps, "overlaps": _overlaps, "stale": _stale}
    data: dict[str, Any] = {part: made[part](held, on, language) for part in asked}
    lines = [
        f"{held.name.get(language, held.name['nl'])} {held.version}, {on.isoformat()}: {len(held.cells)} cells, "
        f"{len(held.boxes())} places"
    ]
    for part in asked:
        lines += ["", f"{len(data[part])} {'cells to look at again' if part == 'stale' else part}"]
        lines += [f"  {row['where']}: {', '.join(row['why'])}{_who(row['who'])}" for row in data[part]]
    return Outcome({"on": on.isoformat(), "version": held.version, "cells": len(held.cells), **data}, lines)


def _gaps(held: Landscape, _on: date, language: str) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "where": place_of(held, each.box.id, language), "why": [str(lack) for lack in each.lacks],
         "who": _actors(held, each.cells, language), "cells": list(each.cells)}
        for each in gaps(held)
    ]  # fmt: skip


def _overlaps(held: Landscape, _on: date, language: str) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "where": f"{place_of(held, each.box.id, language)}, {held.roles[each.role].name[language]}",
         "why": [f"by law: {each.assigned}"], "who": _actors(held, each.cells, language), "cells": list(each.cells)}
        for each in overlaps(held)
    ]  # fmt: skip


def _stale(held: Landscape, on: date, language: str) -> list[dict[str, Any]]:
    return [
        {"id": f"cell:{each.cell}", "where": each.cell, "why": [str(age) for age in each.why],
         "who": _actors(held, [each.cell], language), "since": each.since.isoformat() if each.since else None}
        for each in stale(held, on=on)
    ]  # fmt: skip


def _actors(held: Landscape, cells: Sequence[str], language: str) -> list[str]:
    names = dict.fromkeys(held.cells[name].actor for name in cells)
    return [held.actors[name].name.get(language, name) for name in names]


def _who(names: Sequence[str]) -> str:
    return f" ({', '.join(names)})" if names else ""
