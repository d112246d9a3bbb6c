"""Values that change with the days: pieces (first day, value), sorted; the first piece starts at the day asked."""

from collections.abc import Sequence
from datetime import date

Steps = tuple[tuple[date, int], ...]


def compress(pieces: Sequence[tuple[date, int]]) -> Steps:
    """The same steps without a piece that repeats the value before it."""
    out: list[tuple[date, int]] = []
    for piece in pieces:
        if not out or out[-1][1] != piece[1]:
            out.append(piece)
    return tuple(out)


def merge(a: Steps, b: Steps, table: Sequence[Sequence[int]]) -> Steps:
    """Both, combined day by day through a table of two values."""
    if len(a) == 1:
        row = table[a[0][1]]
        return ((b[0][0], row[b[0][1]]),) if len(b) == 1 else through(b, row)
    pieces: list[tuple[date, int]] = []
    i = j = 0
    while True:
        day = max(a[i][0], b[j][0])
        value = table[a[i][1]][b[j][1]]
        if not pieces or pieces[-1][1] != value:
            pieces.append((day, value))
        next_a = a[i + 1][0] if i + 1 < len(a) else None
        next_b = b[j + 1][0] if j + 1 < len(b) else None
        if next_a is None and next_b is None:
            return tuple(pieces)
        if next_b is None or (next_a is not None and next_a <= next_b):
            i += 1
            if next_a == next_b:
                j += 1
        else:
            j += 1


def fold(parts: Sequence[Steps], table: Sequence[Sequence[int]], neutral: int) -> Steps:
    """All parts together, through a table in which order plays no part: those that never change first, as numbers."""
    code, changing = neutral, []
    for part in parts:
        if len(part) == 1:
            code = table[code][part[0][1]]
        else:
            changing.append(part)
    steps: Steps = ((parts[0][0][0], code),)
    for part in changing:
        steps = merge(steps, part, table)
    return steps


def through(a: Steps, table: Sequence[int]) -> Steps:
    """Every value looked up in a table."""
    if len(a) == 1:
        return ((a[0][0], table[a[0][1]]),)
    return compress([(day, table[value]) for day, value in a])


def value_on(steps: Steps, day: date) -> int:
    """The value on a day not before the first."""
    found = steps[0][1]
    for start, value in steps:
        if start > day:
            break
        found = value
    return found


def clip(steps: Steps, start: date, end: date | None) -> list[tuple[date, int]]:
    """The pieces from ``start`` to before ``end``, the first one starting at ``start``."""
    pieces = [(start, value_on(steps, start))]
    pieces.extend(piece for piece in steps if piece[0] > start and (end is None or piece[0] < end))
    return pieces
