"""Pages of this room: each works, and shows nothing to who may not see it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Claim
from dijkwacht.apps.ledger.services import asking
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Person
from tests.ledger.small import TODAY

PAGES = {
    "accounts": (),
    "account": ("council",),
    "catalog": ("bio2",),
    "overview": (),
}


def url(name, *more, slug="dijkstad"):
    return reverse(f"accountability:{name}", args=[slug, *more])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works(client_for, ciso, say, shared, name, language):
    say("house.policy", True)
    Person.objects.filter(pk=ciso.pk).update(language=language)
    response = client_for(ciso).get(url(name, *PAGES[name]))
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert " style=" not in response.text


@pytest.mark.parametrize("name", PAGES)
def test_works_before_anything_was_recorded(client_for, ciso, name):
    assert client_for(ciso).get(url(name, *PAGES[name])).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_stranger(client_for, make_person, other_organisation, name):
    stranger = make_person("ciso", at_organisation=other_organisation)
    assert client_for(stranger).get(url(name, *PAGES[name])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_someone_who_sees_only_what_was_asked_of_him(client_for, make_person, name):
    assert client_for(make_person("respondent")).get(url(name, *PAGES[name])).status_code == 403


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["auditor", "college", "coordinator", "administrator"])
def test_reader(client_for, make_person, role, name):
    expected = 403 if name == "overview" else 200
    assert client_for(make_person(role)).get(url(name, *PAGES[name])).status_code == expected


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_goes_to_sign_in(db, name):
    response = Client().get(url(name, *PAGES[name]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "which"), [("account", "nowhere"), ("catalog", "nowhere")])
def test_bad_id(client_for, ciso, name, which):
    assert client_for(ciso).get(url(name, which)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", ["?verdict=wrong&theme=x&owner=999", "?sort=wrong&account=x&size=9", "?text=%00%25"])
def test_a_filter_that_makes_no_sense(client_for, ciso, shared, name, query):
    assert client_for(ciso).get(url(name, *PAGES[name]) + query).status_code == 200


def test_accounts_tells_reuse_and_what_is_left(client_for, ciso, say):
    say("house.policy", True)
    say("house.mfa", True)
    page = client_for(ciso).get(url("accounts"))
    whole = page.context["whole"]
    # policy decides bio2:1; with mfa bio2:2 and what leans on it, cbw:1, and cbw:4 by itself
    assert (whole.settled, whole.answered, whole.reuse) == (4, 2, 2.0)
    assert page.context["reuse"] == "2.0"
    assert "For 0 of 2 accounts every line is decided. 7 questions are left." in page.text
    cards = {card["account"].id: card for card in page.context["cards"]}
    assert cards["council"]["state"].counts["met"] == 2
    assert cards["rdi"]["state"].not_shown == 2  # met, but only stated
    assert "2 lines are answered but not shown enough for this addressee" in page.text
    assert "Never hand it in as a full account." in page.text
    assert "We doubt this." in page.text
    assert "30 April 2027" in page.text
    assert "to be verified" in page.text


def test_the_counts_are_those_that_are_stored(client_for, ciso, say, organisation):
    from dijkwacht.apps.ledger.queries.verdicts import tallies

    say("house.policy", True)
    say("house.tested_on", "2020-01-01")
    page = client_for(ciso).get(url("accounts"))
    stored = tallies(organisation)
    for card in page.context["cards"]:
        tally, state = stored[card["account"].id], card["state"]
        assert (tally.settled, tally.answered, tally.met) == (state.settled, state.answered, state.counts["met"])


def test_account_shows_exceptions_and_what_is_not_shown(client_for, ciso, say):
    say("house.mfa", False)
    say("house.exception", {"reason": "Old till", "owner": "A. Bakker", "until": "2027-01-01"})
    page = client_for(ciso).get(url("account", "rdi") + "?verdict=met")
    assert page.context["found"] == 0  # under its demand nothing is met …
    assert "Old till" in page.text  # … and the exception still stands there
    assert "Answered, but not shown enough for this addressee" in page.text


def test_account_per_subject(client_for, ciso, organisation, at):
    for name in ("Zaaksysteem", "Website"):
        register_subject(organisation, kind="system", name=name, person=ciso, on=TODAY, at=at)
    page = client_for(ciso).get(url("account", "council") + "?text=website")
    assert page.context["found"] == 1
    assert "?onderwerp=website" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("verdict=met", 1), ("verdict=unknown", 6), ("theme=bio2.first", 7), ("theme=other", 7), ("text=TITLE 3", 1),
        ("owner=-", 6),
    ],
)  # fmt: skip
def test_catalog_filters(client_for, ciso, say, organisation, at, query, found):
    say("house.policy", True)
    asking.ask(organisation, of=ciso, person=ciso, on=TODAY, at=at, requirement="bio2:2")
    page = client_for(ciso).get(f"{url('catalog', 'bio2')}?{query}")
    assert page.context["found"] == found


def test_catalog_by_owner(client_for, ciso, organisation, at):
    asking.ask(organisation, of=ciso, person=ciso, on=TODAY, at=at, requirement="bio2:2")
    page = client_for(ciso).get(f"{url('catalog', 'bio2')}?owner={ciso.pk}")
    assert (page.context["found"], "Title 2" in page.text) == (1, True)


def test_catalog_tells_where_numbers_went(client_for, ciso):
    text = client_for(ciso).get(url("catalog", "bio2")).text
    assert "2 numbers that ask nothing any more" in text
    assert "Moved house" in text
    assert reverse("ledger:requirement", args=["dijkstad", "bio2:2"]) in text
    assert "Moved house" not in client_for(ciso).get(url("catalog", "bio2") + "?text=gone").text


def test_catalog_shows_a_claim_only_when_it_says_otherwise(client_for, ciso, say, own, organisation):
    say("house.policy", True)
    for name in ("bio2:1", "bio2:2"):
        Claim.objects.create(
            organisation=organisation, requirement=name, subject=own, answer="yes", answered_on=TODAY, source="x",
            recorded_at=TODAY,
        )  # fmt: skip
    assert client_for(ciso).get(url("catalog", "bio2")).text.count("Self-assessment: yes") == 1


@pytest.mark.parametrize("role", ["csirt_analyst", "supervisor", "ciso"])
def test_a_guest_sees_the_shared_account_and_nothing_more(
    client_for, make_person, other_organisation, ciso, say, organisation, at, shared, role
):
    say("house.policy", True)
    asking.ask(organisation, of=ciso, person=ciso, on=TODAY, at=at, requirement="bio2:2")
    guest = client_for(make_person(role, at_organisation=other_organisation, language="en"))
    page = guest.get(url("account", "council"))
    assert page.status_code == 200
    assert "TLP:AMBER+STRICT" in page.text
    assert ciso.name not in page.text
    assert "/eis/" not in page.text
    for other in (url("account", "rdi"), url("accounts"), url("catalog", "bio2")):
        assert guest.get(other).status_code == 404


def test_a_share_that_ended_shows_nothing(client_for, make_person, other_organisation, shared):
    guest = client_for(make_person("csirt_analyst", at_organisation=other_organisation))
    shared.valid_to = date(2026, 11, 25)
    shared.save()
    assert guest.get(url("account", "council")).status_code == 404


def test_overview_shows_only_what_is_shared(
    client_for, make_person, make_organisation, other_organisation, say, shared
):
    make_organisation("elders", name="Elders")
    say("house.policy", True)
    analyst = client_for(make_person("csirt_analyst", at_organisation=other_organisation, language="en"))
    page = analyst.get(url("overview", slug="polderveen"))
    assert [each.share.owner.slug for each in page.context["found"]] == ["dijkstad"]
    assert page.context["total"]["met"] == 1
    assert "1 organisation shares this account" in page.text
    assert url("account", "council") in page.text
    assert "Elders" not in page.text


def test_overview_without_anything(client_for, make_person, other_organisation):
    analyst = client_for(make_person("supervisor", at_organisation=other_organisation, language="en"))
    assert "No organisation shares an account" in analyst.get(url("overview", slug="polderveen")).text


def test_accounts_lists_what_others_share(client_for, make_person, other_organisation, say, shared):
    say("house.policy", True)
    theirs = client_for(make_person("ciso", at_organisation=other_organisation, language="en"))
    page = theirs.get(url("accounts", slug="polderveen"))
    assert "Accounts that others share with us" in page.text
    assert "Dijkstad: Account council" in page.text


def test_the_time_machine_shows_that_day(client_for, ciso, say, settings):
    settings.DIJKWACHT_TIME_MACHINE = True
    say("house.policy", True)
    browser = client_for(ciso)
    browser.post(reverse("web:time_machine"), {"day": "2026-11-24", "next": "/"})
    assert browser.get(url("account", "council")).context["card"]["state"].counts == {"unknown": 7}
    assert browser.get(url("accounts")).context["whole"].answered == 0
