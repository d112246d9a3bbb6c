"""A moment as people type it: read on our clocks, refused when it does not exist, asked when it comes twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.apps.incidents.forms.fields import BETWEEN, Aware, MomentField, MomentInput
from dijkwacht.web.moments import local

MOMENTS = st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2098, 12, 31), timezones=st.just(UTC))


@settings(deadline=None)  # the first one reads the catalogues
@given(MOMENTS)
def test_what_a_control_shows_is_read_as_the_same_minute(moment: datetime) -> None:
    """Whatever the moment, also in the night of winter time: shown and sent back unchanged it is the same minute."""
    shown = MomentInput().format_value(moment)
    which = ("first", "second")[local(moment).fold]
    read = MomentField().clean(f"{shown}{BETWEEN}{which}")
    assert read.astimezone(UTC) == moment.replace(second=0, microsecond=0)


@settings(deadline=None)  # the first one reads the catalogues
@given(MOMENTS)
def test_only_the_night_of_winter_time_asks_which(moment: datetime) -> None:
    drawn = MomentInput().render("at", moment)
    there = local(moment)
    other = there.replace(fold=1 - there.fold)
    assert ("at_which" in drawn) is (other.utcoffset() != there.utcoffset())


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-11-25T09:30", "2026-11-25T08:30:00+00:00"),
        ("2026-11-25T09:30:59", "2026-11-25T08:30:59+00:00"),
        ("25-11-2026 09.30", "2026-11-25T08:30:00+00:00"),
        ("2026-07-01 00:00", "2026-06-30T22:00:00+00:00"),
        ("2026-10-25T02:30|first", "2026-10-25T00:30:00+00:00"),
        ("2026-10-25T02:30|second", "2026-10-25T01:30:00+00:00"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00+00:00"),
    ],
)
def test_read(typed: str, utc: str) -> None:
    assert MomentField().clean(typed).astimezone(UTC).isoformat() == utc


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("gisteren", "invalid"),
        ("2026-11-25", "invalid"),
        ("2026-02-30T09:30", "invalid"),
        ("2026-11-25T09:30\0", "invalid"),
        ("9" * 400, "invalid"),
        ("1999-12-31T23:59", "years"),
        ("2026-03-29T02:00", "skipped"),
        ("2026-03-29T02:59", "skipped"),
        ("2026-10-25T02:00", "twice"),
        ("2026-10-25T02:59|third", "twice"),
    ],
)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(typed)
    assert refusal.value.code == code


def test_nothing_is_nothing_where_that_may_be() -> None:
    assert MomentField(required=False).clean("") is None


class Form(Aware):
    at_all = MomentField(required=False)


@pytest.mark.parametrize(("typed", "seconds"), [("2026-11-25T09:30", 42), ("2026-11-25T09:31", 0)])
def test_only_a_minute_that_somebody_changed_changes_the_moment(typed: str, seconds: int) -> None:
    was = datetime(2026, 11, 25, 8, 30, 42, 7, tzinfo=UTC)
    form: Any = Form({"at_all": typed}, initial={"at_all": was})
    assert form.is_valid()
    kept = form.cleaned_data["at_all"]
    assert (kept.second, kept.microsecond) == (seconds, 7 if seconds else 0)


def test_the_other_of_two_equal_hours_is_a_change() -> None:
    was = datetime(2026, 10, 25, 0, 30, 42, tzinfo=UTC)
    form: Any = Form({"at_all": "2026-10-25T02:30", "at_all_which": "second"}, initial={"at_all": was})
    assert form.is_valid()
    assert form.cleaned_data["at_all"].astimezone(UTC) == was.replace(second=0) + timedelta(hours=1)
