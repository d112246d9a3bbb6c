"""How a clock stands at a moment, its warnings, and when that changes of itself."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.clocks import STATES, Due, Warn, due, moment, next_change, standing, warnings
from dijkwacht.norms.read import clocks

PACK = clocks()
START = "2026-11-24T09:15:00+01:00"
NAMES = sorted(name for name, rule in PACK.rules.items() if rule.warn)
SECONDS = st.datetimes(datetime(2026, 8, 16), datetime(2040, 1, 1), timezones=st.just(UTC))


def reckon(name: str, start: str | datetime = START, **more: Any) -> Due:
    at = moment(start) if isinstance(start, str) else start
    return due(PACK.rules[name], at, calendar=PACK.calendar, rules=PACK.rules, **more)


def ladder(name: str) -> tuple[Warn, ...]:
    return PACK.warn[PACK.rules[name].warn or ""]


@pytest.mark.parametrize(
    ("at", "state", "warned"),
    [
        ("2026-11-24T09:15:00+01:00", "running", []),
        ("2026-11-24T21:14:59+01:00", "running", []),
        ("2026-11-24T21:15:00+01:00", "warned", ["half"]),
        ("2026-11-25T03:15:00+01:00", "warned", ["half", "hours_6"]),
        ("2026-11-25T07:15:00+01:00", "due_soon", ["half", "hours_6", "hours_2"]),
        ("2026-11-25T09:15:00+01:00", "due_soon", ["half", "hours_6", "hours_2"]),
        ("2026-11-25T09:15:00.000001+01:00", "overdue", ["half", "hours_6", "hours_2"]),
    ],
)
def test_a_day_from_start_to_end(at: str, state: str, warned: list[str]) -> None:
    found = standing(reckon("cbw-26"), at=moment(at), ladder=ladder("cbw-26"))
    assert (found.state, [each.id for each in found.warned]) == (state, warned)


def test_how_much_is_left_and_how_late() -> None:
    found = reckon("cbw-26")
    assert standing(found, at=moment("2026-11-25T08:15:00+01:00")).left == timedelta(hours=1)
    assert standing(found, at=moment("2026-11-25T10:15:00+01:00")).left == timedelta(hours=-1)
    over_winter = reckon("cbw-26", "2026-10-24T12:00:00+02:00")
    assert standing(over_winter, at=moment("2026-10-24T12:00:00+02:00")).left == timedelta(hours=24)


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ("2026-11-24T10:00:00+01:00", "done_in_time"),
        ("2026-11-25T09:15:00+01:00", "done_in_time"),
        ("2026-11-25T09:15:01+01:00", "done_late"),
        ("2026-11-24T09:00:00+01:00", "done_in_time"),
    ],
)
def test_done_in_time_or_late(done: str, state: str) -> None:
    found = standing(reckon("cbw-26"), at=moment("2026-12-01T00:00:00+01:00"), done=moment(done))
    assert (found.state, found.changes_at) == (state, None)


def test_what_is_done_later_is_not_done_yet() -> None:
    found = standing(reckon("cbw-26"), at=moment(START), done=moment("2026-11-24T10:00:00+01:00"))
    assert found.state == "running"


def test_the_last_second_of_a_day_counts_in_full() -> None:
    found = reckon("cbw-29-1", "2026-12-29T10:00:00+01:00")
    still, gone = moment("2027-01-29T23:59:59.9+01:00"), moment("2027-01-30T00:00:00+01:00")
    assert standing(found, at=still, ladder=ladder("cbw-29-1")).state == "due_soon"
    assert standing(found, at=gone, ladder=ladder("cbw-29-1")).state == "overdue"
    assert standing(found, at=gone, done=still).state == "done_in_time"
    assert standing(found, at=gone, done=gone).state == "done_late"


def test_warnings_of_a_month_come_in_office_hours() -> None:
    told = warnings(reckon("cbw-29-1", "2027-02-26T08:00:00+01:00"), ladder("cbw-29-1"))
    assert [(each.id, each.at.isoformat()) for each in told] == [
        ("days_14", "2027-03-16T09:00:00+01:00"),
        ("days_7", "2027-03-23T09:00:00+01:00"),
        ("days_2", "2027-03-28T09:00:00+02:00"),
        ("last_day", "2027-03-30T09:00:00+02:00"),
    ]


def test_a_warning_before_the_start_falls_away() -> None:
    rungs = (
        Warn("far", days=60),
        Warn("near", days=1),
        Warn("half", share=Fraction(1, 2)),
        Warn("left", left=timedelta(hours=800)),
    )
    assert [each.id for each in warnings(reckon("cbw-29-1"), rungs)] == ["half", "near"]


def test_what_has_no_end_counts_up_and_what_is_no_duty_never_runs() -> None:
    at = moment("2026-11-26T09:15:00+01:00")
    open_end = standing(reckon("cbw-30"), at=at)
    assert (open_end.state, open_end.left, open_end.since) == ("open", None, timedelta(days=2))
    assert standing(reckon("cbw-30"), at=at, done=at).state == "done"
    early = reckon("wwke-17-first", designated=moment("2026-11-01T00:00:00+01:00"))
    assert standing(early, at=at).state == "never"
    assert warnings(reckon("cbw-30"), ladder("cbw-26")) == ()


def test_without_warnings_a_clock_runs_until_its_end() -> None:
    found = reckon("cbw-26")
    before = standing(found, at=moment("2026-11-25T09:00:00+01:00"))
    assert (before.state, before.changes_at) == ("running", moment("2026-11-25T09:15:00.000001+01:00"))


@given(SECONDS, st.sampled_from(NAMES), st.integers(0, 100))
def test_a_state_holds_until_it_changes_and_then_it_is_another(start: datetime, name: str, part: int) -> None:
    """What `tick` rests on: nothing happens before `changes_at`, and at that moment something does."""
    found, rungs = reckon(name, start), ladder(name)
    assert found.due is not None
    at = start + (found.due.astimezone(UTC) - start) * part // 100
    now = standing(found, at=at, ladder=rungs)
    assert now.state in STATES
    change = next_change(found, at=at, ladder=rungs)
    assert change is not None
    assert change > at
    just_before = standing(found, at=change - timedelta(microseconds=1), ladder=rungs)
    assert (just_before.state, just_before.warned) == (now.state, now.warned)
    then = standing(found, at=change, ladder=rungs)
    assert (then.state, then.warned) != (now.state, now.warned)


@given(SECONDS, st.sampled_from(NAMES))
def test_a_clock_walks_through_its_warnings_to_its_end_once(start: datetime, name: str) -> None:
    found, rungs = reckon(name, start), ladder(name)
    order = {"running": 0, "warned": 1, "due_soon": 2, "overdue": 3}
    at: datetime | None = start
    seen = []
    while at is not None and len(seen) < 20:
        now = standing(found, at=at, ladder=rungs)
        seen.append(order[now.state])
        at = now.changes_at
    assert seen == sorted(seen)
    assert seen[-1] == order["overdue"]
    assert len(seen) == len({each.at for each in warnings(found, rungs)}) + 2
