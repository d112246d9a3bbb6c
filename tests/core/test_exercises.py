"""A session as a function of its events and of the moment."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from dijkwacht.core.exercise_script import BLOCKS, DecisionPoint, Inject, Scenario, assemble
from dijkwacht.core.exercises import Event, Given, Phase, Session, What, open_points, seen, sent, state, summary

T0 = datetime(2026, 11, 30, 9, tzinfo=UTC)
ASKED = DecisionPoint({"nl": "Wat nu?"}, ("mayor",), powers=("p",), not_allowed=("n",), expected=({"nl": "bellen"},))
INJECTS = (
    Inject("i01", 0, ("ciso",), {"nl": "een"}),
    Inject("i02", 30, ("mayor",), {"nl": "twee"}, decisions=(ASKED,)),
    Inject("i03", 90, ("ciso", "police"), {"nl": "drie"}),
)
ROLES = {"ciso": {"nl": "CISO"}, "mayor": {"nl": "burgemeester"}, "police": {"nl": "politie"}}
STORY = Scenario("s", {"nl": "S"}, {"nl": "G"}, 120, ROLES, {}, INJECTS)
STEPS = st.lists(
    st.tuples(st.integers(0, 3600), st.sampled_from(What), st.integers(0, 120), st.sampled_from([1, 5, 60])),
    max_size=12,
)


def after(seconds: int) -> datetime:
    return T0 + timedelta(seconds=seconds)


def events(steps: list[tuple[int, What, int, int]]) -> list[Event]:
    moments, at = [], 0
    for wait, what, minute, factor in steps:
        at += wait
        moments.append(Event(after(at), what, minute, factor, Inject("x01", 0, ("police",), {"nl": "x"})))
    return [Event(T0, What.START), *moments]


@over(STEPS, st.integers(0, 50_000), st.sampled_from(sorted(ROLES)))
def test_nothing_leaks_before_its_minute_or_to_another_role(steps, wait, role) -> None:
    now = state(events(steps), at=after(wait))
    for each in seen(STORY, now, role=role):
        assert each.at * timedelta(minutes=1) <= now.elapsed
        assert role in each.to or any(role in point.who for point in each.decisions)


@over(STEPS, st.integers(0, 50_000), st.integers(0, 50_000))
def test_the_clock_never_goes_back_and_what_was_sent_stays(steps, one, other) -> None:
    first, last = sorted((one, other))
    before, later = state(events(steps), at=after(first)), state(events(steps), at=after(last))
    assert before.elapsed <= later.elapsed
    assert {each.id for each in sent(STORY, before)} <= {each.id for each in sent(STORY, later)}


@over(st.integers(0, 3000), st.integers(1, 90_000), st.sampled_from([1, 10, 60]))
def test_pausing_freezes(run, wait, factor) -> None:
    told = [Event(T0, What.START, factor=factor), Event(after(run), What.PAUSE)]
    now = state(told, at=after(run + wait))
    assert (now.phase, now.elapsed) == (Phase.PAUSED, timedelta(seconds=run * factor))


@over(STEPS, st.integers(0, 50_000))
def test_later_events_do_not_change_what_was(steps, wait) -> None:
    told = events(steps)
    known = [each for each in told if each.at <= after(wait)]
    assert state(told, at=after(wait)) == state(known, at=after(wait))


def test_what_is_open_and_what_came_of_it() -> None:
    told = [Event(T0, What.START), Event(after(60), What.JUMP, minute=30)]
    now = state(told, at=after(120))
    (left,) = open_points(STORY, now, given=(), roles=("mayor", "ciso"))
    assert (left.inject.id, left.role, now.minute) == ("i02", "mayor", 31)
    answer = Given("i02", 0, "mayor", after(180), "n")
    (row,) = summary(STORY, told, given=[answer], roles=["mayor"], at=after(300))
    assert (row.done[0].took, row.done[0].fits, row.unplayed) == (2, "not_allowed", ())
    assert open_points(STORY, now, given=[answer], roles=("mayor",)) == ()
    assert sent(STORY, state([], at=T0)) == ()


@pytest.mark.parametrize(
    ("change", "counts"),
    [({}, True), ({"players": 1}, False), ({"ended": False}, False), ({"evaluated_on": None}, False),
     ({"annulled_on": date(2026, 12, 1)}, False), ({"held_on": None}, False)],
)  # fmt: skip
def test_only_what_was_really_held_counts(change, counts) -> None:
    whole = {"held_on": date(2026, 11, 30), "ended": True, "players": 2, "evaluated_on": date(2026, 11, 30)}
    assert Session(**{**whole, **change}).counts is counts


def test_a_scenario_from_building_blocks() -> None:
    blocks = {name: ({"nl": name},) for name in BLOCKS}
    parts = [(STORY, INJECTS[2]), (STORY, INJECTS[0])]
    made = assemble(title={"nl": "T"}, goal={"nl": "G"}, minutes=60, blocks=blocks, parts=parts)
    assert [(each.id, each.at) for each in made.injects] == [("i01", 0), ("i02", 60)]
    assert set(made.roles) == {"ciso", "police"}
    with pytest.raises(ValueError, match="way_out"):
        assemble(title={}, goal={}, minutes=60, blocks={**blocks, "way_out": ()}, parts=parts)
