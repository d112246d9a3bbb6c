"""Long lists in portions: a database takes only so many values in one question."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def portions(rows: Sequence[Row], size: int = 500) -> Iterator[Sequence[Row]]:
    """The rows in their order, at most ``size`` at a time; nothing of an empty list."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
