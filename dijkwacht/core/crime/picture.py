"""The picture of cybercrime in one municipality: victims, registrations and what is reported, each with how sure it is. Pure.

A survey says nothing of a small municipality, so a larger area speaks for it and is named. Registrations are no victims. An empty
cell is suppressed, the last month is not complete, and a difference that chance explains is "too small to say".
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dijkwacht.core.crime.intervals import Change, Interval, change, rate_interval
from dijkwacht.core.crime.periods import Kind, Period, month_of

YEAR = 12  # months


class Step(StrEnum):
    """How large an area is, from small to large."""

    MUNICIPALITY = "municipality"
    TEAM = "team"
    DISTRICT = "district"
    UNIT = "unit"
    PROVINCE = "province"
    COUNTRY = "country"


class Why(StrEnum):
    """Why this area speaks."""

    OWN = "own"
    TOO_FEW = "too_few"  # the survey only tells of municipalities with more inhabitants
    NO_VALUE = "no_value"  # it could, but the cell is empty or not there


@dataclass(frozen=True, slots=True)
class Area:
    """An area that may speak for a municipality."""

    code: str
    name: str
    step: Step


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table in one period. ``value`` None: suppressed."""

    period: Period
    value: float | None
    lower: float | None = None
    upper: float | None = None

    @property
    def interval(self) -> Interval | None:
        """The figure with its bounds; None when either is not there."""
        if self.value is None or self.lower is None or self.upper is None:
            return None
        return Interval(self.value, self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One measure of the survey: of which area, why that one, the newest period and the one before it.

    ``change`` None: there is nothing to compare with, or no bounds to do it by.
    """

    measure: str
    area: Area
    why: Why
    now: Cell
    before: Cell | None
    change: Change | None


def surveyed(
    measure: str,
    ladder: Sequence[Area],
    cells: Mapping[str, Sequence[Cell]],
    *,
    inhabitants: int | None,
    least: int,
) -> Surveyed | None:
    """The measure for the smallest area on the ladder of which the survey tells; None when it tells of none.

    ``cells`` by code of the area. ``least``: the number of inhabitants from which the survey tells of a municipality.
    """
    for area in ladder:
        known = sorted((each for each in cells.get(area.code, ()) if each.value is not None), key=lambda e: e.period)
        if not known:
            continue
        now, before = known[-1], known[-2] if len(known) > 1 else None
        said = change(now.interval, before.interval) if before and now.interval and before.interval else None
        return Surveyed(measure, area, _why(area, ladder, inhabitants, least), now, before, said)
    return None


def _why(area: Area, ladder: Sequence[Area], inhabitants: int | None, least: int) -> Why:
    if area.step is Step.MUNICIPALITY and area == ladder[0]:
        return Why.OWN
    return Why.TOO_FEW if inhabitants is not None and inhabitants < least else Why.NO_VALUE


@dataclass(frozen=True, slots=True)
class Span:
    """Registrations over some months. ``answered``: months with a figure; ``suppressed``: with an empty cell; ``absent``: none.

    ``rate``: per 1,000 inhabitants and year over the months that answered; None when none did or the inhabitants are unknown.
    """

    first: Period
    last: Period
    total: int
    answered: int
    suppressed: int
    absent: int
    inhabitants: int | None
    rate: Interval | None


@dataclass(frozen=True, slots=True)
class Registered:
    """Registrations of a kind of crime: the last twelve whole months and the twelve before.

    ``change`` is given only when both spans answered on the same months and none is suppressed; ``unlike``: it is not so.
    """

    topic: str
    now: Span
    before: Span | None
    change: Change | None
    unlike: bool
    left_out: Period


def registered(
    topic: str, cells: Sequence[Cell], *, newest: Period | None, inhabitants: Mapping[int, int]
) -> Registered | None:
    """The registrations of an area. ``newest``: the last month in the whole table, which is left out. None without months.

    ``inhabitants`` by year; without the year itself the nearest that is known is taken.
    """
    months = {each.period.month: each for each in cells if each.period.kind is Kind.MONTH}
    if newest is None or newest.kind is not Kind.MONTH or not months:
        return None
    last = newest.month - 1
    now = _span(months, last, inhabitants)
    before = _span(months, last - YEAR, inhabitants)
    if not now.answered and not now.suppressed:
        return None
    told = before if before.answered or before.suppressed else None
    unlike = told is not None and not _comparable(now, told, months, last)
    said = change(now.rate, told.rate) if told and not unlike and now.rate and told.rate else None
    return Registered(topic, now, told, said, unlike, newest)


def _comparable(now: Span, before: Span, months: Mapping[int, Cell], last: int) -> bool:
    """Whether both answered on the same months of the year. Suppressed months are the low ones: what is left of two years is no
    measure of either.
    """
    window = range(last - YEAR + 1, last + 1)
    same = all((month in months) == (month - YEAR in months) for month in window)
    return same and not now.suppressed and not before.suppressed


def _span(months: Mapping[int, Cell], last: int, inhabitants: Mapping[int, int]) -> Span:
    window = range(last - YEAR + 1, last + 1)
    values = [months[each].value for each in window if each in months]
    known = [value for value in values if value is not None]
    total = round(sum(known))
    people = _nearest(inhabitants, month_of(last).year)
    rate = rate_interval(total, people * len(known) / YEAR) if known and people else None
    return Span(
        month_of(window[0]),
        month_of(last),
        total,
        len(known),
        len(values) - len(known),
        YEAR - len(values),
        people,
        rate,
    )


def _nearest(inhabitants: Mapping[int, int], year: int) -> int | None:
    found = min(inhabitants, key=lambda each: (abs(each - year), each), default=None)
    return inhabitants[found] if found is not None else None


class Against(StrEnum):
    """What may be said of a municipality beside others that are like it."""

    HIGHER = "higher"
    LOWER = "lower"
    TOO_SMALL = "too_small"
    TOO_FEW = "too_few"  # too few others to say anything, and to hide each of them


@dataclass(frozen=True, slots=True)
class Other:
    """What another municipality registered over the same twelve months. ``hidden``: in how many of them it is suppressed."""

    people: int
    count: int
    answered: int
    hidden: int

    @property
    def shown(self) -> tuple[int, float]:
        """Count and exposure over the months that answered: rather too high a rate, since hidden months are low."""
        return self.count, self.people * self.answered / YEAR

    @property
    def floor(self) -> tuple[int, float]:
        """The same with hidden months as if they were zero: a rate that is certainly not too high."""
        return self.count, self.people * (self.answered + self.hidden) / YEAR


@dataclass(frozen=True, slots=True)
class Like:
    """Municipalities that are like ours, together; none of them by name. ``middle``: between which the middle half lies."""

    n: int
    rate: Interval | None
    middle: tuple[float, float] | None
    against: Against


def alike(people: Mapping[str, int], code: str, own: int, sizes: Sequence[int]) -> frozenset[str]:
    """The codes of the others in our class of size, by the inhabitants of each."""
    size = size_of(own, sizes)
    return frozenset(each for each, known in people.items() if each != code and size_of(known, sizes) == size)


def size_of(people: int, sizes: Sequence[int]) -> int:
    """In which class of size a municipality falls, counted from 0."""
    return sum(people >= each for each in sizes)


def beside(own: Span | None, others: Collection[Other], *, least: int) -> Like:
    """Our rate beside that of others. Higher or lower only when chance does not explain it, and we lie outside their middle half.

    Hidden months are low. Where we have any, ours is too high to compare. Where they have any, theirs is too high: "lower" is
    said only when it holds with these months as zero.
    """
    there = [each for each in others if each.people > 0]
    shown = [each.shown for each in there if each.answered]
    if len(shown) < least or own is None or own.rate is None:
        return Like(len(shown), None, None, Against.TOO_FEW)
    rate, middle = _together(shown)
    floor, low = _together([each.floor for each in there if each.answered + each.hidden])
    against = Against.TOO_SMALL
    if not own.suppressed and change(own.rate, rate) is Change.HIGHER and own.rate.value > middle[1]:
        against = Against.HIGHER
    elif not own.suppressed and change(own.rate, floor) is Change.LOWER and own.rate.value < low[0]:
        against = Against.LOWER
    return Like(len(shown), rate, middle, against)


def _together(others: Sequence[tuple[int, float]]) -> tuple[Interval, tuple[float, float]]:
    """The rate of all together, and between which the middle half of them lies."""
    rate = rate_interval(sum(count for count, _ in others), sum(exposure for _, exposure in others))
    each = sorted(1000 * count / exposure for count, exposure in others)
    return rate, (_quantile(each, 0.25), _quantile(each, 0.75))


def _quantile(values: Sequence[float], part: float) -> float:
    place = part * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
