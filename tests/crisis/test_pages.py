"""The pages: they work, a stranger finds nothing, a reader may not write, a bad number is nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.crisis.models import Comparison, Contact, Crisis, Plan
from dijkwacht.apps.crisis.services import weighing
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.crisis import crisis_pack
from tests.house_people import People

pytestmark = pytest.mark.django_db
READ = ["home", "plan", "contacts", "contacts_print", "contacts_html", "contacts_txt", "ladders"]
WRITE = ["crisis_open", "contact_add", "compare"]
AXES = ("escalation", "course", "scale", "chains", "location")


def _url(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"crisis:{name}", args=[organisation.slug, *args])


@pytest.mark.parametrize("name", READ)
def test_who_may_read(
    name: str, organisation: Organisation, make_organisation: Any, people: People, draft: Plan
) -> None:
    assert people.browser("mayor").get(_url(name, organisation)).status_code == 200
    assert people.stranger(make_organisation("elders")).get(_url(name, organisation)).status_code == 404
    assert Client().get(_url(name, organisation)).status_code == 302


@pytest.mark.parametrize("name", WRITE)
def test_who_may_write(name: str, organisation: Organisation, people: People, adviser: Client) -> None:
    assert people.browser("mayor").post(_url(name, organisation)).status_code == 403
    assert adviser.get(_url(name, organisation)).status_code == 200
    assert "This field is required" in adviser.post(_url(name, organisation)).content.decode()


@pytest.mark.parametrize("name", ["crisis", "mayor_card", "comparison", "plan_print", "card_print", "weigh"])
def test_a_bad_number(name: str, organisation: Organisation, adviser: Client) -> None:
    assert adviser.get(_url(name, organisation, 987654)).status_code == 404


def test_a_crisis_is_opened_and_written(organisation: Organisation, adviser: Client) -> None:
    told = {"title": "Phones out", "what": "Nobody can call", "alarm_at": "2026-11-25T09:00"}
    page = adviser.post(_url("crisis_open", organisation), told, follow=True)
    crisis = Crisis.objects.get()
    assert "nobody knows yet" in page.content.decode()
    assert "On-scene command starts" in page.content.decode()
    line = {"text": "<script>", "certainty": "assumed", "topic": "cause", "source": "Supplier"}
    page = adviser.post(_url("line_add", organisation, crisis.pk, "fact"), line, follow=True)
    assert "&lt;script&gt;" in page.content.decode()
    assert adviser.get(_url("line_add", organisation, crisis.pk, "song")).status_code == 404
    decision = {"text": "Team meets", "actor": "Mayor", "power": next(iter(_powers())), "reasons": "Care fails"}
    page = adviser.post(_url("line_add", organisation, crisis.pk, "decision"), decision, follow=True)
    assert "Care fails" in page.content.decode()


def _powers() -> list[str]:
    from dijkwacht.apps.crisis.crisis_page import powers

    return [name for name, _label in powers()]


def test_every_form_of_a_crisis(organisation: Organisation, crisis: Crisis, adviser: Client, write: Any) -> None:
    line = write("question", "Who?")
    urls = [_url("line_add", organisation, crisis.pk, kind) for kind in ("question", "action", "communication")]
    urls += [_url("scale", organisation, crisis.pk, ladder) for ladder in ("grip", "digital")]
    urls += [_url(name, organisation, crisis.pk) for name in ("clock", "crisis_close", "weigh", "mayor_card_new")]
    urls += [_url(name, organisation, line.pk) for name in ("line_correct", "line_answer")]
    urls += [_url("inform", organisation, crisis.pk, "sign_language"), _url("crisis", organisation, crisis.pk)]
    assert [adviser.get(url).status_code for url in urls] == [200] * len(urls)
    page = adviser.post(_url("line_answer", organisation, line.pk), {"text": "The supplier"}, follow=True)
    assert "about line 1" in page.content.decode()


def test_the_mayor_reads_his_card(organisation: Organisation, crisis: Crisis, adviser: Client, people: People) -> None:
    told = {
        "happens": "Phones are out", "residents": "Nobody can call", "decides": "You, on effects (Gemeentewet 172)",
        "speaks": "You", "unknown": "How long", "asked": "Meet now?", "option_1_what": "Yes", "option_2_what": "No",
    }  # fmt: skip
    page = adviser.post(_url("mayor_card_new", organisation, crisis.pk), told, follow=True)
    assert "Meet now?" in page.content.decode()
    card = crisis.cards.get()
    mayor = people.browser("mayor")
    assert "Write the next card" not in mayor.get(_url("mayor_card", organisation, card.pk)).content.decode()
    made = mayor.get(_url("mayor_card_pdf", organisation, card.pk))
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF")
    assert (
        adviser.post(_url("mayor_card_new", organisation, crisis.pk), {**told, "option_2_what": ""}).status_code == 200
    )
    assert crisis.cards.count() == 1


def test_a_plan_through_its_pages(organisation: Organisation, adviser: Client) -> None:
    page = adviser.post(_url("plan_draft", organisation), follow=True)
    plan = Plan.objects.get()
    assert "Safety region, duty officer" in page.content.decode()
    card = plan.cards.get(role="mayor")
    got = adviser.get(_url("card_change", organisation, card.pk)).context["form"]
    data = {**got.initial, "title": "Mayor of ours"}
    assert adviser.post(_url("card_change", organisation, card.pk), data).status_code == 302
    assert "Somebody else" in adviser.post(_url("card_change", organisation, card.pk), data).content.decode()
    adviser.post(
        _url("plan_adopt", organisation, plan.pk), {"office": "college", "day": "2026-11-25", "review_on": "2027-11-25"}
    )
    plan.refresh_from_db()
    assert plan.adopted_on is not None
    assert adviser.get(_url("plan_adopt", organisation, plan.pk)).status_code == 404
    assert "Mayor of ours" in adviser.get(_url("plan_print", organisation, plan.pk)).content.decode()


def test_contacts_through_their_pages(organisation: Organisation, contact: Contact, adviser: Client) -> None:
    adviser.post(_url("contact_check", organisation, contact.pk))
    assert "All numbers were tried lately." in adviser.get(_url("contacts", organisation)).content.decode()
    adviser.post(_url("contact_end", organisation, contact.pk))
    assert "Duty officer" not in adviser.get(_url("contacts", organisation)).content.decode()
    assert adviser.get(_url("contact_change", organisation, contact.pk)).status_code == 404


def test_an_incident_beside_cases(organisation: Organisation, crisis: Crisis, adviser: Client) -> None:
    data = {"title": "Phones", **dict.fromkeys(AXES, "digital")}
    page = adviser.post(f"{_url('compare', organisation)}?crisis={crisis.pk}", data, follow=True)
    assert "Buren en Neder-Betuwe 2022" in page.content.decode()
    assert Comparison.objects.get().crisis == crisis
    for case in crisis_pack().cases:
        assert adviser.get(_url("case", organisation, case.id)).status_code == 200
    assert adviser.get(_url("case", organisation, "no-such")).status_code == 404
    assert "Disputed" in adviser.get(_url("ladders", organisation)).content.decode()


def test_a_crisis_of_others(organisation: Organisation, crisis: Crisis, make_organisation: Any, people: People) -> None:
    stranger = people.stranger(make_organisation("elders"))
    assert stranger.get(_url("crisis", organisation, crisis.pk)).status_code == 404
    other = make_organisation("anders")
    url = reverse("crisis:crisis", args=[other.slug, crisis.pk])
    assert people.browser("safety_adviser").get(url).status_code == 404


def test_a_card_needs_its_parts(crisis: Crisis, does: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="empty"):
        weighing.write_card(crisis, options=[], happens="Something", **does)
