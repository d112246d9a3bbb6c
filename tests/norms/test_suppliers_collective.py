"""Services that municipalities have together: what stands in the pack, and that a mistake in it is told with its line."""

from datetime import date
from pathlib import Path

import pytest

from dijkwacht.norms.suppliers_collective import FILE, collective_problems, collective_services
from dijkwacht.norms.suppliers_requirements import house_names
from tests.norms.asking import broken, wrong_texts

PACK = collective_services()
SERVICES = {each.id: each for each in PACK.services}


def test_what_stands_in_it() -> None:
    assert {"ggu", "ggi_veilig", "ggi_netwerk", "ibd_response", "samen_controleren", "ico", "gibit", "gt"} <= set(
        SERVICES
    )
    ended = {part.id: part.ended for part in SERVICES["ggi_veilig"].parts}
    assert ended["siem_soc"] == date(2022, 7, 1)
    assert {name for name, day in ended.items() if day is None} == {"products", "expertise", "monitoring_response"}


def test_every_text_is_in_both_languages_short_and_ours() -> None:
    assert wrong_texts(PACK) == []


def test_every_service_says_what_is_not_sure_and_what_stays() -> None:
    for each in PACK.services:
        assert each.uncertain["nl"]
        for covered in each.covers:
            assert covered.requirement in house_names().requirements
            assert covered.remains["nl"]
            assert covered.extent == "part"  # no service found takes over a whole requirement


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("requirement: bio2:8.16.03", "requirement: bio2:8.16.33", "unknown requirement bio2:8.16.33"),
        ("requirement: bio2:8.16.03", "requirement: digid:B.05", "digid:B.05 is of none of bio2"),
        ("requirement: bio2:8.16.04", "requirement: bio2:8.16.03", "bio2:8.16.03 stands here twice"),
        ("extent: part", "extent: some", "unknown extent some"),
        ("        remains:", "        rest:", "unknown key rest"),
        ("ended: 2022-07-01", "ended: 2022", "ended must be a day"),
        ('since: "2017"', "since: 2017", "since must be text"),
        ('since: "2017"', 'since: "long ago"', "since must be a year or a day"),
        ('holder: "VNG"', 'holder: ""', "holder is missing"),
        ("    uncertain:", "    doubt:", "unknown key doubt"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    found = broken(tmp_path, FILE, collective_problems, before, after)
    assert any(message in each for each in found), found


@pytest.mark.parametrize("text", ["", "[]", "services: none"])
def test_a_file_that_is_no_pack(tmp_path: Path, text: str) -> None:
    (tmp_path / "suppliers").mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert collective_problems(tmp_path, house_names())


def test_packs_without_it(tmp_path: Path) -> None:
    assert collective_problems(tmp_path, house_names()) == []
