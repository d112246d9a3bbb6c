"""Whom to warn and how, what happens next, and when the message of the day and the weekly overview go."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.advisories.priority import LEVELS, Level
from dijkwacht.core.advisories.shapes import Tlp
from dijkwacht.core.advisories.tlp import ORDER
from dijkwacht.core.advisories.warning import (
    NOBODY,
    STEPS,
    Contact,
    Role,
    Route,
    Send,
    StepKind,
    Wait,
    after_wait,
    digest_due,
    next_step,
    route,
    to_call,
    weekly_due,
)
from dijkwacht.norms.advisory_warning import warning_rules

RULES = warning_rules()
ZONE = RULES.calendar.zone
CASES = yaml.safe_load((Path(__file__).parent / "warning_cases.yaml").read_text(encoding="utf-8"))
PEOPLE = {name: Contact(name, **each) for name, each in CASES["contacts"].items()}


def ids(case: dict[str, Any]) -> str:
    return str(case["case"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


# -- to whom -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES["routes"], ids=ids)
def test_worked_routes(case: dict[str, Any]) -> None:
    found = route(
        case["label"], case["level"], [PEOPLE[name] for name in case["to"]], RULES, own=case.get("own", False),
        deputies=case.get("deputies", False),
    )  # fmt: skip
    sends = tuple(Send(name, what) for name, what in case.get("told", {}).items())
    assert found == Route(case.get("how", "at_once"), sends, tuple(case.get("phone", ())), case.get("nobody", ""))


def test_every_reason_has_a_case() -> None:
    assert {each["nobody"] for each in CASES["routes"] if "nobody" in each} == set(NOBODY)


def test_who_may_be_called_and_in_which_order() -> None:
    everybody = list(PEOPLE.values())
    assert to_call("CLEAR", everybody) == ("cora", "anna", "gijs", "daan", "finn")
    assert to_call("AMBER", everybody) == ("cora", "daan", "finn")
    assert to_call("AMBER+STRICT", everybody) == to_call("RED", everybody, own=True) == ()
    assert to_call("AMBER+STRICT", everybody, own=True) == ("cora", "anna", "gijs", "daan", "finn")


CONTACTS = st.lists(
    st.builds(
        Contact, st.uuids().map(str), st.sampled_from(get_args(Role)), st.integers(1, 3), st.booleans(),
        st.sampled_from(("", "x@waterstad.example")), st.sampled_from(("", "0100000001")),
    ), max_size=6, unique_by=lambda each: each.id,
)  # fmt: skip
LABEL, LEVEL = st.sampled_from(ORDER), st.sampled_from(LEVELS)


@given(LABEL, LEVEL, CONTACTS, st.booleans(), st.booleans())
def test_nothing_leaves_that_the_label_keeps_in(
    label: Tlp, level: Level, contacts: list[Contact], own: bool, deputies: bool
) -> None:
    found, by_id = (
        route(label, level, contacts, RULES, own=own, deputies=deputies),
        {each.id: each for each in contacts},
    )
    told = [by_id[each.contact] for each in found.sends] + [by_id[each] for each in found.phone]
    assert len(told) == len({each.id for each in told})
    for send in found.sends:
        assert by_id[send.contact].email
        assert (send.what == "text") is (label in ("CLEAR", "GREEN"))
        assert send.what == "text" or by_id[send.contact].has_account
    assert all(by_id[each].phone for each in found.phone)
    if label == "AMBER" and not own:
        assert {each.role for each in told} <= {"trusted"}
    if label == "RED" or (label == "AMBER+STRICT" and not own):
        assert not told
    assert bool(told) is (not found.why_nobody)
    assert {each.id for each in told if each.phone} <= set(to_call(label, contacts, own=own))


@given(LEVEL, CONTACTS, st.booleans(), st.booleans())
def test_a_stricter_label_never_tells_more(level: Level, contacts: list[Contact], own: bool, deputies: bool) -> None:
    """With deputies everybody who may is told; else a deputy may take the place of one who cannot be reached."""
    told = [_told(route(label, level, contacts, RULES, own=own, deputies=True)) for label in ORDER]
    assert all(after <= before for before, after in pairwise(told))
    first = [_told(route(label, level, contacts, RULES, own=own)) for label in ORDER]
    assert all(few <= many and bool(few) is bool(many) for few, many in zip(first, told, strict=True))


def _told(found: Route) -> set[str]:
    return {*(each.contact for each in found.sends), *found.phone}


# -- what happens next -------------------------------------------------------------------------------
@pytest.mark.parametrize("case", CASES["steps"], ids=ids)
def test_worked_steps(case: dict[str, Any]) -> None:
    told = moment(case["told"])
    found: list[tuple[StepKind, datetime]] = []
    while (step := next_step(told, None, case["level"], len(found), RULES)) is not None:
        assert step.at.tzinfo is ZONE
        found.append((step.kind, step.at))
    assert [(kind, at.isoformat(timespec="minutes")) for kind, at in found] == list(case["steps"].items())


def test_who_acknowledged_is_left_alone_until_told_again() -> None:
    told = moment("2026-11-30T09:00+01:00")
    assert next_step(told, told, "urgent", 0, RULES) is None
    assert next_step(told, told + timedelta(days=1), "urgent", 1, RULES) is None
    assert next_step(told, told - timedelta(seconds=1), "urgent", 0, RULES) is not None


MOMENT = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(MOMENT, LEVEL)
def test_steps_come_later_and_later(told: datetime, level: Level) -> None:
    steps = [next_step(told, None, level, n, RULES) for n in range(4)]
    known = [each for each in steps if each is not None]
    assert [each.kind for each in known] == list(STEPS[: len(known)])
    assert steps[len(known) :] == [None] * (4 - len(known))
    moments = [told, *(each.at for each in known)]
    assert all(one < other for one, other in pairwise(moments))


@given(MOMENT, st.integers(1, 90))
def test_hours_are_elapsed_hours(told: datetime, hours: int) -> None:
    assert after_wait(told, Wait(hours, "hours"), RULES.calendar).astimezone(UTC) - told == timedelta(hours=hours)


@given(MOMENT, st.integers(1, 20))
def test_working_days_skip_what_is_free_and_keep_the_hour(told: datetime, days: int) -> None:
    local = told.astimezone(ZONE)
    end = after_wait(told, Wait(days, "working_days"), RULES.calendar)
    passed = [local.date() + timedelta(days=n + 1) for n in range((end.date() - local.date()).days)]
    assert sum(RULES.calendar.why_free(day) is None for day in passed) == days
    assert RULES.calendar.why_free(end.date()) is None  # so never a Sunday, on which the clocks turn
    assert end.time() == local.time()


def test_a_moment_without_a_zone_is_refused() -> None:
    for level in ("urgent", "high"):
        with pytest.raises(ValueError, match="needs a zone"):
            next_step(datetime(2026, 11, 30), None, level, 0, RULES)


# -- the message of the day, the overview of the week ------------------------------------------------
@pytest.mark.parametrize("case", CASES["due"], ids=ids)
def test_worked_due(case: dict[str, Any]) -> None:
    is_due = digest_due if case["of"] == "digest" else weekly_due
    last = moment(case["last"]) if "last" in case else None
    assert is_due(last, moment(case["at"]), RULES) is case["due"]


@given(MOMENT, st.lists(st.timedeltas(timedelta(seconds=1), timedelta(hours=30)), max_size=60))
def test_never_two_for_a_day_or_a_week_however_often_it_is_asked(start: datetime, gaps: list[timedelta]) -> None:
    sent: dict[str, list[datetime]] = {"digest": [], "weekly": []}
    at = start
    for gap in gaps:
        at += gap
        for name, is_due in (("digest", digest_due), ("weekly", weekly_due)):
            if is_due(sent[name][-1] if sent[name] else None, at, RULES):
                sent[name].append(at)
    days = [each.astimezone(ZONE).date() for each in sent["digest"]]
    assert len(days) == len(set(days))
    assert all(RULES.calendar.why_free(day) is None for day in days)
    weeks = [each.astimezone(ZONE).isocalendar()[:2] for each in sent["weekly"]]
    assert len(weeks) == len(set(weeks))


@settings(max_examples=25, deadline=None)  # three weeks of hours each
@given(MOMENT)
def test_asked_every_hour_no_working_day_and_no_week_is_missed(start: datetime) -> None:
    sent: dict[str, list[datetime]] = {"digest": [], "weekly": []}
    moments = [start + timedelta(hours=n) for n in range(21 * 24)]
    for at in moments:
        for name, is_due in (("digest", digest_due), ("weekly", weekly_due)):
            if is_due(sent[name][-1] if sent[name] else None, at, RULES):
                sent[name].append(at)
    whole = sorted({each.astimezone(ZONE).date() for each in moments})[1:-1]
    days = {each.astimezone(ZONE).date() for each in sent["digest"]}
    assert days >= {day for day in whole if RULES.calendar.why_free(day) is None}
    assert len(sent["weekly"]) >= 3
