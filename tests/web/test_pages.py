"""The frame around pages: style page, language, time machine, and what is shown when something is wrong."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from dijkwacht.apps.people.models import Person
from dijkwacht.web import clock, views


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create(email="noor@dijkstad.example", name="Noor van Dam")


@pytest.fixture
def visitor(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_style_page_shows_every_component_without_inline_style_or_script(visitor: Client) -> None:
    page = text(visitor.get(reverse("web:style")))
    assert "Niet op orde: op " in page
    for forbidden in (" style=", "<style", "onclick=", "javascript:"):
        assert forbidden not in page
    for component in ("verdict--met", "status-bar", "reason", "evidence--soon", "timeline", "task--late", "pages__link",
                      "utrecht-form-field--invalid", "errors", "figure", "uncertain", "assurance--4", "filters", "empty",
                      "crumbs", "chart--line", "chart--small"):  # fmt: skip
        assert component in page, component


def test_the_style_page_is_not_for_strangers(db: None) -> None:
    assert Client().get(reverse("web:style")).status_code == 404


def test_ids_on_the_style_page_are_unique(visitor: Client) -> None:
    import re

    ids = re.findall(r'\bid="([^"]+)"', text(visitor.get(reverse("web:style"))))
    assert len(ids) == len(set(ids))


def test_a_choice_of_language_stays_with_the_person(visitor: Client, person: Person) -> None:
    answer = visitor.post(reverse("web:language"), {"language": "en", "next": "/stijl"})
    assert (answer.status_code, answer["Location"]) == (302, "/stijl")
    person.refresh_from_db()
    assert person.language == "en"
    assert '<html lang="en">' in text(visitor.get(reverse("web:style")))


def test_a_choice_of_language_before_signing_in_stays_in_the_browser(db: None) -> None:
    browser = Client()
    browser.post(reverse("web:language"), {"language": "en"})
    assert '<html lang="en">' in text(browser.get("/nowhere-at-all/"))


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(db: None, there: str) -> None:
    assert Client().post(reverse("web:language"), {"language": "en", "next": there})["Location"] == "/"


def test_an_unknown_language_changes_nothing(db: None) -> None:
    assert not Client().post(reverse("web:language"), {"language": "xx"}).cookies.get("language")


def test_no_time_machine_unless_the_installation_has_one(visitor: Client) -> None:
    assert visitor.post(reverse("web:time_machine"), {"day": "2027-03-03"}).status_code == 404


@override_settings(DIJKWACHT_TIME_MACHINE=True)
def test_on_another_day_everything_can_be_read_and_nothing_written(visitor: Client) -> None:
    visitor.post(reverse("web:time_machine"), {"day": "2027-03-03", "next": "/stijl"})
    assert "U kijkt alsof het 3 maart 2027 is" in text(visitor.get(reverse("web:style")))
    refused = visitor.post(reverse("people:profile"), {"name": "Anders", "language": "nl"})
    assert refused.status_code == 409
    assert "kunt u alleen lezen" in text(refused)
    visitor.post(reverse("web:time_machine"), {"day": ""})
    assert "U kijkt alsof" not in text(visitor.get(reverse("web:style")))


@override_settings(DIJKWACHT_TIME_MACHINE=True)
@pytest.mark.parametrize("day", ["2019-12-31", "2040-01-01", "yesterday"])
def test_the_time_machine_goes_no_further_than_the_packs(visitor: Client, day: str) -> None:
    visitor.post(reverse("web:time_machine"), {"day": day})
    assert visitor.session.get(clock.SESSION_KEY) is None


def test_the_session_is_ignored_where_there_is_no_time_machine(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.session = {clock.SESSION_KEY: "2027-03-03"}  # type: ignore[assignment]
    assert clock.today(request) == clock.real_today()
    with override_settings(DIJKWACHT_TIME_MACHINE=True):
        assert clock.today(request) == date(2027, 3, 3)


def test_what_went_wrong_is_told_in_dutch(visitor: Client, rf: RequestFactory) -> None:
    missing = visitor.get("/nergens/")
    assert missing.status_code == 404
    assert "Deze pagina is hier niet" in text(missing)
    broken = views.broken(rf.get("/"))
    assert broken.status_code == 500
    assert "Er ging bij ons iets stuk" in text(broken)


def test_a_form_without_its_token_is_explained(person: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    answer = browser.post(reverse("web:language"), {"language": "en"})
    assert answer.status_code == 403
    assert "te oud" in text(answer)
