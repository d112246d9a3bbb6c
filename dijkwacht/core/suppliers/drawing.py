"""Where the boxes and lines of a picture of dependence go: kinds in columns, few crossings, the same each time. Pure.

After Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures (1981): each column is put
in the order of the middle of its neighbours, back and forth, and the best order that was met is kept. A line that passes
columns by gets room in them. All coordinates are whole units, y downwards.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dijkwacht.core.suppliers.columns import heights, ordered

Point = tuple[int, int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """Something in column ``layer`` (from 0). ``height``: of its box, in units; ``keep``: folded last, such as what stopped."""

    id: str
    layer: int
    height: int = 48
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """Widths and gaps in units. ``most``: boxes in one column; what is more stands in one box ``folded`` units high."""

    width: int = 172
    between: int = 56
    gap: int = 14
    lane: int = 10
    most: int = 12
    folded: int = 48


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands. ``holds``: the ids that it stands for, more than one where the rest of a column is folded."""

    id: str
    layer: int
    x: int
    y: int
    width: int
    height: int
    holds: tuple[str, ...]

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """From box to box by their ids. ``points``: from the edge of one to the edge of the other. ``beside``: within one column."""

    what: str
    on: str
    points: tuple[Point, ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, from (0, 0). ``crossings``: of lines between columns next to each other, as ordered."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    crossings: int = 0
    layers: tuple[int, ...] = field(default=())  # the columns that there are; the n-th stands at n * (width + between)


def drawn(nodes: Iterable[Node], pairs: Iterable[Pair], *, size: Size = Size(), sweeps: int = 6) -> Drawing:
    """The picture. ``pairs``: what leans, on what; a pair with oneself or that stands twice counts once or not at all.

    ``sweeps``: how often the columns are put in order, back and forth; 0 leaves them as given. Raises ValueError on a node that
    stands twice and on a pair with something that is no node.
    """
    rows = _once(nodes)
    edges = [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]
    if strange := sorted({name for pair in edges for name in pair} - rows.keys()):
        raise ValueError(f"a line goes to {strange[0]}, which is not in the picture")
    shown, holds = _folded(rows, edges, size)
    home = {name: box for box, names in holds.items() for name in names}
    edges = list(dict.fromkeys((home[what], home[on]) for what, on in edges if home[what] != home[on]))
    return _placed(shown, holds, edges, size, sweeps)


def _once(nodes: Iterable[Node]) -> dict[str, Node]:
    rows: dict[str, Node] = {}
    for each in nodes:
        if each.id in rows:
            raise ValueError(f"{each.id} is in the picture twice")
        rows[each.id] = each
    return rows


def _folded(
    rows: Mapping[str, Node], edges: Sequence[Pair], size: Size
) -> tuple[dict[str, Node], dict[str, tuple[str, ...]]]:
    """What gets a box, and of each box what it holds: first what must be kept, then what has most lines, as given."""
    lines = Counter(name for pair in edges for name in pair)
    layers: dict[int, list[Node]] = defaultdict(list)
    for each in rows.values():
        layers[each.layer].append(each)
    shown: dict[str, Node] = {}
    holds: dict[str, tuple[str, ...]] = {}
    for layer, mine in sorted(layers.items()):
        first = sorted(mine, key=lambda each: (not each.keep, -lines[each.id]))
        left = {each.id for each in first[max(size.most, 1) - 1 :]} if len(mine) > max(size.most, 1) else set()
        for each in mine:
            if each.id not in left:
                shown[each.id], holds[each.id] = each, (each.id,)
        if left:
            rest = tuple(each.id for each in mine if each.id in left)
            shown[rest[0]], holds[rest[0]] = Node(rest[0], layer, size.folded), rest
    return shown, holds


def _placed(
    shown: Mapping[str, Node], holds: Mapping[str, tuple[str, ...]], edges: Sequence[Pair], size: Size, sweeps: int
) -> Drawing:
    layers = tuple(sorted({each.layer for each in shown.values()}))
    at = {layer: column for column, layer in enumerate(layers)}
    column = {name: at[each.layer] for name, each in shown.items()}
    chains = {pair: _chain(pair, column) for pair in edges if column[pair[0]] != column[pair[1]]}
    columns = _columns(shown, column, chains, len(layers))
    steps = [step for chain in chains.values() for step in pairwise(chain)]
    best, crossings = ordered(columns, steps, sweeps=sweeps)
    tall = {name: shown[name].height if name in shown else size.lane for names in best for name in names}
    top = heights(best, steps, tall=tall, gap=size.gap)
    step = size.width + size.between
    boxes = {
        name: Box(name, each.layer, column[name] * step, top[name], size.width, each.height, holds[name])
        for name, each in shown.items()
    }
    lines = tuple(_line(pair, boxes, chains.get(pair), top, size) for pair in edges)
    bottom = max((top[name] + tall[name] for names in best for name in names), default=0)
    last = step * (len(layers) - 1)
    beside = any(line.beside and boxes[line.what].x == last for line in lines)  # a line goes round the last column
    width = max(step * len(layers) - size.between, 0) + size.between // 2 * beside
    return Drawing(tuple(boxes.values()), lines, width, bottom, crossings, layers)


def _columns(
    shown: Mapping[str, Node], column: Mapping[str, int], chains: Mapping[Pair, Sequence[str]], count: int
) -> list[list[str]]:
    """What stands in each column, as given: boxes, then the places of lines that pass by."""
    found: list[list[str]] = [[] for _ in range(count)]
    for name in shown:
        found[column[name]].append(name)
    for chain in chains.values():
        for place, name in enumerate(chain[1:-1], start=column[chain[0]] + 1):
            found[place].append(name)
    return found


def _chain(pair: Pair, column: Mapping[str, int]) -> list[str]:
    """The stops of a line from the left box to the right one: the boxes, and a place in each column that it passes."""
    left, right = sorted(pair, key=lambda name: column[name])
    passed = [f"{pair[0]}\x1f{pair[1]}\x1f{place}" for place in range(column[left] + 1, column[right])]
    return [left, *passed, right]


def _line(
    pair: Pair, boxes: Mapping[str, Box], chain: Sequence[str] | None, top: Mapping[str, int], size: Size
) -> Line:
    """From the right of one box to the left of the other, also when it points back; within a column round its right side."""
    one, other = boxes[pair[0]], boxes[pair[1]]
    if chain is None:
        right = one.x + one.width
        return Line(*pair, ((right, one.middle), (right, other.middle)), beside=True)
    left, *passed, last = chain
    points = [(boxes[left].x + size.width, boxes[left].middle)]
    for place, name in enumerate(passed, start=1):
        x, y = boxes[left].x + place * (size.width + size.between), top[name] + size.lane // 2
        points += [(x, y), (x + size.width, y)]
    points.append((boxes[last].x, boxes[last].middle))
    return Line(*pair, tuple(points if left == pair[0] else reversed(points)))


def reached(drawing: Drawing, names: Collection[str]) -> frozenset[str]:
    """The boxes in which any of these stand."""
    return frozenset(box.id for box in drawing.boxes if not set(box.holds).isdisjoint(names))
