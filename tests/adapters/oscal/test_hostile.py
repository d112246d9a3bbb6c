"""Documents that want to fill memory, take all day, or leave behind what cannot be stored."""

import time
import tracemalloc
from typing import Any

import pytest

from dijkwacht.adapters.ciso_library import read_library
from dijkwacht.adapters.oscal.bundle import Reading, read
from dijkwacht.adapters.oscal.outline import FILLED
from tests.adapters.oscal import made


def catalog(controls: list[dict[str, Any]]) -> dict[str, Any]:
    return {"catalog": {"uuid": made.uuid(1), "metadata": made.head(), "controls": controls}}


def reading(*documents: dict[str, Any]) -> Reading:
    """Read as ``catalog.json``, ``1.json`` and so on."""
    names = ["catalog.json", *(f"{n}.json" for n in range(1, len(documents)))]
    return read([(name, made.raw(each)) for name, each in zip(names, documents, strict=True)])


def codes(found: Reading) -> list[str]:
    return [each.code for each in found.refused]


MANY = catalog([{"id": f"c{n}", "title": "x"} for n in range(2000)])


def test_profiles_over_profiles_that_import_again_and_again() -> None:
    def over(number: int) -> dict[str, Any]:
        before = f"{number - 1}.json" if number > 1 else "catalog.json"
        return made.profile(number + 1, imports=[{"href": before, "include-all": {}}] * 100)

    start = time.monotonic()
    found = codes(reading(MANY, *(over(number) for number in range(1, 15))))
    assert found[0] == "too_much"
    assert time.monotonic() - start < 10


def test_a_profile_that_fails_fails_once() -> None:
    """A hundred imports of what was refused, in each of twelve layers, are not a hundred to the power of twelve."""

    def over(number: int) -> dict[str, Any]:
        return made.profile(number + 1, imports=[{"href": f"{number - 1}.json", "include-all": {}}] * 100)

    wrong = made.profile(2, imports=[{"href": "catalog.json", "include-controls": [{"with-ids": ["none"]}]}])
    start = time.monotonic()
    found = codes(reading(MANY, wrong, *(over(number) for number in range(2, 14))))
    assert (found[0], set(found[1:])) == ("unknown_control", {"import_refused"})
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("where", ["import", "insert"])
def test_patterns_without_end(where: str) -> None:
    rule = {"include-controls": [{"matching": [{"pattern": f"*{n}"} for n in range(2000)]}]}
    many = made.profile(imports=[{"href": "catalog.json", **rule}])
    if where == "insert":
        many = made.profile(merge={"custom": {"insert-controls": [rule]}})
    assert codes(reading(MANY, many)) == ["too_much"]


def test_parts_added_to_parts_that_were_added() -> None:
    adds: list[dict[str, Any]] = [
        {"by-id": f"x{n - 1}", "parts": [{"id": f"x{n}", "name": "n"}]} for n in range(1, 1100)
    ]
    first = {"parts": [{"id": "x0", "name": "n"}]}
    for number in (150, 1100):  # deeper than a document may be; deeper than the program can go
        alters = [{"control-id": "c1", "adds": [first, *adds[:number]]}]
        found = reading(MANY, made.profile(modify={"alters": alters}))
        assert codes(found) == ["too_deep"]
        assert found.files[1].framework is None


def test_a_long_parameter_named_often() -> None:
    param = {"id": "p", "values": ["y" * 500_000]}
    part = {"name": "statement", "prose": "{{ insert: param, p }} " * 5000}
    tracemalloc.start()
    (found,) = reading(catalog([{"id": "c1", "title": "x", "params": [param], "parts": [part]}])).files
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.framework is not None
    text = found.framework.items[0].text
    assert (len(text) < FILLED + 100_000, text.rstrip()[-3:]) == (True, "[p]")
    assert peak < 10 * FILLED


def test_ids_that_do_not_fit() -> None:
    assert codes(reading(catalog([{"id": "a" * 301, "title": "x"}, {"id": "a" * 300, "title": "x"}]))) == ["too_long"]


@pytest.mark.parametrize(("name", "text"), [
    ("x.json", made.raw(catalog([{"id": "a", "title": "x\0y"}]))),
    ("x.json", made.raw(made.mapping(made.mapped(1, "equal-to", ["a\0"], ["b"]), source="bio2"))),
    ("x.yaml", b'catalog:\n  title: "a\\0b"\n'),
])  # fmt: skip
def test_a_null_character(name: str, text: bytes) -> None:
    assert codes(read([(name, text)])) == ["null_character"]


def test_a_backslash_before_it_is_none() -> None:
    assert codes(reading(catalog([{"id": "a", "title": "x\\u0000y"}]))) == []


def test_a_library_with_what_cannot_be_stored() -> None:
    node = "urn:a:risk:req_node:x:"
    head = b"name: x\nversion: 1\nobjects:\n  framework:\n    urn: urn:a:risk:framework:x\n    name: x\n    requirement_nodes:\n"
    long = f"    - {{urn: '{node}{'a' * 400}', assessable: true}}\n".encode()
    assert [each.code for each in read_library(head + long).refused] == ["too_long"]
    null = f'    - {{urn: "{node}1", name: "a\\0b", assessable: true}}\n'.encode()
    assert [each.code for each in read_library(head + null).refused] == ["null_character"]


def test_a_list_of_controls_where_none_belongs() -> None:
    odd = made.mapping(made.mapped(1, "equal-to", ["a"], ["b"]), source="bio2")
    odd["mapping-collection"]["provenance"]["method"] = {"controls": [None, 1, "x", {"id": None}]}
    assert isinstance(reading(odd), Reading)
