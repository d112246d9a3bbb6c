"""Playing along: what a player and a guest see and do, and what they never see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.exercises.models import Answer, Line, Participant
from dijkwacht.apps.exercises.services import looking, planning, playing, running
from dijkwacht.core.exercises import What
from dijkwacht.norms.scenarios import scenarios
from tests.exercises.conftest import SCRIPT, Played

pytestmark = pytest.mark.django_db
FIRST, TO_MAYOR, LATER = "zakt naar bijna nul", "Uw telefoon werkt niet", "zichtbaar op straat staan"


def text(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_player_sees_what_is_for_him_and_nothing_else(going: Played) -> None:
    shown = text(going.plays.get(going.url("play")))
    assert TO_MAYOR in shown
    assert "bellen lukt niet" in shown  # known
    assert "EXERCISE" in shown or "OEFENING" in shown
    for hidden in (FIRST, LATER, "vooraf afgesproken verzamelplaats", "meldkamer</strong>"):
        assert hidden not in shown, hidden
    other = text(Client().get(going.guest_url()))
    assert FIRST in other
    assert TO_MAYOR not in other


def test_nothing_is_seen_before_the_start_nor_decided_after_the_end(going: Played, organisation, make_person) -> None:
    plan = planning.Plan("Later", timezone.now().date())
    row = planning.plan(
        organisation, scenario=scenarios()[SCRIPT], name=SCRIPT, text=plan, person=going.lead, at=timezone.now()
    )
    planning.add_player(row, who=going.mayor, roles=["mayor"], person=going.lead, at=timezone.now())
    assert TO_MAYOR not in text(going.plays.get(reverse("exercises:play", args=[organisation.slug, row.pk])))
    running.steer(going.session, what=What.END, person=going.lead, at=timezone.now())
    shown = text(going.plays.get(going.url("play")))
    assert TO_MAYOR in shown
    assert "hx-get" not in shown
    answer = going.plays.post(going.url("play_decide", "i02", 0), {"role": "mayor", "text": "te laat"})
    assert answer.status_code == 200  # the form says why
    assert not Answer.objects.exists()


def test_a_decision_with_reasons_and_power(going: Played) -> None:
    url = going.url("play_decide", "i02", 0)
    page = text(going.plays.get(url))
    assert "grip_3_policy_team" in page
    given = {
        "role": "mayor",
        "text": "Beleidsteam bijeen",
        "reasons": "niemand weet hoe lang",
        "power": "grip_3_policy_team",
    }
    assert going.plays.post(url, given).status_code == 302
    row = Answer.objects.get()
    assert (row.text, row.reasons, row.power, row.role) == (
        "Beleidsteam bijeen", "niemand weet hoe lang", "grip_3_policy_team", "mayor",
    )  # fmt: skip
    assert "Beleidsteam bijeen" in text(going.plays.get(going.url("play")))
    assert "Beleidsteam bijeen" not in text(Client().get(going.guest_url()))
    assert going.plays.get(url).status_code == 302  # decided already


def test_an_empty_decision_or_power_that_is_none_is_refused_at_its_field(going: Played) -> None:
    url = going.url("play_decide", "i02", 0)
    assert 'id="id_text_error"' in text(going.plays.post(url, {"role": "mayor", "text": " "}))
    assert 'id="id_power_error"' in text(going.plays.post(url, {"role": "mayor", "text": "ja", "power": "toverstaf"}))
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("inject", "point"), [("i01", 0), ("i03", 0), ("i02", 7), ("i02", 10**12), ("geen", 0)])
def test_what_is_not_asked_is_not_there(going: Played, inject: str, point: int) -> None:
    assert going.plays.get(going.url("play_decide", inject, point)).status_code == 404


def test_the_log_is_of_the_player_alone(going: Played) -> None:
    assert going.plays.post(going.url("play_log"), {"text": "Bode gestuurd"}).status_code == 302
    assert "Bode gestuurd" in text(going.plays.get(going.url("play")))
    assert "Bode gestuurd" not in text(Client().get(going.guest_url()))
    assert "Bode gestuurd" in text(going.leads.get(going.url("lead")))
    assert Client().post(going.guest_url("_log"), {"text": "Proefoproep"}).status_code == 302
    assert Line.objects.get(text="Proefoproep").participant.guest


def test_who_may_play(going: Played, organisation, other_organisation, make_person, client_for) -> None:
    stranger = client_for(make_person("mayor", at_organisation=other_organisation))
    for page, more in (("play", ()), ("play_now", ()), ("play_log", ()), ("play_decide", ("i02", 0))):
        url = going.url(page, *more)
        assert stranger.get(url).status_code == 404
        assert going.leads.get(url).status_code == 404  # leads, and does not play
        assert client_for(make_person("supervisor")).get(url).status_code == 404  # of the house, and does not play
        assert Client().get(url).status_code == 302
        assert going.plays.get(url.replace(f"/{going.session.pk}/", "/999999/")).status_code == 404


def test_a_poll_answers_204_until_something_changes(going: Played, django_assert_max_num_queries) -> None:
    running.steer(going.session, what=What.PAUSE, person=going.lead, at=timezone.now())
    browser = Client()
    page = text(browser.get(going.guest_url()))
    url = page.split('hx-get="')[1].split('"')[0]
    browser.get(url)
    with django_assert_max_num_queries(2):
        assert browser.get(url).status_code == 204
    running.send_extra(going.session, inject=planning_inject(["control_room"]), person=going.lead, at=timezone.now())
    changed = browser.get(url)
    assert "Er staat iemand voor de deur" in text(changed)
    assert "<html" not in changed.content.decode()


def test_a_page_of_before_the_start_is_made_anew_as_a_whole(going: Played) -> None:
    began = Client().get(f"{going.guest_url('_now')}?was=2-0-planned")
    assert began["HX-Refresh"] == "true"
    assert "HX-Refresh" not in Client().get(f"{going.guest_url('_now')}?was=2-0-paused").headers
    assert going.leads.get(f"{going.url('lead_now')}?was=2-0-paused")["HX-Refresh"] == "true"


def planning_inject(to: list[str]):
    from dijkwacht.core.exercise_script import Inject

    return Inject("x", 0, tuple(to), {"nl": "Er staat iemand voor de deur"})


def test_when_somebody_looked_is_kept_twice_a_minute_at_most(going: Played) -> None:
    player = going.session.participants.select_related("session").get(person=going.mayor)
    at = timezone.now()
    playing.mark_seen(player, at=at)
    player.refresh_from_db()
    playing.mark_seen(player, at=at + timedelta(seconds=29))
    assert Participant.objects.get(pk=player.pk).seen_at == at
    playing.mark_seen(player, at=at + timedelta(seconds=30))
    assert Participant.objects.get(pk=player.pk).seen_at == at + timedelta(seconds=30)


def test_a_guest_joins_by_function_and_gets_an_address(going: Played) -> None:
    url = reverse("exercises:join", args=[going.code])
    browser = Client()
    page = browser.get(url)
    assert page["X-Robots-Tag"] == "noindex"
    assert "calamiteitenco" in text(page)
    assert 'value="mayor"' not in page.content.decode()
    assert 'id="id_roles_error"' in text(browser.post(url, {"function": "piket", "roles": ["mayor"]}))
    joined = browser.post(url, {"function": "piket waterschap", "roles": ["control_room"]})
    assert joined.status_code == 302
    assert FIRST in text(Client().get(joined.url))  # the address is the key
    assert Participant.objects.get(function="piket waterschap").person is None


def test_links_that_ended_lead_nowhere(going: Played) -> None:
    url = reverse("exercises:join", args=[going.code])
    planning.close_code(going.session, person=going.lead, at=timezone.now())
    assert Client().get(url).status_code == 404
    assert Client().post(url, {"function": "x", "roles": ["control_room"]}).status_code == 404
    assert Client().get(going.guest_url()).status_code == 200  # who plays goes on
    guest = going.session.participants.select_related("session__organisation").get(person=None)
    planning.remove_player(guest, person=going.lead, at=timezone.now())
    assert Client().get(going.guest_url()).status_code == 404


def test_the_key_of_a_guest_opens_his_own_session_only(going: Played, organisation) -> None:
    plan = planning.Plan("Andere oefening", timezone.now().date(), "", ("mayor",))
    other = planning.plan(
        organisation, scenario=scenarios()[SCRIPT], name=SCRIPT, text=plan, person=going.lead, at=timezone.now()
    )
    code = planning.renew_code(other, person=going.lead, at=timezone.now())
    key = playing.join(other, code=code, function="gast", roles=["mayor"], at=timezone.now())
    running.steer(other, what=What.START, factor=10, person=going.lead, at=timezone.now() - timedelta(minutes=2))
    shown = text(Client().get(going.guest_url(key=key)))
    assert "Andere oefening" in shown
    assert FIRST not in shown
    assert Client().get(going.guest_url("_decide", "i01", 0, key=key)).status_code == 404
    assert Client().get(going.url("play")).status_code == 302  # the key opens nothing of the house
    looking.annul(other, reason="verkeerd", person=going.lead, at=timezone.now())
    assert Client().get(going.guest_url(key=key)).status_code == 404


@pytest.mark.parametrize("page", ["", "_now", "_log"])
def test_a_key_that_is_none(going: Played, page: str) -> None:
    assert Client().get(going.guest_url(page, key="x" * 32)).status_code == 404
    assert Client().get(going.guest_url(page, key="é%00")).status_code == 404


def test_who_tries_many_links_has_to_wait(going: Played) -> None:
    browser = Client(REMOTE_ADDR="192.0.2.77")
    tries = 2 * playing.MOST_TRIES + 2  # a minute may end in between
    found = [browser.get(reverse("exercises:join", args=[f"gok{n}"])).status_code for n in range(tries)]
    assert set(found[: playing.MOST_TRIES]) == {404}
    assert 429 in found
    assert Client(REMOTE_ADDR="192.0.2.78").get(reverse("exercises:join", args=[going.code])).status_code == 200


@pytest.mark.parametrize("page", ["play_now", "lead_now"])
def test_who_is_signed_out_meanwhile_gets_no_sign_in_page_within_the_page(going: Played, page: str) -> None:
    """A part that renews itself follows a redirect: the whole page to sign in would stand where the injects stood."""
    asked = Client().get(going.url(page), headers={"HX-Request": "true"})
    assert (asked.status_code, asked.get("HX-Refresh")) == (200, "true")
    assert asked.content == b""
    assert Client().get(going.url(page)).status_code == 302
