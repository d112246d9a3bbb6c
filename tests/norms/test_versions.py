"""Versions of one catalog live side by side, each in its own period."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from dijkwacht.norms import read
from dijkwacht.norms.read import check, read_norms

LIVE = read.ROOT


@pytest.fixture
def next_bio2(tmp_path: Path) -> Path:
    """The packs of the house with a made-up BIO2 1.4 from 2027 on, in which two things differ."""
    root = tmp_path / "norms"
    shutil.copytree(LIVE, root, ignore=shutil.ignore_patterns("*.py", "__pycache__", "data"))
    old, new = root / "bio2" / "1.3", root / "bio2" / "1.4"
    shutil.copytree(old, new)
    _replace(old / "catalog.yaml", "valid_from: 2026-01-09", "valid_from: 2026-01-09\nvalid_to: 2027-01-01")
    _replace(new / "catalog.yaml", "valid_from: 2026-01-09", "valid_from: 2027-01-01")
    _replace(new / "catalog.yaml", 'version: "1.3"', 'version: "1.4"')
    _replace(
        new / "criteria.yaml",
        "{fact: incident.report.sent_on, within: P1M}",
        "{fact: incident.report.sent_on, within: P3M}",
    )
    return root


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_day_has_its_own_version(next_bio2: Path) -> None:
    assert check(next_bio2).errors == []
    before, after = (read_norms(next_bio2, on=day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before.versions["bio2"], after.versions["bio2"]) == ("1.3", "1.4")
    monthly, quarterly = (norms.requirements["bio2:5.24.04"].met_if for norms in (before, after))
    assert monthly != quarterly
    assert before.requirements.keys() == after.requirements.keys()
    assert before.catalogs["bio2"].valid_to == after.catalogs["bio2"].valid_from
    assert before.fact_types == after.fact_types


def test_without_a_day_the_newest_counts(next_bio2: Path) -> None:
    assert read_norms(next_bio2).versions["bio2"] == "1.4"


def test_what_leans_on_a_number_that_the_next_version_drops_is_told(next_bio2: Path) -> None:
    path = next_bio2 / "bio2" / "1.4" / "criteria.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("bio2:8.13.04:")
    path.write_text(text[:start] + text[text.index("bio2:8.15.01:") :], encoding="utf-8")
    told = [str(problem) for problem in check(next_bio2).errors]
    assert [line.rpartition(": ")[2] for line in told] == ["unknown requirement bio2:8.13.04"] * len(told)
    assert {line.partition(":")[0] for line in told} == {"cbw/2026/criteria.yaml", "iso27002/2022/criteria.yaml"}


def test_two_versions_never_hold_on_one_day(next_bio2: Path) -> None:
    _replace(next_bio2 / "bio2" / "1.3" / "catalog.yaml", "valid_to: 2027-01-01", "valid_to: 2027-02-01")
    assert [str(problem) for problem in check(next_bio2).errors] == [
        "bio2/1.4/catalog.yaml:6: bio2 1.4 starts before 1.3 has ended (valid_to)"
    ]
