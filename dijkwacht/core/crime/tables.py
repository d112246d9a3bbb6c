"""What a table of Statistics Netherlands or the police must look like for us to read it, and its rows as observations. Pure.

Codes come with spaces behind them, an empty cell is suppressed and not zero, totals and subtotals lie between the rows, and
the bounds of a figure stand in rows of their own. All of that is settled here, once.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dijkwacht.core.crime.periods import parse_period

Text = Mapping[str, str]
_MARGINS = {"MW00000": 0, "MOG0095": 1, "MBG0095": 2}
_PLACES = ("NL", "LD", "PV", "GM", "RE", "BT", "DI", "PO", "CR")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a table. ``columns``: the keys it may have there; ``titles``: what it may be called, when no key fits.

    ``most``: a figure above it is none, such as a share of more than 100%.
    """

    id: str
    columns: tuple[str, ...]
    titles: tuple[str, ...]
    most: float = 1e12


@dataclass(frozen=True, slots=True)
class Shape:
    """A table that we read: its columns by role. An empty ``topic`` or ``margins``: the table has no such column."""

    id: str
    name: Text
    publisher: Text
    licence: str
    region: tuple[str, ...]
    period: tuple[str, ...]
    topic: tuple[str, ...]
    margins: tuple[str, ...]
    topics: tuple[str, ...]
    measures: tuple[Measure, ...]
    source: str
    uncertain: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure. ``value`` None: the cell is empty, which means suppressed; bounds None: the table gives none."""

    region: str
    topic: str
    measure: str
    period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None


class WrongColumns(ValueError):
    """The columns of a table are not those that we know. ``missing``: what we look for; ``new``: what is there instead."""

    def __init__(self, missing: Sequence[str], new: Sequence[str]) -> None:
        super().__init__("wrong_columns")
        self.missing, self.new = tuple(missing), tuple(new)


class WrongRow(ValueError):
    """A row that cannot be read. ``code``: `bad_value`, `bad_period`, `twice`; ``row`` counts from 1."""

    def __init__(self, code: str, row: int, value: object) -> None:
        super().__init__(code)
        self.code, self.row, self.value = code, row, str(value)[:40]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a delivery has which role."""

    region: str
    period: str
    topic: str
    margins: str
    measures: Mapping[str, str]  # our name by theirs


def columns_of(
    shape: Shape, there: Collection[str], titles: Mapping[str, str], chosen: Mapping[str, str] | None = None
) -> Columns:
    """The columns by role. ``titles`` by key; ``chosen``: our measure by a key that a person pointed out. Raises WrongColumns."""
    missing: list[str] = []
    used: set[str] = set()

    def role(names: tuple[str, ...]) -> str:
        found = next((name for name in names if name in there), "")
        if names and not found:
            missing.append(" / ".join(names))
        used.add(found)
        return found

    region, period, topic, margins = map(role, (shape.region, shape.period, shape.topic, shape.margins))
    by_title = {_plain(title): key for key, title in titles.items()}
    measures: dict[str, str] = {}
    for measure in shape.measures:
        pointed = (chosen or {}).get(measure.id, "")
        tries = (
            (pointed,) if pointed else (*measure.columns, *(by_title.get(_plain(each), "") for each in measure.titles))
        )
        if found := next((each for each in tries if each and (each in there or each in titles)), ""):
            measures[found] = measure.id
        else:
            missing.append(" / ".join((pointed,) if pointed else (*measure.columns, *measure.titles)))
    if missing:
        known = used | measures.keys() | {"ID", "Id", "Measure", "Value", "ValueAttribute", "StringValue"}
        raise WrongColumns(missing, sorted(set(there) - known))
    return Columns(region, period, topic, margins, measures)


def observations(shape: Shape, columns: Columns, records: Iterable[Mapping[str, object]]) -> list[Observation]:
    """The figures that we keep: known topics, no neighbourhoods. Raises WrongRow with the number of the row."""
    cells: dict[tuple[str, str, str, str], list[float | None]] = {}
    wanted, most = frozenset(shape.topics), {each.id: each.most for each in shape.measures}
    for number, record in enumerate(records, start=1):
        region = str(record.get(columns.region) or "").strip()
        topic = str(record.get(columns.topic) or "").strip() if columns.topic else ""
        if not region.startswith(_PLACES) or (wanted and topic not in wanted):
            continue
        period = _period(record.get(columns.period), number)
        margin = str(record.get(columns.margins) or "").strip() if columns.margins else "MW00000"
        if margin not in _MARGINS:
            continue
        for measure, value in _values(columns, record):
            cell = cells.setdefault((region, topic, measure, period), [math.nan] * 3)
            place = _MARGINS[margin]
            if cell[place] is None or not math.isnan(cell[place]):  # type: ignore[arg-type]
                raise WrongRow("twice", number, f"{region} {topic} {period}")
            cell[place] = _number(value, number, most[measure])
    return [_observation(key, cell) for key, cell in cells.items()]


def _values(columns: Columns, record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Our measures in a row: of a wide table its columns, of a long one the measure that the row is of."""
    if "Measure" in record and "Value" in record:
        name = columns.measures.get(str(record["Measure"]).strip())
        if name is not None:
            yield name, record["Value"]
        return
    for key, name in columns.measures.items():
        if key in record:
            yield name, record[key]


def _period(value: object, number: int) -> str:
    try:
        return parse_period(str(value or "")).code
    except ValueError:
        raise WrongRow("bad_period", number, value) from None


def _number(value: object, number: int, most: float) -> float | None:
    if isinstance(value, str):
        value = value.strip()
        if value in ("", ".", "x"):
            return None
        try:
            value = float(value.replace(",", ".") if value.count(",") == 1 and "." not in value else value)
        except ValueError:
            raise WrongRow("bad_value", number, value) from None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongRow("bad_value", number, value)
    try:
        found = float(value)
    except OverflowError:
        raise WrongRow("bad_value", number, "number of many digits") from None
    if not 0 <= found <= most:  # none of these figures is below zero; refuses nan and infinity too
        raise WrongRow("bad_value", number, value)
    return found


def _observation(key: tuple[str, str, str, str], cell: list[float | None]) -> Observation:
    value, lower, upper = (None if each is None or math.isnan(each) else each for each in cell)
    if value is None or lower is None or upper is None or not lower <= value <= upper:
        lower = upper = None
    return Observation(*key, value, lower, upper)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
