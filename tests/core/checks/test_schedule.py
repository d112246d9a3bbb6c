"""When a name is measured next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.checks.schedule import Rhythm, next_due

RHYTHM = Rhythm(usual=24 * 60, changed=4 * 60, confirm=15, failed=60)
AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
names = st.text("abcdefghij.", min_size=1, max_size=20)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))


@given(names, moments, st.booleans(), st.booleans(), st.integers(0, 50))
def test_it_is_always_later_and_never_much_later_than_the_usual_time(name, at, changed, confirm, failures):
    due = next_due(name, at=at, rhythm=RHYTHM, changed=changed, confirm=confirm, failures=failures)
    assert timedelta(0) < due - at <= timedelta(minutes=RHYTHM.usual * 1.5)


@given(names, moments)
def test_a_quiet_name_keeps_its_own_minute(name, at):
    first = next_due(name, at=at, rhythm=RHYTHM)
    second = next_due(name, at=first, rhythm=RHYTHM)
    assert second - first == timedelta(minutes=RHYTHM.usual)


def test_names_are_spread_over_the_day():
    hours = [0] * 24
    for number in range(24_000):
        hours[next_due(f"naam{number}.test", at=AT, rhythm=RHYTHM).hour] += 1
    assert min(hours) > 850
    assert max(hours) < 1150


def test_to_confirm_comes_before_everything():
    due = next_due("a.test", at=AT, rhythm=RHYTHM, changed=True, confirm=True, failures=3)
    assert due == AT + timedelta(minutes=15)


def test_what_fails_again_waits_longer_and_at_most_the_usual_time():
    waits = [next_due("a.test", at=AT, rhythm=RHYTHM, failures=n) - AT for n in range(1, 9)]
    assert waits[:3] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert waits[-1] == timedelta(days=1)
