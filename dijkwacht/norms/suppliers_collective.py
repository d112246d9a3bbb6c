"""Services that municipalities have together: `norms/suppliers/collective.yaml`, checked when read."""

import re
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from dijkwacht.core.suppliers.asking import CollectivePack, CollectiveService, Covered, Extent, ServicePart
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import known, rows
from dijkwacht.norms.suppliers_requirements import Names, edition, house_names

ROOT = Path(__file__).resolve().parent
FILE = "suppliers/collective.yaml"
NORMS = ("bio2", "iso27002", "cbw")  # of which a collective service may help to meet requirements
_SINCE = re.compile(r"(?:\d{4}(?:-\d{2}){0,2})?", re.ASCII)
_KEYS = ("name", "holder", "text", "open_for", "parts", "since", "ended", "covers", "source", "uncertain")


@lru_cache(maxsize=1)
def collective_services() -> CollectivePack:
    """The collective services of the house. Raises PackErrors with file and line."""
    return read_collective(ROOT, house_names())


def read_collective(root: Path, names: Names) -> CollectivePack:
    """The collective services in a folder of packs, checked against what may be named. Raises PackErrors."""
    problems: list[Problem] = []
    found = _read(fields_of(root, FILE, "collective", problems), names)
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def collective_problems(root: Path, names: Names) -> list[Problem]:
    """What is wrong with the collective services in a folder of packs; nothing where there are none."""
    if not (root / FILE).is_file():
        return []
    try:
        read_collective(root, names)
    except PackErrors as error:
        return error.problems
    return []


def _read(top: Fields, names: Names) -> CollectivePack:
    head = edition(top, "services")
    return CollectivePack(head, tuple(_service(row, names) for row in rows(top, "services", keys=_KEYS)))


def _service(row: Fields, names: Names) -> CollectiveService:
    since = row.text("since")
    if not _SINCE.fullmatch(since):
        row.wrong("since", 'since must be a year or a day in quotes, such as "2017"; empty when nobody knows')
    parts = tuple(
        ServicePart(part.text("id"), part.both("name", needed=True), part.day("ended"))
        for part in rows(row, "parts", keys=("name", "ended"), needed=False)
    )
    covers = tuple(
        _covered(each, names)
        for each in rows(row, "covers", keys=("extent", "remains"), name="requirement", needed=False)
    )
    return CollectiveService(
        row.text("id"), row.both("name", needed=True), row.text("holder", needed=True), row.both("text", needed=True),
        row.both("open_for", needed=True), parts, since, row.day("ended"), covers, row.text("source", needed=True),
        row.both("uncertain", needed=True),
    )  # fmt: skip


def _covered(row: Fields, names: Names) -> Covered:
    name = known(row, "requirement", names.requirements)
    if name.partition(":")[0] not in NORMS:
        row.wrong("requirement", f"{name} is of none of {', '.join(NORMS)}")
    extent = cast(Extent, row.one_of("extent", get_args(Extent), "part"))
    return Covered(name, extent, row.both("remains", needed=True))
