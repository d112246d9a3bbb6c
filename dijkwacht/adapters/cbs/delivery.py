"""From files to figures: which file is what, which table it is, its columns, its rows. Whole or not at all."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dijkwacht.adapters.cbs.csv_rows import CsvRows
from dijkwacht.adapters.cbs.files import Files
from dijkwacht.adapters.cbs.json_rows import JsonRows
from dijkwacht.adapters.cbs.trouble import LIMITS, CbsError, CbsLimits, clean
from dijkwacht.core.crime.periods import Kind, Period, parse_period
from dijkwacht.core.crime.tables import (
    Columns,
    Observation,
    Shape,
    WrongColumns,
    WrongRow,
    columns_of,
    observations,
)

DATA = {"TypedDataSet", "UntypedDataSet", "Observations"}
TITLES = {"DataProperties", "MeasureCodes"}
INFO = {"TableInfos", "Properties"}
_TABLE = re.compile(r"(?<![0-9A-Za-z])(\d{5}[A-Z]{3})(?![0-9A-Za-z])")
_AREA = re.compile(r"[A-Z]{2}[A-Z0-9]{2,10}", re.ASCII)
_CHECKED = 4096  # rows between two looks at the clock
_NEXT = ("odata.nextLink", "@odata.nextLink")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A table as it was delivered. ``columns``: their column by our measure; ``titles``: what they say it is; ``read``: rows."""

    shape: Shape
    title: str
    modified: str
    observations: tuple[Observation, ...]
    names: Mapping[str, str]
    columns: Mapping[str, str]
    titles: Mapping[str, str]
    read: int
    files: tuple[str, ...]
    sha256: str

    @property
    def newest(self) -> str:
        """The newest month, or the newest period of a table without months."""
        return max(self._spans()).code

    @property
    def first(self) -> str:
        """The oldest of the same kind of period."""
        return min(self._spans()).code

    @property
    def suppressed(self) -> int:
        """How many cells are empty."""
        return sum(each.value is None for each in self.observations)

    def _spans(self) -> list[Period]:
        found = [parse_period(code) for code in {each.period for each in self.observations}]
        return [each for each in found if each.kind is Kind.MONTH] or found


def read_delivery(
    source: Path | bytes, *, shapes: Mapping[str, Shape], name: str = "", table: str = "",
    chosen: Mapping[str, str] | None = None, limits: CbsLimits = LIMITS, clock: Callable[[], float] = time.monotonic,
) -> Delivery:  # fmt: skip
    """The table in a file, folder or zip. ``table``: which it is, where the files do not tell; ``chosen``: our measure by their
    column, where a person pointed it out. Raises CbsError."""
    files = Files(source, name, limits)
    heads = {each: _Head.of(files, each, limits) for each in files.names}
    shape = _shape_of(heads, shapes, table, name or (source.name if isinstance(source, Path) else ""))
    data = [each for each, head in heads.items() if head.kind in DATA]
    if not data and len(heads) == 1:
        data = list(heads)
    if not data:
        raise CbsError("no_data")
    titles = _listed(files, [each for each, head in heads.items() if head.kind in TITLES], limits)
    columns = _columns(shape, heads[data[0]].columns, titles, chosen)
    rows = _Rows(files, data, columns, there=heads[data[0]].columns, limits=limits, clock=clock)
    found = _observations(shape, columns, rows)
    title, modified = _info(files, [each for each, head in heads.items() if head.kind in INFO], limits)
    areas = {each.region for each in found}
    lists = [each for each, head in heads.items() if head.kind.removesuffix("Codes") in shape.region]
    known = {code: text for code, text in _listed(files, lists, limits).items() if code in areas}
    return Delivery(
        shape, title, modified, tuple(found), known, {ours: theirs for theirs, ours in columns.measures.items()}, titles,
        rows.number, tuple(data), files.sha256(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Head:
    """How a file begins. ``kind``: the name of what is in it; ``said``: the address that it gives of itself."""

    kind: str
    said: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, files: Files, name: str, limits: CbsLimits) -> "_Head":
        with files.open(name) as file:
            rows = _reader(name, file, limits)
            try:
                first = next(iter(rows), {})
            except CbsError as error:
                if error.code != "no_value":
                    raise
                first = {}
        said = rows.head.get("odata.metadata") or rows.head.get("@odata.context") or ""
        stem = Path(name).stem
        told = re.split(r"[./(]", said.partition("#")[2])
        kinds = (*DATA, *TITLES, *INFO)
        kind = next((each for each in kinds if each in told), "") or next((part for part in told if part in stem), "")
        fallback = next((each for each in sorted(kinds, key=len, reverse=True) if stem.startswith(each)), stem)
        return cls(kind or fallback, said, tuple(first))


def _reader(name: str, file: Any, limits: CbsLimits) -> JsonRows | CsvRows:
    """The reader for a file, by how it begins: what is named .csv is a table of text unless it looks like JSON or a page."""
    start = file.peek(200)[:200] if hasattr(file, "peek") else file.getvalue()[:200]
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not plain:
        raise CbsError("empty_file", file=clean(name))
    if plain.startswith(b"<"):
        raise CbsError("web_page", file=clean(name))
    if plain[:1] in (b"{", b"["):
        return JsonRows(file, clean(name), limits)
    if name.lower().endswith(".json"):
        raise CbsError("broken_json", file=clean(name))
    return CsvRows(file, clean(name), limits)


def _shape_of(heads: Mapping[str, _Head], shapes: Mapping[str, Shape], table: str, name: str) -> Shape:
    told = {code for head in heads.values() for code in _TABLE.findall(head.said)}
    told = told or {code for each in (*heads, name) for code in _TABLE.findall(each)}
    if len(told) > 1 or (table and told - {table}):
        raise CbsError("mixed_tables", value=", ".join(sorted(told | ({table} if table else set()))))
    found = table or next(iter(told), "")
    if found not in shapes:
        raise CbsError("unknown_table", value=clean(found, 20))
    return shapes[found]


def _listed(files: Files, names: list[str], limits: CbsLimits) -> dict[str, str]:
    """Titles by code, from lists of columns or of areas. Spaces behind either are no part of it."""
    found: dict[str, str] = {}
    for name in names:
        with files.open(name) as file:
            for number, row in enumerate(_reader(name, file, limits), start=1):
                if number > limits.listed:
                    raise CbsError("too_many_rows", file=clean(name), value=str(limits.listed))
                code = str(row.get("Key") or row.get("Identifier") or "").strip()
                if code and len(code) <= 80:
                    found[code] = clean(row.get("Title") or "")
    return found


def _info(files: Files, names: list[str], limits: CbsLimits) -> tuple[str, str]:
    """What the table is called and when it was changed, as it says so itself."""
    for name in names:
        with files.open(name) as file:
            rows = _reader(name, file, limits)
            try:
                row: Mapping[str, Any] = next(iter(rows), {})
            except CbsError as error:
                if error.code != "no_value":
                    raise
                row = rows.head
        return clean(row.get("Title") or "", 200), clean(row.get("Modified") or "", 40)
    return "", ""


def _columns(
    shape: Shape, there: tuple[str, ...], titles: Mapping[str, str], chosen: Mapping[str, str] | None
) -> Columns:
    try:
        return columns_of(shape, there, titles, chosen)
    except WrongColumns as error:
        free = {key: titles.get(key, "") for key in error.new}
        if "Measure" in there:
            free |= titles
        known = sorted((clean(key, 60), text) for key, text in free.items())[:200]
        raise CbsError("wrong_columns", missing=error.missing, there=known, table=shape.id) from None


def _observations(shape: Shape, columns: Columns, rows: "_Rows") -> list[Observation]:
    try:
        found = observations(shape, columns, rows)
    except WrongRow as error:
        name, row = rows.place(error.row)
        raise CbsError(error.code, file=name, row=row, value=clean(error.value, 40)) from None
    for each in found:
        if not _AREA.fullmatch(each.region):
            raise CbsError("bad_area", value=clean(each.region, 20))
    if not found:
        raise CbsError("no_rows", value=str(rows.number))
    return sorted(found, key=lambda each: (each.region, each.topic, each.measure, each.period))


class _Rows:
    """The rows of all files with data, one after the other, each with all columns that we read. ``number``: how many so far."""

    def __init__(
        self, files: Files, names: list[str], columns: Columns, *, there: tuple[str, ...], limits: CbsLimits,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self.number = 0
        self._files, self._names, self._limits, self._clock = files, names, limits, clock
        self._starts: list[tuple[int, str]] = []
        long = {"Measure", "Value"} <= set(there)
        measures = {"Measure", "Value"} if long else set(columns.measures)
        self._needed = {columns.region, columns.period, columns.topic, columns.margins, *measures} - {""}

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        until, ended = self._clock() + self._limits.seconds, False
        for name in self._names:
            self._starts.append((self.number, clean(name)))
            with self._files.open(name) as file:
                reader = _reader(name, file, self._limits)
                for row in reader:
                    self.number += 1
                    if self.number > self._limits.rows:
                        raise CbsError("too_many_rows", file=clean(name), value=str(self._limits.rows))
                    if self.number % _CHECKED == 0 and self._clock() > until:
                        raise CbsError("too_slow", value=f"{self._limits.seconds:g}")
                    if not row.keys() >= self._needed:
                        lacks = sorted(self._needed - row.keys())
                        raise CbsError("wrong_columns", file=clean(name), row=self.place(self.number)[1], missing=lacks)
                    yield row
            ended = ended or not any(each in reader.head for each in _NEXT)
        if not ended:
            raise CbsError("incomplete", file=self._starts[-1][1])

    def place(self, number: int) -> tuple[str, int]:
        """The file and the row in it of the row with this number over all files."""
        start, name = next((each for each in reversed(self._starts) if each[0] < number), (0, ""))
        return name, number - start
