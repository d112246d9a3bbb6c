"""Values with their type in plain JSON, and back without loss: what a reason says, what a fact holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dijkwacht.core.days import Duration, parse_day, parse_duration

DAY, TERM, PAIR, MAP = "$day", "$term", "$pair", "$map"
_PLAIN = frozenset({bool, int, float, str, type(None)})


def pack(value: Any) -> Any:
    """A value with its type, in plain JSON."""
    if type(value) in _PLAIN:  # by far the most
        return value
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Duration):
        return {TERM: str(value)}
    if isinstance(value, tuple | list):
        return {PAIR: [pack(each) for each in value]}
    if isinstance(value, Mapping):
        return {MAP: {key: pack(each) for key, each in value.items()}}
    return value


def unpack(stored: Any) -> Any:
    """The value with its type. A sequence comes back as a tuple. Raises ValueError on a form it does not know."""
    if not isinstance(stored, dict):
        return stored
    ((tag, inside),) = stored.items()
    if tag == DAY:
        return parse_day(inside)
    if tag == TERM:
        return parse_duration(inside)
    if tag == PAIR:
        return tuple(unpack(each) for each in inside)
    if tag == MAP:
        return {key: unpack(each) for key, each in inside.items()}
    raise ValueError(f"no value is marked {tag!r:.40}")
