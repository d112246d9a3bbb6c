"""The packs on cybercrime: what they hold, and that a fault in them is named with its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from dijkwacht.core.crime.interventions import Reason, Seen, Stand, fitting, signs, stand
from dijkwacht.norms.crime_packs import FOLDER, ROOT, crime_packs, crime_problems, read_crime
from dijkwacht.norms.problems import PackErrors

PACKS = crime_packs()


def test_nothing_is_lost_and_everything_has_a_source():
    assert len(PACKS.catalogue.interventions) == 24
    assert len(PACKS.referral.points) == 27
    assert all(each.source for each in (*PACKS.catalogue.interventions.values(), *PACKS.referral.points.values()))
    assert crime_problems(ROOT) == []


def test_common_knowledge_is_not_called_checked():
    for each in PACKS.referral.points.values():
        assert each.checked is not ("algemene kennis" in each.source), each.id


def test_no_intervention_claims_an_effect():
    assert {each.evidence for each in PACKS.catalogue.interventions.values()} == {"none", "process"}


def test_the_national_figures_are_those_of_the_source():
    found = {(each.measure, each.cell.period.year): each.cell for each in PACKS.figures.national}
    cell = found["victim", 2023]
    assert (cell.value, cell.lower, cell.upper) == (15.6, 15.4, 15.9)
    assert found["declared", 2023].value == 17.0
    assert found["declared", 2021].interval is None


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("figures.yaml", "value: 15.6,", "value: 25.6,", "outside its bounds"),
        ("figures.yaml", "survey_least: 70000", "survey_least: no", "survey_least must be"),
        ("interventions.yaml", "evidence: process", "evidence: miracle", "unknown evidence"),
        ("referral.yaml", "point: police_112", "point: nobody", "unknown point"),
        ("referral.yaml", 'danger: ["yes"]', 'peril: ["yes"]', "peril"),
    ],
)  # fmt: skip
def test_a_fault_is_named(tmp_path: Path, file, old, new, told):
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackErrors, match=told) as wrong:
        read_crime(tmp_path)
    assert all(each.file.endswith(file) and each.line > 0 for each in wrong.value.problems)


def test_what_fits_comes_first_and_says_why():
    catalogue = PACKS.catalogue
    found = signs(catalogue, higher=["3.7.4"], rising=[], local=["phishing"])
    seen = Seen(found, frozenset({"seniors"}), frozenset({"cops"}))
    rows = fitting(catalogue, catalogue.interventions.values(), seen)
    assert [each.fits for each in rows] == sorted((each.fits for each in rows), reverse=True)
    reasons = {each.intervention.id: dict(each.reasons) for each in rows}
    assert reasons["serious_game_senioren"] == {Reason.LOCAL: ("phishing",), Reason.GROUP: ("seniors",)}
    assert Reason.RUNS in reasons["cops"]
    assert reasons["online_orde"] == {Reason.NOTHING: ()}


@pytest.mark.parametrize(
    ("on", "evaluated", "said"),
    [
        ("2026-01-31", False, Stand.AHEAD), ("2026-02-01", False, Stand.RUNS), ("2026-11-02", False, Stand.ENDS),
        ("2026-12-31", False, Stand.ENDS), ("2027-01-01", False, Stand.OVER), ("2027-03-01", False, Stand.EVALUATE),
        ("2027-03-01", True, Stand.DONE),
    ],
)  # fmt: skip
def test_how_a_plan_stands(on, evaluated, said):
    period = {"start": date(2026, 2, 1), "end": date(2026, 12, 31), "evaluate_on": date(2027, 3, 1)}
    assert stand(**period, evaluated=evaluated, on=date.fromisoformat(on), ahead=60) is said
