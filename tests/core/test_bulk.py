"""All organisations at once: the corners that random packs seldom reach, against one judgement at a time."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.bulk import Bulk, _at_least
from dijkwacht.core.days import Duration, add, earliest
from dijkwacht.core.facts import Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement
from dijkwacht.core.verdict import Status
from tests.core.strategies import norms_of

ON = date(2026, 11, 25)
SINCE = date(2026, 1, 1)
TYPES = {
    each.id: each
    for each in (
        FactType("house.yes", "organisation", "yes_no"),
        FactType("house.provider", "organisation", "reference", refers_to="organisation"),
        FactType("system.yes", "system", "yes_no"),
    )
}


def world(
    organisation: str, *facts: tuple[str, str, Any], subjects: dict[str, str], complete: tuple[str, ...] = ()
) -> World:
    """A world with facts (subject, fact type, value)."""
    return World.of(
        organisation,
        subjects=[Subject(name, kind) for name, kind in subjects.items()],
        facts=[Fact(f"f{n}", *fact, SINCE, SINCE) for n, fact in enumerate(facts)],
        complete=complete,
    )


def agree(requirements: dict[str, dict[str, Any]], worlds: list[World]) -> None:
    """Every line of the organisations themselves: bits say what single judgements say."""
    norms = norms_of(TYPES, requirements)
    bulk = Bulk(norms, worlds, on=ON, known_at=ON)
    for i, each in enumerate(worlds):
        alone = Judgement(norms, each, on=ON, known_at=ON)
        for name, rule in norms.requirements.items():
            if rule.subject == "organisation":
                assert bulk.status(i, name) == alone.status(name), (each.organisation, name)


def test_what_another_organisation_said_is_not_ours() -> None:
    agree(
        {
            "t:own": {"met_if": {"fact": "house.yes"}},
            "t:theirs": {"met_if": {"fact": "house.yes", "via": "house.provider"}},
            "t:all": {"met_if": {"each": {"subject": "organisation", "that": {"fact": "house.yes"}}}},
        },
        [
            world("a", ("a", "house.provider", "gr"), ("gr", "house.yes", True), subjects={"gr": "organisation"}),
            world("b", ("b", "house.provider", "b"), ("b", "house.yes", False), subjects={"gr": "organisation"}),
            world("c", ("c", "house.provider", "sys"), ("c", "house.yes", True), subjects={"sys": "system"}),
            world("d", ("d", "house.provider", "gone"), subjects={}),
        ],
    )


def test_leaning_on_a_requirement_about_a_kind() -> None:
    """For the organisation it is judged as its one line: not applicable once an empty register is complete."""
    requirements: dict[str, dict[str, Any]] = {
        "t:each": {"met_if": {"fact": "system.yes"}, "subject": "system"},
        "t:leans": {"met_if": {"verdict": "t:each"}},
        "t:here": {"met_if": {"verdict": "t:each"}, "subject": "system"},
    }
    full = world("a", ("s1", "system.yes", True), subjects={"s1": "system"}, complete=("system",))
    agree(requirements, [full, world("b", subjects={}, complete=("system",)), world("c", subjects={})])
    bulk = Bulk(norms_of(TYPES, requirements), [full], on=ON, known_at=ON)
    assert bulk.status(0, "t:here", "s1") is Status.MET


def test_a_status_names_its_subject() -> None:
    norms = norms_of(
        TYPES,
        {"t:each": {"met_if": {"fact": "system.yes"}, "subject": "system"}, "t:own": {"met_if": {"fact": "house.yes"}}},
    )
    here = world(
        "a", ("s1", "system.yes", True), ("s2", "system.yes", False), subjects={"s1": "system", "s2": "system"}
    )
    bulk = Bulk(norms, [here], on=ON, known_at=ON)
    assert [bulk.status(0, "t:each", each) for each in ("s1", "s2")] == [Status.MET, Status.NOT_MET]
    assert bulk.status(0, "t:own") is bulk.status(0, "t:own", "a") is Status.UNKNOWN
    with pytest.raises(ValueError, match="t:each is judged per system: name one"):
        bulk.status(0, "t:each")
    for requirement, subject in (("t:each", "a"), ("t:own", "s1")):
        with pytest.raises(ValueError, match="is judged per"):
            bulk.status(0, requirement, subject)
    with pytest.raises(KeyError):
        bulk.status(0, "t:each", "s9")


MASKS = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=6)


@given(MASKS, st.data())
def test_at_least_counts(masks: list[tuple[int, int]], data: st.DataObject) -> None:
    """Counting bits says what trying every combination says."""
    parts = [(true, false & ~true) for true, false in masks]
    n = data.draw(st.integers(1, len(parts)))
    true, false = _at_least(n, parts)
    for bit in range(8):
        here = [(t >> bit & 1, f >> bit & 1) for t, f in parts]
        assert (true >> bit & 1) == any(all(t for t, _ in some) for some in combinations(here, n))
        assert (false >> bit & 1) == all(any(f for _, f in some) for some in combinations(here, n))


def test_at_least_of_many_is_quick() -> None:
    """Thirty of sixty: trying every combination would take longer than the universe is old."""
    half = [(1, 2)] * 30 + [(2, 1)] * 30
    assert _at_least(30, half) == (3, 0)
    assert _at_least(31, half) == (0, 3)


@given(st.dates(date(1999, 1, 1), date(2101, 1, 1)), st.builds(Duration, st.integers(0, 60), st.integers(0, 400)))
def test_the_earliest_day_that_still_reaches(day: date, duration: Duration) -> None:
    first = earliest(day, duration)
    assert add(first, duration) >= day
    assert first == date.min or add(date.fromordinal(first.toordinal() - 1), duration) < day
