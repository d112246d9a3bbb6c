"""What an entity told the register (Cbw 43, 44) against what its own records say now: what changed, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["Difference", "differences", "first_day"]

Value = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is otherwise than was told: what is new in it and what is gone. A text is a list of one."""

    field: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


def differences(told: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[Difference, ...]:
    """Per field of ``now``, in its order; what the records say nothing of is not compared."""
    found = []
    for name, value in now.items():
        was, is_now = _set(told.get(name, ())), _set(value)
        if was != is_now:
            found.append(Difference(name, tuple(sorted(is_now - was)), tuple(sorted(was - is_now))))
    return tuple(found)


def first_day(found: Sequence[Difference], since: Mapping[tuple[str, str], date], *, otherwise: date) -> date:
    """The day of the first change: the term runs from it. ``since``: (field, item) to the day on which it came or went.

    Of what no record tells the day, ``otherwise`` counts: the day on which it was seen.
    """
    days = [since.get((each.field, item), otherwise) for each in found for item in (*each.new, *each.gone)]
    return min(days, default=otherwise)


def _set(value: Any) -> set[str]:
    items = [value] if isinstance(value, str) else list(value or ())
    return {" ".join(str(each).split()) for each in items if str(each).strip()}
