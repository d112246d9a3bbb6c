"""The packs of the covenant: they hold together, and what is wrong in one is named with its line."""

from pathlib import Path

import pytest

from dijkwacht.norms.covenant import ROOT, covenant_pack, covenant_problems, needs_pack, read_covenant
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


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("needs.yaml", 'area: "1"', 'area: "5"', "unknown area 5"),
        ("needs.yaml", "phases: [preventie]", "phases: [later]", "unknown phases later"),
        ("needs.yaml", 'uncertain: {nl: "", en: ""}', 'uncertain: {nl: "Iets", en: ""}', "both empty or both filled"),
        ("needs.yaml", "- id: account_once", "- id: supplier_burden", "supplier_burden stands here twice"),
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
    for name in ("needs.yaml", "covenant.yaml"):
        text = (ROOT / "covenant" / name).read_text(encoding="utf-8")
        assert name != file or old in text
        (folder / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        read_covenant(tmp_path)
    assert any(message in str(each) and file in each.file and each.line > 1 for each in caught.value.problems)
    assert covenant_problems(tmp_path) == caught.value.problems
