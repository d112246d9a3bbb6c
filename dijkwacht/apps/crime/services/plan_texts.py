"""What plans and desks ask of a text and a day."""

from datetime import date, datetime

from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.web.moments import day_of

LONGEST = 4_000


def cleaned(value: str, name: str, *, most: int = LONGEST, needed: bool = False) -> str:
    """A text without blanks around it. Raises Refused (empty, too_long) with its field."""
    text = value.strip()
    if needed and not text:
        raise Refused("empty", field=name)
    if len(text) > most:
        raise Refused("too_long", field=name)
    return text


def not_later(day: date, at: datetime, name: str) -> None:
    """Raises Refused (future) for a day that is still to come."""
    if day > day_of(at):
        raise Refused("future", field=name)
