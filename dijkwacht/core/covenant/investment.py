"""What meeting needs would cost: bands of costs x municipalities that feel the need, with what the outcome leans on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dijkwacht.core.covenant.needs import Share

MOST = 10**12
"""The highest amount in euros that is taken for one municipality; more is a slip of the pen."""


class Size(StrEnum):
    """Size of a municipality by inhabitants: up to 25,000; up to 100,000; more. Our own classes, for costs only."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


def size_of(inhabitants: int) -> Size:
    """The size class of a municipality."""
    return Size.SMALL if inhabitants < 25_000 else Size.MIDDLE if inhabitants < 100_000 else Size.LARGE


@dataclass(frozen=True, slots=True)
class Band:
    """Low, likely and high, in whole euros or hours. Raises ValueError when they are not in that order or out of bounds."""

    low: int
    likely: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.likely <= self.high <= MOST:
            raise ValueError(f"{self.low} ≤ {self.likely} ≤ {self.high} does not hold between 0 and {MOST}")

    def __add__(self, other: "Band") -> "Band":
        return Band(self.low + other.low, self.likely + other.likely, self.high + other.high)


NOTHING = Band(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one need costs one municipality: once and per year, by size; ``share``: which part of them feels the need.

    ``hours``: what it saves one municipality per year, in hours. ``basis``: on what the figures rest.
    """

    key: str
    once: Mapping[Size, Band]
    yearly: Mapping[Size, Band]
    share: Share
    hours: Band = NOTHING
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One need in the agenda: how many municipalities, costs over all of them and the whole period, hours saved per year."""

    key: str
    municipalities: Band
    once: Band
    yearly: Band
    total: Band
    hours: Band
    basis: str


@dataclass(frozen=True, slots=True)
class Swing:
    """What one assumption alone does to the total: with its low and its high end, all others likely. ``kind``: cost or share."""

    kind: str
    key: str
    low: int
    high: int

    @property
    def spread(self) -> int:
        """How far the total moves, in euros."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Agenda:
    """All needs with costs over ``years``. The total of the bands is what comes out when everything is low, or everything high
    at once: wider than chance would have it. ``swings``: the widest first."""

    years: int
    lines: tuple[Line, ...]
    total: Band
    swings: tuple[Swing, ...]


def agenda(costs: Sequence[Cost], *, municipalities: Mapping[Size, int], years: int) -> Agenda:
    """The investment agenda. ``municipalities``: how many there are of each size. Raises ValueError for a period below a year."""
    if years < 1:
        raise ValueError("a period is at least one year")
    lines = tuple(_line(each, municipalities, years) for each in costs)
    likely = sum(line.total.likely for line in lines)
    swings = [swing for each in costs for swing in _swings(each, likely, municipalities, years)]
    swings.sort(key=lambda each: (-each.spread, each.key, each.kind))
    return Agenda(years, lines, sum((line.total for line in lines), NOTHING), tuple(swings))


def _line(cost: Cost, municipalities: Mapping[Size, int], years: int) -> Line:
    count = sum(municipalities.values())
    once, yearly = _over(cost.once, cost.share, municipalities), _over(cost.yearly, cost.share, municipalities)
    return Line(
        cost.key,
        Band(*(round(count * part) for part in (cost.share.low, cost.share.likely, cost.share.high))),
        once, yearly, once + _times(yearly, years),
        _over(dict.fromkeys(Size, cost.hours), cost.share, municipalities), cost.basis,
    )  # fmt: skip


def _over(bands: Mapping[Size, Band], share: Share, municipalities: Mapping[Size, int]) -> Band:
    """Over all municipalities: low costs at the low end of the share, high costs at its high end. Rounded once, per line."""

    def sums(of: Callable[[Band], int], part: float) -> int:
        return round(part * sum(of(bands.get(size, NOTHING)) * n for size, n in municipalities.items()))

    return Band(
        sums(lambda each: each.low, share.low), sums(lambda each: each.likely, share.likely),
        sums(lambda each: each.high, share.high),
    )  # fmt: skip


def _times(band: Band, years: int) -> Band:
    return Band(band.low * years, band.likely * years, band.high * years)


def _swings(cost: Cost, likely: int, municipalities: Mapping[Size, int], years: int) -> list[Swing]:
    """The total with one assumption at its ends: the costs of this need, or the share of municipalities that feels it."""
    own = _line(cost, municipalities, years).total.likely
    middle = replace(cost.share, low=cost.share.likely, high=cost.share.likely)
    by_cost = _line(replace(cost, share=middle), municipalities, years).total
    flat = {size: _flat(band) for size, band in cost.once.items()}, {size: _flat(b) for size, b in cost.yearly.items()}
    by_share = _line(replace(cost, once=flat[0], yearly=flat[1]), municipalities, years).total
    return [
        Swing("cost", cost.key, likely - own + by_cost.low, likely - own + by_cost.high),
        Swing("share", cost.key, likely - own + by_share.low, likely - own + by_share.high),
    ]


def _flat(band: Band) -> Band:
    return Band(band.likely, band.likely, band.likely)
