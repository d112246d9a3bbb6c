"""Legal clocks: the worked cases, the laws that must always hold, and an oracle that walks day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.clocks import Meeting, due, easter, moment
from dijkwacht.norms.read import clocks
from tests.core import clock_oracle as oracle

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "clocks_cases.yaml").read_text())["cases"]
PACK = clocks()
CALENDAR = PACK.calendar
SECONDS = st.datetimes(datetime(2026, 8, 16), datetime(2060, 1, 1), timezones=st.just(UTC))
BY_DAY = sorted(name for name, rule in PACK.rules.items() if rule.method == "end_of_day")
BY_HOUR = sorted(name for name, rule in PACK.rules.items() if rule.term and rule.term.unit == "hours")


def reckon(name: str, start: datetime, **more: Any) -> Any:
    return due(PACK.rules[name], start, calendar=CALENDAR, rules=PACK.rules, **more)


def optional(case: dict[str, Any], key: str) -> datetime | None:
    return moment(case[key]) if key in case else None


@pytest.mark.parametrize("case", CASES, ids=[f"{each['id']}-{each['clock']}" for each in CASES])
def test_a_worked_case(case: dict[str, Any]) -> None:
    meetings = [Meeting(moment(each["at"]), each["seats"], each["present"]) for each in case.get("meetings", ())]
    found = reckon(
        case["clock"],
        moment(case["start"]),
        designated=optional(case, "designated"),
        meetings=meetings,
        given=optional(case, "given"),
    )
    assert (found.due.isoformat() if found.due else None) == case["due"], case["why"]
    assert found.applies is case.get("applies", True)
    if "target" in case:
        assert found.target is not None
        assert found.target.isoformat() == case["target"]
    assert set(case.get("codes", ())) <= {each.code for each in found.steps}
    assert list(found.unsure) == case.get("unsure", [])


def test_there_are_enough_cases_and_each_clock_with_an_end_has_one() -> None:
    assert len(CASES) >= 60
    tried = {each["clock"] for each in CASES}
    incidents = {name for name, rule in PACK.rules.items() if rule.area in ("incidents", "board", "registration")}
    assert incidents - tried == {"avg-33-2"}
    assert len({each["id"] for each in CASES}) == len(CASES)


@given(SECONDS, st.sampled_from(BY_DAY))
def test_days_agree_with_the_oracle(start: datetime, name: str) -> None:
    rule = PACK.rules[name]
    assert rule.term is not None
    found = reckon(name, start, designated=datetime(2026, 8, 16, tzinfo=UTC))
    if found.applies is not False:
        assert found.due == oracle.end_of_day(start, rule.term.n, rule.term.unit, rule.shifts)


@given(SECONDS, st.sampled_from(BY_HOUR))
def test_hours_are_exact_whatever_the_clock_does(start: datetime, name: str) -> None:
    rule = PACK.rules[name]
    assert rule.term is not None
    found = reckon(name, start)
    assert found.due is not None
    assert found.due.astimezone(UTC) - start == timedelta(hours=rule.term.n)
    assert found.due == oracle.hours_later(start, rule.term.n)


@given(SECONDS, SECONDS, st.sampled_from([*BY_DAY, *BY_HOUR]))
def test_who_starts_later_never_ends_earlier(one: datetime, other: datetime, name: str) -> None:
    first, last = sorted((one, other))
    ends = [reckon(name, each, designated=datetime(2026, 8, 16, tzinfo=UTC)) for each in (first, last)]
    if ends[0].due is not None:
        assert ends[0].due <= ends[1].due


@given(SECONDS, st.sampled_from([name for name in BY_DAY if PACK.rules[name].shifts]))
def test_what_shifts_never_ends_on_a_free_day(start: datetime, name: str) -> None:
    found = reckon(name, start)
    assert CALENDAR.why_free(found.due.date()) is None
    assert (found.due.hour, found.due.minute, found.due.second) == (23, 59, 59)
    moved = [each for each in found.steps if each.code == "shifted"]
    for step in moved:
        assert all(
            CALENDAR.why_free(day) == why for day, why in zip(step.params["days"], step.params["why"], strict=True)
        )
        assert step.params["to"] == found.due.date()
    if found.target is not None:
        assert found.target <= found.due


@given(SECONDS, st.sampled_from(sorted(PACK.rules)))
def test_the_same_moment_in_another_zone_gives_the_same_end(start: datetime, name: str) -> None:
    there = start.astimezone(oracle.AMSTERDAM)
    assert reckon(name, start) == reckon(name, there) == reckon(name, start)


@given(st.integers(1583, 4000))
def test_easter_agrees_with_another_way_to_find_it(year: int) -> None:
    assert easter(year) == oracle.easter(year)


def test_easter_of_known_years() -> None:
    days = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2038: (4, 25), 2285: (3, 22)}
    assert {year: (easter(year).month, easter(year).day) for year in days} == days


@given(st.dates(date(2026, 1, 1), date(2060, 12, 31)))
def test_free_days_agree_with_the_oracle(day: date) -> None:
    assert (CALENDAR.why_free(day) is not None) == oracle.is_free(day)


def test_kings_day_gives_way_to_a_sunday_only() -> None:
    assert CALENDAR.holiday(date(2031, 4, 26)) == "kings_day"
    assert CALENDAR.holiday(date(2031, 4, 27)) is None
    assert CALENDAR.holiday(date(2030, 4, 27)) == "kings_day"
    assert CALENDAR.holiday(date(2013, 4, 27)) is None  # the day of another monarch then


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T09:15:00", "2026-11-24T09:15", "2026-11-24", "20261124T091500Z", "2026-W48-2T09:15:00Z", "gisteren", "",
        "2026-02-30T09:15:00Z", "2026-11-24T25:00:00Z", "2026-11-24 09:15:00+01:00", "2026-11-24T09:15:00+25:00",
        "2026-11-24T09:15:00Z\n", "٢٠٢٦-11-24T09:15:00Z", "0001-01-01T00:00:00+14:00",
    ],
)  # fmt: skip
def test_a_moment_that_is_not_certain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|zone"):
        moment(text)


def test_why_a_moment_without_zone_is_refused_is_said() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        moment("2026-10-25T02:30:00")
    assert moment("2026-10-25T02:30:00+02:00") < moment("2026-10-25T02:30:00+01:00")
    assert moment("2026-11-24T09:15Z") == datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


def test_without_a_zone_or_past_the_last_day_there_is_no_end() -> None:
    with pytest.raises(ValueError, match="zone"):
        reckon("cbw-26", datetime(2026, 11, 24))
    last = datetime(9999, 12, 31, tzinfo=UTC)
    for name in ("cbw-26", "cbw-29-1", "cbw-24-new", "cbw-44-change"):
        with pytest.raises(ValueError, match="past the last day"):
            reckon(name, last + timedelta(hours=3))
        with pytest.raises(ValueError, match="past the last day"):
            reckon(name, last + timedelta(hours=23, minutes=30))


def test_what_hangs_on_a_designation_that_is_not_given_is_reckoned_and_said() -> None:
    found = reckon("wwke-17-first", moment("2027-07-13T08:00:00+02:00"))
    assert found.applies is None
    assert found.due == moment("2027-07-14T08:00:00+02:00")
    assert found.steps[0].code == "designation_unknown"


def test_a_designation_before_the_law_gives_no_duty() -> None:
    found = reckon("wwke-17-first", moment("2027-07-13T08:00:00+02:00"), designated=moment("2026-08-01T08:00:00+02:00"))
    assert (found.applies, found.due) == (False, None)
    assert found.steps[0].code == "designation_not_in_force"


def test_a_rule_that_is_withdrawn_no_longer_counts() -> None:
    rule = replace(PACK.rules["cbw-26"], valid_to=date(2027, 1, 1))
    before = due(rule, moment("2026-12-31T23:00:00+01:00"), calendar=CALENDAR)
    after = due(rule, moment("2027-01-01T00:00:00+01:00"), calendar=CALENDAR)
    assert (before.applies, after.applies) == (True, False)


def test_the_set_term_of_a_request_counts_only_where_the_law_sets_none() -> None:
    given_at = moment("2026-11-25T12:00:00+01:00")
    assert reckon("cbw-26", moment("2026-11-24T09:15:00+01:00"), given=given_at).due == moment(
        "2026-11-25T09:15:00+01:00"
    )
    assert reckon("cbw-30", moment("2026-11-24T09:15:00+01:00"), given=given_at).due is None
