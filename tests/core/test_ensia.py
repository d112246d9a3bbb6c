"""The ENSIA year: its calendar, reminders, and what became of an answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.ensia import (
    Change,
    Milestone,
    Now,
    Progress,
    Rule,
    Then,
    after_reminder,
    change_of,
    confirmable,
    milestones,
    next_of,
    reference_date,
    remind_at,
    unfinished,
)
from dijkwacht.norms.read import calendar, ensia_lines

OPENED = date(2026, 7, 1)
BEFORE, SINCE = date(2026, 3, 1), date(2026, 9, 1)


def rule(
    key: str = "x", *, kind: str = "before", month: int = 12, day: int = 31, offset: int = 0, **fields: Any
) -> Rule:
    return Rule(key, kind, month, day, offset, fields.pop("lines", ("*",)), {}, False, "a source", **fields)


def test_the_calendar_of_2026_as_the_pack_has_it() -> None:
    found = [(each.on.isoformat(), each.rule.key) for each in milestones(calendar(), 2026)]
    assert found == [
        ("2026-07-01", "opening"), ("2026-07-31", "geo-advice"), ("2026-12-31", "self-assessment"),
        ("2026-12-31", "reference"), ("2027-01-01", "hand-in-opens"), ("2027-02-14", "extract"),
        ("2027-04-30", "hand-in"), ("2027-07-14", "council"),
    ]  # fmt: skip


def test_every_day_of_the_calendar_has_a_source_and_names_lines_that_exist() -> None:
    known = {line["line"] for line in ensia_lines()} | {"*"}
    for each in calendar():
        assert each.source, each.key
        assert set(each.lines) <= known, each.key
        assert set(each.what) == {"nl", "en"}, each.key
    assert any(each.to_verify for each in calendar())


@pytest.mark.parametrize(
    ("line", "on", "key"),
    [
        ("DigiD", date(2026, 11, 25), "hand-in"),
        ("BIO", date(2026, 11, 25), "self-assessment"),
        ("BIO", date(2026, 12, 31), "self-assessment"),
        ("BIO", date(2027, 1, 1), "council"),
        ("BRP", date(2027, 1, 1), "extract"),
        ("BRP", date(2027, 2, 16), None),
        ("WOZ", date(2026, 11, 25), None),
    ],
)
def test_what_comes_next_for_a_line(line: str, on: date, key: str | None) -> None:
    found = next_of(milestones(calendar(), 2026), line=line, on=on)
    assert (found and found.rule.key) == key


def test_the_reference_date_of_a_line() -> None:
    days = milestones([rule("ref", kind="reference", month=11, day=30, lines=("A",))], 2026)
    assert reference_date(days, line="A", year=2026) == date(2026, 11, 30)
    assert reference_date(days, line="B", year=2026) == date(2026, 12, 31)


def test_a_day_that_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        milestones([rule(month=2, day=29)], 2026)


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        (None, Now(), Change.OPEN),
        (None, Now(why="expired"), Change.EXPIRED),
        (Then(True), Now(), Change.EXPIRED),
        (Then(True), Now(why="expired"), Change.EXPIRED),
        (Then(True), Now(why="contradicted"), Change.CONTRADICTED),
        (Then(True), Now(True, "", seen=BEFORE), Change.SAME),
        (Then(True), Now(True, "", seen=OPENED), Change.CONFIRMED),
        (Then(True), Now(False, "", seen=BEFORE), Change.CHANGED),
        (Then(True), Now(False, "", seen=SINCE), Change.CHANGED),
        (Then(True), Now(1, "", seen=BEFORE), Change.CHANGED),
        (None, Now(True, "", seen=BEFORE), Change.ADDED),
        (None, Now(True, "", seen=SINCE), Change.ADDED),
        (Then("never"), Now(date(2026, 1, 1), "", seen=BEFORE), Change.CHANGED),
    ],
)
def test_what_became_of_an_answer(then: Then | None, now: Now, change: Change) -> None:
    assert change_of(then, now, opened=OPENED) is change


def test_only_our_own_answer_as_it_was_can_be_confirmed() -> None:
    assert confirmable(Change.SAME, Now(True, "", seen=BEFORE))
    assert not confirmable(Change.SAME, Now(True, "", seen=BEFORE, own=False))
    for other in set(Change) - {Change.SAME}:
        assert not confirmable(other, Now(True, "", seen=BEFORE))


values = st.sampled_from([True, False, 0, 1, "some", "never", date(2026, 1, 1)])
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))


@given(values, days, days)
def test_confirming_an_unchanged_answer_always_settles_it(value: Any, seen: date, opened: date) -> None:
    """Whatever the answer: the same value seen on the opening day or later is confirmed, and asks nothing any more."""
    again = Now(value, "", seen=max(seen, opened))
    assert change_of(Then(value), again, opened=opened) is Change.CONFIRMED


@given(
    st.lists(st.integers(0, 90), unique=True, max_size=6).map(lambda found: tuple(sorted(found, reverse=True))),
    st.dates(date(2026, 1, 1), date(2027, 3, 1)),
)
def test_reminders_follow_each_other_and_stop(before: tuple[int, ...], on: date) -> None:
    """Each next reminder is later than the one before it, never after the day itself, and there are as many as said."""
    term = Milestone(rule(remind=before), date(2026, 12, 31))
    at, seen = remind_at(term, on=on), []
    while at is not None:
        seen.append(at)
        at = after_reminder(term, on=at)
    assert seen == sorted({term.on - timedelta(days=each) for each in before if term.on - timedelta(days=each) >= on})
    assert all(on <= day <= term.on for day in seen)


def test_of_reminders_that_were_missed_only_one_goes_out() -> None:
    term = Milestone(rule(remind=(60, 30, 14, 7, 1)), date(2026, 12, 31))
    assert after_reminder(term, on=date(2026, 12, 20)) == date(2026, 12, 24)


def test_progress_counts_what_was_looked_at() -> None:
    found = Progress(10, 4, {Change.CONFIRMED: 3, Change.CHANGED: 1, Change.SAME: 4, Change.OPEN: 2})
    assert (found.looked_at, found.total, found.part) == (4, 10, 0.4)
    assert Progress(0, 0, {}).part == 1.0


def test_lines_that_were_not_handed_in_keep_their_order() -> None:
    assert unfinished(["c", "a", "b"], ["a", "z"]) == ("c", "b")
