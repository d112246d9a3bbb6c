"""Names in columns with steps between neighbouring columns: in which order few steps cross, and how high each stands. Pure."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence

Columns = Sequence[Sequence[str]]
Steps = Sequence[tuple[str, str]]  # from a name in one column to a name in the next
_ROUNDS = 4


def crossings(columns: Columns, steps: Steps) -> int:
    """How many pairs of steps between the same two columns cross. Two steps that share an end do not."""
    place = {name: (column, row) for column, names in enumerate(columns) for row, name in enumerate(names)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in steps:
        between[place[one][0]].append((place[one][1], place[other][1]))
    return sum(_inversions(rows) for rows in between.values())


def _inversions(rows: list[tuple[int, int]]) -> int:
    seen: list[int] = []
    found = 0
    for _, row in sorted(rows):
        found += len(seen) - bisect_right(seen, row)
        insort(seen, row)
    return found


def ordered(columns: Columns, steps: Steps, *, sweeps: int) -> tuple[list[list[str]], int]:
    """The columns in the best order that was met, and its crossings; never more than as given."""
    now = [list(names) for names in columns]
    best, fewest = [list(names) for names in now], crossings(now, steps)
    before, after = _near(steps)
    for sweep in range(sweeps):
        if not fewest:
            break
        forth = sweep % 2 == 0
        for column in range(1, len(now)) if forth else range(len(now) - 2, -1, -1):
            beside = {name: row for row, name in enumerate(now[column - 1 if forth else column + 1])}
            now[column] = _by_middle(now[column], before if forth else after, beside)
        if (count := crossings(now, steps)) < fewest:
            best, fewest = [list(names) for names in now], count
    return best, fewest


def _near(steps: Steps) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for one, other in steps:
        before[other].append(one)
        after[one].append(other)
    return before, after


def _by_middle(names: Sequence[str], near: Mapping[str, list[str]], beside: Mapping[str, int]) -> list[str]:
    """By the mean place of the neighbours; what has none stays at its own place, and so do equals among each other."""
    middle = {
        name: sum(beside[each] for each in mine) / len(mine) if (mine := near.get(name)) else float(row)
        for row, name in enumerate(names)
    }
    return sorted(names, key=lambda name: middle[name])


def heights(columns: Columns, steps: Steps, *, tall: Mapping[str, int], gap: int) -> dict[str, int]:
    """The top of each, in whole units from 0: as level with its neighbours as the order allows, ``gap`` apart or more.

    No column reaches beyond the one that needs most.
    """
    before, after = _near(steps)
    middle: dict[str, float] = {}
    most = max((sum(tall[name] + gap for name in names) for names in columns), default=0)
    for names in columns:
        at = -sum(tall[name] + gap for name in names) / 2
        for name in names:
            middle[name] = at + tall[name] / 2
            at += tall[name] + gap
    for turn in range(_ROUNDS):
        near = before if turn % 2 == 0 else after
        for names in columns if turn % 2 == 0 else list(reversed(columns)):
            wish = {name: _mean([middle[each] for each in near.get(name, ())], middle[name]) for name in names}
            middle.update(_apart(names, wish, tall, gap, most))
    tops = {name: round(middle[name] - tall[name] / 2) for names in columns for name in names}
    return _from_zero(columns, tops, tall, gap)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(
    names: Sequence[str], wish: Mapping[str, float], tall: Mapping[str, int], gap: int, most: float
) -> dict[str, float]:
    """Middles nearest to the wishes that leave the order and the gap alone: those that would overlap move as one block.

    All stay within ``most`` round the middle of the picture.
    """
    offset, at = {}, 0.0
    for name in names:
        offset[name] = at + tall[name] / 2
        at += tall[name] + gap
    blocks: list[tuple[float, list[str]]] = []
    for name in names:
        mean, mine = wish[name] - offset[name], [name]
        while blocks and blocks[-1][0] > mean:
            other, theirs = blocks.pop()
            mean = (other * len(theirs) + mean * len(mine)) / (len(theirs) + len(mine))
            mine = [*theirs, *mine]
        blocks.append((mean, mine))
    first, last = -most / 2, most / 2 - at
    return {name: min(max(mean, first), last) + offset[name] for mean, mine in blocks for name in mine}


def _from_zero(columns: Columns, tops: Mapping[str, int], tall: Mapping[str, int], gap: int) -> dict[str, int]:
    """The highest at 0; rounding never costs a unit of the gap."""
    first = min(tops.values(), default=0)
    found: dict[str, int] = {}
    for names in columns:
        free = 0
        for name in names:
            found[name] = max(tops[name] - first, free)
            free = found[name] + tall[name] + gap
    return found
