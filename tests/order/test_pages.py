"""The pages of this room: who may see what, what they show, and that a form that is wrong says why."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.order.models import DecisionFile, FileState, Signal
from dijkwacht.apps.order.services.deciding import file_token
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.powers import UNKNOWN
from dijkwacht.norms.powers import powers_pack
from tests.house_people import Make, People
from tests.order.conftest import FACTS, TEXT

pytestmark = pytest.mark.django_db
SEEN = ("home", "not_built")
KEPT = ("files", "file_add", "signals", "signal_add")
OF_FILE = ("file", "texts", "hearing", "look_back", "paper", "paper_public")


def at(name: str, *args: Any) -> str:
    return reverse(f"order:{name}", args=["dijkstad", *args])


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


def test_who_sees_what(
    people: People, open_file: Make, keep: Make, client: Client, other_organisation: Organisation
) -> None:
    file, signal = open_file(), keep()
    own = [at(name) for name in KEPT] + [at(name, file.pk) for name in OF_FILE] + [at("fact", file.pk, "weapons")]
    own += [at("alternative", file.pk, "gemw_174_orders")]
    for url in [at(name) for name in SEEN]:
        assert people.browser("ciso").get(url).status_code == 200
    for url in [*own, at("decide", file.pk), at("checks"), at("check", signal.pk), at("signal", signal.pk)]:
        assert people.browser("ciso").get(url).status_code == 403, url
        assert people.stranger(other_organisation).get(url).status_code == 404, url
        assert client.get(url).status_code == 302, url
    for url in own:
        assert people.browser("mayor").get(url).status_code == 200, url
    assert people.browser("safety_adviser").get(at("decide", file.pk)).status_code == 403
    assert people.browser("safety_adviser").get(at("check", signal.pk)).status_code == 403
    officer = people.browser("privacy_officer")
    for url in (at("checks"), at("check", signal.pk), at("signal", signal.pk)):
        assert officer.get(url).status_code == 200, url
    assert officer.get(at("signals")).status_code == 403
    assert officer.get(at("file", file.pk)).status_code == 403


@pytest.mark.parametrize("name", ["file", "decide", "signal", "check", "paper"])
def test_what_is_not_there(people: People, name: str) -> None:
    role = {"check": "privacy_officer", "decide": "mayor"}.get(name, "safety_adviser")
    assert people.browser(role).get(at(name, 999_999)).status_code == 404


def test_an_unknown_fact_power_or_step(adviser: Client, open_file: Make) -> None:
    file = open_file()
    for url in (at("fact", file.pk, "weather"), at("alternative", file.pk, "none"), at("step", file.pk, "nothing")):
        assert adviser.get(url).status_code == 404


def test_the_wizard_before_and_after_answers(adviser: Client) -> None:
    page = adviser.get(at("home")).content.decode()
    assert "Answer what you know and leave the rest unknown." in page
    assert 'id="id_disturbance_now_0"' in page
    assert 'id="bills"' in page
    assert 'id="roads"' in page
    answers = {**FACTS, "op": "2026-11-25"}
    page = adviser.get(at("home"), answers).content.decode()
    assert "On these facts you may use: Light order, Emergency order, Emergency ordinance." in page
    assert "Open a decision file with these facts" in page
    assert not DecisionFile.objects.exists()


def test_the_wizard_asks_what_is_open_and_never_offers_an_order_online(adviser: Client) -> None:
    page = adviser.get(at("home"), {"targets_online_expression": "yes", "grave_disorder": "yes"}).content.decode()
    assert "ECLI:NL:RBMNE:2023:375" in page
    assert 'href="#id_punishable_0"' in page
    assert 'href="#id_content_illegal_online_0"' in page
    allowed = page.split('id="allowed"')[1].split('id="allowed-if"')[0]
    pack = powers_pack()
    for each in pack.powers.values():
        if "online_expression" in each.forbids or each.status == "bill":
            assert f"<strong>{each.name['en']}</strong>" not in allowed
    assert "Own message on municipal channels" in allowed


def test_another_day_has_other_law(adviser: Client) -> None:
    answers = {"own_service_hit": "yes", "significant_incident": "yes"}
    for day, there in (("2026-08-14", False), ("2026-08-15", True)):
        page = adviser.get(at("home"), {**answers, "op": day}).content.decode()
        allowed = page.split('id="allowed"')[1].split('id="allowed-if"')[0]
        assert ("Report own significant incident" in allowed) is there


@pytest.mark.parametrize("wrong", [{"weapons": "maybe"}, {"op": "31-31-2026"}, {"decider": "king"}])
def test_an_odd_answer_is_told(adviser: Client, wrong: dict[str, str]) -> None:
    response = adviser.get(at("home"), wrong)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_file_from_the_wizard_to_the_decision(adviser: Client, people: People, ready: Make) -> None:
    query = "?serious_fear=yes&decider=mayor&bevoegdheid=gemw_172_3_light_order"
    response = adviser.post(at("file_add") + query, {"power": "gemw_172_3_light_order", "title": "Plein"})
    file = DecisionFile.objects.get()
    assert response["Location"] == at("file", file.pk)
    assert file.facts["serious_fear"]["answer"] == "yes"
    assert UNKNOWN not in str(file.facts)
    told = {"answer": "no", "source": "Politie, 20.10 uur", "by": "Officier van dienst"}
    adviser.post(at("fact", file.pk, "lighter_suffices"), told)
    file.refresh_from_db()
    assert file.facts["lighter_suffices"] == told
    mayor = people.browser("mayor")
    page = mayor.post(at("decide", file.pk), {"decided_as": "mayor", "seen": file_token(file)}).content.decode()
    assert "Still missing" in page
    whole = ready()
    assert mayor.post(at("decide", whole.pk), {"decided_as": "mayor", "seen": file_token(whole)}).status_code == 302
    whole.refresh_from_db()
    assert whole.state == FileState.DECIDED
    page = mayor.get(at("file", whole.pk)).content.decode()
    assert "Ratification by the council" in page
    assert "Decided on" in page


def test_a_signal_with_a_name_is_warned_and_only_kept_when_confirmed(adviser: Client) -> None:
    named = {**TEXT, "keep_until": "2026-12-09", "reason": "Jan Voorbeeld roept op"}
    page = adviser.post(at("signal_add"), named).content.decode()
    assert "This may lead to a person" in page
    assert "what looks like a person&#x27;s name" in page
    assert not Signal.objects.exists()
    again = {**named, "warned": "1", "why_kept": "De politie vroeg erom", "confirmed": "on"}
    assert adviser.post(at("signal_add"), again).status_code == 302
    assert Signal.objects.get().leads == ["name"]


def test_the_officer_objects_and_the_text_is_erased(people: People, keep: Make, adviser: Client) -> None:
    row = keep()
    officer = people.browser("privacy_officer")
    officer.post(at("check", row.pk), {"agreed": "no", "advice": "Te ruim"})
    row.refresh_from_db()
    assert (row.state, row.advice) == ("objected", "Te ruim")
    assert adviser.post(at("erase", row.pk)).status_code == 302
    page = adviser.get(at("signal", row.pk)).content.decode()
    assert "Only that it was there remains" in page
    assert "Marktplein" not in page
    assert "Erased" in adviser.get(at("signals")).content.decode()


def test_all_powers_can_be_shown(adviser: Client) -> None:
    page = unescape(adviser.get(at("home"), FACTS).content.decode())
    for each in powers_pack().powers.values():
        assert each.name["en"].split(" (")[0] in page
