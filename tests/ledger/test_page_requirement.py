"""The page of a requirement: works, tells why, looks back, and shows nothing to who may not see it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Assignment, Claim
from dijkwacht.apps.people.models import Person
from dijkwacht.web import clock
from tests.ledger.small import TODAY


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: clock.travelled(request) or TODAY)


@pytest.fixture
def browser(client_for, ciso):
    Person.objects.filter(pk=ciso.pk).update(language="en")
    return client_for(ciso)


def url(requirement="bio2:2", query=""):
    return reverse("ledger:requirement", args=["dijkstad", requirement]) + query


def ask_url(requirement="bio2:2"):
    return reverse("ledger:requirement_ask", args=["dijkstad", requirement])


ALL = [f"bio2:{n}" for n in range(1, 8)] + ["cbw:1", "cbw:2", "cbw:3", "cbw:4"]


@pytest.mark.parametrize("requirement", ALL)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works_before_anything_was_recorded(client_for, ciso, requirement, language):
    Person.objects.filter(pk=ciso.pk).update(language=language)
    response = client_for(ciso).get(url(requirement))
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert " style=" not in response.text


@pytest.mark.parametrize("requirement", ALL)
def test_works_with_answers_and_subjects(browser, say, register, requirement):
    zaak, firm = register("system", "Zaaksysteem"), register("supplier", "Vendor")
    register("system", "Website")
    say("house.policy", True)
    say("house.mfa", False)
    say("house.tested_on", {"nothing_happened": "2026-01-01/2026-06-30"})
    say("house.count", 3)
    say("house.share", 95)
    say("house.kind", "some")
    say("system.critical", True, subject=zaak)
    say("system.supplier", firm.key, subject=zaak)
    say("supplier.certified", True, subject=firm)
    say("house.main_system", zaak.key)
    say("house.exception", {"reason": "Old till", "owner": "A. Bakker", "until": "2027-01-01"})
    response = browser.get(url(requirement))
    assert response.status_code == 200
    ids = [part.split('"')[0] for part in response.text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_stranger(client_for, make_person, other_organisation):
    stranger = client_for(make_person("ciso", at_organisation=other_organisation))
    assert stranger.get(url()).status_code == 404
    assert stranger.post(ask_url()).status_code == 404


def test_reader_sees_and_may_not_act(client_for, make_person, say):
    for role in ("auditor", "college", "administrator"):
        page = client_for(make_person(role)).get(url())
        assert page.status_code == 200
        assert "open" not in page.context
        assert "ask_form" not in page.context
    assert client_for(make_person("auditor")).post(ask_url(), {"person": "1"}).status_code == 403
    assert client_for(make_person("respondent")).get(url()).status_code == 403


def test_anonymous_goes_to_sign_in(db):
    response = Client().get(url())
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_bad_id(browser):
    for wrong in (url("bio2:99"), url("bio2:99", "?op=2020-01-01"), url("bio2:2", "?onderwerp=nothing"), url("x/y")):
        assert browser.get(wrong).status_code == 404
    assert browser.post(ask_url("bio2:99"), {"person": "1"}).status_code == 404


def test_it_tells_the_verdict_why_and_what_is_needed(browser, say):
    say("house.policy", True)
    say("house.mfa", False)
    page = browser.get(url())
    assert page.context["found"].sentence.startswith("Partly: house.mfa")
    part = page.context["parts"]["met"]
    assert [(each.mark, each.check.needed, each.check.found) for each in part.parts] == [
        ("met", "yes", "yes"), ("not_met", "yes", "no"),
    ]  # fmt: skip
    assert reverse("ledger:fact", args=["dijkstad", "dijkstad", "house.mfa"]) in page.text


def test_open_questions_can_be_answered_in_place(browser, say):
    page = browser.get(url())
    assert {each.fact_type.id for each in page.context["open"]} == {"house.policy", "house.mfa"}
    (policy,) = [each for each in page.context["open"] if each.fact_type.id == "house.policy"]
    answered = browser.post(policy.post, {"value": "no", "seen": "0"})
    assert answered.status_code == 302
    assert answered.url.startswith(url())
    after = browser.get(answered.url)
    assert "Not in order" in after.text
    assert after.context["receipt"] is not None


def test_every_answer_can_be_changed_from_here_and_one_comes_back(browser, client_for, make_person, say):
    say("house.policy", True)
    say("house.mfa", False)
    page = browser.get(url())
    (policy, _mfa) = page.context["parts"]["met"].parts
    assert policy.answer_url in page.text
    question = browser.get(policy.answer_url)
    seen = question.context["card"].form.initial["seen"]
    assert question.context["came_from"] == url()
    back = browser.post(policy.answer_url, {"value": "no", "wrong": "changed", "seen": seen})
    assert back.url.startswith(url())
    assert browser.get(back.url).context["receipt"] is not None
    late = browser.post(policy.answer_url, {"value": "yes", "wrong": "changed", "seen": seen}, follow=True)
    assert "Somebody else gave another answer in the meantime" in late.text  # nothing is lost unseen
    reader = client_for(make_person("college")).get(url())
    assert [part.answer_url for part in reader.context["parts"]["met"].parts] == ["", ""]


def test_partly_says_of_whom_it_is_so(browser, say, register):
    good, bad, other, open_ = (register("system", name) for name in ("Good", "Bad", "Other", "Open"))
    for system in (good, bad, open_):
        say("system.critical", True, subject=system)
    say("system.critical", False, subject=other)
    say("system.restored_on", "2026-11-01", subject=good)
    say("system.restored_on", "2020-01-01", subject=bad)
    page = browser.get(url("bio2:6"))
    assert str(page.context["found"].verdict.status) == "partly"
    (check,) = page.context["counted"]
    told = check.counted
    assert (told.yes, told.no, told.unknown, told.apart) == (("Good",), ("Bad",), ("Open",), ("Other",))
    assert "For whom is it in order, and for whom not?" in page.text


def test_other_lines_that_rest_on_the_same_answers(browser, say):
    say("house.policy", True)
    found = {each.rule.id: (each.shared, str(each.verdict.status)) for each in browser.get(url()).context["others"]}
    assert found["cbw:1"] == (2, "unknown")
    assert found["bio2:1"] == (1, "met")
    assert "bio2:2" not in found


def test_addressees_may_take_it_differently(browser, say):
    say("house.policy", True)
    say("house.mfa", True)
    page = browser.get(url("cbw:1"))
    assert [(each.account.id, str(each.status)) for each in page.context["taken"]] == [("rdi", "unknown")]

    assert "this addressee asks that they are documented" in page.text


def test_one_verdict_per_subject(browser, say, register):
    zaak, web = register("system", "Zaaksysteem"), register("system", "Website")
    firm = register("supplier", "Vendor")
    say("system.supplier", firm.key, subject=web)
    say("supplier.certified", False, subject=firm)
    page = browser.get(url("bio2:7"))
    assert page.context["found"].subject == web.key  # the worst comes first
    assert [row["name"] for row in page.context["subjects"]] == ["Zaaksysteem", "Website"]
    other = browser.get(url("bio2:7", f"?onderwerp={zaak.key}"))
    assert str(other.context["found"].verdict.status) == "unknown"


def test_what_time_does(browser, say):
    say("house.policy", True)
    page = browser.get(url("bio2:1"))
    assert page.context["found"].verdict.stale_at == date(2027, 11, 26)
    assert page.context["afterwards"] == "Unknown"


def test_history_and_claim(browser, say, own, organisation):
    say("house.policy", True, on=date(2026, 3, 1))
    say("house.policy", False, since=date(2026, 6, 1), on=date(2026, 6, 2))
    Claim.objects.create(
        organisation=organisation, requirement="bio2:1", subject=own, answer="yes", answered_on=TODAY, source="a.xlsx",
        recorded_at=TODAY, explanation="As agreed",
    )  # fmt: skip
    page = browser.get(url("bio2:1"))
    titles = [entry["title"] for entry in page.context["history"]]
    assert titles[0] == "Not in order (was in order)"
    assert "The self-assessment says yes (a.xlsx)" in page.text
    assert "As agreed" in page.text


def test_looking_back(browser, say):
    say("house.policy", True, on=date(2026, 3, 1))
    say("house.policy", False, on=date(2026, 6, 2), correction=True)

    def status(query):
        page = browser.get(url("bio2:1", query))
        assert page.context["replayed"]
        assert "open" not in page.context
        assert "You can only read here." in page.text
        return str(page.context["found"].verdict.status)

    assert status("?op=2026-04-01") == "not_met"  # how it was, as we know it now
    assert status("?op=2026-04-01&bekend=2026-04-02") == "met"  # what we thought then
    assert status("?bekend=2026-02-01") == "unknown"


@pytest.mark.parametrize(
    "query", ["?op=x&bekend=1", "?op=2026-02-01&bekend=2026-12-31", "?op=0001-01-01", "?op=&bekend="]
)
def test_days_that_make_no_sense_show_today(browser, query):
    page = browser.get(url("bio2:1", query))
    assert page.status_code == 200
    assert not page.context["replayed"]


def test_asking_a_colleague(browser, make_person, organisation):
    colleague = make_person("process_owner", name="Bram Oldewelt")
    response = browser.post(ask_url(), {"person": colleague.pk, "note": "Please"})
    assert response.url == url()
    assert Assignment.objects.get(organisation=organisation).person == colleague
    assert "Bram Oldewelt" in browser.get(url()).text


def test_a_colleague_looks_after_it_no_longer(browser, client_for, make_person, organisation):
    colleague = make_person("process_owner", name="Bram Oldewelt", language="en")
    browser.post(ask_url(), {"person": colleague.pk})
    row = Assignment.objects.get(organisation=organisation)
    done = reverse("ledger:asked_done", args=["dijkstad", row.pk]) + "?back=" + url()
    assert done.split("?")[0] in browser.get(url()).text
    ended = browser.post(done, follow=True)
    assert ended.redirect_chain[0][0] == url()
    assert "Bram Oldewelt no longer looks after this requirement." in ended.text
    row.refresh_from_db()
    assert row.done_on == TODAY
    assert list(browser.get(url()).context["asked"]) == []
    assert browser.post(done).status_code == 404


def test_asking_someone_of_elsewhere(browser, make_person, other_organisation):
    stranger = make_person("ciso", at_organisation=other_organisation)
    browser.post(ask_url(), {"person": stranger.pk})
    assert not Assignment.objects.exists()


def test_the_time_machine_shows_no_forms(browser, say, settings):
    settings.DIJKWACHT_TIME_MACHINE = True
    browser.post(reverse("web:time_machine"), {"day": "2026-11-20", "next": "/"})
    assert "open" not in browser.get(url()).context
