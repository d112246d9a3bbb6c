"""Phases, steps, terms, the day by which a board member needs a certificate, and the year."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core import criterion_form
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.days import add, parse_duration
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.isms import Part, Phase, Step
from dijkwacht.core.isms_cycle import Pressing, current, phases, pressing, progress, review_due, steps, term_end
from dijkwacht.core.isms_year import Occasion, by_month, from_facts, months_from, rhythms
from dijkwacht.core.verdict import Status

TODAY = date(2026, 11, 25)
MET, NOT, UNKNOWN, APART = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.NOT_APPLICABLE
TERMS = criterion_form.parse(
    {
        "all": [
            {"fact": "cbw.applies"},
            {"due": {"fact": "since", "plus": "P2Y"}},
            {"due": {"fact": "appointed", "plus": "P2Y"}},
        ]
    }
)


def phase(name: str, *requirements: str) -> Phase:
    return Phase(name, {}, {}, requirements)


def test_the_phase_to_work_on_is_the_first_that_is_not_in_order() -> None:
    found = [phase("plan", "a", "b"), phase("do", "c"), phase("check", "d")]
    standings = phases(found, {"a": [MET], "b": [APART], "c": [MET, NOT], "d": [MET]})
    assert [(each.progress.good, each.progress.lines) for each in standings] == [(2, 2), (1, 2), (1, 1)]
    here = current(standings)
    assert here is not None
    assert (here.phase.id, here.next) == ("do", "c")


def test_a_cycle_in_order_has_no_phase_to_work_on() -> None:
    assert current(phases([phase("plan", "a")], {"a": [MET]})) is None


def test_what_was_never_judged_is_not_done() -> None:
    standings = phases([phase("plan", "a")], {})
    assert not standings[0].progress.done
    assert standings[0].next == ""
    assert not progress([], {}).done


def test_steps_say_what_comes_next() -> None:
    step = Step("base", {}, {}, (Part("policy", {}, {}, ("a",), ""), Part("backup", {}, {}, ("b", "c"), "")))
    (state,) = steps([step], {"a": [MET], "b": [MET], "c": [UNKNOWN]})
    assert (state.progress.good, state.progress.lines) == (2, 3)
    assert state.next is not None
    assert (state.next.part.id, state.next.next) == ("backup", "c")
    (done,) = steps([step], {name: [MET] for name in "abc"})
    assert done.progress.done
    assert done.next is None


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, Pressing.LATE), (0, Pressing.SOON), (30, Pressing.SOON), (31, Pressing.LATER)],
)
def test_a_term_is_late_from_the_day_after(days: int, state: Pressing) -> None:
    assert pressing(TODAY + timedelta(days), done=False, on=TODAY) is state
    assert pressing(TODAY + timedelta(days), done=True, on=TODAY) is Pressing.DONE


def test_without_a_term_nothing_presses() -> None:
    assert pressing(None, done=False, on=TODAY) is Pressing.NO_TERM


def test_a_policy_is_looked_at_again_counted_from_the_last_time() -> None:
    year = parse_duration("P1Y")
    assert review_due(None, None, within=year) is None
    assert review_due(date(2025, 3, 1), None, within=year) == date(2026, 3, 1)
    assert review_due(date(2025, 3, 1), date(2026, 2, 1), within=year) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("days", "end"),
    [
        ({"since": date(2026, 8, 15)}, date(2028, 8, 15)),  # the appointment is not known: the term of the law
        ({"since": date(2026, 8, 15), "appointed": date(2022, 5, 20)}, date(2028, 8, 15)),  # in office already
        ({"since": date(2026, 8, 15), "appointed": date(2027, 3, 1)}, date(2029, 3, 1)),  # appointed later
        ({}, None),
    ],
)
def test_the_certificate_of_article_24(days: dict[str, date], end: date | None) -> None:
    assert term_end(TERMS, days) == end


# -- the year ----------------------------------------------------------------------------------------
TYPES = {
    "reviewed_on": FactType("reviewed_on", "organisation", "date"),
    "rights_on": FactType("rights_on", "system", "date"),
    "roles": FactType("roles", "organisation", "yes_no", shelf_life=parse_duration("P1Y")),
    "unused_on": FactType("unused_on", "organisation", "date"),
}
RULES = {
    "n:1": Requirement("n:1", criterion_form.parse({"fact": "reviewed_on", "within": "P1Y"})),
    "n:2": Requirement(
        "n:2", criterion_form.parse({"all": [{"fact": "reviewed_on", "within": "P6M"}, {"fact": "roles"}]})
    ),
    "n:3": Requirement(
        "n:3", criterion_form.parse({"each": {"subject": "system", "that": {"fact": "rights_on", "within": "P3M"}}})
    ),
}
NORMS = Norms(TYPES, RULES)
RESTS = {"reviewed_on": ("n:1", "n:2"), "roles": ("n:2",), "rights_on": ("n:3",)}


def world(*facts: tuple[str, str, object]) -> World:
    found = [
        Fact(str(n), subject, name, value, date(2026, 6, 1), date(2026, 6, 1))
        for n, (subject, name, value) in enumerate(facts)
    ]
    return World.of("house", subjects=[Subject("s1", "system"), Subject("s2", "system")], facts=found)


def test_the_shortest_rhythm_counts() -> None:
    found = rhythms(NORMS)
    assert found["reviewed_on"].within == parse_duration("P6M")
    assert found["reviewed_on"].requirements == ("n:1", "n:2")
    assert found["rights_on"].within == parse_duration("P3M")  # also within "each"


def test_what_recurs_comes_back_as_expected() -> None:
    found = from_facts(
        NORMS, world(("s1", "rights_on", date(2026, 10, 1))), rests=RESTS, on=TODAY, until=date(2027, 11, 30)
    )
    days = [(each.day, each.expected) for each in found.events if each.subject == "s1"]
    assert days == [
        (date(2027, 1, 1), False), (date(2027, 4, 1), True), (date(2027, 7, 1), True), (date(2027, 10, 1), True),
    ]  # fmt: skip


def test_what_is_late_stays_on_its_day_and_what_was_never_done_has_none() -> None:
    found = from_facts(
        NORMS, world(("house", "reviewed_on", date(2026, 3, 1))), rests=RESTS, on=TODAY, until=date(2026, 12, 31)
    )
    assert [each.day for each in found.events] == [date(2026, 9, 1)]
    assert set(found.undated) == {("s1", "rights_on"), ("s2", "rights_on")}


def test_never_is_no_date() -> None:
    found = from_facts(NORMS, world(("house", "reviewed_on", "never")), rests=RESTS, on=TODAY, until=date(2027, 12, 31))
    assert ("house", "reviewed_on") in found.undated


def test_an_answer_runs_out_on_the_day_after_its_shelf_life() -> None:
    found = from_facts(NORMS, world(("house", "roles", True)), rests=RESTS, on=TODAY, until=date(2027, 12, 31))
    (event,) = [each for each in found.events if each.fact_type == "roles"]
    assert (event.day, event.occasion, event.requirement) == (date(2027, 6, 2), Occasion.EXPIRY, "n:2")


@given(st.dates(date(2020, 1, 1), date(2026, 11, 25)), st.integers(0, 800))
def test_nothing_lies_after_the_end_and_each_repeat_follows_the_one_before(last: date, ahead: int) -> None:
    until = TODAY + timedelta(ahead)
    found = from_facts(NORMS, world(("s1", "rights_on", last)), rests=RESTS, on=TODAY, until=until)
    mine = [each for each in found.events if each.subject == "s1"]
    assert all(each.day <= until for each in mine)
    for before, after in pairwise(mine):
        assert after.day == add(before.day, parse_duration("P3M"))
    assert [each.expected for each in mine] == [n > 0 for n in range(len(mine))]


def test_months_go_round_the_year() -> None:
    assert months_from(2026, 11, 3) == [(2026, 11), (2026, 12), (2027, 1)]
    found = from_facts(
        NORMS, world(("s1", "rights_on", date(2026, 10, 1))), rests=RESTS, on=TODAY, until=date(2027, 5, 1)
    )
    assert list(by_month(found.events)) == [(2027, 1), (2027, 4)]
