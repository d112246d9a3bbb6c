"""What the readers of the packs of the covenant share."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from dijkwacht.norms.fields import Fields
from dijkwacht.norms.problems import PackErrors, Problem

T = TypeVar("T")


def sound(found: T, problems: list[Problem]) -> T:
    """What was read, when nothing was wrong. Raises PackErrors."""
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def maybe_both(row: Fields, key: str) -> Mapping[str, str]:
    """A text in both languages, which may be empty, but never in one language only."""
    texts = row.data.get(key)
    if not isinstance(texts, dict):
        row.wrong(key, f"{key} must have nl and en, both empty or both filled")
        return {}
    if {bool(texts.get("nl")), bool(texts.get("en"))} not in ({True}, {False}):
        row.wrong(key, f"{key} must have nl and en, both empty or both filled")
    return {name: str(text) for name, text in texts.items() if text}


def pack_day(fields: Fields, key: str) -> date:
    """A day that must be there."""
    found = fields.day(key)
    if found is None and key not in fields.data:
        fields.wrong(key, f"{key} is missing")
    return found or date.min
