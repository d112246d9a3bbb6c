"""An exercise in three browsers: who leads it, the mayor, and a guest of another organisation who came in by the link."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from dijkwacht.apps.exercises.models import Answer, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.ledger.models import Fact
from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT, TITLE = "telecom_112_outage", "Niemand kan bellen, avond"
TO_ROOM, TO_MAYOR = "zakt naar bijna nul", "Uw telefoon werkt niet"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    queries.forget()


def sound(page: Page) -> None:
    """Nothing for axe to say, marked as an exercise, and nothing to scroll to sideways."""
    assert axe(page) == [], page.url
    expect(page.locator(".exercise-band")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def act(page: Page, name: str) -> None:
    page.locator(f"main button[value={name}]").click()
    page.wait_for_load_state()


def plan(lead: Page, site: str) -> str:
    """Plans it with the mayor in it; returns the link for guests."""
    lead.goto(f"{site}/o/dijkstad/oefeningen/plannen/?scenario={SCRIPT}")
    sound(lead)
    lead.locator("[name=title]").fill(TITLE)
    lead.locator("[name=planned_on]").fill(timezone.localdate().isoformat())
    send(lead)
    base = lead.url
    lead.goto(f"{base}wijzigen/")
    for role in ("control_room", "calamity_coordinator"):
        lead.locator(f"input[value={role}]").check()
    sound(lead)
    send(lead)
    lead.goto(f"{base}rollen/")
    lead.locator("select[name=who]").select_option(label="Marit Uiterwaard")
    lead.locator("input[value=mayor]").check()
    sound(lead)
    send(lead)
    sound(lead)
    act(lead, "renew")
    sound(lead)
    return lead.locator("#link").inner_text()


def test_three_browsers(site: str, sign_in: Callable[..., Page], browser: Browser) -> None:
    lead = sign_in("aov@dijkstad.example")
    mayor = sign_in("burgemeester@dijkstad.example", width=390)
    link = plan(lead, site)
    row = Session.objects.get(title=TITLE)
    base = f"{site}/o/dijkstad/oefeningen/{row.pk}/"

    # The guest gives a function, no account; both wait for the start.
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    guest, trouble = context.new_page(), list[str]()
    guest.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    guest.goto(link)
    sound(guest)
    guest.locator("[name=function]").fill("Meldkamer Laagland")
    for role in ("control_room", "calamity_coordinator"):
        guest.locator(f"input[value={role}]").check()
    send(guest)
    mayor.goto(f"{base}spelen/")
    sound(mayor)
    for page in (guest, mayor):
        expect(page.locator("main")).not_to_contain_text(TO_ROOM)

    # It starts: each sees his own inject come in by itself, and not that of the other.
    lead.goto(f"{base}leiden/")
    sound(lead)
    act(lead, "start")
    act(lead, "jump")
    expect(guest.locator("main")).to_contain_text(TO_ROOM, timeout=20_000)
    expect(mayor.locator("main")).to_contain_text(TO_MAYOR, timeout=20_000)
    expect(mayor.locator("main")).not_to_contain_text(TO_ROOM)
    expect(guest.locator("main")).not_to_contain_text(TO_MAYOR)
    for page in (lead, guest, mayor):
        sound(page)

    # Both decide; who leads sees it come in.
    decide(mayor, "Beleidsteam op het vaste adres", power="grip_3_policy_team")
    decide(guest, "Uitval aannemen")
    expect(lead.locator("#lead-now")).to_contain_text("Beleidsteam op het vaste adres", timeout=20_000)
    expect(lead.locator("#lead-now")).to_contain_text("Uitval aannemen", timeout=20_000)
    guest.locator("main form textarea").fill("Proefoproepen lopen")
    send(guest)
    expect(guest.locator("#play-now")).to_contain_text("Proefoproepen lopen")
    lead.goto(f"{base}extra/")
    lead.locator("[name=text]").fill("De pers staat in de hal")
    lead.locator("input[value=mayor]").check()
    sound(lead)
    send(lead)
    expect(mayor.locator("main")).to_contain_text("De pers staat in de hal", timeout=20_000)
    expect(guest.locator("main")).not_to_contain_text("De pers staat in de hal")
    act(lead, "pause")
    sound(lead)

    # It ends for all three; the link no longer works.
    lead.locator("summary", has_text=re.compile("beëindig", re.IGNORECASE)).click()
    act(lead, "end")
    expect(guest.locator("[hx-get]")).to_have_count(0, timeout=20_000)
    late = context.new_page()
    answer = late.goto(link)
    assert answer is not None
    assert answer.status == 404
    context.close()
    assert [each for each in trouble if "404" not in each] == []
    assert set(Answer.objects.filter(session=row).values_list("role", flat=True)) == {"mayor", "calamity_coordinator"}
    look_back(lead, base, row)


def decide(page: Page, text: str, power: str = "") -> None:
    page.locator("main .card a").first.click()
    page.wait_for_load_state()
    sound(page)
    page.locator("[name=text]").fill(text)
    if power:
        page.locator("[name=power]").select_option(power)
    send(page)
    sound(page)


def look_back(lead: Page, base: str, row: Session) -> None:
    """The evaluation is written and closed; the ledger knows it."""
    sound(lead)
    lead.goto(f"{base}terugkijken/schrijven/")
    lead.locator("[name=point_i02_0]").select_option("as_expected")
    lead.locator("[name=conclusion]").fill("Bijeenkomen zonder telefoon lukt.")
    sound(lead)
    send(lead)
    lead.goto(f"{base}terugkijken/les/")
    lead.locator("input[value=need]").check()
    lead.locator("[name=text]").fill("Een kanaal dat werkt zonder telefoon")
    sound(lead)
    send(lead)
    lead.goto(f"{base}terugkijken/sluiten/")
    sound(lead)
    send(lead)
    told: Any = Fact.objects.filter(
        organisation=row.organisation, fact_type="crisis.exercise.held_on", said_by="exercises"
    )
    assert timezone.localdate().isoformat() in [each.value for each in told.filter(superseded_at=None)]
    assert verify_exercises(row.organisation).faulty == []


def test_played_without_scripts(site: str, sign_in: Callable[..., Page]) -> None:
    lead = sign_in("aov@dijkstad.example", scripts=False)
    lead.goto(f"{site}/o/dijkstad/oefeningen/plannen/?scenario={SCRIPT}")
    lead.locator("[name=title]").fill(TITLE)
    lead.locator("[name=planned_on]").fill(timezone.localdate().isoformat())
    send(lead)
    base = lead.url
    lead.goto(f"{base}rollen/")
    lead.locator("select[name=who]").select_option(label="Teun Zandhoek")
    lead.locator("input[value=mayor]").check()
    send(lead)
    lead.goto(f"{base}leiden/")
    act(lead, "start")
    act(lead, "jump")
    lead.goto(f"{base}spelen/")
    expect(lead.locator("main")).to_contain_text(TO_MAYOR)
    lead.locator("main .card a").first.click()
    lead.locator("[name=text]").fill("Beleidsteam bijeen")
    send(lead)
    lead.locator("#renew").click()
    expect(lead.locator("#play-now")).to_contain_text("Beleidsteam bijeen")
