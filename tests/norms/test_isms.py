"""The packs about the management system: sound as they are, and what is wrong is named with its line."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from dijkwacht.core.isms import DeviationRule
from dijkwacht.core.isms_risk import exception_type, measures_of, rule_for
from dijkwacht.core.values import GRANTED
from dijkwacht.norms.isms import read_isms
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT, check, isms_on, norms_on, read_norms

TODAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "isms", tmp_path / "isms")
    return tmp_path


def broken(folder: Path, file: str, before: str, after: str) -> list[str]:
    path = folder / "isms" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PackErrors) as errors:
        read_isms(folder, read_norms())
    return [str(each) for each in errors.value.problems]


def test_the_packs_of_the_house_are_sound() -> None:
    assert check().errors == []
    found = isms_on(TODAY)
    assert len(found.risks) >= 20
    assert [each.id for each in found.phases] == ["plan", "do", "check", "act"]
    assert len(found.steps) == 3
    assert len(found.agenda) >= 9


def test_the_areas_are_those_that_bio2_names() -> None:
    assert [each.id for each in isms_on(TODAY).scale.areas] == [
        "political", "diplomatic", "financial", "image", "trust", "publicity", "motivation", "control",
    ]  # fmt: skip


def test_of_every_requirement_a_rule_says_whether_it_may_be_put_aside() -> None:
    rules = isms_on(TODAY).deviations
    assert [each for each in norms_on(TODAY).requirements if rule_for(rules, each) is None] == []


def test_every_guideline_that_may_go_unfollowed_has_a_fact_for_the_exception() -> None:
    norms, rules = norms_on(TODAY), isms_on(TODAY).deviations
    may = [name for name in norms.requirements if _may(rules, name, norms.requirements)]
    types = {name: exception_type(norms, name) for name in may}
    assert len(may) == len(set(types.values())) == 39
    for name, found in types.items():
        assert found is not None
        assert norms.requirements[name].number in norms.fact_types[found].question["nl"]
        assert norms.fact_types[found].measured_by == GRANTED
    assert exception_type(norms, "bio2:5.17.01") is None  # its exceptions are of systems


def _may(rules: tuple[DeviationRule, ...], name: str, known: Iterable[str]) -> bool:
    rule = rule_for(rules, name)
    return rule is not None and rule.allowed and not measures_of(name, known, rule.unless_measured)


def test_what_is_ours_and_not_the_law_says_so() -> None:
    found = isms_on(TODAY)
    assert found.scale.uncertain
    assert found.classification.uncertain
    assert found.start_uncertain
    assert next(each for each in found.deviations if each.allowed).uncertain


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("risks.yaml", '"bio2:8.13.04"', '"bio2:8.99.04"', "there is no bio2:8.99.04"),
        ("risks.yaml", "areas: [financial,", "areas: [weather,", "there is no weather"),
        ("risks.yaml", "  - id: shared-service", "  - id: ransomware", "an id of its own is missing"),
        ("scales.yaml", "[low, low, medium, high]", "[low, low, medium]", "4 rows of 4"),
        ("scales.yaml", "[low, low, medium, high]", "[high, low, medium, high]", "makes a risk smaller"),
        ("scales.yaml", "[low, low, medium, high]", "[low, low, medium, awful]", "unknown bands awful"),
        ("scales.yaml", "accepted_by: [secretary, college]", "accepted_by: [king]", "there is no king"),
        ("scales.yaml", "critical_from: 3", "critical_from: three", "critical_from must be a level"),
        ("policies.yaml", "adopted: [policy.approved]", "adopted: [policy.nice]", "there is no policy.nice"),
        ("policies.yaml", "within: P1Y", "within: yearly", "must be a duration"),
        ("cycle.yaml", "scope_decided: isms.scope.adopted", "scope_decided: isms.scope.liked", "no fact type isms.scope.liked"),
        ("start.yaml", "page: scope", "page: moon", "unknown page moon"),
        ("acceptance.yaml", "allowed: false", "allowed: perhaps", "must be true or false"),
        ("acceptance.yaml", "    unless_measured: bio2\n", "", "lets iso27002:5.1 go unfollowed"),
        ("context.yaml", "kind: internal,", "kind: cosmic,", "unknown kind cosmic"),
        ("review.yaml", "figure: decisions, title", "figuur: decisions, title", "unknown key figuur"),
        ("training.yaml", "fact: training.staff.held_on", "fact: training.none", "there is no fact type training.none"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(folder: Path, file: str, before: str, after: str, told: str) -> None:
    problems = broken(folder, file, before, after)
    assert any(told in each for each in problems)
    assert all(each.startswith(f"isms/{file}:") for each in problems)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "isms" / "start.yaml").unlink()
    with pytest.raises(PackErrors, match=r"isms/start\.yaml"):
        read_isms(folder, read_norms())
