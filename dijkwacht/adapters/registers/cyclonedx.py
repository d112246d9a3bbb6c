"""An SBOM in CycloneDX, JSON or XML. Source: the schemas 1.0 to 1.7 at github.com/CycloneDX/specification (e02a34a)."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from dijkwacht.adapters.limits import Budget, Limits, TableError
from dijkwacht.adapters.registers.component import FIELDS, day_in, line_of
from dijkwacht.adapters.registers.cyclonedx_xml import read_xml
from dijkwacht.adapters.registers.json_text import load, text_at
from dijkwacht.adapters.registers.sheets import LIMITS, Clock, refused
from dijkwacht.core.advisories.register_lines import Line, Lines, Notes

FORM = "cyclonedx"
CHECK_EVERY = 500
VERSIONS = frozenset(("1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"))


def read(data: bytes, *, name: str, on: date, limits: Limits = LIMITS, clock: Clock = time.monotonic) -> Lines:
    """A line per component, nested ones too, and one for what the SBOM is about: ``label``, else the name of the file."""
    notes = Notes()
    try:
        if data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0").startswith(b"<"):
            told = read_xml(data, notes, limits=limits, clock=clock)
            version, moment, label, lines = told.version, told.moment, told.label, told.lines
        else:
            version, moment, label, lines = _json(load(data, limits=limits), notes, Budget(limits, clock))
    except TableError as error:
        return refused(FORM, error)
    if version not in VERSIONS:
        notes.remark("unknown_spec_version", value=version[:20] or "?")
    return notes.lines(Lines(FORM, tuple(lines), as_of=day_in(moment, notes, on=on), label=label or name))


def _json(whole: dict[str, Any], notes: Notes, budget: Budget) -> tuple[str, str, str, list[Line]]:
    if whole.get("bomFormat") != "CycloneDX":
        raise TableError("not_cyclonedx")
    if whole.get("services"):
        notes.remark("services_not_read", at="/services")
    root = _at(whole, "metadata", "component")
    label = text_at(root, "name")
    lines: list[Line] = []
    for row, (at, component) in enumerate(_components(whole, notes, budget.limits), start=1):
        if row % CHECK_EVERY == 0:
            budget.check_time()
        if row > budget.limits.rows:
            raise TableError("too_many_rows", most=str(budget.limits.rows))
        part_of = "" if component is root else label
        line = line_of(_told(component), notes, row=row, at=at, part_of=part_of)
        if line is not None:
            lines.append(line)
    return text_at(whole, "specVersion"), text_at(whole, "metadata", "timestamp"), label, lines


def _at(found: Any, *keys: str) -> Any:
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _told(component: dict[str, Any]) -> dict[str, str]:
    told = {key: text_at(component, key) for key in FIELDS}
    told["supplier"] = text_at(component, "supplier", "name")
    told["manufacturer"] = text_at(component, "manufacturer", "name")
    return told


def _components(whole: dict[str, Any], notes: Notes, limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every component with its JSON pointer, as they stand in the file, without recursion."""
    waiting: list[tuple[str, Any, int]] = [("/components", whole.get("components", []), 1)]
    if (root := _at(whole, "metadata", "component")) is not None:
        waiting.append(("/metadata/component", root, 0))
    while waiting:
        at, found, depth = waiting.pop()
        if depth > limits.depth:
            raise TableError("too_deep", most=str(limits.depth))
        if isinstance(found, list):
            waiting += [(f"{at}/{n}", each, depth) for n, each in reversed(list(enumerate(found)))]
        elif isinstance(found, dict):
            yield at, found
            if "components" in found:
                waiting.append((f"{at}/components", found["components"], depth + 1))
        else:
            notes.problem("not_a_component", at=at)
