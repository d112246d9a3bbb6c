"""Gaps, overlaps and what is old: with reasons, and never by a proposal."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import add, parse_duration
from dijkwacht.core.landscape.cells import Box, Cell, Status
from dijkwacht.core.landscape.findings import Age, Assigned, Lack, gaps, overlaps, stale, stale_from
from tests.core.landscape.small import cell, landscape

HERE = Box("house", "response", "execution")


def lacks(*cells: Cell) -> tuple[Lack, ...]:
    return next((each.lacks for each in gaps(landscape(*cells)) if each.box == HERE), ())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((), (Lack.NOBODY,)),
        ((cell("a"),), ()),
        ((cell("a", area="all"),), (Lack.NOBODY,)),
        ((cell("a", status=Status.PROPOSAL),), (Lack.PROPOSALS,)),
        ((cell("a", status=Status.PRACTICE),), (Lack.PRACTICE,)),
        ((cell("a", status=Status.PRACTICE), cell("b", status=Status.PROPOSAL)), (Lack.PRACTICE,)),
        ((cell("a", actor="state"),), (Lack.OUTSIDE,)),
        ((cell("a", actor="state", status=Status.PRACTICE),), (Lack.PRACTICE, Lack.OUTSIDE)),
        ((cell("a", actor="state"), cell("b", status=Status.PROPOSAL)), (Lack.OUTSIDE,)),
        ((cell("a", actor="state"), cell("b", status=Status.PRACTICE)), ()),
    ],
)
def test_why_a_place_is_a_gap(cells: tuple[Cell, ...], expected: tuple[Lack, ...]) -> None:
    assert lacks(*cells) == expected


def test_every_place_without_anybody_is_told_in_the_order_of_the_matrix() -> None:
    found = gaps(landscape(cell("a")))
    assert [each.id for each in found] == [
        "gap:house/before/policy", "gap:house/before/execution", "gap:house/response/policy",
        "gap:street/before/policy", "gap:street/before/execution", "gap:street/response/policy",
        "gap:street/response/execution",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"actor": "state"}, Assigned.ALL),
        ({"actor": "state", "status": Status.PRACTICE}, Assigned.SOME),
        ({"actor": "state", "status": Status.PROPOSAL}, None),
        ({"actor": "mayor"}, None),
        ({"actor": "state", "role": "decides"}, None),
        ({"actor": "state", "layer": "policy"}, None),
        ({"actor": "state", "together": "a"}, None),
        ({"actor": "state", "together": "b"}, Assigned.ALL),
    ],
)
def test_when_two_overlap(second: dict[str, Any], expected: Assigned | None) -> None:
    found = overlaps(landscape(cell("one", together="a"), cell("two", **second)))
    assert [each.assigned for each in found] == ([] if expected is None else [expected])


def test_what_each_does_for_itself_is_no_overlap() -> None:
    assert overlaps(landscape(cell("one", role="own"), cell("two", role="own", actor="state"))) == []


def test_chains_that_share_an_actor_bind_all() -> None:
    held = [
        cell("one", actor="mayor", together="a"), cell("two", actor="state", together="a"),
        cell("three", actor="state", together="b"), cell("four", actor="police", together="b"),
    ]  # fmt: skip
    assert overlaps(landscape(*held)) == []
    found = overlaps(landscape(*held, cell("five", actor="court", status=Status.PRACTICE)))
    assert [(each.actors, each.assigned) for each in found] == [(("mayor", "state", "police", "court"), Assigned.SOME)]


def test_a_cell_is_old_on_the_day_its_term_ends_and_not_the_day_before() -> None:
    held = landscape(cell("a"), cell("b", unread="Act 2"), cell("c", stale_after=None))
    assert stale_from(held.cells["a"]) == date(2026, 2, 28)
    assert [(each.cell, each.why) for each in stale(held, on=date(2026, 2, 27))] == [("b", (Age.UNREAD,))]
    assert [(each.cell, each.why, each.since) for each in stale(held, on=date(2026, 2, 28))] == [
        ("a", (Age.OLD,), date(2026, 2, 28)), ("b", (Age.OLD, Age.UNREAD), date(2026, 2, 28)),
    ]  # fmt: skip


@st.composite
def some_cells(draw: st.DrawFn) -> list[Cell]:
    size = draw(st.integers(0, 12))
    return [
        cell(
            f"c{number}",
            area=draw(st.sampled_from(["house", "street", "all"])), phase=draw(st.sampled_from(["before", "response"])),
            layer=draw(st.sampled_from(["policy", "execution"])),
            actor=draw(st.sampled_from(["mayor", "state", "police", "court"])),
            role=draw(st.sampled_from(["helps", "decides", "own"])), status=draw(st.sampled_from([*Status])),
            together=draw(st.sampled_from(["", "a", "b"])), unread=draw(st.sampled_from(["", "art. 1"])),
            stale_after=draw(st.sampled_from([None, parse_duration("P1M"), parse_duration("P1Y")])),
        )
        for number in range(size)
    ]  # fmt: skip


@given(some_cells())
def test_the_order_of_cells_changes_no_finding(cells: list[Cell]) -> None:
    there, back = landscape(*cells), landscape(*reversed(cells))
    assert [(each.box, each.lacks) for each in gaps(there)] == [(each.box, each.lacks) for each in gaps(back)]
    assert [(each.id, {*each.actors}, each.assigned) for each in overlaps(there)] == [
        (each.id, {*each.actors}, each.assigned) for each in overlaps(back)
    ]


@given(some_cells())
def test_a_proposal_closes_nothing_and_overlaps_with_nothing(cells: list[Cell]) -> None:
    real = [each for each in cells if each.status is not Status.PROPOSAL]
    assert {each.box for each in gaps(landscape(*cells))} == {each.box for each in gaps(landscape(*real))}
    assert overlaps(landscape(*cells)) == overlaps(landscape(*real))


@given(some_cells())
def test_an_overlap_has_two_actors_in_one_place_with_one_role(cells: list[Cell]) -> None:
    held = landscape(*cells)
    for each in overlaps(held):
        found = [held.cells[name] for name in each.cells]
        assert len(each.actors) > 1
        assert {(one.box, one.role) for one in found} == {(each.box, each.role)}
        assert not all(one.together == "a" for one in found)


def naive_lacks(cells: list[Cell], box: Box, kinds: dict[str, str]) -> set[Lack]:
    """Told again, from the words of docs/landscape.md alone."""
    here = [each for each in cells if (each.area, each.phase, each.layer) == (box.area, box.phase, box.layer)]
    if not here:
        return {Lack.NOBODY}
    real = [each for each in here if each.status != Status.PROPOSAL]
    if not real:
        return {Lack.PROPOSALS}
    found = set() if [each for each in real if each.status == Status.LAW] else {Lack.PRACTICE}
    return found | (set() if [each for each in real if kinds[each.actor] == "municipal"] else {Lack.OUTSIDE})


def bound(one: set[str], other: set[str], here: list[Cell]) -> bool:
    """Whether a chain has an actor of both."""
    chains = [{each.together for each in here if each.actor in group and each.together} for group in (one, other)]
    return bool(chains[0] & chains[1])


def naive_overlaps(cells: list[Cell]) -> set[tuple[str, str, frozenset[str], Assigned]]:
    """Groups of actors grow together as long as a chain binds two of them."""
    found = set()
    for box, role in {(each.box, each.role) for each in cells if each.role != "own"}:
        here = [each for each in cells if (each.box, each.role) == (box, role) and each.status != Status.PROPOSAL]
        actors = {each.actor for each in here}
        groups = [{each} for each in actors]
        while pair := next((two for two in combinations(groups, 2) if bound(*two, here)), None):
            groups = [each for each in groups if each not in pair] + [pair[0] | pair[1]]
        if len(groups) > 1:
            law = {each.actor for each in here if each.status == Status.LAW}
            how = Assigned.ALL if law == actors else Assigned.SOME if law else Assigned.NONE
            found.add((box.id, role, frozenset(actors), how))
    return found


@given(some_cells())
def test_a_plain_count_finds_the_same(cells: list[Cell]) -> None:
    held = landscape(*cells)
    kinds = {key: each.kind for key, each in held.actors.items()}
    wanted = {box: naive_lacks(cells, box, kinds) for box in held.boxes()}
    assert {each.box: set(each.lacks) for each in gaps(held)} == {box: lack for box, lack in wanted.items() if lack}
    found = overlaps(held)
    assert {(each.box.id, each.role, frozenset(each.actors), each.assigned) for each in found} == naive_overlaps(cells)
    assert len(found) == len(naive_overlaps(cells))


@given(some_cells(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_cell_is_told_as_old_from_its_last_day_on(cells: list[Cell], on: date) -> None:
    old = {each.id for each in cells if each.stale_after is not None and add(each.as_of, each.stale_after) <= on}
    found = stale(landscape(*cells), on=on)
    assert {each.cell for each in found} == old | {each.id for each in cells if each.unread}
    assert {each.cell for each in found if each.since} == old
