"""The bundle is STIX 2.1 by the library of OASIS, pattern by pattern, and is marked whole."""

import json

import pytest
import stix2
from stix2patterns.validator import run_validator

from dijkwacht.adapters.incidents.shared import TLPS, Indicator
from dijkwacht.adapters.incidents.stix import TLP_EXTENSION, TLP_IDS, bundle


def parsed(shared) -> stix2.Bundle:
    return stix2.parse(bundle(shared), allow_custom=False)


@pytest.mark.parametrize("tlp", TLPS)
def test_it_is_stix_with_every_label(shared, tlp) -> None:
    made = parsed(shared(tlp=tlp))
    mark = f"marking-definition--{TLP_IDS[tlp]}"
    (definition,) = [each for each in made.objects if each.type == "marking-definition"]
    assert definition.id == mark
    assert definition.extensions[TLP_EXTENSION]["tlp_2_0"] == tlp
    for each in made.objects:
        if each.type not in ("marking-definition", "identity"):
            assert list(each.object_marking_refs) == [mark]


def test_patterns_are_well_formed_also_with_quotes_in_them(shared) -> None:
    patterns = [each.pattern for each in parsed(shared()).objects if each.type == "indicator"]
    assert len(patterns) == 8
    assert [run_validator(each, stix_version="2.1") for each in patterns] == [[]] * 8
    assert "[url:value = 'https://kwaad.example/a\\'b\\\\c']" in patterns


def test_what_is_no_pattern_goes_along_as_what_it_is(shared) -> None:
    made = parsed(shared())
    (vulnerability,) = [each for each in made.objects if each.type == "vulnerability"]
    assert vulnerability.name == "CVE-2026-12345"
    (note,) = [each for each in made.objects if each.type == "note"]
    assert note.content == "map C:\\tijdelijk"


def test_every_reference_leads_somewhere(shared) -> None:
    found = json.loads(bundle(shared()))["objects"]
    ids = {each["id"] for each in found}
    assert len(ids) == len(found)
    for each in found:
        refs = [*each.get("object_refs", ()), *each.get("object_marking_refs", ())]
        refs += [each[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in each]
        assert set(refs) <= ids


def test_the_same_incident_keeps_its_identifiers(shared) -> None:
    later = shared(at=shared().at.replace(day=28), title="Anders")
    first, second = ({each["id"] for each in json.loads(bundle(one))["objects"]} for one in (shared(), later))
    assert first == second
    other = {each["id"] for each in json.loads(bundle(shared(key="2026-002")))["objects"] if each["type"] == "incident"}
    assert not first & other


def test_an_exercise_says_so(shared) -> None:
    (incident,) = [
        each for each in parsed(shared(exercise=True, text="", indicators=())).objects if each.type == "incident"
    ]
    assert incident.name.startswith("OEFENING: ")
    assert "exercise" in incident.labels


def test_a_quote_cannot_end_a_pattern(shared) -> None:
    nasty = Indicator("url", "https://kwaad.example/' OR url:value = 'x")
    (made,) = [each for each in parsed(shared(indicators=(nasty,))).objects if each.type == "indicator"]
    assert run_validator(made.pattern, stix_version="2.1") == []
    assert made.pattern.count(" = ") == 2  # one of them within the value
