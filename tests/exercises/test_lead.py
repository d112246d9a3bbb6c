"""Planning, leading and looking back on the pages: they work, strangers find nothing, readers are refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.exercises.models import Event, Lesson, Line, Participant, Session
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.exercises.services import looking
from dijkwacht.apps.ledger.models import Fact
from tests.exercises.conftest import SCRIPT, Played

pytestmark = pytest.mark.django_db
SEEN = ["session", "evaluation"]
STEERED = ["lead", "lead_now", "change", "player_add", "extra", "note", "look_back", "learn", "close", "annul"]
POSTED = ["code", "steer"]


@pytest.mark.parametrize("page", [*SEEN, *STEERED])
def test_who_gets_what(page: str, going: Played, other_organisation, make_person, client_for) -> None:
    url = going.url(page)
    assert going.leads.get(url).status_code == 200
    assert going.plays.get(url).status_code == (200 if page in SEEN else 403)
    assert client_for(make_person("safety_adviser", at_organisation=other_organisation)).get(url).status_code == 404
    assert client_for(make_person("respondent")).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert going.leads.get(url.replace(f"/{going.session.pk}/", "/999999/")).status_code == 404


@pytest.mark.parametrize("page", POSTED)
def test_who_may_post(page: str, going: Played, other_organisation, make_person, client_for) -> None:
    url, data = going.url(page), {"act": "pause"}
    assert going.leads.get(url).status_code == 405
    assert going.plays.post(url, data).status_code == 403
    assert client_for(make_person("ciso", at_organisation=other_organisation)).post(url, data).status_code == 404
    assert Client().post(url, data).status_code == 302
    assert not Event.objects.exclude(what="start").exists()


def test_planned_in_a_form(organisation, make_person, client_for) -> None:
    lead, mayor = make_person("safety_adviser"), make_person("mayor")
    browser, url = client_for(lead), reverse("exercises:plan", args=[organisation.slug])
    assert client_for(mayor).get(url).status_code == 403
    assert 'id="id_title_error"' in browser.post(url, {"scenario": SCRIPT}).content.decode()
    assert 'id="id_scenario_error"' in browser.post(url, {"scenario": "own:1"}).content.decode()
    given = {"scenario": SCRIPT, "title": "Najaar", "planned_on": "2027-03-01", "goal": "leren"}
    assert browser.post(url, given).status_code == 302
    row = Session.objects.get()
    here = lambda page, *more: reverse(f"exercises:{page}", args=[organisation.slug, row.pk, *more])  # noqa: E731
    assert browser.post(here("code"), {"act": "renew"}).status_code == 302  # no roles for guests yet
    changed = {"title": "Najaar", "planned_on": "2027-03-02", "goal": "", "guest_roles": ["police"]}
    assert browser.post(here("change"), changed).status_code == 302
    made = browser.post(here("code"), {"act": "renew"}).content.decode()
    link = made.split('class="secret" id="link">')[1].split("<")[0]
    assert Client().get(link).status_code == 200
    assert link not in browser.get(here("session")).content.decode()  # told once
    assert browser.post(here("player_add"), {"who": mayor.pk, "roles": ["mayor"]}).status_code == 302
    stranger = {"who": 999999, "roles": ["mayor"]}
    assert 'id="id_who_error"' in browser.post(here("player_add"), stranger).content.decode()
    player = Participant.objects.get(person=mayor)
    assert mayor.name in browser.get(here("session")).content.decode()
    assert browser.post(here("player_remove", player.pk)).status_code == 302
    assert browser.post(here("player_remove", player.pk)).status_code == 404
    assert browser.post(here("code"), {"act": "close"}).status_code == 302
    assert Client().get(link).status_code == 404


def test_led_from_pause_to_end(going: Played) -> None:
    url, browser = going.url("steer"), going.leads
    for act in ("pause", "resume", "jump"):
        assert browser.post(url, {"act": act}).status_code == 302
    browser.post(url, {"act": "speed", "factor": "30"})
    browser.post(url, {"act": "speed", "factor": "31"})  # no such speed
    assert [*Event.objects.values_list("what", flat=True)] == ["start", "pause", "resume", "jump", "speed"]
    for act in ("extra", "toveren", ""):  # no buttons of this page
        assert browser.post(url, {"act": act}).status_code == 302
    assert Event.objects.count() == 5
    sent = {"text": "De pers belt", "via": "telefoon", "to": ["mayor"]}
    assert browser.post(going.url("extra"), sent).status_code == 302
    assert "De pers belt" in going.plays.get(going.url("play")).content.decode()
    assert browser.post(going.url("note"), {"text": "Rustig gebleven"}).status_code == 302
    assert "Rustig gebleven" not in going.plays.get(going.url("play")).content.decode()
    assert Line.objects.get().person == going.lead
    assert browser.post(url, {"act": "end"}).url == going.url("evaluation")


def test_the_facilitator_sees_who_answered_and_polls_cheaply(going: Played) -> None:
    Client().post(going.guest_url("_decide", "i01", 0), {"role": "calamity_coordinator", "text": "Uitval aannemen"})
    shown = going.leads.get(going.url("lead")).content.decode()
    assert "Uitval aannemen" in shown
    assert "Uw telefoon werkt niet" in shown
    going.leads.post(going.url("steer"), {"act": "pause"})
    page = going.leads.get(going.url("lead")).content.decode()
    url = page.split('hx-get="')[1].split('"')[0]
    assert going.leads.get(url).status_code == 204
    going.leads.post(going.url("note"), {"text": "nieuw"})
    assert going.leads.get(url).status_code == 200


def test_looked_back_closed_and_annulled(going: Played, organisation) -> None:
    browser, at = going.leads, timezone.now()
    Client().get(going.guest_url())
    going.plays.post(going.url("play_decide", "i02", 0), {"role": "mayor", "text": "Beleidsteam bijeen"})
    browser.post(going.url("steer"), {"act": "end"})
    shown = browser.get(going.url("evaluation")).content.decode()
    assert "Beleidsteam bijeen" in shown
    assert "vooraf afgesproken verzamelplaats" in shown
    assert 'id="id_tells"' not in shown
    refused = browser.post(going.url("close"), {})
    assert refused.status_code == 200  # there is no conclusion yet
    text = {"conclusion": "Goed", "point_i02_0": "as_expected", "question_0": "na een kwartier"}
    assert browser.post(going.url("look_back"), text).status_code == 302
    assert "na een kwartier" in browser.get(going.url("evaluation")).content.decode()
    assert 'id="id_who_error"' in browser.post(going.url("learn"), {"kind": "action", "text": "lijst"}).content.decode()
    action = {"kind": "action", "text": "Lijst op papier", "who": "OOV", "due": (at + timedelta(days=30)).date()}
    assert browser.post(going.url("learn"), action).status_code == 302
    done = reverse("exercises:lesson_done", args=[organisation.slug, Lesson.objects.get().pk])
    assert going.plays.get(done).status_code == 403
    assert browser.post(done, {"result": "hangt er"}).status_code == 302
    assert 'id="id_tells_error"' in browser.post(going.url("close"), {"tells": ["zomaar|iets"]}).content.decode()
    assert browser.post(going.url("close"), {}).status_code == 302
    told = Fact.objects.filter(organisation=organisation, fact_type="crisis.exercise.held_on", superseded_at=None)
    assert told.count() == 1
    paper = browser.get(going.url("report"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    kept = verify_exercises(organisation)
    assert (kept.faulty, kept.uncovered) == ([], [])
    assert browser.post(going.url("annul"), {"reason": ""}).status_code == 200
    assert browser.post(going.url("annul"), {"reason": "verkeerde dag"}).status_code == 302
    assert not told.exists()
    assert "verkeerde dag" in browser.get(going.url("session")).content.decode()


def test_a_lesson_of_another_house_is_not_there(going: Played, other_organisation, make_person, client_for) -> None:
    row = looking.learn(going.session, kind="need", text="Landelijk nummer", person=going.lead, at=timezone.now())
    stranger = client_for(make_person("safety_adviser", at_organisation=other_organisation))
    url = reverse("exercises:lesson_done", args=[other_organisation.slug, row.pk])
    assert stranger.get(url).status_code == 404


def test_what_is_still_to_be_done_stands_first(going: Played, organisation) -> None:
    does = {"person": going.lead, "at": timezone.now()}
    looking.learn(going.session, kind="keep", text="VastePlek", **does)
    due = timezone.now().date()
    late = looking.learn(going.session, kind="action", text="EersteActie", who="OOV", due=due, **does)
    looking.learn(going.session, kind="action", text="TweedeActie", who="OOV", due=due + timedelta(days=9), **does)
    url = reverse("exercises:lessons", args=[organisation.slug])
    page = going.leads.get(url).content.decode()
    assert page.index("EersteActie") < page.index("TweedeActie") < page.index("VastePlek")
    looking.finish_lesson(late, result="", on=due, **does)
    page = going.leads.get(url).content.decode()
    assert page.index("TweedeActie") < page.index("EersteActie")
