"""The packs of the covenant: they hold together, and what is wrong in one is named with its line."""

from pathlib import Path

import pytest

from dijkwacht.core.covenant.shapes import edge
from dijkwacht.norms.covenant import ROOT, covenant_pack, covenant_problems, initiatives_pack, needs_pack, read_covenant
from dijkwacht.norms.problems import PackErrors


def test_every_need_has_area_challenge_source_and_both_languages() -> None:
    found = needs_pack().needs
    assert len(found) == 14
    assert {each.area for each in found} == {"1", "2", "3", "4", "all"}
    assert {each.challenge for each in found} == {"1", "2", "3"}
    assert all(each.source and set(each.title) == {"nl", "en"} for each in found)


def test_every_challenge_has_something_agreed() -> None:
    found = covenant_pack()
    assert {each.challenge for each in found.agreed} == {each.id for each in found.challenges}
    assert [each.id for each in found.products] == ["nds", "nlcs", "evaluation", "investment", "council", "region"]
    assert all(each.uncertain for each in found.products)


def test_every_initiative_has_owner_source_day_and_both_languages() -> None:
    found = initiatives_pack().initiatives
    assert len(found) == 55
    assert all(each.owner and each.source and each.checked_on.year == 2026 for each in found)
    assert all(set(each.title) == set(each.text) == {"nl", "en"} for each in found)
    assert all(each.uncertain for each in found if each.stands == "announced")


def test_a_month_or_a_year_means_all_of_it() -> None:
    assert [edge(text, last=False).isoformat() for text in ("2025", "2025-02", "2025-02-03")] == [
        "2025-01-01",
        "2025-02-01",
        "2025-02-03",
    ]
    assert [edge(text, last=True).isoformat() for text in ("2025", "2024-02", "2025-12")] == [
        "2025-12-31",
        "2024-02-29",
        "2025-12-31",
    ]
    for text in ("25", "2025-13", "2025-2", "2025-02-30", "ooit", "9999"):
        with pytest.raises(ValueError, match=r"."):
            edge(text, last=True)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("needs.yaml", 'area: "1"', 'area: "5"', "unknown area 5"),
        ("needs.yaml", "phases: [preventie]", "phases: [later]", "unknown phases later"),
        ("needs.yaml", 'uncertain: {nl: "", en: ""}', 'uncertain: {nl: "Iets", en: ""}', "both empty or both filled"),
        ("needs.yaml", "- id: account_once", "- id: supplier_burden", "supplier_burden stands here twice"),
        ("initiatives.yaml", "stands: announced", "stands: maybe", "unknown stands maybe"),
        ("initiatives.yaml", 'from: "2022-12"', 'from: "eind 2022"', "from must be a day, a month or a year"),
        ("initiatives.yaml", 'until: "2027-12-31"', 'until: "2021"', "until lies before from"),
        ("initiatives.yaml", "needs: [landscape_kept]", "needs: [nothing]", "unknown needs nothing"),
        ("initiatives.yaml", "own_house/proaction/execution", "own_house/proaction/nobody", "unknown gaps"),
        ("initiatives.yaml", "kind: law", "kind: wish", "unknown kind wish"),
        ("initiatives.yaml", "checked_on: 2026-11-30", "checked_on: ooit", "checked_on must be a day"),
        ("initiatives.yaml", "- id: nds\n", "- id: nlcs\n", "nlcs stands here twice"),
        ("covenant.yaml", "initiatives: [ensia]", "initiatives: [nothing]", "unknown initiatives nothing"),
        ("covenant.yaml", 'due: "2023-12-31"', 'due: "eind 2023"', "due must be a day in quotes"),
        ("covenant.yaml", "needs: [account_once]", "needs: [nothing]", "unknown needs nothing"),
        ("covenant.yaml", "confidence: C", "confidence: E", "unknown confidence E"),
        ("covenant.yaml", 'challenge: "1"', 'challenge: "9"', "unknown challenge 9"),
        ("covenant.yaml", "as_of: 2026-11-30", "as_of: gisteren", "as_of must be a day"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "covenant"
    folder.mkdir()
    for name in ("needs.yaml", "covenant.yaml", "initiatives.yaml"):
        text = (ROOT / "covenant" / name).read_text(encoding="utf-8")
        assert name != file or old in text
        (folder / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        read_covenant(tmp_path)
    assert any(message in str(each) and file in each.file and each.line > 1 for each in caught.value.problems)
    assert covenant_problems(tmp_path) == caught.value.problems
