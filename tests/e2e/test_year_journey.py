"""From last year to this year: look at what stood, change what changed, confirm the rest, hand out what a colleague knows."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
BAG = "Basisregistratie adressen en gebouwen"
BRP = "Basisregistratie personen"
BUILDING = "Staat de definitieve omtrek van een nieuw of gewijzigd pand"
OUTSIDE = "Is vastgelegd hoe de BRP buiten het gemeentehuis wordt gebruikt?"


def sound(page: Page) -> None:
    """Nothing for axe to say, and nothing to scroll to sideways."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def line_of(page: Page, name: str) -> Locator:
    """A line in the year at a glance."""
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def count(page: Page, line: str, column: str) -> int:
    """A number of a line in the year at a glance."""
    return int(line_of(page, line).locator(f"td[data-label='{column}']").inner_text())


def receipt(page: Page) -> Locator:
    """What the page says was done."""
    return page.locator("[role=status]").first


def test_from_last_year_to_this_year(site: str, sign_in: Callable[..., Page], settings: Any) -> None:
    settings.DIJKWACHT_URL = site
    year = f"{site}/o/dijkstad/ensia/"

    # The CISO finds the year, and how every line stands.
    ciso = sign_in("ciso@dijkstad.example")
    ciso.get_by_role("link", name="Verantwoording", exact=True).first.click()
    ciso.get_by_role("link", name="ENSIA-jaar").click()
    expect(ciso.get_by_role("heading", level=1)).to_have_text(re.compile(r"^ENSIA \d{4}$"))
    expect(ciso.locator("main")).to_contain_text("18 antwoorden van vorig jaar wachten op bevestiging")
    assert count(ciso, BAG, "Te bevestigen") == 5
    still_open = count(ciso, BAG, "Open vragen")
    sound(ciso)

    # On a line last year's answers are shown one by one, each with who said it and when.
    ciso.get_by_role("link", name=BAG, exact=True).click()
    theme = ciso.locator("form", has=ciso.get_by_role("heading", name="Basisregistraties en reisdocumenten"))
    shown = theme.get_by_role("listitem")
    expect(shown).to_have_count(5)
    for row in shown.all():
        expect(row.locator("strong")).to_have_text(re.compile("^(ja|nee)$"))
        expect(row).to_contain_text("Noor van der Sluis")
    sound(ciso)

    # One of them is otherwise now: that one is changed, and both years stand beside each other.
    ciso.get_by_role("link", name=BUILDING).click()
    expect(ciso.locator("main")).to_contain_text("Er is al een antwoord")
    sound(ciso)
    ciso.get_by_role("button", name=re.compile("^Ja")).first.click()
    expect(receipt(ciso)).to_contain_text("Vastgelegd")
    first = ciso.get_by_role("region", name="Kijk hier eerst naar").get_by_role("listitem").first
    expect(first).to_contain_text(BUILDING)
    expect(first.locator("dd").nth(0)).to_contain_text("ja")
    expect(first.locator("dd").nth(1)).to_contain_text("nee")
    expect(first).to_contain_text("Anders dan vorig jaar")
    sound(ciso)

    # The others are confirmed in one act, and the year moves on.
    ciso.get_by_role("button", name=re.compile("^Onveranderd: bevestig deze 4 antwoorden")).click()
    expect(receipt(ciso)).to_contain_text("4 antwoorden zijn bevestigd.")
    expect(ciso.get_by_role("heading", name="Gelijk aan vorig jaar")).to_have_count(0)
    ciso.get_by_text("4 antwoorden zijn klaar voor dit jaar").click()
    expect(ciso.get_by_text("Gelijk aan vorig jaar, bevestigd")).to_have_count(4)
    sound(ciso)
    ciso.goto(year)
    expect(ciso.locator("main")).to_contain_text("13 antwoorden van vorig jaar wachten op bevestiging")
    assert (count(ciso, BAG, "Te bevestigen"), count(ciso, BAG, "Open vragen")) == (0, still_open)

    # The coordinator hands out a line that nobody has.
    keeper = sign_in("coordinator@dijkstad.example")
    keeper.goto(year)
    open_before = count(keeper, BRP, "Open vragen")
    line_of(keeper, BRP).get_by_role("link", name=f"Uitzetten: {BRP}").click()
    sound(keeper)
    keeper.get_by_label("Wie antwoordt?").select_option(label="Mila Terp")
    keeper.get_by_label(re.compile("^Bericht in de mail")).fill("Graag deze week.")
    keeper.get_by_role("button", name="Uitzetten en mailen").click()
    expect(receipt(keeper)).to_contain_text("Mila Terp krijgt een mail met een link naar deze vragen.")
    expect(keeper.get_by_role("region", name="Wie antwoordt")).to_contain_text("Mila Terp")
    sound(keeper)
    keeper.goto(f"{keeper.url.partition('/lijn/')[0]}/berichten/")
    expect(keeper.get_by_role("row").filter(has_text=BRP)).to_contain_text("Mila Terp")
    sound(keeper)

    # The mail says so, and its link asks to sign in. She finds the line under Today, and answers a question of it.
    (sent,) = mail.outbox
    assert sent.to == ["collega@dijkstad.example"]
    assert "Graag deze week." in sent.body
    link = re.search(r"\S+/lijn/BRP/", sent.body)
    assert link
    colleague = sign_in("collega@dijkstad.example", width=390)
    asked = colleague.get_by_role("region", name="Bij u uitgezet voor ENSIA")
    expect(asked.get_by_role("link", name=BRP)).to_be_visible()
    sound(colleague)
    asked.get_by_role("link", name=BRP).click()
    assert colleague.url == link.group()
    sound(colleague)
    colleague.get_by_role("link", name=OUTSIDE).click()
    expect(colleague.locator("main")).to_contain_text("Dit is nog niet beantwoord.")
    sound(colleague)
    colleague.get_by_role("button", name=re.compile("^Ja")).first.click()
    expect(receipt(colleague)).to_contain_text("Vastgelegd")
    sound(colleague)

    # The coordinator sees who has what, and that it moved.
    keeper.goto(year)
    for line, who in ((BRP, "Mila Terp"), (BAG, "Tess Landmeter")):
        expect(line_of(keeper, line).locator("td[data-label='Wie']")).to_have_text(who)
    assert count(keeper, BRP, "Open vragen") == open_before - 1
    line_of(keeper, BRP).get_by_role("link", name=BRP).click()
    keeper.get_by_text("1 antwoord is klaar voor dit jaar").click()
    expect(keeper.locator("main details[open]")).to_contain_text("Mila Terp")
    sound(keeper)
