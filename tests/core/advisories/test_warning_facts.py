"""What the register of warnings says in the ledger, and what it does not say."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.handling import week_end
from dijkwacht.core.advisories.warning_facts import ASSESSED, IN_WEEK, PastWarning, facts_of
from dijkwacht.core.facts import NOTHING_HAPPENED
from dijkwacht.core.values import read_value
from dijkwacht.norms.advisories import priority_table
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.norms.read import norms_on

CASES = yaml.safe_load((Path(__file__).parent / "warning_facts_cases.yaml").read_text(encoding="utf-8"))
ZONE = ZoneInfo("Europe/Amsterdam")
AT = datetime(2026, 11, 30, 12, tzinfo=ZONE)
GRACE = warning_rules().grace
NOTHING = {NOTHING_HAPPENED: "2026-08-30/2026-11-30"}
TERM = priority_table().term
TYPES = norms_on(AT.date()).fact_types


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"2026-{text}T12:00").replace(tzinfo=ZONE)


def past(told: str, week: bool | None, targeted: bool = True, **rest: str) -> PastWarning:
    at = moment(told)
    assert at is not None
    return PastWarning(
        at, week, week_end(at, TERM, ZONE) if week else None, moment(rest.get("done")), moment(rest.get("assessed")),
        moment(rest.get("lapsed")), targeted,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_worked_cases(case: dict[str, Any]) -> None:
    since = datetime.combine(case.get("since", date(2026, 1, 1)), AT.time(), ZONE)
    found = facts_of([past(**each) for each in case["past"]], at=AT, since=since, grace=GRACE)
    expected = {
        name: NOTHING if case["expect"][key] == "nothing" else case["expect"][key]
        for key, name in (("in_week", IN_WEEK), ("assessed", ASSESSED))
        if key in case["expect"]
    }
    assert found == expected
    assert [type(each) for each in found.values()] == [type(each) for each in expected.values()]


MOMENT = st.datetimes(datetime(2026, 8, 1), datetime(2026, 11, 30), timezones=st.just(UTC))
WEEKS = st.none() | st.timedeltas(timedelta(0), timedelta(days=20))


@st.composite
def warnings_told(draw: st.DrawFn) -> PastWarning:
    told, asks = draw(MOMENT), draw(st.none() | st.booleans())
    done, assessed, lapsed = (
        None if after is None else told + after for after in (draw(WEEKS), draw(WEEKS), draw(WEEKS))
    )
    return PastWarning(
        told, asks, week_end(told, TERM, ZONE) if asks else None, done, assessed, lapsed, draw(st.booleans())
    )


PAST = st.lists(warnings_told(), max_size=12)


@given(PAST, MOMENT)
def test_every_answer_can_be_recorded_and_100_is_all(warnings: list[PastWarning], since: datetime) -> None:
    found = facts_of(warnings, at=AT, since=since, grace=GRACE)
    for name, value in found.items():
        assert TYPES[name].measured_by == "advisories"
        assert TYPES[name].may_not_happen
        read_value(TYPES[name], value)
    share = found.get(IN_WEEK)
    late = [
        each for each in warnings
        if each.asks_week and each.week_end and each.told_at >= datetime(2026, 8, 30, tzinfo=ZONE)
        and each.finished_at and each.finished_at > each.week_end
    ]  # fmt: skip
    if isinstance(share, int | float) and share == 100:
        assert not late
    if late:
        assert isinstance(share, int | float)


@given(PAST)
def test_the_order_does_not_matter(warnings: list[PastWarning]) -> None:
    since = datetime(2026, 1, 1, tzinfo=ZONE)
    assert facts_of(warnings, at=AT, since=since, grace=GRACE) == facts_of(
        warnings[::-1], at=AT, since=since, grace=GRACE
    )


def test_999_of_1000_is_not_100() -> None:
    good, bad = past("10-01", True, done="10-02"), past("10-01", True)
    found = facts_of([good] * 9999 + [bad], at=AT, since=AT, grace=GRACE)
    assert found[IN_WEEK] == 99.9


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        facts_of([], at=AT.replace(tzinfo=None), since=AT, grace=GRACE)
