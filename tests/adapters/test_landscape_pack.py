"""A signed landscape: it comes back as it went, and nothing that was touched is read."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dijkwacht.adapters import landscape_pack as adapter
from dijkwacht.adapters import signing
from dijkwacht.adapters.landscape_pack import LARGEST, MOST, PackTrouble
from dijkwacht.core.chain import canonical
from dijkwacht.core.landscape.form import rows_of
from tests.core.landscape.small import cell, landscape

KNOWN = landscape(cell("a"), cell("b"))
PEM = signing.make()[0]


def content(**changed: Any) -> dict[str, Any]:
    made = adapter.content(KNOWN, name="klein", version="1", publisher="Dijkstad", on=date(2026, 11, 25))
    return {**made, **changed}


def signed(**changed: Any) -> bytes:
    return adapter.sign(content(**changed), pem=PEM)


def trouble(data: bytes) -> PackTrouble:
    with pytest.raises(PackTrouble) as caught:
        adapter.read(data, known=KNOWN)
    return caught.value


def test_it_comes_back_as_it_went_and_is_written_in_one_way_only() -> None:
    data = signed()
    found = adapter.read(data, known=KNOWN)
    assert found.cells == rows_of(KNOWN)
    assert (found.name, found.version, found.publisher) == ("klein", "1", "Dijkstad")
    assert found.key == signing.key_id(found.public)
    assert trouble(json.dumps(json.loads(data), indent=4).encode()).code == "no_json"


def touched(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(signed())
    change(document)
    return canonical(document)


def resigned_by_other(document: dict[str, Any]) -> None:
    other = json.loads(adapter.sign(document["pack"], pem=signing.make()[0]))
    document["key"] = other["key"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda each: each["pack"]["cells"]["a"].update(actor="state"), "changed"),
        (lambda each: each["pack"].update(publisher="Waterveen"), "changed"),
        (lambda each: each.update(sha256="0" * 64), "changed"),
        (lambda each: each.update(signature="AAAA"), "signature"),
        (resigned_by_other, "signature"),
        (lambda each: each["key"].update(id="0000"), "key"),
        (lambda each: each["key"].update(public="geen sleutel"), "key"),
        (lambda each: each["key"].update(public=7), "form"),
        (lambda each: each.pop("key"), "form"),
        (lambda each: each.update(form="dijkwacht landscape 2"), "form"),
        (lambda each: each.update(pack=[]), "form"),
    ],
)
def test_what_was_touched_is_refused(change: Callable[[dict[str, Any]], object], code: str) -> None:
    assert trouble(touched(change)).code == code


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"\xff\xfe", b"[1]", b"[" * 100_000, b'{"form": NaN}', b'{"a": 1, "a": 2}']
)
def test_what_is_no_pack(data: bytes) -> None:
    assert trouble(data).code in {"no_json", "form"}


def test_what_is_too_large() -> None:
    assert trouble(b" " * (LARGEST + 1)).code == "large"
    many = {f"c{number}": {} for number in range(MOST + 1)}
    assert trouble(signed(cells=many)).code == "many"


@pytest.mark.parametrize(
    ("cells", "field", "why"),
    [
        ({"a": {**rows_of(KNOWN)["a"], "actor": "nobody"}}, "actor", "unknown"),
        ({"a": {**rows_of(KNOWN)["a"], "as_of": "31-1-2026"}}, "as_of", "day"),
        ({"a": []}, "", "text"), ({"x" * 81: rows_of(KNOWN)["a"]}, "", "text"), ({"a/b": rows_of(KNOWN)["a"]}, "", "text"),
    ],
)  # fmt: skip
def test_a_cell_that_we_cannot_read_is_named(cells: Any, field: str, why: str) -> None:
    found = trouble(signed(cells=cells))
    assert (found.code, found.params["field"], found.params["why"]) == ("cell", field, why)


@pytest.mark.parametrize("changed", [{"name": ""}, {"name": "x" * 201}, {"version": 1}, {"cells": []}])
def test_a_pack_without_its_heading(changed: dict[str, Any]) -> None:
    assert trouble(signed(**changed)).code == "form"
