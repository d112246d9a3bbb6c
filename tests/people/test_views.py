"""Pages of people: each works, and shows nothing to who may not see it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people import choices
from dijkwacht.apps.people.models import Person, Role, Share
from dijkwacht.apps.people.services import share as give
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.catalog import Account, Demand, Norms
from dijkwacht.core.facts import FactType

NORMS = Norms(
    fact_types={
        "backup.offline": FactType("backup.offline", "organisation", "yes_no", answered_by="it_manager"),
        "policy.approved": FactType("policy.approved", "organisation", "yes_no", answered_by="ciso"),
    },
    requirements={},
    accounts={"ensia": Account("ensia", {"nl": "ENSIA"}, {}, (), Demand())},
)
ROLE = {"role": "auditor", "function": "", "valid_from": "2026-11-25", "valid_to": ""}
PERSON = {**ROLE, "email": "jo@voorbeeld.test", "name": "Jo Vis"}
SHARE = {
    "recipient": "polderveen", "kind": "fact", "account": "", "subject": "", "fact_type": "backup.*", "tlp": "GREEN",
    "valid_from": "2026-11-25", "valid_to": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _norms(monkeypatch):
    monkeypatch.setattr(choices, "norms_on", lambda on: NORMS)


@pytest.fixture
def administrator(make_person):
    return make_person("administrator", name="Aat Beheer", language="en")


@pytest.fixture
def ciso(make_person):
    return make_person("ciso", name="Ciska Zeker", language="en")


@pytest.fixture
def given(organisation, other_organisation, at):
    return give(
        organisation, recipient=other_organisation, kind="account", what="ensia", tlp="AMBER",
        valid_from=date(2026, 11, 1), at=at, actor="test",
    )  # fmt: skip


def url(name, *more):
    return reverse(f"people:{name}", args=["dijkstad", *more])


@pytest.fixture
def pages(administrator, given):
    role = administrator.roles.get().pk
    return {
        "members": url("members"),
        "add_person": url("add_person"),
        "grant_role": url("grant_role", role),
        "end_role": url("end_role", role),
        "shares": url("shares"),
        "share": url("share"),
        "revoke_share": url("revoke_share", given.pk),
    }


NAMES = ["members", "add_person", "grant_role", "end_role", "shares", "share", "revoke_share"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works(client_for, administrator, ciso, pages, name, language):
    person = ciso if "share" in name else administrator
    Person.objects.filter(pk=person.pk).update(language=language)
    response = client_for(person).get(pages[name])
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


READ = ("members", "shares")  # what is only read takes no post, whoever sends it


@pytest.mark.parametrize(
    ("name", "method"), [(n, m) for n in NAMES for m in ("get", "post") if m == "get" or n not in READ]
)
def test_stranger(client_for, make_person, other_organisation, pages, name, method):
    stranger = make_person("administrator", at_organisation=other_organisation)
    Role.objects.create(person=stranger, organisation=other_organisation, role="ciso", valid_from=date(2020, 1, 1))
    assert getattr(client_for(stranger), method)(pages[name]).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_someone_without_the_right(client_for, make_person, pages, name):
    respondent = client_for(make_person("respondent"))
    assert getattr(respondent, "get" if name in READ else "post")(pages[name]).status_code == 403


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        ("auditor", "members", 200), ("auditor", "add_person", 403), ("auditor", "shares", 200), ("auditor", "share", 403),
        ("administrator", "share", 403), ("administrator", "revoke_share", 403), ("ciso", "add_person", 403),
        ("ciso", "end_role", 403), ("college", "grant_role", 403),
    ],
)  # fmt: skip
def test_reader(client_for, make_person, pages, role, name, status):
    assert client_for(make_person(role)).get(pages[name]).status_code == status


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_goes_to_sign_in(pages, name):
    response = Client().get(pages[name])
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["grant_role", "end_role", "revoke_share"])
def test_bad_id(client_for, administrator, ciso, name):
    browser = client_for(ciso if "share" in name else administrator)
    assert browser.get(url(name, uuid4())).status_code == 404
    assert browser.get(url(name, uuid4()).replace("-4", "-x")).status_code == 404


def test_a_role_or_share_of_another_organisation_is_not_found(
    client_for, administrator, ciso, make_person, other_organisation, at
):
    theirs = make_person("ciso", at_organisation=other_organisation).roles.get()
    third = give(other_organisation, recipient=administrator.roles.get().organisation, kind="account", what="ensia",
                 tlp="AMBER", valid_from=date(2026, 11, 1), at=at, actor="test")  # fmt: skip
    assert client_for(administrator).post(url("end_role", theirs.pk), {"on": "2026-11-25"}).status_code == 404
    assert client_for(administrator).post(url("grant_role", theirs.pk), ROLE).status_code == 404
    assert client_for(ciso).post(url("revoke_share", third.pk)).status_code == 404
    theirs.refresh_from_db()
    third.refresh_from_db()
    assert (theirs.valid_to, third.revoked_at) == (None, None)


def test_a_form_without_token_is_refused(administrator, pages):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post(pages["add_person"], PERSON).status_code == 403
    assert not Person.objects.filter(email=PERSON["email"]).exists()


def test_members_shows_addresses_to_the_administrator_only(client_for, administrator, ciso, pages):
    assert ciso.email in client_for(administrator).get(pages["members"]).text
    shown = client_for(ciso).get(pages["members"]).text
    assert ciso.name in shown
    assert administrator.email not in shown


def test_adding_a_person_invites(client_for, administrator, pages):
    response = client_for(administrator).post(pages["add_person"], PERSON, follow=True)
    assert response.redirect_chain == [(pages["members"], 302)]
    assert "Jo Vis" in response.text
    person = Person.objects.get(email="jo@voorbeeld.test")
    assert person.roles.get().granted_by == administrator
    assert Entry.objects.get(act="people.person_added").person == administrator
    (invitation,) = mail.outbox
    assert invitation.to == ["jo@voorbeeld.test"]
    assert "Aat Beheer" in invitation.body

    link = next(line for line in invitation.body.splitlines() if line.startswith("http"))
    newcomer = Client()
    page = newcomer.get(link, follow=True)
    assert page.status_code == 200
    new = {"password1": "een lange zin als wachtwoord", "password2": "een lange zin als wachtwoord"}
    assert newcomer.post(page.redirect_chain[-1][0], new).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new["password1"])
    assert Client().get(link).context["token_fail"]  # it works once


def test_adding_someone_with_an_account_does_not_send_a_password_link(client_for, administrator, make_person, pages):
    known = make_person(email="jo@voorbeeld.test", password="lang genoeg wachtwoord")
    client_for(administrator).post(pages["add_person"], PERSON)
    assert known.roles.count() == 1
    assert "password/reset/key" not in mail.outbox[0].body


def test_when_the_mail_cannot_be_sent_the_person_is_there_and_it_is_said(client_for, administrator, pages, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr("dijkwacht.apps.people.views.send_invitation", broken)
    response = client_for(administrator).post(pages["add_person"], PERSON, follow=True)
    assert "could not be sent" in response.text
    assert Person.objects.filter(email="jo@voorbeeld.test").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "geen adres"}, "email"), ({"email": ""}, "email"), ({"name": "  "}, "name"), ({"role": "king"}, "role"),
        ({"function": "wizard"}, "function"), ({"valid_from": "25-25-2026"}, "valid_from"),
        ({"valid_from": "1900-01-01"}, "valid_from"),
        ({"valid_to": "2026-11-25"}, "valid_to"), ({"valid_to": "2999-01-01"}, "valid_to"), ({"name": "a\0b"}, "name"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(client_for, administrator, pages, change, field):
    response = client_for(administrator).post(pages["add_person"], {**PERSON, **change})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert PERSON["valid_from"] in response.text or field == "valid_from"
    assert not Person.objects.filter(email=PERSON["email"]).exists()


def test_giving_and_ending_a_role(client_for, administrator, ciso, pages):
    browser = client_for(administrator)
    target = url("grant_role", ciso.roles.get().pk)
    assert browser.post(target, {**ROLE, "function": "it_manager"}).status_code == 302
    role = ciso.roles.get(role="auditor")
    assert role.function == "it_manager"
    again = browser.post(target, {**ROLE, "function": "it_manager"})
    assert "already holds" in again.text
    assert browser.post(url("end_role", role.pk), {"on": "2026-11-30"}).status_code == 302
    role.refresh_from_db()
    assert role.valid_to == date(2026, 11, 30)


def test_the_last_administrator_cannot_leave(client_for, administrator, pages):
    response = client_for(administrator).post(pages["end_role"], {"on": "2026-11-30"})
    assert response.status_code == 200
    assert "Nobody would be left" in response.text


def test_sharing_facts(client_for, ciso, other_organisation):
    assert client_for(ciso).post(url("share"), SHARE).status_code == 302
    share = Share.objects.get()
    assert (share.what, share.tlp, share.recipient, share.granted_by) == (
        "dijkstad|backup.*",
        "GREEN",
        other_organisation,
        ciso,
    )


def test_sharing_an_account(client_for, ciso, other_organisation):
    client_for(ciso).post(url("share"), {**SHARE, "kind": "account", "account": "ensia", "fact_type": ""})
    assert Share.objects.get().what == "ensia"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipient": "nergens"}, "__all__"), ({"recipient": "dijkstad"}, "__all__"), ({"recipient": ""}, "recipient"),
        ({"fact_type": ""}, "fact_type"), ({"fact_type": "bakup.*"}, "fact_type"), ({"fact_type": "backup"}, "fact_type"),
        ({"kind": "account"}, "account"), ({"kind": "account", "account": "rdi"}, "account"), ({"kind": "all"}, "kind"),
        ({"subject": "a|b"}, "subject"), ({"tlp": "BLUE"}, "tlp"), ({"valid_to": "2026-11-01"}, "valid_to"),
    ],
)  # fmt: skip
def test_a_share_that_would_not_work_is_refused(client_for, ciso, other_organisation, change, field):
    response = client_for(ciso).post(url("share"), {**SHARE, **change})
    assert field in response.context["form"].errors
    assert not Share.objects.exists()


def test_sharing_page_of_both_sides_and_revoking(client_for, ciso, make_person, other_organisation, given):
    theirs = client_for(make_person("ciso", at_organisation=other_organisation, language="en"))
    their_page = reverse("people:shares", args=["polderveen"])
    assert "ENSIA" in theirs.get(their_page).text
    browser = client_for(ciso)
    assert browser.post(url("revoke_share", given.pk)).status_code == 302
    assert "revoked" in browser.get(url("shares")).text
    assert "ENSIA" not in theirs.get(their_page).text
    assert "already revoked" in browser.post(url("revoke_share", given.pk)).text


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("dijkstad|policy.approved", "About Dijkstad: Is there a policy?"), ("dijkstad|backup.*", "About Dijkstad: backup.*"),
        ("zaak|system.*", "Everything about zaak"), ("zaak|*", "Everything about zaak"), ("*|*", "Everything about all subjects"),
        ("*|backup.offline", "Of every subject: backup.offline"),
    ],
)  # fmt: skip
def test_what_is_shared_is_said_in_words(client_for, ciso, given, monkeypatch, what, said):
    asked = replace(NORMS.fact_types["policy.approved"], question={"en": "Is there a policy?"})
    monkeypatch.setattr(
        choices, "norms_on", lambda on: replace(NORMS, fact_types={**NORMS.fact_types, asked.id: asked})
    )
    Share.objects.filter(pk=given.pk).update(kind="fact", what=what)
    assert said in client_for(ciso).get(url("shares")).text


def test_a_fact_can_be_shared_from_its_own_page(client_for, ciso):
    form = client_for(ciso).get(url("share"), {"onderwerp": "zaak", "gegeven": "backup.offline"}).context["form"]
    assert {name: form.initial[name] for name in ("kind", "subject", "fact_type")} == {
        "kind": "fact", "subject": "zaak", "fact_type": "backup.offline",
    }  # fmt: skip


def test_choosing_an_organisation(client_for, ciso, make_person, other_organisation):
    browser = client_for(ciso)
    assert browser.get(reverse("people:organisations")).url == "/o/dijkstad/"
    Role.objects.create(person=ciso, organisation=other_organisation, role="auditor", valid_from=date(2020, 1, 1))
    shown = browser.get(reverse("people:organisations")).text
    assert "Dijkstad" in shown
    assert "Polderveen" in shown
    nobody = client_for(make_person(language="en")).get(reverse("people:organisations"))
    assert "no role" in nobody.text
    assert "Dijkstad" not in nobody.text


def test_the_profile_and_its_language(client_for, ciso):
    browser = client_for(ciso)
    browser.cookies["language"] = "en"
    page = reverse("people:profile")
    assert browser.post(page, {"name": "Ciska de Zeker", "language": "nl"}).status_code == 302
    ciso.refresh_from_db()
    assert (ciso.name, ciso.language) == ("Ciska de Zeker", "nl")
    assert '<html lang="nl"' in browser.get(page).text
    assert "form" in browser.post(page, {"name": "", "language": "fr"}).context
    ciso.refresh_from_db()
    assert ciso.name == "Ciska de Zeker"


def test_a_page_is_dutch_unless_this_browser_or_this_person_chose_otherwise(client_for, make_person):
    page = reverse("account_login")
    browser = Client(headers={"accept-language": "en"})
    assert '<html lang="nl"' in browser.get(page).text
    browser.cookies["language"] = "en"
    assert '<html lang="en"' in browser.get(page).text
    browser.cookies["language"] = "xx"
    assert '<html lang="nl"' in browser.get(page).text
    assert client_for(make_person(language="en")).get(reverse("people:profile")).headers["Content-Language"] == "en"


def test_each_page_answers_with_few_queries(
    client_for, administrator, make_person, pages, django_assert_max_num_queries
):
    for _ in range(20):
        make_person("respondent")
    browser = client_for(administrator)
    with django_assert_max_num_queries(8):
        browser.get(pages["members"])
