"""Profiles: which controls they choose, how they put them together, what they change, and what they cannot."""

from typing import Any

import pytest

from dijkwacht.adapters.oscal.bundle import read
from dijkwacht.adapters.oscal.library import controls
from tests.adapters.oscal import made

NOTE = {"id": "n", "name": "note"}
IMPORT, MODIFY = "/profile/imports/0", "/profile/modify"


def resolved(*profiles: dict[str, Any], others: tuple[tuple[str, Any], ...] = ()) -> Any:
    files = [(f"profile{index}.json", made.raw(each)) for index, each in enumerate(profiles)]
    reading = read([*files, ("catalog.json", made.raw(made.catalog())), *((n, made.raw(d)) for n, d in others)])
    assert reading.refused == ()
    return reading.files[0].resolved


def refusal(*profiles: dict[str, Any], others: tuple[tuple[str, Any], ...] = ()) -> Any:
    files = [(f"profile{index}.json", made.raw(each)) for index, each in enumerate(profiles)]
    return read([*files, ("catalog.json", made.raw(made.catalog())), *((n, made.raw(d)) for n, d in others)]).refused


def ids(body: Any) -> list[str]:
    return [str(control["id"]) for control, _, _ in controls(body)]


def choosing(*include: dict[str, Any], exclude: list[dict[str, Any]] | None = None, **rest: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"href": "catalog.json", "include-controls": list(include)}
    if exclude:
        rule["exclude-controls"] = exclude
    return made.profile(imports=[rule], **rest)


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ([{"with-ids": ["a-1"]}], None, ["a-1"]),
        ([{"with-ids": ["a-1"], "with-child-controls": "yes"}], None, ["a-1", "a-1.1", "a-1.1.1", "a-1.2"]),
        ([{"with-ids": ["a-1.1.1"]}], None, ["a-1.1.1"]),
        ([{"matching": [{"pattern": "a-1.?"}]}], None, ["a-1.1", "a-1.2"]),
        ([{"matching": [{"pattern": "*"}]}], [{"with-ids": ["a-1"], "with-child-controls": "yes"}], ["b-1"]),
        ([{"with-ids": ["b-1"]}, {"with-ids": ["a-1.2"]}], None, ["a-1.2", "b-1"]),
        ([{"matching": [{"pattern": "z*"}]}], None, []),
    ],
)
def test_choosing(include: Any, exclude: Any, expected: list[str]) -> None:
    assert ids(resolved(choosing(*include, exclude=exclude))) == expected


def test_flat_has_no_groups_and_no_nesting() -> None:
    for merge in (None, {}, {"flat": {}}):
        body = resolved(made.profile(**({} if merge is None else {"merge": merge})))
        assert "groups" not in body
        assert [control["id"] for control in body["controls"]] == ["a-1", "a-1.1", "a-1.1.1", "a-1.2", "b-1"]
        assert all("controls" not in control for control in body["controls"])


def test_as_is_keeps_groups_and_nesting_and_lifts_what_lost_its_parent() -> None:
    body = resolved(choosing({"with-ids": ["a-1", "a-1.1.1"]}, merge={"as-is": True}))
    (group,) = body["groups"]  # the empty one is gone
    assert group["params"] == [{"id": "a_p", "values": ["een", "twee"]}]
    (control,) = group["controls"]
    assert [each["id"] for each in control["controls"]] == ["a-1.1.1"]


def test_custom_groups_take_along_what_is_below() -> None:
    inner = {
        "id": "y",
        "title": "Y",
        "insert-controls": [{"order": "descending", "include-controls": [{"matching": [{"pattern": "a-1.*"}]}]}],
    }
    custom = {
        "groups": [
            {
                "id": "z",
                "title": "Z",
                "insert-controls": [{"include-controls": [{"with-ids": ["b-1"]}]}],
                "groups": [inner],
            }
        ]
    }
    body = resolved(made.profile(merge={"custom": custom}))
    (group,) = body["groups"]
    assert [each["id"] for each in group["controls"]] == ["b-1"]
    assert [each["id"] for each in group["groups"][0]["controls"]] == ["a-1.2", "a-1.1"]
    assert ids(body) == ["b-1", "a-1.2", "a-1.1", "a-1.1.1"]


def test_parameters_are_set() -> None:
    rules = [
        {"param-id": "a-1_p", "values": ["elk jaar"], "props": [{"name": "x", "value": "y"}]},
        {"param-id": "a-1_q", "values": ["ja"]},
    ]
    body = resolved(made.profile(modify={"set-parameters": rules}))
    first, second = body["controls"][0]["params"]
    assert first == {"id": "a-1_p", "label": "hoe vaak", "values": ["elk jaar"], "props": [{"name": "x", "value": "y"}]}
    assert second == {"id": "a-1_q", "values": ["ja"]}


@pytest.mark.parametrize(
    ("alter", "look", "expected"),
    [
        ({"removes": [{"by-name": "guidance"}]}, "parts", ["a-1_smt"]),
        ({"removes": [{"by-item-name": "part"}]}, "parts", None),
        ({"removes": [{"by-id": "a-1_p"}]}, "params", ["a-1_q"]),
        ({"removes": [{"by-class": "sort"}]}, "props", ["A-1"]),
        ({"removes": [{"by-name": "label", "by-class": "niet"}]}, "props", ["A-01", "A-1"]),
        ({"adds": [{"position": "starting", "props": [{"name": "p", "value": "P1"}]}]}, "props", ["P1", "A-01", "A-1"]),
        ({"adds": [{"props": [{"name": "p", "value": "P1"}]}]}, "props", ["A-01", "A-1", "P1"]),
        (
            {"adds": [{"by-id": "a-1_smt", "position": "after", "parts": [{"id": "n", "name": "note"}]}]},
            "parts",
            ["a-1_smt", "n", "a-1_gdn"],
        ),
        (
            {"adds": [{"by-id": "a-1_smt", "position": "before", "parts": [{"id": "n", "name": "note"}]}]},
            "parts",
            ["n", "a-1_smt", "a-1_gdn"],
        ),
    ],
)
def test_controls_are_altered(alter: dict[str, Any], look: str, expected: list[str] | None) -> None:
    body = resolved(made.profile(modify={"alters": [{"control-id": "a-1", **alter}]}))
    held = body["controls"][0].get(look)
    assert (held and [each.get("id") or each["value"] for each in held]) == expected


def test_adding_within_a_part_and_a_title() -> None:
    adds = [
        {"by-id": "a-1_smt.a", "position": "ending", "parts": [{"id": "diep", "name": "item"}]},
        {"title": "Anders"},
    ]
    body = resolved(made.profile(modify={"alters": [{"control-id": "a-1", "adds": adds}]}))
    assert body["controls"][0]["title"] == "Anders"
    assert body["controls"][0]["parts"][0]["parts"][0]["parts"] == [{"id": "diep", "name": "item"}]


def test_the_source_stays_as_it_was() -> None:
    files = [
        (
            "p.json",
            made.raw(made.profile(modify={"alters": [{"control-id": "a-1", "removes": [{"by-item-name": "part"}]}]})),
        ),
        ("catalog.json", made.raw(made.catalog())),
    ]
    reading = read(files)
    assert reading.files[1].document.whole == made.catalog()


def test_a_profile_over_a_profile_and_a_resource() -> None:
    top = made.profile(5, "#" + made.uuid(7), merge={"as-is": True})
    top["profile"]["back-matter"] = {
        "resources": [{"uuid": made.uuid(7), "rlinks": [{"href": "../elders/profile1.xml"}, {"href": "profile1.json"}]}]
    }
    body = resolved(top, choosing({"with-ids": ["a-1"]}, merge={"as-is": True}))
    assert ids(body) == ["a-1"]
    assert body["back-matter"]["resources"][0]["uuid"] == made.RESOURCE  # still pointed at
    assert {"href": f"urn:uuid:{made.uuid(5)}", "rel": "source-profile"} in body["metadata"]["links"]
    assert made.wrong(made.raw({"catalog": body})) == []


def test_resolving_twice_gives_the_same() -> None:
    assert resolved(made.profile()) == resolved(made.profile())


def test_two_imports_of_the_same_control_count_once() -> None:
    twice = [
        {"href": "catalog.json", "include-controls": [{"with-ids": ["a-1"]}]},
        {"href": "catalog.json", "include-all": {}},
    ]
    assert ids(resolved(made.profile(imports=twice))).count("a-1") == 1


def test_two_different_controls_of_one_id() -> None:
    other = made.catalog(9)
    other["catalog"]["groups"][0]["controls"][0]["title"] = "Anders"
    imports = [{"href": "catalog.json", "include-all": {}}, {"href": "other.json", "include-all": {}}]
    others = (("other.json", other),)
    assert refusal(made.profile(imports=imports), others=others)[0].code == "control_clash"
    body = resolved(made.profile(imports=imports, merge={"combine": {"method": "use-first"}}), others=others)
    assert body["controls"][0]["title"] == "Eerste"


@pytest.mark.parametrize(
    ("profile", "code", "path"),
    [
        (made.profile(href="weg.json"), "import_not_given", f"{IMPORT}/href"),
        (made.profile(href="#" + made.uuid(8)), "import_not_given", f"{IMPORT}/href"),
        (made.profile(href="profile0.json"), "import_cycle", f"{IMPORT}/href"),
        (made.profile(href="http://[half"), "import_not_given", f"{IMPORT}/href"),
        (choosing({"with-ids": ["a-1", "z-9"]}), "unknown_control", f"{IMPORT}/include-controls/0/with-ids/1"),
        (
            choosing({"with-ids": ["a-1"]}, exclude=[{"with-ids": ["z"]}]),
            "unknown_control",
            f"{IMPORT}/exclude-controls/0/with-ids/0",
        ),
        (
            choosing({"matching": [{"pattern": "*" * 300}]}),
            "too_long",
            f"{IMPORT}/include-controls/0/matching/0/pattern",
        ),
        (
            made.profile(modify={"set-parameters": [{"param-id": "weg"}]}),
            "unknown_param",
            f"{MODIFY}/set-parameters/0/param-id",
        ),
        (
            made.profile(modify={"alters": [{"control-id": "weg"}]}),
            "unknown_control",
            f"{MODIFY}/alters/0/control-id",
        ),
        (
            made.profile(modify={"alters": [{"control-id": "a-1", "adds": [{"by-id": "weg"}]}]}),
            "unknown_part",
            f"{MODIFY}/alters/0/adds/0/by-id",
        ),
        (
            made.profile(merge={"custom": {"insert-controls": [{"include-controls": [{"with-ids": ["weg"]}]}]}}),
            "unknown_control",
            "/profile/merge/custom/insert-controls/0/include-controls/0/with-ids/0",
        ),
    ],
)
def test_what_cannot_be_resolved(profile: dict[str, Any], code: str, path: str) -> None:
    found = refusal(profile)
    assert [(each.code, each.path) for each in found] == [(code, path)]


def test_what_was_left_out_can_still_be_altered_without_effect() -> None:
    rules = {
        "alters": [{"control-id": "b-1", "adds": [{"title": "x"}]}],
        "set-parameters": [{"param-id": "a-1_p", "values": ["x"]}],
    }
    assert refusal(choosing({"with-ids": ["a-1.2"]}, modify=rules)) == ()


def test_a_circle_of_three_says_how_it_runs() -> None:
    circle = [made.profile(20 + index, f"profile{(index + 1) % 3}.json") for index in range(3)]
    found = refusal(*circle)
    assert {each.code for each in found} == {"import_cycle"}
    assert found[0].params["circle"] == "profile0.json → profile1.json → profile2.json → profile0.json"


def test_a_refused_catalog_takes_its_profile_along() -> None:
    bad = made.left()
    bad["catalog"]["controls"][0]["id"] = "1 fout"
    found = refusal(made.profile(href="left.json"), others=(("left.json", bad),))
    assert {(each.file, each.code) for each in found} == {
        ("left.json", "bad_id"),
        ("profile0.json", "import_not_given"),
    }
