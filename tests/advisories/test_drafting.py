"""Drafts of what is told: what the document says, for who repairs and for who decides."""

from typing import Any

import pytest

from dijkwacht.apps.advisories.services.drafting import MOST, draft_of, summary_of
from tests.advisories.conftest import content

pytestmark = pytest.mark.django_db


def _draft(audience: str = "technical", **told: Any) -> str:
    return draft_of(content(**told), audience, language="en")


def test_who_repairs_reads_what_where_and_how() -> None:
    text = _draft(exploited=True)
    assert text.splitlines()[:2] == ["What is it", "Kwetsbaarheid in Zaaksysteem"]
    for said in (
        "Er is een fout gevonden", "- Zaakzicht Zaaksysteem lower than 3.2", "- Update of the vendor: Installeer 3.2.",
        "- CVE-2026-1001, is being used",
    ):  # fmt: skip
        assert said in text


def test_who_decides_reads_what_must_be_decided_and_by_when() -> None:
    urgent = _draft("management", kans="high", schade="high", exploited=True)
    assert "Attackers already use this weakness." in urgent
    assert "Whether the update is installed now" in urgent
    assert "(BIO2 8.08.01)" in urgent
    assert "In the next round of updates." in _draft("management", kans="low", schade="low")
    assert "as long as there is no remedy" in _draft("management", fix="")


def test_without_a_remedy_it_says_so() -> None:
    assert "The publisher gives no remedy yet." in _draft(fix="")


def test_of_many_products_the_rest_is_counted() -> None:
    text = _draft(products=[("Zaakzicht", f"Deel {number}", "1") for number in range(MOST + 3)])
    assert "- and 3 others" in text
    assert text.count("Zaakzicht Deel") == MOST


def test_what_the_document_quotes_is_not_translated() -> None:
    dutch = draft_of(content(), "technical")
    assert "Installeer 3.2." in dutch


def test_no_other_audience() -> None:
    with pytest.raises(ValueError, match="no audience press"):
        draft_of(content(), "press")


def test_a_document_without_a_text_has_no_summary() -> None:
    from dataclasses import replace

    bare = replace(content(), notes=(), vulnerabilities=())
    assert summary_of(bare) == ""
    assert "What is it" in draft_of(bare, "technical", language="en")
