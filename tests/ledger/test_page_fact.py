"""The page of a fact: its whole history, and what may be done to it."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.subjects import inherit_from
from dijkwacht.apps.people.models import Person, Share
from dijkwacht.core.recording import Origin
from dijkwacht.web import clock
from tests.ledger.small import TODAY, TYPES


@pytest.fixture(autouse=True)
def _today(monkeypatch, at):
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: clock.travelled(request) or TODAY)
    monkeypatch.setattr(clock, "now", lambda request: at)


@pytest.fixture
def browser(client_for, ciso):
    Person.objects.filter(pk=ciso.pk).update(language="en")
    return client_for(ciso)


def url(fact_type="house.policy", subject="dijkstad", name="fact", *more):
    return reverse(f"ledger:{name}", args=["dijkstad", subject, fact_type, *more])


def take_back(fact):
    return url(fact.fact_type, fact.subject.key, "fact_withdraw", fact.pk)


VALUES = {
    "house.policy": True, "house.tested_on": "never", "house.count": 3, "house.share": 12.5, "house.kind": "some",
    "house.note": "a\nb", "house.term": "P1Y6M", "house.exception": {"reason": "r", "owner": "o", "until": "2027-01-01"},
}  # fmt: skip


@pytest.mark.parametrize("fact_type", [each.id for each in TYPES if each.subject == "organisation"])
def test_works_before_anything_was_recorded(browser, fact_type):
    page = browser.get(url(fact_type))
    assert page.status_code == 200
    assert "Nothing was recorded yet." in page.text
    assert len(page.context["changing"]) == 1


@pytest.mark.parametrize("fact_type", VALUES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_works(client_for, ciso, say, fact_type, language):
    say(fact_type, VALUES[fact_type], explanation="<b>bold</b>")
    Person.objects.filter(pk=ciso.pk).update(language=language)
    page = client_for(ciso).get(url(fact_type))
    assert page.status_code == 200
    assert "<b>bold</b>" not in page.text
    assert " style=" not in page.text
    ids = [part.split('"')[0] for part in page.text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_stranger(client_for, make_person, other_organisation, say):
    fact = say("house.policy", True).fact
    stranger = client_for(make_person("ciso", at_organisation=other_organisation))
    assert stranger.get(url()).status_code == 404
    for there in (url(name="fact_evidence"), take_back(fact)):
        assert stranger.post(there).status_code == 404


@pytest.mark.parametrize(
    ("role", "see", "prove", "withdraw"),
    [
        ("respondent", 403, 403, 403), ("auditor", 200, 403, 403), ("college", 200, 403, 403),
        ("process_owner", 200, 200, 403), ("ciso", 200, 200, 302),
    ],
)  # fmt: skip
def test_reader(client_for, make_person, say, role, see, prove, withdraw):
    fact = say("house.policy", True).fact
    reader = client_for(make_person(role))
    assert reader.get(url()).status_code == see
    assert reader.post(url(name="fact_evidence")).status_code == prove  # 200: shown again, with what is missing
    assert reader.post(take_back(fact)).status_code == withdraw
    fact.refresh_from_db()
    assert fact.superseded_at is None


def test_anonymous_goes_to_sign_in(db):
    response = Client().get(url())
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_bad_id(browser, say, register, make_organisation):
    zaak = register("system", "Zaaksysteem")
    for wrong in (url("house.nothing"), url(subject="nobody"), url(subject=zaak.key), url("system.critical")):
        assert browser.get(wrong).status_code == 404
    fact = say("house.policy", True).fact
    assert browser.post(url("house.mfa", "dijkstad", "fact_withdraw", fact.pk), {"reason": "x"}).status_code == 404
    assert browser.post(url("house.policy", "dijkstad", "fact_withdraw", 10**30), {"reason": "x"}).status_code == 404


def test_the_whole_history_stays(browser, say, ciso, make_person):
    say("house.policy", True, on=date(2026, 3, 1))
    say("house.policy", False, on=date(2026, 6, 2), correction=True)
    say("house.policy", True, on=date(2026, 9, 1), since=date(2026, 8, 1))
    page = browser.get(url())
    rows = [(row.value, row.saying.stands, row.counts) for row in page.context["page"].rows]
    assert rows == [("yes", True, True), ("no", True, False), ("no", False, False), ("yes", False, False)]
    assert page.context["page"].answer == "Yes. That is stated, since 1 August 2026."


def test_contradictions_are_flagged(browser, say, make_person):
    say("house.policy", True)
    say("house.policy", False, person=make_person("auditor"), origin=Origin.AUDIT)
    page = browser.get(url())
    assert page.context["page"].contradicted
    assert [row.rival for row in page.context["page"].rows] == [False, True]
    assert "Answers that stand contradict each other." in page.text


def test_evidence_with_its_hash(browser, say, organisation, ciso, at):
    paper = add_evidence(
        organisation,
        file=BytesIO(b"report"),
        name="Report.txt",
        person=ciso,
        on=TODAY,
        at=at,
        made_on=date(2026, 11, 1),
    )
    say("house.policy", True, evidence=[paper])
    text = browser.get(url()).text
    assert paper.sha256[:12] in text
    assert reverse("ledger:evidence", args=["dijkstad", paper.sha256]) in text


def test_adding_evidence_makes_it_documented(browser, say):
    say("house.policy", True)
    proof = BytesIO(b"minutes of the meeting")
    proof.name = "Minutes.txt"
    response = browser.post(
        url(name="fact_evidence"), {"evidence": proof, "made_on": "2026-11-01", "explanation": "See p. 2"}
    )
    assert response.status_code == 302
    page = browser.get(response.url)
    assert page.context["receipt"] is not None
    assert page.context["page"].answer == "Yes. That is documented, since 25 November 2026."
    assert "Minutes.txt" in page.text


@pytest.mark.parametrize("data", [{}, {"made_on": "2999-01-01"}])
def test_evidence_that_is_no_evidence(browser, say, data):
    say("house.policy", True)
    response = browser.post(url(name="fact_evidence"), data)
    assert response.status_code == 200
    assert "Choose a file." in response.text
    assert Fact.objects.count() == 1


def test_taking_back_and_undoing(browser, say):
    fact = say("house.policy", True).fact
    response = browser.post(take_back(fact), {"reason": "It was about last year"})
    page = browser.get(response.url)
    assert page.context["page"].answer == "Nobody has answered this yet."
    assert [row.saying.stands for row in page.context["page"].rows] == [False]
    browser.post(page.context["undo_url"])
    assert browser.get(url()).context["page"].answer.startswith("Yes.")


def test_taking_back_twice_or_without_a_reason_changes_nothing(browser, say):
    fact = say("house.policy", True).fact
    assert "Say why" in browser.post(take_back(fact), follow=True).text
    browser.post(take_back(fact), {"reason": "x"})
    assert "somebody changed it before you" in browser.post(take_back(fact), {"reason": "x"}, follow=True).text


def test_two_ways_to_change(browser, say, client_for, make_person):
    say("house.policy", True, on=date(2026, 3, 1))
    changing = browser.get(url()).context["changing"]
    assert [each.wrong for each in changing] == ["changed", "wrong"]
    wrong = changing[1]
    browser.post(wrong.post, {"value": "no", "seen": wrong.form["seen"].value(), "wrong": "wrong"})
    assert [row.saying.fact.valid_from for row in browser.get(url()).context["page"].rows if row.counts] == [
        date(2026, 3, 1)
    ]
    owner = client_for(make_person("process_owner")).get(url())
    assert [each.wrong for each in owner.context["changing"]] == ["changed"]


def test_which_lines_rest_on_it(browser, say):
    say("house.policy", True)
    found = {each.rule.id: str(each.status) for each in browser.get(url()).context["page"].reached}
    assert found == {"bio2:1": "met", "bio2:2": "unknown", "cbw:1": "unknown"}


def test_a_number_over_time_is_drawn(browser, say):
    for day, number in ((date(2026, 3, 1), 3), (date(2026, 6, 1), 5)):
        say("house.count", number, on=day, since=day)
    page = browser.get(url("house.count"))
    assert page.context["page"].points == ((date(2026, 3, 1), 3.0), (date(2026, 6, 1), 5.0))
    assert "chart--line" in page.text


def test_with_whom_it_is_shared_and_from_whom_it_comes(browser, register, organisation, other_organisation, ciso, at):
    ours = register("system", "Zaaksysteem")
    theirs = register("system", "Zaken", organisation=other_organisation)
    inherit_from(ours, source=theirs, person=ciso, on=TODAY, at=at)
    Share.objects.create(
        owner=organisation, recipient=other_organisation, kind="fact", what="*|system.*", valid_from=date(2026, 1, 1),
        tlp="GREEN", granted_at=at,
    )  # fmt: skip
    text = browser.get(url("system.critical", ours.key)).text
    assert "What Polderveen shares about Zaken counts here too." in text
    assert "TLP:GREEN" in text
    assert "TLP:GREEN" not in browser.get(url()).text
