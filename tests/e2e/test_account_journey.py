"""The account: checked, laid before the college, signed; a correction shows beside it; a supervisor draws and remarks."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT = "/o/dijkstad/verklaringen/opstellen/ensia-council/"


def test_from_answers_to_a_remark(site: str, sign_in: Callable[..., Page], today: date) -> None:
    # The CISO checks the answers, and goes by way of one requirement there and back.
    ciso = sign_in("ciso@dijkstad.example")
    ciso.get_by_role("link", name="Verantwoording", exact=True).first.click()
    ciso.get_by_role("link", name="Verklaringen", exact=True).first.click()
    ciso.get_by_role("link", name=re.compile("^Opstellen.*ENSIA: horizontale")).click()
    expect(ciso.locator("main")).to_contain_text("Controleer de antwoorden")
    assert axe(ciso) == []
    ciso.get_by_role("link", name="Vastgesteld beveiligingsbeleid met vaste onderdelen").click()
    ciso.get_by_role("link", name="Terug naar waar u vandaan kwam").click()
    assert ciso.url.partition("?")[0].partition("#")[0] == f"{site}{DRAFT}"

    # and lays the statement before the college.
    ciso.get_by_label(re.compile("^Toelichting")).fill("Graag voor dinsdag.")
    ciso.get_by_role("button", name="Ter ondertekening voorleggen").click()
    expect(ciso.locator("[role=status]").first).to_contain_text("wacht nu op een handtekening")

    # The college finds it under Today, reads what it signs, and signs.
    college = sign_in("college@dijkstad.example", width=390)
    expect(college.locator("main")).to_contain_text("Graag voor dinsdag.")
    assert axe(college) == []
    waiting = college.locator("section", has=college.get_by_role("heading", name="Wacht op uw handtekening"))
    waiting.get_by_role("link").first.click()
    expect(college.locator("main ol.utrecht-ordered-list li")).to_have_count(5)
    assert axe(college) == []
    college.get_by_label(re.compile("^Ik heb dit gelezen")).check()
    college.get_by_role("button", name="Ondertekenen").click()
    expect(college.locator("[role=status]").first).to_contain_text("kan niet meer gewijzigd worden")
    expect(college.locator("main")).to_contain_text("Zojuist gecontroleerd")
    assert axe(college) == []
    here = re.search(r"/verklaringen/(\d+)/$", college.url)
    assert here
    number = here.group(1)
    with college.expect_download() as saved:
        college.get_by_role("link", name="Raadsinformatiebrief").first.click()
    assert saved.value.suggested_filename == f"dijkstad-{number}-raadsinformatiebrief.pdf"

    # A fact is corrected afterwards: the statement stays, and says what would be different.
    ciso.goto(f"{site}/o/dijkstad/vragen/dijkstad/policy.approved/?back=/o/dijkstad/verklaringen/{number}/")
    ciso.get_by_text("Het klopte niet").first.click()
    ciso.get_by_role("button", name=re.compile("^Nee")).first.click()
    ciso.goto(f"{site}/o/dijkstad/verklaringen/{number}/")
    expect(ciso.locator("main")).to_contain_text(re.compile(r"zou(den)? \d+ regels? anders zijn"))
    expect(ciso.locator("main")).to_contain_text("Was: ")
    assert axe(ciso) == []

    # The supervisor reads it, draws a sample with a seed, and remarks on the first line.
    watch = sign_in("inspecteur@toezicht.example")
    watch.get_by_role("link", name="Leeszaal").first.click()
    assert axe(watch) == []
    watch.get_by_role("link", name=f"Verklaring {number}", exact=True).click()
    expect(watch.locator("main")).to_contain_text("sluiten op elkaar aan")
    assert axe(watch) == []
    watch.get_by_label(re.compile("^Hoeveel regels")).fill("5")
    watch.get_by_role("button", name="Trekken").click()
    expect(watch.locator("main .line")).to_have_count(5)
    assert re.search(r"seed=[0-9a-f]{16}$", watch.url)
    assert axe(watch) == []
    watch.get_by_role("link", name=re.compile("^Opmerking maken")).first.click()
    watch.get_by_label("Uw opmerking").fill("Waar blijkt dit uit?")
    watch.get_by_label("Antwoord verwacht vóór").fill(str(today + timedelta(days=14)))
    assert axe(watch) == []
    watch.get_by_role("button", name="Opmerking versturen").click()
    expect(watch.locator("[role=status]").first).to_contain_text("Uw opmerking is bij Gemeente Dijkstad")

    # And there it is, with the CISO.
    ciso.goto(f"{site}/o/dijkstad/")
    expect(ciso.locator("main")).to_contain_text("Waar blijkt dit uit?")
    assert axe(ciso) == []
