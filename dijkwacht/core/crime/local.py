"""Counts that an organisation brings itself: a table with source, period, phenomenon and count. Pure.

Small numbers lead back to people, so what lies below a bound is kept as "fewer than", never as the number itself.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dijkwacht.core.crime.periods import Kind, Period, month_of, parse_period
from dijkwacht.core.intake_columns import Vocabulary
from dijkwacht.core.intake_values import plain, shown
from dijkwacht.core.sheets import Problem, Sheet
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import Cells, find_table

MOST = 5_000  # rows of one file
_MONTHS = {Kind.QUARTER: 3, Kind.YEAR: 12}
# With -01 behind it: what a spreadsheet makes of a month that was typed.
_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-01)?|(\d{1,2})[-/](\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:q|k|kw|kwartaal )(\d)[ -](\d{4})|(\d{4})[ -](?:q|k|kw|kwartaal )(\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_HEADERS: Mapping[str, str] = {
    "source": "bron|source|herkomst",
    "period": "periode|period|maand|month|jaar|year|kwartaal|quarter",
    "phenomenon": "fenomeen|phenomenon|delict|soort|kind|misdrijf",
    "count": "aantal|count|meldingen|number",
}
_WORDS = Vocabulary.of(_HEADERS, enough=(("source", "period", "phenomenon", "count"),))


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One count. ``count`` None: fewer than the bound, so not kept."""

    source: str
    period: str
    phenomenon: str
    count: int | None


@dataclass(frozen=True, slots=True)
class LocalFile:
    """What a file says. ``usable``: without problems; ``below``: how many counts were too small to keep."""

    rows: tuple[LocalRow, ...]
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """Whether all of it can be taken over."""
        return not self.problems and bool(self.rows)

    @property
    def below(self) -> int:
        """How many counts were too small to keep."""
        return sum(each.count is None for each in self.rows)


def read_local(sheets: Sequence[Sheet], *, phenomena: Mapping[str, str], bound: int) -> LocalFile:
    """The counts in a table. ``phenomena``: id by name in lower case. Every problem names its row; all or nothing."""
    notes = Notes()
    table = find_table(sheets, _WORDS, notes, missing="no_local_header")
    rows: dict[tuple[str, str, str], LocalRow] = {}
    for number, cells in enumerate(table.rows(notes) if table else (), start=1):
        if number > MOST:
            cells.problem("too_many_rows", most=str(MOST))
            break
        row = _row(cells, phenomena, bound)
        if row is None:
            continue
        key = (row.source, row.period, row.phenomenon)
        if key in rows:
            cells.problem("count_twice")
        rows[key] = row
    problems, _remarks = notes.told()
    return LocalFile(tuple(rows.values()), problems)


def revealing(rows: Collection[LocalRow], *, bound: int) -> LocalRow | None:
    """A count from which a number that was too small to keep can be reckoned back, with those of shorter periods within it.

    From a year with all its months but one that month follows; with two hidden ones their sum. None when there is none.
    """
    groups: dict[tuple[str, str], dict[Period, LocalRow]] = {}
    for row in rows:  # of the same period in two files the later one counts
        groups.setdefault((row.source.casefold(), row.phenomenon), {})[parse_period(row.period)] = row
    for group in groups.values():
        for outer, whole in group.items():
            if whole.count is not None and any(
                _gives_away(group, whole.count, parts, bound) for parts in _parts(outer)
            ):
                return whole
    return None


def _gives_away(group: Mapping[Period, LocalRow], total: int, parts: Collection[Period], bound: int) -> bool:
    """Whether what is left of a total beside its known parts is no more than its hidden parts can be."""
    counts = [group[each].count for each in parts if each in group]
    hidden = counts.count(None)
    return hidden > 0 and total - sum(each or 0 for each in counts) <= hidden * (bound - 1)


def _parts(outer: Period) -> Iterator[list[Period]]:
    """The periods that make a longer one together: its months, and of a year its quarters."""
    if outer.kind is not Kind.MONTH:
        yield [month_of(outer.month + each) for each in range(_MONTHS[outer.kind])]
    if outer.kind is Kind.YEAR:
        yield [Period(outer.year, Kind.QUARTER, number) for number in range(1, 5)]


def _row(cells: Cells, phenomena: Mapping[str, str], bound: int) -> LocalRow | None:
    source, said = cells.text("source"), cells.text("phenomenon")
    period, count = period_said(cells.text("period")), cells.count("count")
    phenomenon = phenomena.get(plain(said), "")
    if not source:
        cells.problem("source_missing", "source")
    if not phenomenon:
        cells.problem("unknown_phenomenon", "phenomenon", value=shown(said))
    if not period:
        cells.problem("unknown_period", "period", value=shown(cells.text("period")))
    if count is None:
        cells.problem("count_missing", "count")
    if not (source and phenomenon and period) or count is None:
        return None
    return LocalRow(source, period, phenomenon, count if count == 0 or count >= bound else None)


def period_said(text: str) -> str:
    """The code of a period that a person wrote: 2025, 2025-03, 3-2025, Q1 2025, 2025MM03. Empty when it is none."""
    said = " ".join(text.lower().split())
    if found := _MONTH.fullmatch(said):
        code = f"{found[1] or found[4]}MM{int(found[2] or found[3]):02}"
    elif found := _QUARTER.fullmatch(said):
        code = f"{found[2] or found[3]}KW{int(found[1] or found[4]):02}"
    else:
        code = f"{said}JJ00" if _YEAR.fullmatch(said) else said.upper()
    try:
        period = parse_period(code)
    except ValueError:
        return ""
    return period.code if 1990 <= period.year <= 2099 else ""
