"""Who said or did something: a person or a document by its name, one of our own rooms by what it is.

A fact keeps the room that told it, and the number of what it rests on there: ``perimeter:10`` is what run 10 measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dijkwacht.web.context import address

HOUSE = "Dijkwacht"


@dataclass(frozen=True, slots=True)
class _Source:
    """A room that tells the ledger what it knows. ``numbered``: with what it rests on; ``route``: the page of that."""

    name: str
    numbered: str = ""
    route: str = ""


_SOURCES: Mapping[str, _Source] = {
    "perimeter": _Source(
        gettext_noop("Dijkwacht (measured from outside)"), gettext_noop("Dijkwacht (measurement %(number)s)"),
        "perimeter:run",
    ),
    "incidents": _Source(gettext_noop("Dijkwacht (register of incidents)")),
    "advisories": _Source(gettext_noop("Dijkwacht (security advisories)")),
    "tender": _Source(
        gettext_noop("Dijkwacht (tenders)"), gettext_noop("Dijkwacht (tender %(number)s)"), "suppliers:tender"
    ),
    "suppliers": _Source(gettext_noop("Dijkwacht (register of suppliers)")),
    "exercises": _Source(gettext_noop("Dijkwacht (exercises)")),
    "people": _Source(gettext_noop("Dijkwacht (people and roles)")),
    "register": _Source(gettext_noop("Dijkwacht (registers)")),
}  # fmt: skip
_HANDS = frozenset({*_SOURCES, "tick"})
"""What acts by itself here, without a person."""


def speaker(said_by: str) -> str:
    """Who said it, in words; a name stays as it is."""
    source, number = _parts(said_by)
    if source is None:
        return said_by
    return _(source.numbered) % {"number": number} if number and source.numbered else _(source.name)


def speaker_url(said_by: str, *, organisation: str) -> str:
    """The page of what one of our rooms said, such as a run; empty where there is none."""
    source, number = _parts(said_by)
    if source is None or not source.route or not number:
        return ""
    return address(source.route, organisation=organisation, pk=number)


def actor(name: str) -> str:
    """Who did what no person did: ourselves, or what the entry says."""
    return HOUSE if name in _HANDS else name


def _parts(said_by: str) -> tuple[_Source | None, str]:
    room, colon, number = said_by.partition(":")
    known = not colon or (number.isascii() and number.isdigit() and len(number) < 18)
    return (_SOURCES.get(room), number) if known else (None, "")
