"""The pages of exercises: they work, a stranger finds nothing, and so does a bad name."""

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.exercises.services import planning
from dijkwacht.norms.scenarios import scenarios

pytestmark = pytest.mark.django_db
NAME = "digid_network_outage"
PAGES = [("home", ()), ("scenarios", ()), ("scenario", (NAME,)), ("scenario_file", (NAME,)), ("lessons", ())]


@pytest.mark.parametrize(("page", "more"), PAGES)
def test_who_gets_what(page, more, organisation, other_organisation, make_person, client_for) -> None:
    url = reverse(f"exercises:{page}", args=[organisation.slug, *more])
    assert client_for(make_person("safety_adviser")).get(url).status_code == 200
    assert client_for(make_person("ciso", at_organisation=other_organisation)).get(url).status_code == 404
    assert client_for(make_person("respondent")).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_a_planned_session_and_a_script_are_shown(organisation, make_person, client_for, at) -> None:
    lead = make_person("safety_adviser")
    text = planning.Plan("Oefening zonder DigiD", at.date())
    planning.plan(organisation, scenario=scenarios()[NAME], name=NAME, text=text, person=lead, at=at)
    browser = client_for(lead)
    assert "Oefening zonder DigiD" in browser.get(reverse("exercises:home", args=[organisation.slug])).content.decode()
    shown = browser.get(reverse("exercises:scenario", args=[organisation.slug, NAME])).content.decode()
    assert "Pagers van de brandweer" in shown
    assert browser.get(reverse("exercises:scenario", args=[organisation.slug, "geen"])).status_code == 404
