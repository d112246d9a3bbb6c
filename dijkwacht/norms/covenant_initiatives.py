"""What runs for the digital safety of municipalities, by public sources: `norms/covenant/initiatives.yaml`, checked when read."""

from collections.abc import Collection
from pathlib import Path

from dijkwacht.core.covenant.shapes import (
    AREAS,
    CONFIDENCE,
    KINDS,
    PHASES,
    STANDS,
    InitiativesPack,
    PackInitiative,
    edge,
)
from dijkwacht.norms.covenant_rows import maybe_both, pack_day, sound
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.landscape import landscape_pack
from dijkwacht.norms.problems import Problem
from dijkwacht.norms.rows import all_known, known, rows

FILE = "covenant/initiatives.yaml"
_KEYS = (
    "area", "phase", "kind", "stands", "from", "until", "title", "text", "owner", "needs", "gaps", "source", "checked_on",
    "confidence", "uncertain",
)  # fmt: skip


def read_initiatives(root: Path, *, needs: Collection[str]) -> InitiativesPack:
    """The initiatives in a folder of packs. ``needs``: those that they may name. Raises PackErrors."""
    problems: list[Problem] = []
    top = fields_of(root, FILE, "initiatives", problems)
    top.only(("version", "as_of", "licence", "name", "initiatives"))
    places = {box.id for box in landscape_pack().landscape.boxes()}
    found = tuple(_initiative(row, needs, places) for row in rows(top, "initiatives", keys=_KEYS))
    return sound(InitiativesPack(top.text("version", needed=True), pack_day(top, "as_of"), found), problems)


def _initiative(row: Fields, needs: Collection[str], places: Collection[str]) -> PackInitiative:
    return PackInitiative(
        row.text("id"), known(row, "area", AREAS), known(row, "phase", PHASES), known(row, "kind", KINDS),
        known(row, "stands", STANDS), *_period(row), row.both("title", needed=True), row.both("text", needed=True),
        row.text("owner", needed=True), all_known(row, "needs", needs), all_known(row, "gaps", places),
        row.text("source", needed=True), pack_day(row, "checked_on"), known(row, "confidence", CONFIDENCE),
        maybe_both(row, "uncertain"),
    )  # fmt: skip


def _period(row: Fields) -> tuple[str, str]:
    """From and until as they stand; what is wrong in them is named."""
    since, until = row.text("from"), row.text("until")
    days = []
    for key, text in (("from", since), ("until", until)):
        try:
            days.append(edge(text, last=key == "until") if text else None)
        except ValueError:
            row.wrong(key, f'{key} must be a day, a month or a year in quotes, such as "2026-12", or empty')
            return "", ""
    start, end = days
    if start is not None and end is not None and end < start:
        row.wrong("until", "until lies before from")
    return since, until
