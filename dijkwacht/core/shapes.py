"""Outlines on a map as paths of a drawing: projected, in whole units, without points that nobody sees. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]  # longitude, latitude, in degrees
WIDTH = 1000  # units of the drawing
TOLERANCE = 1.2  # units; a point nearer than this to the line without it is left out


@dataclass(frozen=True, slots=True)
class Shapes:
    """Paths by key, in a box of ``width`` by ``height`` units."""

    width: int
    height: int
    paths: Mapping[str, str]


def drawn(rings: Mapping[str, Sequence[Sequence[Point]]], *, width: int = WIDTH) -> Shapes:
    """The rings of each key as one path. North is up; a degree east is as long as it is in the middle of the map."""
    points = [point for found in rings.values() for ring in found for point in ring]
    if not points:
        return Shapes(width, width, {})
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = cos(radians((south + north) / 2))
    scale = width / (((east - west) * squeeze) or 1)
    paths = {}
    for key, found in rings.items():
        placed = ([((x - west) * squeeze * scale, (north - y) * scale) for x, y in ring] for ring in found)
        paths[key] = "".join(_path(ring) for ring in placed)
    return Shapes(width, round((north - south) * scale) or 1, paths)


def _path(ring: Sequence[Point]) -> str:
    """One closed ring, each point relative to the one before it."""
    whole = _whole(simplified(ring, TOLERANCE))
    if len(whole) < 3:
        return ""
    (x, y), *rest = whole
    steps = [f"M{x} {y}"]
    for nx, ny in rest:
        steps.append(f"l{nx - x} {ny - y}")
        x, y = nx, ny
    return "".join(steps).replace(" -", "-") + "z"


def _whole(ring: Iterable[Point]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for x, y in ring:
        point = round(x), round(y)
        if not found or found[-1] != point:
            found.append(point)
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie within ``tolerance`` of it (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return list(line)
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = 0.0, 0
        for i in range(first + 1, last):
            off = _distance(line[i], line[first], line[last])
            if off > far:
                far, at = off, i
        if far > tolerance:
            keep[at] = True
            todo += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return float(((point[0] - a[0] - t * dx) ** 2 + (point[1] - a[1] - t * dy) ** 2) ** 0.5)
