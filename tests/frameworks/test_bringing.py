"""Bringing in: all or nothing, private, once, told in the trail; and what a new version does."""

import json
from dataclasses import replace

import pytest
import yaml

from dijkwacht.apps.frameworks.models import Brought, Framework, Line, MappingSet, OwnText, TextSet
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.services import bringing, exporting, reading
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.words import lines
from dijkwacht.core.verdict import Status
from tests.adapters.oscal import made
from tests.frameworks.conftest import CATALOG, MAPPING, MAPS
from tests.ledger.small import TODAY

TEXTS = ("eigen.csv", b"nummer;titel;tekst\n1;Beleid;Onze eigen tekst\n2;MFA;Nog een\n99;Weg;Bestaat niet\n")


def read(organisation, *files, norm=""):
    return reading.read(organisation, files, norm=norm, on=TODAY)


def codes(found):
    return [each.code for each in found.refused]


def statuses(found: Framework) -> dict[str, str]:
    return {
        each.line.key: str(each.carried.status) for each in queries.reached(found, list(found.lines.all()), on=TODAY)
    }


def test_one_act_one_entry(bring, organisation) -> None:
    brought = bring(CATALOG, MAPPING)
    (framework,) = brought.frameworks.all()
    assert framework.lines.count() == 5
    entry = Entry.objects.get(organisation=organisation, seq=brought.act)
    assert (entry.act, entry.about) == ("frameworks.brought", f"brought:{brought.act}")
    assert entry.detail["files"] == brought.files
    assert entry.detail["titles"] == ["Catalogus 1"]
    (line,) = lines(organisation, [entry])
    assert "catalog.json, map.json" in line.sentence
    assert "frameworks: 1, lines: 5; mappings: 1, pairs: 3" in line.sentence


def test_verdicts_are_carried(bring, say) -> None:
    framework = bring(CATALOG, MAPPING).frameworks.get()
    assert statuses(framework) == dict.fromkeys(("a-1", "a-1.1", "a-1.1.1", "a-1.2", "b-1"), "unknown")
    say("house.policy", True)
    assert statuses(framework) == {
        "a-1": "met", "a-1.1": "unknown", "a-1.1.1": "unknown", "a-1.2": "unknown", "b-1": "partly",
    }  # fmt: skip
    say("house.mfa", True)
    assert statuses(framework) | {"a-1.1.1": "", "a-1.2": ""} == {
        "a-1": "met", "a-1.1": "partly", "a-1.1.1": "", "a-1.2": "", "b-1": "met",
    }  # fmt: skip


def test_a_mapping_may_run_from_the_framework_to_our_norm(bring, say) -> None:
    turned = made.mapping(made.mapped(1, "subset-of", ["a-1"], ["1"]), source="catalog.json", target="bio2")
    framework = bring(CATALOG, ("map.json", made.raw(turned))).frameworks.get()
    say("house.policy", True)
    assert statuses(framework)["a-1"] == "met"  # a-1 lies within bio2:1, so bio2:1 is wider than a-1


def test_a_mapping_later_finds_what_is_here(bring, say) -> None:
    framework = bring(CATALOG).frameworks.get()
    mapping = bring(MAPPING).mappings.get()
    assert (mapping.source_norm, mapping.target) == ("bio2", framework)
    say("house.policy", True)
    assert statuses(framework)["a-1"] == "met"


def test_the_norm_of_a_side_that_nobody_knows_is_chosen(bring, organisation) -> None:
    content = made.raw(made.mapping(*MAPS, source="onbekend.json"))
    found = read(organisation, CATALOG, ("map.json", content), norm="bio2")
    assert found.mappings[0].source.norm == "bio2"
    assert not read(organisation, CATALOG, ("map.json", content)).mappings[0].source.known


def test_numbers_that_our_norm_does_not_have_are_counted(organisation) -> None:
    lost = made.mapped(9, "equal-to", ["404"], ["a-1"])
    (one,) = read(organisation, CATALOG, ("map.json", made.raw(made.mapping(*MAPS, lost, source="bio2")))).mappings
    assert (len(one.maps.maps), one.lost) == (3, 1)
    assert one.maps.maps[0].sources == ("bio2:1",)


def mapping(one, **sides):
    return ("map.json", made.raw(made.mapping(one, **sides)))


UNKNOWN = mapping(made.mapped(1, "equal-to", ["a-1"], ["1"]), source="bio2")
TURNED = mapping(made.mapped(1, "equal-to", ["x"], ["1"]), source="bio2", target="y")


@pytest.mark.parametrize(
    ("files", "norm", "expected"),
    [
        ([("map.json", made.raw(made.mapping(*MAPS, source="x", target="y")))], "", ["mapping_nowhere"]),
        ([CATALOG, UNKNOWN], "", ["mapping_unknown"]),
        ([TURNED], "", ["mapping_direction"]),
        ([("c.json", b"{")], "", ["not_json"]),
        ([("c.yaml", b"objects: 3")], "", ["no_library"]),
        ([TEXTS], "", ["norm_needed"]),
        ([TEXTS], "weg", ["norm_needed"]),
        ([("t.csv", b"nummer;tekst\n77;x\n")], "bio2", ["no_known_number"]),
        ([("t.csv", b"a;b\n1;2\n")], "bio2", ["no_text_header"]),
        ([("t.xlsx", b"PK")], "bio2", ["broken_archive"]),
        ([("b.md", b"niets")], "", ["no_measures"]),
        ([], "", ["nothing_read"]),
    ],
)  # fmt: skip
def test_refused(organisation, files, norm, expected) -> None:
    found = read(organisation, *files, norm=norm)
    assert codes(found)[:1] == expected
    assert not found.ok


def test_all_or_nothing(organisation, ciso, at) -> None:
    found = read(organisation, CATALOG, ("bad.json", b"{"))
    assert found.frameworks
    with pytest.raises(bringing.RefusedError):
        bringing.keep(organisation, found, files=[CATALOG], person=ciso, on=TODAY, at=at)
    assert not Framework.objects.exists()
    assert not Entry.objects.filter(act__startswith="frameworks").exists()


def test_the_same_again_changes_nothing(bring) -> None:
    assert bring(CATALOG, MAPPING) is not None
    assert bring(MAPPING, CATALOG) is None
    assert Brought.objects.count() == 1
    assert Entry.objects.filter(act="frameworks.brought").count() == 1


def test_a_new_version_takes_the_place_of_the_old(bring, say) -> None:
    old = bring(CATALOG, MAPPING).frameworks.get()
    document = made.catalog(8)
    document["catalog"]["metadata"]["version"] = "2"
    document["catalog"]["groups"][1]["groups"][0]["controls"].append({"id": "b-2", "title": "Nieuw"})
    new = bring(("catalog-2.json", made.raw(document))).frameworks.get()
    old.refresh_from_db()
    assert (new.replaces, old.ended_at is not None) == (old, True)
    assert MappingSet.objects.get(ended_at=None).target == new
    say("house.policy", True)
    assert statuses(new)["a-1"] == "met"
    assert [each.pk for each in queries.frameworks(new.organisation)] == [new.pk]


def test_two_of_one_title_at_once_are_two(bring, organisation) -> None:
    other = made.left()
    other["catalog"]["metadata"]["title"] = "Catalogus"
    assert bring(CATALOG, ("left.json", made.raw(other))).frameworks.filter(ended_at=None).count() == 2
    profile = made.profile()
    profile["profile"]["metadata"]["title"] = "Catalogus"
    bring(("profile.json", made.raw(profile)), CATALOG)  # the profile follows no catalog; the catalog follows the first
    assert sorted(each.origin for each in queries.frameworks(organisation)) == ["catalog", "catalog", "profile"]


def test_what_was_removed_comes_back_only_when_brought_again(bring, organisation, ciso, at) -> None:
    framework = bring(CATALOG).frameworks.get()
    for _ in range(2):  # a second time says nothing
        bringing.remove(organisation, framework, person=ciso, on=TODAY, at=at)
    assert Entry.objects.filter(act="frameworks.removed").count() == 1
    assert not queries.frameworks(organisation).exists()
    assert bring(CATALOG) is not None


def test_what_goes_in_comes_out(bring) -> None:
    framework = bring(CATALOG).frameworks.get()
    name, content = exporting.framework_file(framework)
    assert (name, json.loads(content)) == ("catalog.json", made.catalog())


def test_a_profile_is_kept_as_it_resolves(bring) -> None:
    profile = made.profile(imports=[{"href": "catalog.json", "include-controls": [{"with-ids": ["a-1"]}]}])
    first, second = bring(("profile.json", made.raw(profile)), CATALOG).frameworks.order_by("pk")
    assert (first.origin, first.lines.count()) == ("profile", 1)
    assert second.origin == "catalog"
    assert "catalog" in json.loads(exporting.framework_file(first)[1])


def test_own_texts_stay_with_the_organisation(bring, organisation, other_organisation) -> None:
    bring(TEXTS, norm="bio2")
    found = queries.own_text(organisation, "bio2:1")
    assert (found.title, found.text) == ("Beleid", "Onze eigen tekst")
    assert queries.own_text(other_organisation, "bio2:1") is None
    assert queries.own_text(organisation, "bio2:3") is None
    assert OwnText.objects.count() == 2  # 99 is not kept: it is no number of the norm
    entry = Entry.objects.get(act="frameworks.brought")
    assert "Onze eigen tekst" not in json.dumps(entry.detail)


def test_a_next_copy_of_texts_takes_the_place_of_the_first(bring, organisation) -> None:
    bring(TEXTS, norm="bio2")
    bring(("eigen.csv", b"nummer;titel;tekst\n1;Beleid;Beter\n"), norm="bio2")
    assert queries.own_text(organisation, "bio2:1").text == "Beter"
    assert queries.own_text(organisation, "bio2:2") is None
    assert TextSet.objects.filter(ended_at=None).count() == 1


def test_a_library_of_ciso_assistant(bring, say) -> None:
    node, ours = "urn:x:risk:req_node:lijst:{}", "urn:x:risk:req_node:bio2:{}"
    objects = {
        "framework": {"urn": "urn:x:risk:framework:lijst", "name": "Lijst", "requirement_nodes": [
            {"urn": node.format("1"), "assessable": True, "ref_id": "1", "name": "Een"}]},
        "requirement_mapping_set": {
            "urn": "urn:x:risk:req_mapping_set:m", "name": "K", "source_framework_urn": "urn:x:risk:framework:bio2",
            "target_framework_urn": "urn:x:risk:framework:lijst", "requirement_mappings": [
                {"source_requirement_urn": ours.format("1"), "target_requirement_urn": node.format("1"),
                 "relationship": "superset"}]},
    }  # fmt: skip
    content = yaml.safe_dump({"name": "Bibliotheek", "version": 1, "objects": objects}, sort_keys=False).encode()
    framework = bring(("lijst.yaml", content)).frameworks.get()
    assert framework.origin == "library"
    say("house.policy", True)
    assert statuses(framework) == {"1": "met"}
    assert exporting.framework_file(framework) == ("lijst.yaml", content)


def test_another_organisation_has_nothing_of_it(bring, other_organisation) -> None:
    framework = bring(CATALOG).frameworks.get()
    assert queries.framework(other_organisation, framework.pk) is None
    assert codes(read(other_organisation, ("map.json", made.raw(made.mapping(*MAPS, source="x"))))) == [
        "mapping_nowhere"
    ]


def test_rows_hold_what_the_core_holds(bring) -> None:
    framework = bring(CATALOG).frameworks.get()
    item = framework.lines.first().item
    assert replace(item, text="") == replace(Line.objects.get(framework=framework, key="a-1").item, text="")
    assert (item.number, item.group) == ("A-1", "Groep A")


def test_statuses_are_of_every_line_of_a_requirement(bring, organisation, say) -> None:
    say("house.policy", True)
    assert queries.statuses(organisation, ["bio2:1", "bio2:7"], on=TODAY)["bio2:1"] is Status.MET
