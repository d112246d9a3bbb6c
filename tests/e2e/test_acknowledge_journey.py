"""Who is warned by mail takes note by its link, without signing in, in a real browser."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from dijkwacht.apps.advisories.models import Contact, Warned
from dijkwacht.apps.advisories.services import acknowledging, triage
from tests.advisories.conftest import *  # noqa: F403  # fixtures
from tests.e2e.conftest import axe
from tests.house_people import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(served: Any, register: Any, receive: Any, analyst: Any) -> str:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    advisory = receive("VB-2026-0001", kans="high")
    triage.decide(advisory, decision="warn", person=analyst, at=NOW)
    token = acknowledging.token_for(Warned.objects.get(advisory=advisory), Contact.objects.get(role="general"))
    return reverse("advisories:acknowledge", args=[token])


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1280, True)])
def test_by_the_link_of_the_mail(browser: Browser, live_server: Any, link: str, width: int, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}{link}")
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.locator("main button[type=submit]").click()
    assert posted.value.status == 200
    assert Warned.objects.get().seen_at is not None
    if scripts:
        assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
