"""The values of a monitoring report: moments with a zone, words for severity and state, every alert once."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.intake_values import CellError
from dijkwacht.core.monitoring import (
    Alert,
    Found,
    MonitoringReport,
    days,
    finished,
    handled,
    moment_in,
    offset,
    once,
    settled,
    severity,
    start_of,
)
from dijkwacht.core.sheets import Place
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.table_notes import Notes

HERE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 10, 3, 14, 5, tzinfo=HERE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-03T14:05:00+02:00", AT), ("2026-10-03 14:05 +0200", AT), ("2026-10-03T12:05:00.000Z", AT),
         ("2026-10-03 12:05 UTC", AT),
        ("2026-10-03 14:05", AT), ("03-10-2026 14:05:00", AT), ("3/10/2026 14:05", AT), ("3-10-2026 14:05 +02:00", AT),
    ],
)  # fmt: skip
def test_moments(text: str, expected: datetime) -> None:
    assert moment_in(text, HERE) == (expected, True)


def test_a_day_is_a_moment_that_is_not_exact() -> None:
    start = datetime(2026, 10, 3, tzinfo=HERE)
    assert moment_in("2026-10-03", HERE) == moment_in("03-10-2026", HERE) == (start, False)
    assert start_of(date(2026, 10, 3), HERE) == start


@pytest.mark.parametrize(
    ("text", "zone", "code"),
    [
        ("2026-10-03T14:05:00", None, "no_zone"), ("2026-10-03", None, "no_zone"), ("2026-03-29 02:30", HERE, "clock_gap"),
        ("2026-02-30 10:00", HERE, "not_a_moment"), ("gisteren", HERE, "not_a_moment"), ("", HERE, "not_a_moment"),
        ("0001-01-01T00:00:00+23:00", HERE, "not_a_moment"), ("1800-01-01 10:00", HERE, "not_a_moment"), ("14:05", HERE,
         "not_a_moment"),
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str, zone: ZoneInfo | None, code: str) -> None:
    with pytest.raises(CellError, match=f"^{code}$"):
        moment_in(text, zone)


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment_in("2026-10-25 02:30", HERE)[0].astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_with_a_zone_or_refused(text: str) -> None:
    with suppress(CellError):
        assert moment_in(text, HERE)[0].utcoffset() is not None


def test_zones_by_their_offset() -> None:
    assert offset("Z") == offset("utc") == UTC
    assert offset("+01:00") == timezone(timedelta(hours=1))
    assert offset("Europe/Amsterdam") is None
    assert offset("+99:00") is None


def test_words() -> None:
    assert [severity(word) for word in ("Laag", "gemiddeld", "HIGH", "Kritiek", "", "onbekend")] == [
        "low", "medium", "high", "critical", None, None,
    ]  # fmt: skip
    assert [handled(word) for word in ("ja", "Gesloten", "in behandeling", "open", "?")] == [
        True,
        True,
        False,
        False,
        None,
    ]
    with pytest.raises(CellError, match="unknown_severity"):
        severity("P1")
    with pytest.raises(CellError, match="unknown_state"):
        handled("misschien")


def test_a_period_has_its_last_day() -> None:
    assert days(date(2026, 10, 1), date(2026, 10, 31)) == Span(date(2026, 10, 1), date(2026, 11, 1))
    assert days(date(2026, 10, 1), date(2026, 10, 1)) == Span(date(2026, 10, 1), date(2026, 10, 2))
    with pytest.raises(CellError, match="period_backwards"):
        days(date(2026, 10, 2), date(2026, 10, 1))


def test_what_a_closing_says_of_being_handled() -> None:
    closed = AT + timedelta(hours=1)
    assert settled(Alert("1", AT, "x")) == (Alert("1", AT, "x"), "")
    assert settled(Alert("1", AT, "x", closed_at=closed)) == (Alert("1", AT, "x", handled=True, closed_at=closed), "")
    found, odd = settled(Alert("1", AT, "x", handled=False, closed_at=closed))
    assert (found.handled, odd) == (None, "closed_but_open")
    early = AT - timedelta(hours=1)
    assert settled(Alert("1", AT, "x", closed_at=early))[1] == "closed_before_seen"
    assert settled(Alert("1", AT, "x", closed_at=early), closed_exact=False)[1] == ""
    assert settled(Alert("1", AT, "x", closed_at=AT - timedelta(days=1)), closed_exact=False)[1] == "closed_before_seen"


ALERTS = st.lists(
    st.builds(
        Alert,
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from([AT, AT - timedelta(days=1)]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=6,
)


@given(ALERTS)
def test_every_alert_once_or_a_problem(alerts: list[Alert]) -> None:
    notes = Notes()
    found = once([Found(alert, Place("S", row)) for row, alert in enumerate(alerts, start=2)], notes)
    assert len({alert.id for alert in found}) == len(found)
    assert bool(notes.problems) == (len(set(alerts)) > len(found))
    assert list(found) == sorted(found, key=lambda alert: (alert.at, alert.id))
    assert len(notes.remarks) + len(notes.problems) == len(alerts) - len(found)


def test_with_a_problem_there_is_no_report() -> None:
    report = MonitoringReport(
        "SOC", Span(date(2026, 10, 1), date(2026, 11, 1)), 5, 4, (Alert("1", AT - timedelta(days=9), "x"),)
    )
    found = finished("json", report, Notes())
    assert (found.usable, found.counts) == (True, {"outside_period": 1, "more_sources": 1})
    notes = Notes()
    notes.problem("no_zone")
    found = finished("json", report, notes)
    assert (found.usable, found.report) == (False, None)
