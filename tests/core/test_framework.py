"""Mappings of several to several, their converse, and what verdict reaches a line: never more than the mapping says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.carry import WHOLE, Relation
from dijkwacht.core.framework import (
    Item,
    Map,
    Roads,
    changes,
    converse,
    covers,
    is_protected,
    link_key,
    plain_map,
    read_map,
    single,
    together,
)  # fmt: skip
from dijkwacht.core.verdict import Status

R, S = Relation, Status
RELATIONS, STATUSES = st.sampled_from(list(Relation)), st.sampled_from(list(Status))
IDS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).map(tuple)
MAPS = st.builds(Map, RELATIONS, IDS, st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True).map(tuple),
                 st.none() | st.floats(0, 1))  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "sources", "targets", "expected"),
    [
        (R.EQUAL, "a", "x", R.EQUAL), (R.EQUAL, "a", "xy", R.SUPERSET), (R.EQUAL, "ab", "x", R.SUBSET),
        (R.EQUIVALENT, "ab", "xy", R.INTERSECTS), (R.SUPERSET, "a", "xy", R.SUPERSET), (R.SUPERSET, "ab", "x", R.INTERSECTS),
        (R.SUBSET, "ab", "x", R.SUBSET), (R.SUBSET, "a", "xy", R.INTERSECTS), (R.INTERSECTS, "a", "x", R.INTERSECTS),
        (R.NONE, "ab", "xy", R.NONE),
    ],
)  # fmt: skip
def test_one_of_several(relation: Relation, sources: str, targets: str, expected: Relation) -> None:
    assert single(Map(relation, tuple(sources), tuple(targets))) is expected


@pytest.mark.parametrize(
    ("map_", "expected"),
    [
        (Map(R.SUBSET, ("a", "b"), ("x",)), False),
        (Map(R.SUBSET, ("a", "b"), ("x",), 1.0), True),
        (Map(R.SUBSET, ("a", "b"), ("x",), 0.99), False),
        (Map(R.EQUAL, ("a", "b"), ("x",)), True),
        (Map(R.SUPERSET, ("a", "b"), ("x", "y")), True),
        (Map(R.NONE, ("a", "b"), ("x",), 1.0), False),
    ],
)
def test_covering(map_: Map, expected: bool) -> None:
    assert covers(map_) is expected


def test_covered_together() -> None:
    roads = Roads.of([Map(R.SUBSET, ("a", "b"), ("x",), 1.0)])
    assert roads.carried("x", {"a": S.MET, "b": S.MET}).status is S.MET
    assert roads.carried("x", {"a": S.MET, "b": S.PARTLY}).status is S.PARTLY
    assert roads.carried("x", {"a": S.MET}).status is S.PARTLY
    assert roads.carried("x", {"a": S.NOT_MET, "b": S.NOT_MET}).status is S.UNKNOWN
    assert roads.carried("elsewhere", {"a": S.MET}).status is S.UNKNOWN


def test_the_road_tells_what_it_rests_on() -> None:
    roads = Roads.of([Map(R.SUBSET, ("a",), ("x",)), Map(R.INTERSECTS, ("b",), ("x",)), Map(R.NONE, ("c",), ("x",))])
    carried = roads.carried("x", {"a": S.MET, "b": S.UNKNOWN, "c": S.MET})
    assert (carried.status, [(each.requirement, each.status) for each in carried.road]) == (S.PARTLY, [("a", S.MET)])


@given(MAPS)
def test_the_converse_of_the_converse(map_: Map) -> None:
    assert converse(converse(map_)) == replace(map_, coverage=None)


@given(MAPS)
def test_storing(map_: Map) -> None:
    assert read_map(plain_map(map_)) == map_


@given(st.lists(MAPS, max_size=4), st.dictionaries(st.sampled_from("abcd"), STATUSES))
def test_met_needs_a_reason(maps: list[Map], statuses: dict[str, Status]) -> None:
    """Met reaches a line only over a whole or a wider source that is met, or from sources that together cover it."""
    roads = Roads.of(maps)
    for target in "xyz":
        if roads.carried(target, statuses).status is S.MET:
            met = {name for name, status in statuses.items() if status is S.MET}
            pairs = [(name, relation) for name, relation in roads.pairs[target] if name in met]
            alone = any(relation in (*WHOLE, R.SUPERSET) for _, relation in pairs)
            assert alone or any(group <= met for group in roads.covered.get(target, ()))


@given(st.lists(st.builds(Map, st.sampled_from([R.SUBSET, R.INTERSECTS, R.NONE]), IDS, st.just(("x",))), max_size=4),
       st.dictionaries(st.sampled_from("abcd"), STATUSES))  # fmt: skip
def test_a_part_alone_is_never_met(maps: list[Map], statuses: dict[str, Status]) -> None:
    assert Roads.of(maps).carried("x", statuses).status in (S.PARTLY, S.UNKNOWN)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], S.NOT_APPLICABLE), ([S.NOT_APPLICABLE], S.NOT_APPLICABLE), ([S.MET, S.NOT_APPLICABLE], S.MET),
        ([S.MET, S.NOT_MET], S.PARTLY), ([S.NOT_MET, S.NOT_MET], S.NOT_MET), ([S.MET, S.UNKNOWN], S.UNKNOWN),
        ([S.NOT_MET, S.UNKNOWN], S.UNKNOWN), ([S.PARTLY, S.UNKNOWN], S.PARTLY), ([S.PARTLY], S.PARTLY),
    ],
)  # fmt: skip
def test_lines_of_one_requirement(found: list[Status], expected: Status) -> None:
    assert together(found) is expected


def test_changes_between_versions() -> None:
    before = [Item("a", "1", "Een"), Item("b", "2", "Twee"), Item("c", "3", "Drie", "tekst")]
    after = [Item("a", "1", "Een"), Item("c", "3", "Drie", "andere tekst"), Item("d", "4", "Vier")]
    assert [(each.id, each.kind, each.what) for each in changes(before, after)] == [
        ("c", "changed", ("text",)), ("d", "added", ()), ("b", "gone", ()),
    ]  # fmt: skip
    assert changes(after, after) == []


def test_the_key_of_a_link_is_what_it_says() -> None:
    one = Map(Relation.SUBSET, ("a", "b"), ("x",), 1.0, "ooit")
    assert link_key(one) == link_key(Map(Relation.SUBSET, ("b", "a"), ("x",), 1.0, "nu"))
    others = [
        Map(Relation.SUPERSET, ("a", "b"), ("x",), 1.0),
        Map(Relation.SUBSET, ("a",), ("x",), 1.0),
        Map(Relation.SUBSET, ("a", "b"), ("y",), 1.0),
        Map(Relation.SUBSET, ("a", "b"), ("x",)),
    ]
    assert len({link_key(one), *map(link_key, others)}) == 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ISO/IEC 27001:2022", True), ("urn:intuitem:risk:framework:iso27001-2022", True), ("NEN 7510", True),
        ("eigen-nen7510.xlsx", True), ("Raadslijst digitale veiligheid", False), ("Isolatie van systemen", False),
        ("Voorschriften van de vennootschap", False), ("NIST SP 800-53", False),
    ],
)  # fmt: skip
def test_whose_texts_are_protected(name: str, expected: bool) -> None:
    assert is_protected(name) is expected
    assert is_protected("iets", name) is expected
