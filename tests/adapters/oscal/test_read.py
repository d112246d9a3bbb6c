"""Reading: nothing is lost, counts are right, and everything that is wrong is refused with its code and its place."""

import copy
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.oscal.bundle import canonical, read, write
from dijkwacht.adapters.oscal.load import DEEPEST, LARGEST, load
from dijkwacht.core.framework import Refusal
from tests.adapters.oscal import made


def one(document: Any, name: str = "catalog.json"):
    content = document if isinstance(document, bytes) else made.raw(document)
    return read([(name, content)])


def refused(document: Any, name: str = "catalog.json") -> Refusal:
    found = one(document, name).refused
    assert found, "nothing was refused"
    return found[0]


def at(document: dict[str, Any], path: str) -> Any:
    for key in path.strip("/").split("/"):
        document = document[int(key)] if isinstance(document, list) else document[key]
    return document


def changed(path: str, key: Any, value: Any) -> dict[str, Any]:
    document = made.catalog()
    holder = at(document, path)
    if value is None:
        del holder[key]
    else:
        holder[key] = value
    return document


def test_counts_and_lines() -> None:
    found = one(made.catalog()).files[0]
    assert found.kind == "catalog"
    assert found.counts == {"groups": 3, "controls": 5, "params": 3, "parts": 3}
    items = {item.id: item for item in found.framework.items}
    assert list(items) == ["a-1", "a-1.1", "a-1.1.1", "a-1.2", "b-1"]
    assert items["a-1"].number == "A-1"  # the label as people write it, not the padded one for sorting
    assert items["a-1"].text == "Doe dit [hoe vaak].\na. onderdeel"
    assert items["a-1.1.1"].parent == "a-1.1"
    assert items["a-1.2"].withdrawn
    assert items["b-1"].group == "Groep B · Onder B"
    assert made.wrong(made.raw(made.catalog())) == []  # our own fixture is valid


@pytest.mark.parametrize("document", [made.catalog(), made.left(), {"$schema": "x", **made.left()}])
def test_round_trip(document: dict[str, Any]) -> None:
    content = made.raw(document)
    written = write(load(content))
    assert json.loads(written) == document
    assert written == canonical(json.loads(written))


def test_yaml_says_the_same() -> None:
    document = made.catalog()
    content = yaml.safe_dump(document, allow_unicode=True).encode()
    assert load(content, name="catalog.yaml").whole == document
    assert one(content, "catalog.yaml").refused == ()


def test_a_date_in_yaml_stays_text() -> None:
    content = yaml.safe_dump(made.catalog()).replace("'2026-01-01T00:00:00Z'", "2026-01-01T00:00:00Z").encode()
    assert load(content, name="c.yaml").body["metadata"]["last-modified"] == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "c.json", "empty"),
        (b" \n\xef\xbb\xbf", "c.json", "empty"),
        (b"<catalog/>", "c.xml", "wrong_namespace"),
        (b"catalog: {}", "c.json", "not_json"),
        (b'{"catalog": ', "c.json", "not_json"),
        (b'{"catalog": {"a": 1, "a": 2}}', "c.json", "double_key"),
        (b'{"catalog": NaN}', "c.json", "not_json"),
        (b'{"catalog": "\xff"}', "c.json", "not_json"),
        (b'{"catalog": "\\ud800"}', "c.json", "not_json"),
        (b'{"catalog": ' + b"9" * 5000 + b"}", "c.json", "not_json"),
        (b"[" * 200 + b"]" * 200, "c.json", "too_deep"),
        (b"[" * 200_000, "c.json", "too_deep"),
        (b"[]", "c.json", "wrong_type"),
        (b"{}", "c.json", "wrong_root"),
        (b'{"catalogue": {}}', "c.json", "wrong_root"),
        (b'{"catalog": {}, "profile": {}}', "c.json", "wrong_root"),
        (b'{"system-security-plan": {}}', "c.json", "other_root"),
        (b'{"catalog": []}', "c.json", "wrong_type"),
        (b"a: &x 1\nb: *x", "c.yaml", "unsafe_yaml"),
        (b"a: !!python/object/apply:os.system [ls]", "c.yaml", "unsafe_yaml"),
        (b"a: [", "c.yaml", "not_yaml"),
        (b"a: " + b"[" * 200 + b"]" * 200, "c.yaml", "too_deep"),
    ],
)
def test_what_is_no_document(content: bytes, name: str, code: str) -> None:
    assert refused(content, name).code == code


def test_too_large() -> None:
    assert refused(b" " * (LARGEST + 1)).code == "too_large"


def test_depth_is_of_lists_and_objects() -> None:
    document = made.catalog()
    part: dict[str, Any] = {"name": "item"}
    for _ in range(DEEPEST):
        part = {"name": "item", "parts": [part]}
    document["catalog"]["groups"][0]["controls"][0]["parts"].append(part)
    assert refused(document).code == "too_deep"


CONTROL = "/catalog/groups/0/controls/0"


@pytest.mark.parametrize(
    ("path", "key", "value", "code", "where"),
    [
        (CONTROL, "id", "5.1", "bad_id", f"{CONTROL}/id"),
        (CONTROL, "id", "a b", "bad_id", f"{CONTROL}/id"),
        (CONTROL, "id", "", "bad_id", f"{CONTROL}/id"),
        (CONTROL, "id", 5, "wrong_type", f"{CONTROL}/id"),
        (CONTROL, "id", None, "missing", CONTROL),
        (CONTROL, "title", None, "missing", CONTROL),
        (CONTROL, "controls", {}, "wrong_type", f"{CONTROL}/controls"),
        (f"{CONTROL}/controls/0", "id", "a-1", "double_id", f"{CONTROL}/id"),
        (f"{CONTROL}/params/1", "id", "a-1_p", "double_id", f"{CONTROL}/params/1/id"),
        (f"{CONTROL}/parts/1", "id", "a-1_smt", "double_id", f"{CONTROL}/parts/1/id"),
        ("/catalog/groups/1", "id", "a", "double_id", "/catalog/groups/1/id"),
        (f"{CONTROL}/links/0", "href", "#nergens", "dangling_link", f"{CONTROL}/links/0/href"),
        (f"{CONTROL}/parts/0", "prose", "{{ insert: param, weg }}", "dangling_param", f"{CONTROL}/parts/0/prose"),
        ("/catalog", "uuid", "1", "bad_uuid", "/catalog/uuid"),
        ("/catalog", "metadata", None, "missing", "/catalog"),
        ("/catalog/metadata", "oscal-version", "0.9.0", "other_version", "/catalog/metadata/oscal-version"),
        ("/catalog/metadata", "oscal-version", "2.0.0", "other_version", "/catalog/metadata/oscal-version"),
        ("/catalog/back-matter/resources/0", "uuid", made.uuid(901), "dangling_link", f"{CONTROL}/links/1/href"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_it(path: str, key: str, value: Any, code: str, where: str) -> None:
    found = refused(changed(path, key, value))
    assert (found.code, found.path, found.file) == (code, where, "catalog.json")


def test_a_resolved_profile_may_link_to_what_was_left_out() -> None:
    document = changed(f"{CONTROL}/links/0", "href", "#weg")
    document["catalog"]["metadata"]["links"] = [{"href": "x.json", "rel": "source-profile"}]
    assert one(document).refused == ()


def test_refusals_end() -> None:
    document = made.left()
    document["catalog"]["controls"] = [{"id": "5", "title": "x"} for _ in range(5000)]
    assert len(one(document).refused) == 100


def test_a_file_twice_and_too_many() -> None:
    content = made.raw(made.catalog())
    assert [each.code for each in read([("a.json", content), ("a.json", content)]).refused] == ["file_twice"]
    assert read([(f"{index}.json", content) for index in range(21)]).refused[0].code == "too_many_files"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "controls", "groups", "parts", "uuid", "metadata", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["catalog", "profile", "mapping-collection"]))
def test_anything_is_read_or_refused_never_worse(body: Any, kind: str) -> None:
    assert one({kind: body}).refused


@given(st.data())
def test_any_value_anywhere_is_read_or_refused_never_worse(data: st.DataObject) -> None:
    document = copy.deepcopy(
        data.draw(
            st.sampled_from([made.catalog(), made.profile(), made.mapping(made.mapped(1, "equal-to", ["x"], ["y"]))])
        )
    )
    holder: Any = document
    while isinstance(holder, dict | list) and holder:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(list(keys)))
        if data.draw(st.booleans()) or not isinstance(holder[key], dict | list):
            holder[key] = data.draw(JSON)
            break
        holder = holder[key]
    one(document)
