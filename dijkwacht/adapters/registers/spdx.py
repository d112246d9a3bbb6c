"""An SBOM in SPDX 2.2 or 2.3, JSON. Source: the specification, spdx.github.io/spdx-spec/v2.3, section 7 (packages)."""

import time
from collections.abc import Iterable
from datetime import date
from typing import Any

from dijkwacht.adapters.limits import Budget, Limits, TableError
from dijkwacht.adapters.registers.component import day_in, line_of
from dijkwacht.adapters.registers.json_text import load, text_at
from dijkwacht.adapters.registers.sheets import LIMITS, Clock, refused
from dijkwacht.core.advisories.register_lines import Line, Lines, Notes

FORM = "spdx"
CHECK_EVERY = 500
VERSIONS = frozenset(("SPDX-2.2", "SPDX-2.3"))
_NOBODY = frozenset(("NOASSERTION", "NONE"))
_CPES = ("cpe23Type", "cpe22Type")


def read(data: bytes, *, name: str, on: date, limits: Limits = LIMITS, clock: Clock = time.monotonic) -> Lines:
    """A line per package. Its creation is ``as_of``, its name, else that of the file,
    ``label``. Files and snippets are no products.
    """
    notes = Notes()
    try:
        whole = load(data, limits=limits)
        label = text_at(whole, "name") or name
        lines = _lines(_packages(whole, limits), notes, Budget(limits, clock), label)
    except TableError as error:
        return refused(FORM, error)
    if (version := text_at(whole, "spdxVersion")) not in VERSIONS:
        notes.remark("unknown_spec_version", value=version[:20])
    as_of = day_in(text_at(whole, "creationInfo", "created"), notes, on=on)
    return notes.lines(Lines(FORM, tuple(lines), as_of=as_of, label=label))


def _packages(whole: dict[str, Any], limits: Limits) -> list[Any]:
    packages = whole.get("packages", [])
    if not text_at(whole, "spdxVersion") or not isinstance(packages, list):
        raise TableError("not_spdx")
    if len(packages) > limits.rows:
        raise TableError("too_many_rows", most=str(limits.rows))
    return packages


def _lines(packages: list[Any], notes: Notes, budget: Budget, label: str) -> list[Line]:
    lines = []
    for row, package in enumerate(packages, start=1):
        if row % CHECK_EVERY == 0:
            budget.check_time()
        at = f"/packages/{row - 1}"
        if not isinstance(package, dict):
            notes.problem("not_a_component", at=at)
        elif (line := line_of(_told(package), notes, row=row, at=at, part_of=label)) is not None:
            lines.append(line)
    return lines


def _told(package: dict[str, Any]) -> dict[str, str]:
    references = package.get("externalRefs")
    return {
        "name": text_at(package, "name"), "version": _said(text_at(package, "versionInfo")),
        "supplier": _organisation(text_at(package, "supplier")), "publisher": _organisation(text_at(package, "originator")),
        "purl": _reference(references, ("purl",)), "cpe": _reference(references, _CPES),
    }  # fmt: skip


def _said(text: str) -> str:
    return "" if text in _NOBODY else text


def _organisation(text: str) -> str:
    """The organisation without an address; empty for a person, who makes no vendor, and for nobody."""
    kind, _, name = text.partition(":")
    return name.partition("(")[0].strip() if kind == "Organization" else ""


def _reference(references: Any, kinds: Iterable[str]) -> str:
    """The first reference of the first kind that there is."""
    found = [each for each in references if isinstance(each, dict)] if isinstance(references, list) else []
    for kind in kinds:
        for each in found:
            if text_at(each, "referenceType") == kind:
                return text_at(each, "referenceLocator")
    return ""
