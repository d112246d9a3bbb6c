"""Scenarios to rehearse legal reports with: `norms/incidents/scenarios.yaml`, read strictly. Invented; no law."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dijkwacht.norms.fields import Fields
from dijkwacht.norms.rows import rows

_AFTER = re.compile(r"([1-9]\d{0,2}) (hours|days)", re.ASCII)
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inject:
    """Something that happens in an exercise, so long after its beginning."""

    after: timedelta
    text: Words


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is played, and what it is for; ``injects`` in the order in which they happen."""

    id: str
    title: Words
    goal: Words
    what: Words
    injects: tuple[Inject, ...]


def read_scenarios(fields: Fields) -> Mapping[str, Scenario]:
    """By id; what is wrong is told to the fields."""
    fields.only(("source", "scenarios"))
    fields.text("source", needed=True)
    found = {}
    for row in rows(fields, "scenarios", keys=("title", "goal", "what", "injects")):
        name = row.text("id")
        title, goal, what = (row.both(key, needed=True) for key in ("title", "goal", "what"))
        found[name] = Scenario(name, title, goal, what, _injects(row))
    return found


def _injects(row: Fields) -> tuple[Inject, ...]:
    found = []
    for each in rows(row, "injects", keys=("text",), name="after", needed=False):
        fits = _AFTER.fullmatch(each.text("after"))
        if fits is None:
            each.wrong("after", "after must be a number of hours or days, such as 3 hours")
            continue
        found.append(Inject(timedelta(**{fits[2]: int(fits[1])}), each.both("text", needed=True)))
    if [each.after for each in found] != sorted(each.after for each in found):
        row.wrong("injects", "injects must stand in the order in which they happen")
    return tuple(found)
