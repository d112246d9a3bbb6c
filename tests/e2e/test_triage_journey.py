"""From the queue of the CSIRT to the municipality that is warned, in a real browser, with the keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dijkwacht.apps.advisories.models import Advisory, Warned
from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
ANALYST, CISO = "analist@csirt.example", "ciso@dijkstad.example"
TITLE = "Polderpost Mailserver voert opdrachten uit een bijlage uit"
"""The third in the queue of the demo world."""


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_an_analyst_warns_with_the_keyboard_and_the_municipality_sees_it(
    sign_in: Callable[..., Page], site: str
) -> None:
    page = sign_in(ANALYST)
    page.goto(f"{site}/o/csirt/adviezen/")
    _help(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert _focused(page) == TITLE
    page.keyboard.press("k")
    assert _focused(page) != TITLE
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(TITLE)
    page.keyboard.press("w")
    expect(page.locator("textarea[name=technical]")).to_have_value(re.compile("Installeer Mailserver 9.4"))
    page.locator("textarea[name=management]").fill("Besluit vandaag over de update. jnwx?")  # no key acts in a field
    expect(page.locator("textarea[name=management]")).to_have_value("Besluit vandaag over de update. jnwx?")
    page.click("button[name=then][value=warn]")
    expect(page.locator("h1")).to_have_text(TITLE)
    advisory = Advisory.objects.get(title=TITLE, organisation__slug="csirt")
    assert advisory.decision == "warn"
    told = Warned.objects.get(advisory=advisory, organisation__slug="dijkstad")
    theirs = sign_in(CISO)
    theirs.goto(f"{site}/o/dijkstad/waarschuwingen/{told.pk}/")
    expect(theirs.locator("main")).to_contain_text(TITLE)
    expect(theirs.locator("main")).to_contain_text("Besluit vandaag over de update.")


def _help(page: Page) -> None:
    """The help opens and closes by its key, and turns the keys off and on."""
    help_ = page.locator("#shortcuts")
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    page.locator("#shortcuts-on").uncheck()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-row]')") is False
    page.keyboard.press("?")
    page.locator("#shortcuts-on").check()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


def test_the_desk_is_for_everybody_and_works_without_scripts(sign_in: Callable[..., Page], site: str) -> None:
    some = {row.number: row.pk for row in Advisory.objects.filter(organisation__slug="csirt")}
    for width in (1280, 390):
        _for_everybody(sign_in(ANALYST, width=width), f"{site}/o/csirt/adviezen/", some, width)
    page = sign_in(ANALYST, scripts=False)
    page.goto(f"{site}/o/csirt/adviezen/?text=VB-2026-0047")
    page.check("input[name=advisory]")
    page.fill("main form[method=post] input[name=because]", "Niemand heeft het.")
    page.click("main form[method=post] button[type=submit]")
    assert Advisory.objects.get(number="VB-2026-0047").because == "Niemand heeft het."


def _for_everybody(page: Page, desk: str, some: dict[str, int], width: int) -> None:
    """Every page of this part, held against WCAG, and nothing scrolls sideways."""
    urgent, waiting = some["VB-2026-0041"], some["VB-2026-0042"]
    for address in (
        "", "?state=all&text=VB-2026", "niemand/", f"advies/{urgent}/", f"advies/{some['VB-2026-0039']}/",
        f"advies/{some['VB-2026-0037']}/", f"advies/{waiting}/besluit/?decision=wait", f"advies/{waiting}/teksten/",
        f"advies/{urgent}/wie/",
    ):  # fmt: skip
        page.goto(desk + address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
