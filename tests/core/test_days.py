"""Days and durations: what they accept, and what they refuse."""

from datetime import date

import pytest

from dijkwacht.core.days import Duration, add, day_after, is_day, parse_day, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1Y", Duration(12, 0)), ("P6M", Duration(6, 0)), ("P1Y6M", Duration(18, 0)), ("P2W", Duration(0, 14)),
        ("P10D", Duration(0, 10)), ("P1M1W1D", Duration(1, 8)), ("P100Y", Duration(1200, 0)),
    ],
)  # fmt: skip
def test_a_duration_is_read(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration
    assert parse_duration(str(duration)) == duration


@pytest.mark.parametrize(
    "text", ["", "P", "1Y", "P1", "PT1H", "P1Y2", "p1y", "P-1Y", "P1.5Y", "P1D1M", " P1Y", "P1Y ", "P१Y"]
)
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("day", "duration", "then"),
    [
        ("2026-01-31", "P1M", "2026-02-28"), ("2028-01-31", "P1M", "2028-02-29"), ("2028-02-29", "P1Y", "2029-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"), ("2026-11-30", "P3M", "2027-02-28"), ("2026-12-31", "P2M", "2027-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"), ("2026-12-31", "P1D", "2027-01-01"), ("2026-03-31", "P1M", "2026-04-30"),
        ("2100-01-31", "P1M", "2100-02-28"), ("2000-01-31", "P1M", "2000-02-29"), ("2026-11-25", "P0D", "2026-11-25"),
    ],
)  # fmt: skip
def test_adding_is_by_the_calendar(day: str, duration: str, then: str) -> None:
    assert add(parse_day(day), parse_duration(duration)) == parse_day(then)


def test_the_calendar_ends_without_trouble() -> None:
    assert add(date(9999, 6, 1), parse_duration("P1Y")) == date.max
    assert add(date(9999, 12, 30), parse_duration("P2W")) == date.max
    assert day_after(date.max) == date.max
    assert day_after(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["2026-1-1", "20261125", "2026-W48-3", "2026-02-29", "2026-13-01", "25-11-2026", "2026/11/25", "", "board.met_on"],
)
def test_only_year_month_day_is_a_day(text: str) -> None:
    assert not is_day(text)


def test_a_day_is_read() -> None:
    assert parse_day("2028-02-29") == date(2028, 2, 29)
