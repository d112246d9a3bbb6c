"""Writing: valid by NIST's own schema and by compliance-trestle, the same bytes each time, and readable by ourselves."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from trestle.oscal import assessment_results, catalog, component, mapping, poam, profile

from dijkwacht.adapters.oscal import write
from dijkwacht.adapters.oscal.bundle import read
from dijkwacht.adapters.oscal.parts import file_name, token
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import read_norms
from tests.adapters.oscal import made

NORMS = read_norms()
MADE: dict[str, tuple[Callable[[], bytes], Any]] = {
    **{f"catalog {name}": (lambda name=name: write.catalog(NORMS, name), catalog) for name in NORMS.catalogs},
    **{f"profile {each.id}": (lambda each=each: write.profile(NORMS, each), profile) for each in NORMS.accounts.values()},
    "mapping bio2 iso27002": (lambda: write.mapping_collection(NORMS, source="bio2", target="iso27002"), mapping),
    "mapping iso27002 bio2": (lambda: write.mapping_collection(NORMS, source="iso27002", target="bio2"), mapping),
    "results": (lambda: write.assessment_results(made.statement(), NORMS), assessment_results),
    "results without lines": (lambda: write.assessment_results(made.statement(()), NORMS), assessment_results),
    "results unsigned": (lambda: write.assessment_results(made.statement(signer=None), NORMS), assessment_results),
    "poam": (lambda: write.poam(made.statement(), NORMS), poam),
    "poam without open points": (lambda: write.poam(made.statement((Status.MET,)), NORMS), poam),
    "component": (lambda: write.component_definition(made.statement(), NORMS), component),
    "component without lines": (lambda: write.component_definition(made.statement(()), NORMS), component),
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_valid(name: str) -> None:
    make, module = MADE[name]
    content = make()
    assert made.wrong(content) == []
    module.Model.model_validate(json.loads(content))  # raises when trestle finds it wrong
    assert make() == content


def test_the_schema_is_not_satisfied_with_anything() -> None:
    broken = json.loads(write.poam(made.statement(), NORMS))
    broken["plan-of-action-and-milestones"]["poam-items"] = []
    assert made.wrong(json.dumps(broken).encode())


def test_another_statement_is_another_document() -> None:
    first, second = (
        json.loads(write.assessment_results(each, NORMS))["assessment-results"]["uuid"]
        for each in (made.statement(), made.statement((Status.NOT_MET,)))
    )
    assert first != second


def test_findings_and_observations() -> None:
    body = json.loads(write.assessment_results(made.statement(), NORMS))["assessment-results"]
    (result,) = body["results"]
    found = {each["props"][1]["value"]: each for each in result["findings"]}
    states = {name: (each["target"]["status"]["state"], each["props"][0]["value"]) for name, each in found.items()}
    assert states == {
        "bio2:5.01.01": ("satisfied", "met"), "bio2:5.01.02": ("not-satisfied", "partly"),
        "bio2:8.13.04": ("not-satisfied", "not_met"), "bio2:5.30.01": ("satisfied", "not_applicable"),
        "bio2:5.20.03": ("not-satisfied", "unknown"),
    }  # fmt: skip
    assert found["bio2:5.01.01"]["target"]["target-id"] == "bio2-5.01.01_obj"
    assert len(result["observations"]) == 2  # a fact once, however many lines rest on it
    first, second = result["observations"]
    assert (first["methods"], first["collected"]) == (["EXAMINE"], "2026-05-01T00:00:00+00:00")
    assert (second["methods"], second["collected"]) == (["TEST"], "2026-02-01T00:00:00+00:00")
    known = {each["uuid"]: each for each in body["back-matter"]["resources"]}
    evidence = known[first["relevant-evidence"][0]["href"][1:]]
    assert evidence["rlinks"][0]["hashes"] == [{"algorithm": "SHA-256", "value": "a" * 64}]
    named = {each["uuid"] for each in result["local-definitions"]["components"]}
    assert {each["subjects"][0]["subject-uuid"] for each in result["observations"]} <= named
    assert body["import-ap"]["href"][1:] in known


def test_the_plan_holds_what_is_not_in_order_and_nothing_else() -> None:
    body = json.loads(write.poam(made.statement(), NORMS))["plan-of-action-and-milestones"]
    assert [each["props"][1]["value"] for each in body["poam-items"]] == ["bio2:5.01.02", "bio2:8.13.04"]
    findings = {each["uuid"] for each in body["findings"]}
    assert {each["related-findings"][0]["finding-uuid"] for each in body["poam-items"]} == findings
    nothing = json.loads(write.poam(made.statement((Status.MET,)), NORMS))["plan-of-action-and-milestones"]
    assert [each["title"] for each in nothing["poam-items"]] == ["Geen open punten"]


def test_a_requirement_about_several_subjects_is_implemented_once() -> None:
    line = made.statement().lines[0]
    twice = made.statement(
        lines=(line, replace(line, subject="zaak", subject_name="Zaaksysteem", status=Status.NOT_MET))
    )
    (one,) = json.loads(write.component_definition(twice, NORMS))["component-definition"]["components"]
    (implemented,) = one["control-implementations"][0]["implemented-requirements"]
    assert [each["value"] for each in implemented["props"]] == ["met", "not_met"]


def test_we_read_what_we_write() -> None:
    """Every catalog, every account as a profile resolved over them, and every mapping between two of them: nothing refused."""
    files = [(file_name(each), write.catalog(NORMS, each.id)) for each in NORMS.catalogs.values()]
    count = {name: len(each.requirements) for name, each in NORMS.accounts.items()}
    for account in NORMS.accounts.values():
        found = read([("profile.json", write.profile(NORMS, account)), *files])
        assert found.refused == ()
        assert len(found.files[0].framework.items) == count[account.id]
    content = write.mapping_collection(NORMS, source="bio2", target="iso27002")
    found = read([("map.json", content), *files])
    assert found.refused == ()
    assert found.files[0].unchecked == ()


def test_nothing_of_the_official_texts_goes_out() -> None:
    """A control has its number, our title and our references: no part but the objective, which is our title too."""
    for name in NORMS.catalogs:
        for group in json.loads(write.catalog(NORMS, name))["catalog"]["groups"]:
            for control in group["controls"]:
                assert all(part["prose"] == control["title"] for part in control.get("parts", []))


def test_nothing_in_common_is_no_mapping() -> None:
    assert write.mapping_collection(NORMS, source="bio2", target="bio2") is None


def test_unknown_catalog() -> None:
    with pytest.raises(KeyError):
        write.catalog(NORMS, "weg")


@pytest.mark.parametrize(
    ("text", "expected"), [("digid-U/TV.01", "digid-U_TV.01"), ("1a", "_1a"), ("", "_"), ("é-1", "é-1")]
)
def test_token(text: str, expected: str) -> None:
    assert token(text) == expected
