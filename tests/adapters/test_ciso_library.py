"""A library of CISO Assistant: frameworks and mapping sets, as OSCAL gives them; and what is refused."""

from typing import Any

import pytest
import yaml

from dijkwacht.adapters.ciso_library import read_library
from dijkwacht.core.carry import Relation

NODE = "urn:proef:risk:req_node:lijst:{}"
OTHER = "urn:intuitem:risk:req_node:bio2:{}"


def library(**objects: Any) -> bytes:
    return yaml.safe_dump(
        {"urn": "urn:proef:risk:library:x", "name": "Lijst", "version": 3, "objects": objects}
    ).encode()


def framework(**first: Any) -> dict[str, Any]:
    nodes = [
        {"urn": NODE.format("h1"), "assessable": False, "depth": 1, "name": "Hoofdstuk"},
        {"urn": NODE.format("h1.1"), "assessable": False, "depth": 2, "ref_id": "1.1", "parent_urn": NODE.format("h1")},
        {"urn": NODE.format("1.1.a"), "assessable": True, "depth": 3, "ref_id": "1.1.A", "name": "Doe dit",
         "description": "Tekst.",
         "parent_urn": NODE.format("h1.1"), **first},
        {"urn": NODE.format("2"), "assessable": True, "depth": 1, "description": "Eerste regel.\nTweede."},
    ]  # fmt: skip
    return {"urn": "urn:proef:risk:framework:lijst", "ref_id": "LIJST", "name": "De lijst", "requirement_nodes": nodes}


def mappings(*rows: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "urn": "urn:proef:risk:req_mapping_set:m", "name": "Koppeling",
        "source_framework_urn": "urn:intuitem:risk:framework:bio2",
        "target_framework_urn": "urn:proef:risk:framework:lijst",
        "requirement_mappings": [
            {"source_requirement_urn": source, "relationship": word, "target_requirement_urn": target,
             "strength_of_relationship": 4}
            for source, word, target in rows
        ],
    }  # fmt: skip


def test_framework() -> None:
    found = read_library(library(framework=framework()))
    assert found.refused == ()
    (one,) = found.frameworks
    assert (one.title, one.version, one.ref) == ("De lijst", "3", "urn:proef:risk:framework:lijst")
    assert [(item.id, item.number, item.title, item.group) for item in one.items] == [
        ("1.1.a", "1.1.A", "Doe dit", "Hoofdstuk · 1.1"), ("2", "2", "Eerste regel.", ""),
    ]  # fmt: skip
    assert one.counts == {"groups": 2, "controls": 2, "params": 0, "parts": 0}


@pytest.mark.parametrize("name", ["requirement_mapping_set", "requirement_mapping_sets"])
def test_mapping_set(name: str) -> None:
    words = ("equal", "subset", "superset", "intersect", "not_related")
    rows = mappings(*((OTHER.format("8.13.04"), word, NODE.format("2")) for word in words))
    (one,) = read_library(library(**{name: [rows] if name.endswith("s") else rows})).maps
    assert [each.relation for each in one.maps] == [
        Relation.EQUAL, Relation.SUBSET, Relation.SUPERSET, Relation.INTERSECTS, Relation.NONE,
    ]  # fmt: skip
    assert one.maps[0].sources == ("8.13.04",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_library"), (b"a: [", "not_yaml"), (b"a: &x 1\nb: *x", "unsafe_yaml"), (b"objects: []", "no_library"),
        (library(), "no_library"), (library(framework={"requirement_nodes": 3}), "wrong_type"),
        (library(framework={"requirement_nodes": [3]}), "wrong_type"),
        (library(framework=framework(urn="weg")), "bad_id"), (library(framework=framework(urn=NODE.format("2"))), "double_id"),
        (library(requirement_mapping_set={}), "wrong_type"),
        (library(requirement_mapping_set=mappings((OTHER.format("1"), "better", NODE.format("2")))), "unknown_word"),
        (library(requirement_mapping_set=mappings((NODE.format("2"), "equal", OTHER.format("1")))), "mapping_direction"),
        (library(requirement_mapping_set=mappings((OTHER.format("1"), "equal", OTHER.format("2")))), "mapping_unknown"),
        (library(requirement_mapping_set=mappings(("x", "equal", OTHER.format("2")))), "bad_id"),
        (b"x: " + b"y" * (6 * 1024 * 1024), "too_large"),
    ],
)  # fmt: skip
def test_refused(content: bytes, code: str) -> None:
    assert read_library(content).refused[0].code == code


def test_parents_in_a_circle_end() -> None:
    found = framework(parent_urn=NODE.format("h1"))
    found["requirement_nodes"][0]["parent_urn"] = NODE.format("h1.1")
    found["requirement_nodes"][1]["parent_urn"] = NODE.format("h1")
    (one,) = read_library(library(framework=found)).frameworks
    assert one.items[0].group == "1.1 · Hoofdstuk"


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"publisher": "Iemand", "provider": "Ander"}, "Iemand"),
        ({"provider": "Ander"}, "Ander"),
        ({}, ""),
        ({"publisher": "x" * 999}, "x" * 300),
    ],
)
def test_who_made_a_mapping(about: dict[str, str], expected: str) -> None:
    rows = mappings((OTHER.format("8.13.04"), "equal", NODE.format("2")))
    document = yaml.safe_load(library(requirement_mapping_set=rows)) | about
    (one,) = read_library(yaml.safe_dump(document).encode()).maps
    assert one.author == expected
