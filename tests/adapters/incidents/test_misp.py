"""The event has what the MISP core format asks for (draft-dulaunoy-misp-core-format), and no more is watched than should be."""

import json
import re
from uuid import UUID

import pytest

from dijkwacht.adapters.incidents.misp import event
from dijkwacht.adapters.incidents.shared import TLPS

MUST = {
    "uuid": str, "id": str, "published": bool, "info": str, "threat_level_id": str, "analysis": str, "date": str,
    "timestamp": str, "publish_timestamp": str, "org_id": str, "orgc_id": str, "attribute_count": str, "distribution": str,
    "sharing_group_id": str, "Org": dict, "Orgc": dict,
}  # fmt: skip
OF_ATTRIBUTE = {
    "uuid": str, "id": str, "type": str, "category": str, "to_ids": bool, "event_id": str, "distribution": str,
    "timestamp": str, "comment": str, "sharing_group_id": str, "deleted": bool, "value": str,
}  # fmt: skip


def read(shared) -> dict:
    return json.loads(event(shared))["Event"]


def test_every_key_that_must_be_there_is_there_as_it_must_be(shared) -> None:
    found = read(shared())
    assert {name: type(found[name]) for name in MUST} == MUST
    for each in found["Attribute"]:
        assert {name: type(each[name]) for name in OF_ATTRIBUTE} == OF_ATTRIBUTE
        UUID(each["uuid"])
    assert found["attribute_count"] == str(len(found["Attribute"])) == "11"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["date"])
    assert found["timestamp"].isdigit()
    assert "\n" not in found["info"]
    assert found["published"] is False


def test_types_and_categories(shared) -> None:
    found = {(each["type"], each["category"], each["to_ids"]) for each in read(shared())["Attribute"]}
    assert found == {
        ("text", "Internal reference", False), ("ip-dst", "Network activity", True), ("domain", "Network activity", True),
        ("url", "Network activity", True), ("email", "Network activity", True), ("md5", "Payload delivery", True),
        ("sha1", "Payload delivery", True), ("sha256", "Payload delivery", True),
        ("vulnerability", "External analysis", False), ("text", "Other", False),
    }  # fmt: skip


@pytest.mark.parametrize("tlp", TLPS)
def test_a_label_never_travels_further_than_it_says(shared, tlp) -> None:
    found = read(shared(tlp=tlp))
    assert {"name": f"tlp:{tlp}"} in found["Tag"]
    assert found["distribution"] == {"clear": "3", "green": "1"}.get(tlp, "0")
    assert {each["distribution"] for each in found["Attribute"]} == {"5"}  # as the event


def test_the_kind_is_a_tag_of_the_taxonomy(shared) -> None:
    assert {"name": 'rsit:availability="outage"'} in read(shared())["Tag"]


def test_an_exercise_raises_no_alarm_anywhere(shared) -> None:
    found = read(shared(exercise=True))
    assert found["info"].startswith("OEFENING: ")
    assert {"name": 'rsit:test="test"'} in found["Tag"]
    assert not any(each["to_ids"] for each in found["Attribute"])


def test_handled_is_analysed_and_not_significant_is_undefined(shared) -> None:
    found = read(shared(open=False, significant=False, title="x" * 400))
    assert (found["analysis"], found["threat_level_id"], len(found["info"])) == ("2", "4", 255)


def test_the_same_incident_keeps_its_identifiers(shared) -> None:
    first, second = read(shared()), read(shared(at=shared().at.replace(day=28)))
    assert first["uuid"] == second["uuid"]
    assert [each["uuid"] for each in first["Attribute"]] == [each["uuid"] for each in second["Attribute"]]
    assert len({each["uuid"] for each in first["Attribute"]}) == len(first["Attribute"])
