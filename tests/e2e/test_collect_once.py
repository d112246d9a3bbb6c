"""Collect once: one answer with one report, and every line that rests on it turns, with the reason."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = {
    "name": "hersteltest-burgerzaken.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7 hersteltest geslaagd",
}
TURNING = ("bio2:8.13.04", "cbw:21.3.c", "iso27002:8.13")


def requirement(page: Page, site: str, number: str) -> None:
    page.goto(f"{site}/o/dijkstad/eis/{number}/")


def number_of(page: Page, label: str) -> float:
    """A figure of the page with the accounts."""
    figure = page.locator(".figure", has_text=label)
    told = figure.locator(".figure__value, .number").first.inner_text()
    found = re.search(r"[\d.,]+", told)
    assert found, told
    return float(found.group().replace(".", "").replace(",", "."))


def test_one_report_turns_three_norms(site: str, sign_in: Callable[..., Page], today: date) -> None:
    ciso = sign_in("ciso@dijkstad.example")
    ciso.goto(f"{site}/o/dijkstad/verantwoording/")
    reuse = ciso.locator("main").inner_text()
    owner = sign_in("proces@dijkstad.example")
    for number in TURNING:
        requirement(owner, site, number)
        expect(owner.locator("main .verdict, main .status").first).to_contain_text("Onbekend")
    requirement(owner, site, "bio2:8.13.04")
    form = owner.locator("form", has=owner.locator("input[name=value]")).first
    form.locator("input[name=value]").fill(str(today - timedelta(days=5)))
    form.locator("summary").first.click()
    form.locator("input[type=file]").set_input_files(REPORT)
    form.get_by_role("button", name="Vastleggen").click()
    receipt = owner.locator("[role=status]").first
    expect(receipt).to_contain_text("Vastgelegd")
    for number in TURNING:
        requirement(owner, site, number)
        expect(owner.locator("main .verdict, main .status").first).to_contain_text("Op orde")
        expect(owner.locator("main")).to_contain_text("Burgerzaken")
        assert axe(owner) == []
    requirement(owner, site, "bio2:8.13.04")
    expect(owner.locator("main")).to_contain_text(REPORT["name"])
    ciso.reload()
    after = ciso.locator("main").inner_text()
    assert after != reuse
    assert axe(ciso) == []


def test_the_first_answer_is_six_clicks_away(site: str, sign_in: Callable[..., Page]) -> None:
    """From signing in to an answer that decided something: at most six clicks (the leading open product: 18)."""
    page = sign_in("ciso@dijkstad.example")
    clicks = 1  # signing in
    page.get_by_role("link", name="Vragen", exact=True).first.click()
    clicks += 1
    left = page.locator("main .page-head__answer").first.inner_text()
    page.get_by_role("button", name=re.compile("^Ja")).first.click()
    clicks += 1
    expect(page.locator("[role=status]").first).to_contain_text("Vastgelegd")
    assert page.locator("main .page-head__answer").first.inner_text() != left
    assert clicks <= 6
    assert axe(page) == []


def test_it_works_by_keyboard_and_can_be_undone(site: str, sign_in: Callable[..., Page]) -> None:
    page = sign_in("ciso@dijkstad.example")
    page.goto(f"{site}/o/dijkstad/vragen/")
    question = page.locator(".question__text").first.inner_text()
    page.keyboard.press("j")
    expect(page.locator("[role=status]").first).to_contain_text("Vastgelegd")
    assert page.locator(".question__text").first.inner_text() != question
    page.locator("[role=status]").first.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("main")).to_contain_text(question)


def test_it_works_without_scripts_on_a_phone(site: str, sign_in: Callable[..., Page]) -> None:
    page = sign_in("ciso@dijkstad.example", width=320, height=640, scripts=False)
    page.goto(f"{site}/o/dijkstad/vragen/")
    page.get_by_role("button", name=re.compile("^Ja")).first.click()
    expect(page.locator("[role=status]").first).to_contain_text("Vastgelegd")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_reads_well(site: str, sign_in: Callable[..., Page], width: int) -> None:
    """No sideways scroll, and nothing that axe finds wrong."""
    page = sign_in("ciso@dijkstad.example", width=width)
    for path in (
        "", "vragen/", "verantwoording/", "verantwoording/ensia-council/", "kader/bio2/", "eis/bio2:8.13.04/",
        "gegeven/burgerzaken/system.critical/", "onderwerpen/", "onderwerpen/system/", "invoer/", "delen/", "mensen/",
        "spoor/", "overzicht/",
    ):  # fmt: skip
        page.goto(f"{site}/o/dijkstad/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path


def test_yesterday_and_what_we_knew_then(site: str, sign_in: Callable[..., Page], today: date) -> None:
    page = sign_in("ciso@dijkstad.example")
    requirement(page, site, "cbw:21.3.c")
    page.locator("input[name=on], input[name=op]").first.fill(str(today - timedelta(days=1)))
    page.get_by_role("button", name="Terugkijken").click()
    expect(page.locator("main")).to_contain_text("Onbekend")
    assert axe(page) == []


def test_an_answer_is_changed_from_the_requirement_that_rests_on_it(site: str, sign_in: Callable[..., Page]) -> None:
    page = sign_in("ciso@dijkstad.example", width=390)
    requirement(page, site, "bio2:5.04.01")
    expect(page.locator("main .verdict").first).to_contain_text("Deels")
    counted = page.locator("section", has=page.get_by_role("heading", name="Waar is het op orde, en waar niet?"))
    expect(counted).to_contain_text("Wethouder")
    assert axe(page) == []
    page.get_by_role("link", name=re.compile("^Wijzigen")).first.click()
    expect(page.locator("main")).to_contain_text("Wat is er met het eerdere antwoord")
    assert axe(page) == []
    page.get_by_role("button", name="Nog nooit").click()
    expect(page.locator("[role=status]").first).to_contain_text("Vastgelegd")
    assert "/eis/bio2:5.04.01/" in page.url


def test_a_colleague_is_asked_and_then_no_longer(site: str, sign_in: Callable[..., Page]) -> None:
    page = sign_in("ciso@dijkstad.example", width=390)
    requirement(page, site, "bio2:8.13.04")
    page.get_by_text("Vraag een collega").click()
    page.get_by_label("Wie", exact=True).select_option(label="Mila Terp")
    page.get_by_role("button", name="Vraag", exact=True).click()
    colleague = sign_in("collega@dijkstad.example")
    expect(colleague.locator("main")).to_contain_text("8.13.04")
    assert axe(colleague) == []
    page.get_by_role("button", name="Niet meer vragen Mila Terp").click()
    expect(page.locator("main")).to_contain_text("Mila Terp gaat niet langer over deze eis.")
    assert axe(page) == []
