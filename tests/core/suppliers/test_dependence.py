"""What stops and when, against the plain way of working it out: again and again until nothing changes."""

from itertools import combinations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.dependence import Lean, Web, concentration, cores

THINGS = "abcdefg"


def after(leans: list[Lean], *gone: str) -> dict[str, float]:
    return {what: stop.hours for what, stop in Web(leans).stops(gone).items()}


def plainly(leans: list[Lean], gone: set[str]) -> dict[str, float]:
    """The greatest answer: everything stays up unless something takes it down; lowered until nothing changes."""
    at = {each: (0.0 if each in gone else inf) for each in THINGS}
    groups: dict[tuple[str, str, str], dict[str, float]] = {}
    for each in leans:
        if each.what != each.on:
            ways = groups.setdefault((each.what, each.group, "" if each.group else each.on), {})
            ways[each.on] = max(ways.get(each.on, 0.0), each.hours or 0.0)
    changed = True
    while changed:
        changed = False
        for (what, _, _), ways in groups.items():
            until = max(at[on] + hours for on, hours in ways.items())
            if until < at[what]:
                at[what], changed = until, True
    return {what: hours for what, hours in at.items() if hours < inf}


leans = st.lists(
    st.builds(
        Lean,
        what=st.sampled_from(THINGS),
        on=st.sampled_from(THINGS),
        hours=st.sampled_from([None, 0.0, 1.0, 4.0, 24.0]),
        group=st.sampled_from(["", "", "x", "y"]),
    ),
    max_size=14,
)


def test_a_chain_adds_up() -> None:
    chain = [Lean("passports", "registry", 4), Lean("registry", "hosting", 2), Lean("hosting", "power", 8)]
    assert after(chain, "power") == {"power": 0, "hosting": 8, "registry": 10, "passports": 14}
    assert after(chain, "registry") == {"registry": 0, "passports": 4}
    stop = Web(chain).stops(["power"])["passports"]
    assert (stop.by, stop.sure) == ("registry", True)


def test_of_two_ways_the_last_to_run_out_counts() -> None:
    ways = [Lean("desk", "line one", 1, "line"), Lean("desk", "line two", 6, "line")]
    assert after(ways, "line one") == {"line one": 0}
    assert after(ways, "line one", "line two") == {"line one": 0, "line two": 0, "desk": 6}


def test_the_soonest_of_several_needs_counts() -> None:
    assert after([Lean("desk", "line", 4), Lean("desk", "desk hall", 1)], "line", "desk hall")["desk"] == 1


def test_a_circle_ends() -> None:
    circle = [Lean("a", "b", 1), Lean("b", "c", 1), Lean("c", "a", 1), Lean("a", "a", 0)]
    assert after(circle, "a") == {"a": 0, "c": 1, "b": 2}


def test_who_does_not_know_his_buffer_is_said_to_be_unsure() -> None:
    found = Web([Lean("desk", "registry", None), Lean("mayor", "desk", 3)]).stops(["registry"])
    assert [(each.what, each.hours, each.sure) for each in found.values()] == [
        ("registry", 0, True),
        ("desk", 0, False),
        ("mayor", 3, False),
    ]


@pytest.mark.parametrize("hours", [-1, inf, float("nan")])
def test_impossible_hours(hours: float) -> None:
    with pytest.raises(ValueError, match="cannot hold out"):
        Lean("a", "b", hours)


@given(leans, st.sets(st.sampled_from(THINGS), min_size=1, max_size=3))
def test_as_the_plain_way(made: list[Lean], gone: set[str]) -> None:
    assert after(made, *gone) == plainly(made, gone)


@given(leans, st.sets(st.sampled_from(THINGS), max_size=2), st.sampled_from(THINGS))
def test_more_gone_never_means_that_less_stops_or_later(made: list[Lean], gone: set[str], more: str) -> None:
    few, many = after(made, *gone), after(made, *gone, more)
    assert all(many[what] <= hours for what, hours in few.items())


def test_whom_one_supplier_would_stop() -> None:
    made = [
        Lean("A/passports", "S1"),
        Lean("B/passports", "S1"),
        Lean("B/permits", "S2"),
        Lean("S1", "S3"),
        Lean("S2", "S3"),
    ]
    owners = {"A/passports": "A", "B/passports": "B", "B/permits": "B"}
    found = concentration(Web(made), on=["S1", "S2", "S3", "S4"], owners=owners)
    assert [(each.on, sorted(each.organisations), each.part) for each in found] == [
        ("S1", ["A", "B"], 1.0),
        ("S3", ["A", "B"], 1.0),
        ("S2", ["B"], 0.5),
    ]


def test_the_core_that_all_have_in_common() -> None:
    shared = [(m, s) for m in ("m1", "m2", "m3") for s in ("s1", "s2", "s3")]
    found = cores([*shared, ("m1", "s1"), ("m4", "s1"), ("m5", "s9"), ("m5", "m5")])
    assert found["m1"] == found["s3"] == 3
    assert (found["m4"], found["m5"], found["s9"]) == (1, 1, 1)


@given(st.lists(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS)), max_size=20))
def test_a_core_is_the_largest_that_holds(pairs: list[tuple[str, str]]) -> None:
    near = {frozenset(each) for each in pairs if each[0] != each[1]}
    nodes = sorted({each for pair in near for each in pair})
    best = dict.fromkeys(nodes, 0)
    for size in range(1, len(nodes) + 1):
        for some in combinations(nodes, size):
            inside = [pair for pair in near if pair <= set(some)]
            least = min(sum(each in pair for pair in inside) for each in some)
            best |= {each: max(best[each], least) for each in some}
    assert cores(pairs) == best
