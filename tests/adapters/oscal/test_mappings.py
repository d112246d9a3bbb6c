"""Mappings: what they say, and that they run in the direction they say."""

from typing import Any

import pytest

from dijkwacht.adapters.oscal.bundle import read
from dijkwacht.core.carry import Relation
from tests.adapters.oscal import made

GOOD = (
    made.mapped(1, "equal-to", ["x-1"], ["a-1"]),
    made.mapped(2, "subset-of", ["x-1", "x-2"], ["b-1"], coverage={"target-coverage": 1.0}, remarks="Samen."),
    made.mapped(3, "no-relation", ["x-3"], ["b-1"]),
)


def reading(*maps: dict[str, Any], files: bool = True, **sides: str) -> Any:
    given = [("map.json", made.raw(made.mapping(*maps, **sides)))]
    if files:
        given += [("left.json", made.raw(made.left())), ("catalog.json", made.raw(made.catalog()))]
    return read(given)


def test_what_it_says() -> None:
    found = reading(*GOOD)
    assert found.refused == ()
    (one,) = found.files[0].maps
    assert found.files[0].per_relation == {"equal-to": 1, "no-relationship": 1, "subset-of": 1}
    assert one.maps[1].relation is Relation.SUBSET
    assert (one.maps[1].sources, one.maps[1].targets, one.maps[1].coverage) == (("x-1", "x-2"), ("b-1",), 1.0)
    assert found.files[0].unchecked == ()


def test_without_the_frameworks_it_is_read_unchecked() -> None:
    found = reading(*GOOD, files=False)
    assert found.refused == ()
    assert found.files[0].unchecked == ("left.json", "catalog.json")


def test_the_wrong_way_round_is_one_refusal() -> None:
    found = reading(made.mapped(1, "equal-to", ["a-1"], ["x-1"]), made.mapped(2, "subset-of", ["b-1"], ["x-2"]))
    assert [(each.code, each.path, each.file) for each in found.refused] == [
        ("mapping_direction", "/mapping-collection/mappings/0", "map.json")
    ]


def test_an_id_that_is_nowhere() -> None:
    found = reading(*GOOD, made.mapped(4, "equal-to", ["x-1"], ["weg"]), made.mapped(5, "equal-to", ["weg"], ["a-1"]))
    assert [(each.code, each.path) for each in found.refused] == [
        ("mapping_unknown", "/mapping-collection/mappings/0/maps/3/targets/0/id-ref"),
        ("mapping_unknown", "/mapping-collection/mappings/0/maps/4/sources/0/id-ref"),
    ]


def test_a_statement_of_a_control_may_be_named() -> None:
    assert reading(made.mapped(1, "equal-to", ["x-1"], ["a-1_smt"])).refused == ()


@pytest.mark.parametrize(
    ("map_", "code"),
    [
        (made.mapped(1, "better-than", ["x-1"], ["a-1"]), "unknown_word"),
        (made.mapped(1, "equal-to", ["x-1"], ["a-1"], coverage={"target-coverage": 2}), "wrong_type"),
        (made.mapped(1, "equal-to", ["x-1"], ["a-1"], coverage={}), "missing"),
        ({"uuid": made.uuid(1), "relationship": "equal-to", "sources": []}, "missing"),
    ],
)
def test_what_is_wrong_in_it(map_: dict[str, Any], code: str) -> None:
    assert reading(map_).refused[0].code == code


def test_known_frameworks_beside_the_files() -> None:
    content = made.raw(made.mapping(made.mapped(1, "equal-to", ["p-1"], ["q-1"]), source="ours", target="theirs"))
    known = {"ours": frozenset({"q-1"}), "theirs": frozenset({"p-1"})}
    assert read([("map.json", content)], known=known.get).refused[0].code == "mapping_direction"


PARTY = {"uuid": made.uuid(71), "type": "organization", "name": "Griffie"}
OTHER = {"uuid": made.uuid(72), "type": "person", "name": "Iemand"}


def answers(role: str, *parties: dict[str, str]) -> dict[str, Any]:
    return {"role-id": role, "party-uuids": [each["uuid"] for each in parties]}


@pytest.mark.parametrize(
    ("metadata", "provenance", "expected"),
    [
        ({}, {}, ""),
        ({"parties": [PARTY]}, {}, "Griffie"),
        ({"parties": [PARTY, OTHER]}, {}, ""),  # nobody says which of the two
        ({"parties": [PARTY, OTHER], "responsible-parties": [answers("creator", OTHER)]}, {}, "Iemand"),
        ({"parties": [PARTY, OTHER], "responsible-parties": [answers("contact", OTHER)]}, {}, ""),
        (
            {"parties": [PARTY, OTHER], "responsible-parties": [answers("creator", OTHER)]},
            {"responsible-parties": [answers("maker", PARTY)]}, "Griffie",
        ),
        ({"parties": [PARTY, OTHER]}, {"responsible-parties": [answers("maker", PARTY, OTHER)]}, "Griffie, Iemand"),
        ({"parties": "geen lijst", "responsible-parties": [3, {"party-uuids": 4}]}, {"responsible-parties": {}}, ""),
    ],
)  # fmt: skip
def test_who_made_it(metadata: dict[str, Any], provenance: dict[str, Any], expected: str) -> None:
    document = made.mapping(made.mapped(1, "equal-to", ["x-1"], ["a-1"]))
    document["mapping-collection"]["metadata"] |= metadata
    document["mapping-collection"]["provenance"] |= provenance
    (one,) = read([("map.json", made.raw(document))]).files[0].maps
    assert one.author == expected
