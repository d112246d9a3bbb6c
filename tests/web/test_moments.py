"""Days, moments and durations in words."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from dijkwacht.web import moments

ON = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (ON, "vandaag"),
        (ON + timedelta(days=1), "morgen"),
        (ON - timedelta(days=1), "gisteren"),
        (ON + timedelta(days=3), "over 3 dagen"),
        (ON - timedelta(days=59), "59 dagen geleden"),
        (ON - timedelta(days=61), "2 maanden geleden"),
        (ON + timedelta(days=729), "over 23 maanden"),
        (ON - timedelta(days=1096), "3 jaar geleden"),
    ],
)
def test_relative_day(day: date, words: str) -> None:
    assert moments.relative_day(day, on=ON) == words


def test_a_moment_is_told_on_our_own_clocks_in_summer_and_winter() -> None:
    assert moments.moment_words(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 2026, 00.30 uur"
    assert moments.moment_words(datetime(2026, 12, 1, 22, 30, tzinfo=UTC)) == "1 december 2026, 23.30 uur"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "zojuist"), (-1, "1 minuut geleden"), (59, "over 59 minuten"), (61, "over 1 uur"), (-1440, "gisteren")],
)
def test_relative_moment(minutes: int, words: str) -> None:
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert moments.relative_moment(at + timedelta(minutes=minutes), at=at) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("P1Y", "een jaar"), ("P3Y", "3 jaar"), ("P1M", "een maand"), ("P18M", "1 jaar en 6 maanden"),
        ("P2W", "2 weken"), ("P10D", "10 dagen"), ("P1Y1D", "1 jaar en 1 dag"), ("P0D", "0 dagen"),
    ],
)  # fmt: skip
def test_duration(duration: str, words: str) -> None:
    assert moments.duration_words(duration) == words


def test_what_is_no_day_is_none() -> None:
    assert [moments.as_day(value) for value in ("never", None, 3, "2026-02-30")] == [None] * 4
    assert moments.as_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
