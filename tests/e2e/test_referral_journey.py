"""A victim, on a telephone, without a script and without signing in: from the question what happened to the number to call."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from dijkwacht.apps.crime.services import desks
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from tests.e2e.conftest import axe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page_for_all(live_server: Any, organisation: Organisation, make_person: Any) -> str:
    """The page of a municipality that chose to have one, with a desk of its own."""
    deed = {"person": make_person("safety_adviser"), "at": datetime.now(ZoneInfo("Europe/Amsterdam"))}
    told = desks.Told(point="social", name="Wijkteam", phone="0999-555 010", hours="Op werkdagen")
    desks.add(organisation, told=told, **deed)
    desks.open_page(organisation, **deed)
    return f"{live_server.url}/hulp-bij-cybercrime/{organisation.slug}/"


def answer(page: Page, **answers: str) -> None:
    for question, option in answers.items():
        page.locator(f"input[name={question}][value={option}]").check()
    page.get_by_role("button", name="Show who helps").click()
    page.wait_for_load_state()


def test_from_what_happened_to_whom_to_call(browser: Browser, page_for_all: str) -> None:
    entries = Entry.objects.count()
    for width, scripts in ((390, False), (1280, True)):
        context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{page_for_all}?taal=en")
        answer(page, danger="no", what="bank", money="just", help="debts")
        text = page.locator("main").inner_text()
        places = [
            text.index(each) for each in ("In the first hour", "1. Your bank", "2. Police", "Wijkteam: Op werkdagen")
        ]
        assert places == sorted(places)
        assert page.locator("a[href='tel:0999555010']").count() == 1
        assert "just" not in page.url
        answer(page, danger="yes")
        assert page.locator("h2").first.inner_text() == "Call 112 now"
        page.get_by_role("link", name="Wipe everything and start again").click()
        page.wait_for_load_state()
        assert page.locator("input:checked").count() == 0
        assert context.cookies() == []
        context.close()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_has_nothing_to_say(browser: Browser, page_for_all: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{page_for_all}?taal=en")
    for answers in ({}, {"danger": "no", "what": "images", "who": "young", "help": "debts"}, {"danger": "yes"}):
        if answers:
            answer(page, **answers)
        assert axe(page) == [], answers
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_on_paper_stands_the_answer_and_not_the_form(browser: Browser, page_for_all: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{page_for_all}?taal=en")
    page.emulate_media(media="print")
    assert page.locator("#questions").is_visible()  # before the answer the questions can be handed out
    page.emulate_media(media="screen")
    answer(page, what="bank", money="just")
    page.emulate_media(media="print")
    assert not page.locator("#questions").is_visible()
    assert page.locator("#answer").is_visible()
    assert page.get_by_text("What you answered").is_visible()
    context.close()
