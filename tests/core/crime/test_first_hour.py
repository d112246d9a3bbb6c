"""The first hour: something to do on every answer, the safest first; and a fault in the pack is named."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given

from dijkwacht.core.first_hour import first_steps
from dijkwacht.core.referral import known
from dijkwacht.norms.crime_first_hour import first_hour_pack, first_hour_problems, read_first_hour
from dijkwacht.norms.crime_packs import FOLDER, ROOT, crime_packs
from dijkwacht.norms.problems import PackErrors
from tests.core.crime.test_referral import ANSWERS

PACK, REFERRAL = first_hour_pack(), crime_packs().referral


@given(ANSWERS)
def test_there_is_always_something_to_do(answers):
    found = first_steps(PACK, known(REFERRAL, answers))
    assert found
    assert len(found) <= 8  # an hour is short
    assert [PACK.steps.index(each) for each in found] == sorted(PACK.steps.index(each) for each in found)


@given(ANSWERS)
def test_danger_first_and_money_that_just_went_soon(answers):
    said = known(REFERRAL, {**answers, "danger": ["yes"], "money": ["just"]})
    found = [each.id for each in first_steps(PACK, said)]
    assert found[0] == "safe"
    assert "call_bank" in found[:3]


@given(ANSWERS)
def test_nobody_is_told_to_copy_nude_images_or_to_pay(answers):
    said = known(REFERRAL, {**answers, "what": ["images"]})
    found = [each.id for each in first_steps(PACK, said)]
    assert {"not_pay", "keep_images"} <= set(found)
    assert "keep" not in found


def test_every_step_can_be_reached_and_common_knowledge_is_not_called_checked():
    options = {each.id: {one.id for one in each.options} for each in REFERRAL.questions}
    for step in PACK.steps:
        said = {name: (sorted(values)[0],) for name, values in step.when.items()}
        assert step in first_steps(PACK, said), step.id
        assert all(values <= options[name] for name, values in step.when.items())
        assert step.checked is not step.source.startswith("algemene kennis"), step.id


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('danger: ["yes"]', 'danger: ["maybe"]', "maybe"),
        ('danger: ["yes"]', 'peril: ["yes"]', "peril"),
        ("when: {}", "when: {danger: ['no']}", "one step must fit"),
        ("checked: true", "checked: perhaps", "true or false"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old, new, told):
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / "first_hour.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackErrors, match=told) as wrong:
        read_first_hour(tmp_path, REFERRAL.questions)
    assert all(each.line > 0 for each in wrong.value.problems)
    assert first_hour_problems(tmp_path) == wrong.value.problems
    assert first_hour_problems(ROOT) == first_hour_problems(tmp_path / "nowhere") == []
