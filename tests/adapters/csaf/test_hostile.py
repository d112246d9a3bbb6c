"""Documents that lie, break or want to fill memory: one clear problem with its place, never a crash, never half a document."""

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.csaf import load
from dijkwacht.adapters.csaf.check import check_csaf
from dijkwacht.adapters.csaf.load import Limits, Unreadable, load_object
from dijkwacht.adapters.csaf.read import Read, read_csaf
from tests.adapters.csaf.made import document, leaf, put, raw


def first(found: Read) -> tuple[str, str, str]:
    problem = min(found.problems, key=lambda each: ("fatal", "grave", "note").index(each.weight))
    return problem.code, problem.path, problem.weight


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"), (b"{", "not_json"), (b"[]", "not_an_object"), (b"null", "not_an_object"), (b"\xff\xfe", "not_json"),
        (b'{"a": NaN}', "bad_number"), (b'{"a": -Infinity}', "bad_number"), (b'{"a": ' + b"9" * 5000 + b"}", "bad_number"),
        (b'{"a": "\xed\xa0\x80"}', "bad_encoding"), (b'{"a": "\xff"}', "bad_encoding"), (b'{"a": "\0"}', "not_json"),
        (b'{"a":' * 100_000, "too_deep"), (b"[" * 100_000, "too_deep"), (b"{}", "missing"),
        (b"<html>Not found</html>", "not_json"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_no_document(data: bytes, code: str) -> None:
    found = read_csaf(data)
    assert (found.advisory, first(found)[0], first(found)[2]) == (None, code, "fatal")
    assert read_csaf(data, anyway=True).advisory is None
    assert len(found.digest) == 64


def test_too_big_is_refused_unread() -> None:
    found = read_csaf(b"x" * 2000, limits=Limits(size=1000))
    assert first(found) == ("too_big", "", "fatal")
    assert found.problems[0].params == {"bytes": "2000", "most": "1000"}


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_codings_are_read_and_noted(coding: str) -> None:
    found = read_csaf(json.dumps(document(), ensure_ascii=False).encode(coding))
    assert found.advisory is not None
    assert found.advisory.id == "DT-2026-0001"
    assert first(found)[0] == ("byte_order_mark" if coding == "utf-8-sig" else "not_utf8")


@pytest.mark.parametrize("bad", [r"\u0000", r"\ud800", r"\uDFFF", r"\ud83d tekst"])
def test_characters_that_cannot_be_stored(bad: str) -> None:
    data = raw(document()).replace(b"Een lek", f"Een {bad} lek".encode())
    found = read_csaf(data)
    assert found.advisory is not None
    assert first(found) == ("bad_character", "/document/notes/0/text", "note")
    assert "\N{REPLACEMENT CHARACTER}" in found.advisory.notes[0].text
    found.advisory.notes[0].text.encode()
    in_id = raw(document()).replace(b"DT-2026-0001", f"DT-{bad}".encode())
    assert first(read_csaf(in_id)) == ("bad_character", "/document/tracking/id", "fatal")


def test_a_pair_of_surrogates_is_a_character() -> None:
    data = raw(document()).replace(b"Een lek", rb"Een \ud83d\udca7 lek")
    found = read_csaf(data)
    assert found.problems == ()
    assert found.advisory is not None
    assert "💧" in found.advisory.notes[0].text


def test_a_key_twice_is_two_documents_in_one() -> None:
    data = raw(document()).replace(b'"vulnerabilities"', b'"vulnerabilities": [], "vulnerabilities"')
    found = read_csaf(data)
    assert found.advisory is None
    assert (found.problems[0].code, found.problems[0].params) == ("double_key", {"key": "vulnerabilities"})


SCALARS = st.sampled_from([
    "0", "-0", "1.0", "1e400", "-1E-7", "9" * 30, "NaN", "true", "tru", '"', '""', r'"\""', r'"\\"', r'"\\\""', r'"\u0022"',
    r'"\\u0022"', r'"\u0000"', r'"\ud83d\ude00"', r'"\ud800"', r'"\/"', r'"\q"', '"é"', '"\x7f"', '"\t"', "[]", "{}",
])  # fmt: skip
TEXTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: "[" + ", ".join(parts) + "]")
        | st.lists(
            st.tuples(st.sampled_from(['"a"', '"b"', r'"\u0061"', r'"\""', r'"\u0022"', r'"\\"', '""', "a"]), inner),
            max_size=4,
        ).map(lambda pairs: "{" + ",".join(f"{key}:{value}" for key, value in pairs) + "}")
    ),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_the_quick_way_and_the_slow_way_load_the_same(text: str, doubles: bool) -> None:
    data = f'{{"a": {text}}}'.encode()
    with pytest.MonkeyPatch.context() as patch:
        quick = loaded(data, doubles=doubles)
        patch.setattr(load, "_quick", lambda data, doubles: None)
        assert quick == loaded(data, doubles=doubles)


def loaded(data: bytes, *, doubles: bool) -> str:
    try:
        return repr(load_object(data, doubles=doubles))
    except Unreadable as error:
        return repr(error.problem)


# every place where a wrong type decides something, with what stands there
GRAVE = [
    "/document/publisher", "/document/tracking", "/document/csaf_version", "/product_tree", "/product_tree/branches",
    "/product_tree/branches/0", "/product_tree/branches/0/name", "/product_tree/branches/0/branches/0/branches/0/product",
    "/product_tree/branches/0/branches/0/branches/0/product/product_id", "/vulnerabilities", "/vulnerabilities/0",
    "/vulnerabilities/0/product_status", "/vulnerabilities/0/product_status/known_affected",
    "/vulnerabilities/0/product_status/known_affected/0", "/vulnerabilities/0/remediations",
    "/vulnerabilities/0/remediations/0/product_ids", "/document/tracking/version", "/document/distribution",
]  # fmt: skip


@pytest.mark.parametrize("path", GRAVE)
@pytest.mark.parametrize("value", [7, True, 1e308])
def test_wrong_types_are_told_with_their_place(path: str, value: Any) -> None:
    found = read_csaf(raw(put(document(), path, value)))
    assert found.advisory is None
    assert first(found)[1].startswith(path)
    assert first(found)[0] in ("wrong_type", "missing", "unknown_csaf_version")


@pytest.mark.parametrize("path", [each for each in GRAVE if each not in ("/document/publisher", "/document/tracking")])
def test_read_anyway_leaves_out_what_is_broken(path: str) -> None:
    found = read_csaf(raw(put(document(), path, 7)), anyway=True)
    assert found.advisory is not None
    assert found.advisory.id == "DT-2026-0001"
    assert any(each.weight == "grave" for each in found.problems)


@pytest.mark.parametrize(
    "path",
    ["/document/notes", "/document/references", "/document/notes/0/text", "/vulnerabilities/0/scores",
     "/vulnerabilities/0/scores/0/cvss_v3", "/document/tracking/revision_history", "/document/lang"],
)  # fmt: skip
def test_wrong_types_that_decide_nothing_are_notes(path: str) -> None:
    found = read_csaf(raw(put(document(), path, 7)))
    assert found.advisory is not None
    assert first(found) == ("wrong_type", path, "note")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-09-01T08:00:00", "no_zone"),
        ("2026-09-01", "no_zone"),
        ("gisteren", "bad_moment"),
        ("0001-01-01T00:00:00+14:00", "bad_moment"),
        ("9999-12-31T23:59:59-12:00", "bad_moment"),
        ("2026-02-30T00:00:00Z", "bad_moment"),
        ("2026-12-31T23:59:60Z", "bad_moment"),
    ],
)
def test_odd_moments_are_notes(text: str, code: str) -> None:
    found = read_csaf(raw(put(document(), "/document/tracking/current_release_date", text)))
    assert found.advisory is not None
    assert first(found) == (code, "/document/tracking/current_release_date", "note")
    assert (found.advisory.revised is None) is (code == "bad_moment")


def test_a_deep_tree() -> None:
    def nested(depth: int) -> list[dict[str, Any]]:
        branch = leaf("product_version", "1", "A")
        for _ in range(depth - 1):
            branch = {"category": "product_family", "name": "x", "branches": [branch]}
        return [branch]

    body = put(document(), "/product_tree/branches", nested(64))
    body["vulnerabilities"] = []
    assert read_csaf(raw(body)).advisory is not None
    body["product_tree"]["branches"] = nested(65)
    assert first(read_csaf(raw(body)))[0] == "too_deep"


def test_more_products_than_allowed() -> None:
    body = document()
    body["product_tree"]["full_product_names"] = [{"name": "x", "product_id": f"P{n}"} for n in range(100)]
    assert first(read_csaf(raw(body), limits=Limits(products=50)))[0] == "too_many_products"


def test_groups_times_lists_do_not_multiply_without_end() -> None:
    body = document()
    many = [f"P{n}" for n in range(2000)]
    body["product_tree"]["full_product_names"] = [{"name": "x", "product_id": each} for each in many]
    body["product_tree"]["product_groups"] = [{"group_id": "G", "product_ids": many}]
    body["vulnerabilities"][0]["remediations"] = [
        {"category": "vendor_fix", "details": "x", "group_ids": ["G"] * 50} for _ in range(500)
    ]
    start = time.monotonic()
    tracemalloc.start()
    found = read_csaf(raw(body))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first(found)[0] == "too_many_uses"
    assert peak < 200_000_000
    assert time.monotonic() - start < 20


def test_a_list_of_nothing_but_mistakes_is_cut_off() -> None:
    body = put(document(), "/vulnerabilities/0/product_status/known_affected", [7] * 100_000)
    found = read_csaf(raw(body))
    assert len(found.problems) <= 1001
    assert found.problems[-1].code == "too_many_problems"
    noted = read_csaf(raw(put(document(), "/document/references", [7] * 100_000)))
    assert noted.advisory is not None
    assert len(noted.problems) == 100


def test_the_path_is_a_json_pointer() -> None:
    body = put(document(), "/vulnerabilities/0/product_status", {"a/b~c": ["A"]})
    assert first(read_csaf(raw(body)))[1] == "/vulnerabilities/0/product_status/a~1b~0c"


def test_loading_alone() -> None:
    assert load_object(b'{"a": 1}', doubles=False) == ({"a": 1}, [])
    assert load_object(rb'{"a": "\u00e9"}', doubles=False)[0] == {"a": "é"}
    with pytest.raises(Unreadable, match="not_json"):
        load_object(b"{", doubles=False)


# -- whatever comes: the answer is a value ------------------------------------------------------------
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["A", "B", "2.0", "é\0"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in steps:
        found += places(each, (*path, key))
    return found


RICH = document()
RICH["product_tree"]["relationships"] = [
    {
        "category": "installed_on", "product_reference": "A", "relates_to_product_reference": "B",
        "full_product_name": {"name": "A op B", "product_id": "R", "product_identification_helper": {"purls": ["pkg:x/y"]}},
    }
]  # fmt: skip
RICH["product_tree"]["product_groups"] = [{"group_id": "G", "product_ids": ["A", "B"]}]
RICH["vulnerabilities"][0] |= {
    "flags": [{"label": "component_not_present", "group_ids": ["G"]}],
    "threats": [{"category": "exploit_status", "details": "Exploited:Yes", "date": "2026-01-01T00:00:00Z"}],
    "metrics": [
        {"content": {"epss": {"probability": "0.1"}, "ssvc_v2": {"selections": [{"name": "E", "values": ["a"]}]}}}
    ],
}
PLACES = places(RICH)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON), min_size=1, max_size=3), st.booleans())
def test_mutated_documents_never_raise(changes: list[tuple[tuple[Any, ...], Any]], anyway: bool) -> None:
    body: Any = json.loads(json.dumps(RICH))
    for path, value in changes:
        at = body
        try:
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = value
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    data = json.dumps(body).encode()
    found = read_csaf(data, anyway=anyway)
    assert found.advisory is not None or any(each.weight != "note" for each in found.problems)
    if found.advisory is not None:
        json.dumps(repr(found.advisory), ensure_ascii=False).encode()
        for weakness in found.advisory.vulnerabilities:
            assert all(each.product in found.advisory.products for each in weakness.said)
    check_csaf(data, rules=False)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=6))
def test_mutated_bytes_never_raise(at: int, bytes_: bytes) -> None:
    data = raw(RICH)
    read_csaf(data[:at] + bytes_ + data[at + len(bytes_) :])
    read_csaf(data[:at])
