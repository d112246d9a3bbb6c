"""The packs of a crisis: whole, with sources and doubts; and what is wrong in one is told with its line."""

import shutil
from pathlib import Path

import pytest

from dijkwacht.norms.crisis import FOLDER, ROOT, crisis_pack, crisis_problems, read_crisis
from dijkwacht.norms.problems import PackErrors


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return tmp_path


def test_what_there_is() -> None:
    pack = crisis_pack()
    assert len(pack.cases) == 14
    assert len(pack.axes) == 5
    assert len(pack.weighing.criteria) == 6
    assert {"mayor", "deputy_mayor", "secretary", "safety_adviser", "ciso", "communication", "privacy_officer"} <= set(
        pack.plan.roles
    )
    assert {"sign_language", "ministry", "number_checked", "languages", "without_internet"} <= set(
        pack.weighing.informing
    )


def test_what_is_disputed_says_so() -> None:
    grip = crisis_pack().ladders.ladders["grip"]
    assert "etwist" in grip.level("grip5").uncertain["nl"]
    assert "etwist" in grip.level("grip_state").uncertain["nl"]
    assert crisis_pack().ladders.ladders["digital"].uncertain


@pytest.mark.parametrize(
    ("file", "was", "now", "said"),
    [
        ("cases.yaml", "like: digital", "like: cloudy", "unknown like cloudy"),
        ("cases.yaml", "- {id: course,", "- {id: colour,", "unknown id colour"),
        ("ladders.yaml", "at: digital2", "at: digital9", "unknown at digital9"),
        ("ladders.yaml", "from: digital", "from: moon", "unknown from moon"),
        ("plan.yaml", "review: P1Y", "review: yearly", "review must be a duration"),
        ("plan.yaml", "level: digital1", "level: digital8", "unknown level digital8"),
        ("weighing.yaml", "      heavy:", "      hefty:", "unknown key hefty"),
        ("axes.yaml", "    ask:", "    tell:", "unknown key tell"),
    ],
)
def test_what_is_wrong_is_told(root: Path, file: str, was: str, now: str, said: str) -> None:
    path = root / FOLDER / file
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now, 1))
    with pytest.raises(PackErrors) as error:
        read_crisis(root)
    assert said in str(error.value)
    assert f"{FOLDER}/{file}:" in str(error.value)
    assert crisis_problems(root)


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    assert crisis_problems(tmp_path) == []
