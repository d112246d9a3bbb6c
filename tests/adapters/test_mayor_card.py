"""The mayor's card on paper is one page, also when it is as full as it may be and the title is one long word."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from dijkwacht.adapters.crisis.contact_file import ContactFile, Entry, as_html, as_text
from dijkwacht.adapters.crisis.mayor_card import CardPaper, write
from dijkwacht.apps.crisis.services.weighing import LIMITS, MOST_OPTIONS


def _words(most: int) -> str:
    return ("Wateroverlast en storingen " * 40)[:most]


@pytest.mark.parametrize("title", ["T" * 120, _words(120)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_fullest_card_is_one_page(title: str, language: str) -> None:
    option = f"{_words(LIMITS['what'])}: {_words(LIMITS['then'])}"
    parts = [("Residents", _words(LIMITS["residents"])), ("Phase", "GRIP 4"), ("Decides", _words(LIMITS["decides"]))]
    after = [("Next", f"30 november 2026, 23:59: {_words(LIMITS['next_what'])}"), ("Speaks", _words(LIMITS["speaks"]))]
    paper = CardPaper(
        title, "Card", "Dijkstad", language, datetime(2026, 11, 30, 2, tzinfo=UTC), _words(LIMITS["happens"]), parts,
        ("Asked", _words(LIMITS["asked"]), [option] * MOST_OPTIONS), [("Advice", _words(LIMITS["advice"])), *after],
        ("Not known", _words(LIMITS["unknown"])), "C2026-01", "{page} / {pages}", "EXERCISE",
    )  # fmt: skip
    assert len(pikepdf.open(io.BytesIO(write(paper))).pages) == 1


def test_the_contacts_need_nothing_from_outside() -> None:
    entry = Entry("<b>Piket</b>", [("088 555 0101", True), ("Kamer 1.12", False)], "", "never tried", "Try again.")
    file = ContactFile("Whom", "As of", "nl", [("Own", [entry]), ("None", [])])
    page = as_html(file)
    assert "&lt;b&gt;Piket" in page
    assert 'href="tel:0885550101"' in page
    assert not any(each in page for each in ("http", "<script", "src=", "@import", "None"))
    assert "088 555 0101  |  Kamer 1.12" in as_text(file)
