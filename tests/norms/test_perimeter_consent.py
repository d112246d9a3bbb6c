"""The texts that are agreed to: what stands in them, and what is refused."""

import shutil
from pathlib import Path

import pytest

from dijkwacht.norms.perimeter_consent import FILE, KINDS, read_consent_texts
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT, check, consent_texts


def test_every_kind_has_its_text() -> None:
    found = consent_texts()
    assert set(found.texts) == set(KINDS)
    assert all(each.version and each.text for each in found.texts.values())
    assert "Dijkstad" in found.texts["own"].filled(organisation="Dijkstad")
    filled = found.texts["supplier"].filled(organisation="Dijkstad", party="Zaakzicht BV")
    assert "Zaakzicht BV" in filled
    assert "{" not in filled
    assert set(found.uncertain) == set(found.article_uncertain) == {"nl", "en"}
    assert len(found.article) <= 200  # as long as a consent keeps


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: supplier", "kind: own", "twice"), ("kind: csirt", "kind: other", "unknown kind"),
        ("{organisation} (hierna: het CSIRT)", "{iemand}", "no other places"), ('version: "1.1"', "version:", "version"),
        ("article:\n", "artikel:\n", "unknown key"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    shutil.copytree(ROOT / "perimeter", tmp_path / "perimeter")
    file = tmp_path / FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(PackErrors) as refused:
        read_consent_texts(tmp_path)
    assert told in str(refused.value)


def test_the_check_of_the_packs_reads_it() -> None:
    assert check().errors == []
