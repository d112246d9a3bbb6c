"""The litany of every page of this room, and what each of them shows and does."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ensia.models import Answerer, Year
from dijkwacht.apps.ensia.services.handing import hand_out
from dijkwacht.apps.ensia.services.years import close_year
from dijkwacht.apps.ledger.models import Assignment, Fact
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.trail.models import Entry
from tests.ensia.conftest import LAST_YEAR, TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}
SEE = ("now", "year", "answered_for", "relied_on", "benchmark", "quality")
PREPARE = ("open", "close", "notices", "hand_out")
RECEIVE = ("region", "map", "shared_quality")
POSTS = ("coordinate", "confirm", "hand_in", "consent")


def url(name, organisation="dijkstad", year=2026, line="BAG"):
    if name in ("line", "confirm", "hand_in", "hand_out"):
        return reverse(f"ensia:{name}", args=[organisation, year, line])
    if name in ("year", "coordinate", "close", "notices"):
        return reverse(f"ensia:{name}", args=[organisation, year])
    return reverse(f"ensia:{name}", args=[organisation])


@pytest.fixture
def pages(client_for):
    return client_for


@pytest.mark.parametrize("name", [*SEE, *PREPARE, *RECEIVE, "line"])
def test_works_for_the_ciso(name, year, ciso, pages):
    response = pages(ciso).get(url(name))
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert response.text.count("<h1") == 1
        assert " style=" not in response.text


@pytest.mark.parametrize("name", [*SEE, *PREPARE, *RECEIVE, "line", *POSTS])
def test_a_stranger_finds_nothing(name, year, make_person, other_organisation, pages):
    stranger = pages(make_person("ciso", at_organisation=other_organisation))
    send = stranger.post if name in POSTS else stranger.get
    assert send(url(name)).status_code == 404


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("auditor", (*PREPARE, *RECEIVE, *POSTS)),
        ("college", (*PREPARE, *RECEIVE, *POSTS)),
        ("coordinator", (*RECEIVE, "consent", "confirm")),
        ("respondent", (*SEE, *PREPARE, *RECEIVE, "coordinate", "hand_in", "consent")),
        ("csirt_analyst", (*SEE, *PREPARE, *POSTS)),
        ("administrator", (*PREPARE, *POSTS)),
    ],
)
def test_who_lacks_the_right_is_refused(role, names, year, make_person, pages):
    page = pages(make_person(role))
    for name in names:
        send = page.post if name in POSTS else page.get
        assert send(url(name)).status_code == 403, name


@pytest.mark.parametrize("name", [*SEE, *PREPARE, *RECEIVE, "line", *POSTS])
def test_nobody_goes_to_sign_in(name, year):
    send = Client().post if name in POSTS else Client().get
    response = send(url(name))
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


@pytest.mark.parametrize("name", ["year", "close", "notices", "hand_out", "line"])
def test_what_does_not_exist_is_not_found(name, year, ciso, pages):
    page = pages(ciso)
    assert page.get(url(name, year=1999)).status_code == 404
    if name in ("line", "hand_out"):
        assert page.get(url(name, line="nonsense")).status_code == 404
    assert page.post(reverse("ensia:take_back", args=["dijkstad", 2026, 999])).status_code == 404
    assert page.get(reverse("ensia:withdraw", args=["dijkstad", "nonsense"])).status_code == 404


def test_a_year_is_opened_and_its_lines_are_there(keeper, organisation, pages):
    page = pages(keeper)
    assert "Open an ENSIA year" in page.get(url("now")).text
    assert page.post(url("open"), {"year": "2026", "coordinator": str(keeper.pk)}).status_code == 302
    assert Year.objects.get().coordinator == keeper
    text = page.get(url("year")).text
    for line in ("BIO", "DigiD", "Suwinet", "BRP", "Reisdocumenten", "BAG", "BGT", "BRO", "WOZ", "WSJG"):
        assert f"/lijn/{line}/" in text
    assert "open already" in page.post(url("open"), {"year": "2026", "coordinator": ""}).text
    assert page.post(url("open"), {"year": "1999"}).status_code == 200
    assert Year.objects.count() == 1


def test_the_journey_from_last_year_to_this_year(say, keeper, ciso, organisation, pages):
    """Open, look at what changed, confirm the rest after seeing it: progress moves."""
    for name, value in (("bag.reports.marked", True), ("bag.geometry.in_time", False), ("bag.stand_in.arranged", True)):
        say(name, value, on=LAST_YEAR)
    pages(keeper).post(url("open"), {"year": "2026", "coordinator": ""})
    page = pages(ciso)
    text = page.get(url("line")).text
    assert "5 questions are open and 3 answers of last year wait to be confirmed." in text
    shown = list(Fact.objects.order_by("pk").values_list("pk", flat=True))
    assert all(f'name="fact" value="{pk}"' in text for pk in shown)
    say("bag.stand_in.arranged", False)
    text = page.get(url("line")).text
    assert "Changed since last year" in text
    assert f'value="{shown[2]}"' not in text
    assert page.post(url("confirm"), {"fact": [str(pk) for pk in shown]}).status_code == 302
    text = page.get(url("line")).text
    assert "2 answers are confirmed." in text
    assert "1 answer was not confirmed" in text
    assert "5 questions are open." in text
    assert Entry.objects.filter(act="ledger.confirm").count() == 1


def test_nonsense_in_the_confirmation_confirms_nothing(year, ciso, say, pages):
    say("bag.reports.marked", True, on=LAST_YEAR)
    for facts in ([], ["x"], ["-1"], ["²"], ["999999999999999999999"]):
        assert pages(ciso).post(url("confirm"), {"fact": facts}).status_code == 302
    assert not Entry.objects.filter(act="ledger.confirm").exists()


def test_who_was_asked_sees_his_questions_and_no_others(year, keeper, colleague, say, pages):
    say("bag.reports.marked", True, on=LAST_YEAR)
    page = pages(colleague)
    assert page.get(url("line")).status_code == 404  # nothing was asked of him yet
    hand_out(year, line="BAG", theme="bag.process", to=colleague, person=keeper, **NOW)
    text = page.get(url("line")).text
    assert "Can the work on the BAG go on" in text
    assert "under investigation" not in text
    fact = Fact.objects.get().pk
    page.post(url("confirm"), {"fact": [str(fact)]})
    assert not Entry.objects.filter(act="ledger.confirm").exists()
    assert page.get(url("line", line="BGT")).status_code == 404


def test_the_link_in_the_mail_leads_through_sign_in_to_the_questions(year, keeper, colleague, pages):
    pages(keeper).post(url("hand_out"), {"person": str(colleague.pk), "theme": "", "note": ""})
    (sent,) = mail.outbox
    path = sent.body.split("https://dijkwacht.example")[1].split()[0]
    assert Client().get(path)["Location"].startswith("/account/login/")
    assert pages(colleague).get(path).status_code == 200


def test_somebody_new_gets_an_invitation_and_the_task(year, keeper, pages):
    page = pages(keeper)
    sent = {"person": "new", "email": "geo@dijkstad.example", "name": "Geo Meter", "theme": "", "note": ""}
    assert "Fill this in" in page.post(url("hand_out"), {**sent, "name": ""}).text
    assert page.post(url("hand_out"), sent).status_code == 302
    assert {each.to[0] for each in mail.outbox} == {"geo@dijkstad.example"}
    assert len(mail.outbox) == 2
    assert Person.objects.get(email="geo@dijkstad.example").roles.get().role == "respondent"
    assert "already" in page.post(url("hand_out"), sent).text


def test_nobody_hands_himself_a_role(year, make_person, pages, make_organisation):
    """Who has no role here and hands out to himself is refused by the room of people."""
    keeper = make_person("coordinator", language="en")
    page = pages(keeper)
    sent = {"person": "new", "email": keeper.email, "name": "Me", "theme": "", "note": ""}
    assert page.post(url("hand_out"), sent).status_code == 302  # he is here already: it becomes a task, not a role
    assert [role.role for role in keeper.roles.all()] == ["coordinator"]


def test_a_mail_that_cannot_go_out_is_said(year, keeper, colleague, pages, settings):
    settings.EMAIL_BACKEND = "tests.ensia.mail.Broken"
    page = pages(keeper)
    text = page.post(url("hand_out"), {"person": str(colleague.pk), "theme": "", "note": ""}, follow=True).text
    assert "the mail could not be sent" in text
    assert "no route to the mail server" in page.get(url("notices")).text


def test_a_task_is_taken_back(year, keeper, colleague, pages):
    row = hand_out(year, line="BAG", to=colleague, person=keeper, **NOW).answerer
    address = reverse("ensia:take_back", args=["dijkstad", 2026, row.pk])
    assert pages(keeper).post(address).status_code == 302
    assert not Answerer.objects.filter(until__isnull=True).exists()
    assert "not handed out any more" in pages(keeper).post(address, follow=True).text


def test_a_line_is_handed_in_and_the_year_closed(year, keeper, pages):
    page = pages(keeper)
    page.post(url("hand_in"), {"note": "receipt 12"})
    assert year.hand_ins.get().note == "receipt 12"
    assert "handed in" in page.get(url("year")).text
    page.post(url("hand_in"), {"back": "1"})
    assert not year.hand_ins.exists()
    assert "Closing then needs a reason" in page.get(url("close")).text
    assert page.post(url("close"), {"reason": ""}).status_code == 200
    assert page.post(url("close"), {"reason": "through the portal"}).status_code == 302
    assert "through the portal" in page.get(url("year")).text
    assert "is closed" in page.post(url("hand_in"), {"note": ""}, follow=True).text


def test_nothing_is_confirmed_in_a_closed_year(year, keeper, ciso, say, pages):
    receipt = say("bag.reports.marked", True, on=LAST_YEAR)
    close_year(year, person=keeper, reason="done", **NOW)
    page = pages(ciso)
    assert "Unchanged" not in page.get(url("line")).text
    page.post(url("confirm"), {"fact": [str(receipt.fact.pk)]})
    assert not Entry.objects.filter(act="ledger.confirm").exists()


def test_the_coordinator_changes(year, keeper, ciso, make_person, pages):
    page = pages(keeper)
    page.post(url("coordinate"), {"coordinator": str(ciso.pk)})
    assert Year.objects.get().coordinator == ciso
    page.post(url("coordinate"), {"coordinator": str(make_person().pk)})
    page.post(url("coordinate"), {"coordinator": "x"})
    assert Year.objects.get().coordinator == ciso


def test_an_incomplete_line_says_so_and_an_unknown_one_too(year, ciso, pages):
    assert "never counts as a full account" in pages(ciso).get(url("line")).text
    assert "not in these packs" in pages(ciso).get(url("line", line="WSJG")).text


def test_two_themes_have_two_buttons_that_can_be_told_apart(year, ciso, say, pages):
    say("incident.lessons_shared", True, on=LAST_YEAR)
    say("people.conduct_rules.exist", True, on=LAST_YEAR)
    names = re.findall(r"<button[^>]*>(Unchanged: confirm.*?)</button>", pages(ciso).get(url("line", line="BIO")).text)
    assert len(names) == 2
    assert len(set(names)) == 2


def test_who_may_not_answer_is_told_who_confirms(year, ciso, keeper, say, pages):
    say("bag.reports.marked", True, on=LAST_YEAR)
    said = "Who answers this line confirms them."
    assert said in pages(keeper).get(url("line")).text
    assert said not in pages(ciso).get(url("line")).text


def test_an_answer_given_from_a_line_is_told_there_and_can_be_undone(year, ciso, pages):
    page, here = pages(ciso), url("line")
    question = reverse("ledger:question", args=["dijkstad", "dijkstad", "bag.reports.marked"])
    told = page.post(f"{question}?back={here}", {"value": "yes"}, follow=True)
    assert told.redirect_chain[-1][0].partition("?")[0] == here
    assert "Recorded:" in told.text
    undo = re.search(r'action="([^"]*/ongedaan/[^"]*)"', told.text)
    assert undo
    undone = page.post(undo.group(1), follow=True)
    assert undone.redirect_chain[-1][0].partition("?")[0] == here
    assert not Fact.objects.filter(fact_type="bag.reports.marked", superseded_at__isnull=True).exists()
    assert "Recorded:" not in page.get(f"{here}?receipt=x").text


def test_the_receipt_of_an_answer_that_is_in_order_and_of_which_the_minister_asks_more(say, ciso, own, pages):
    page, name = pages(ciso), "bag.source_documents.in_time"
    here = reverse("ledger:question", args=["dijkstad", "dijkstad", name])
    told = page.get(page.post(here, {"value": "yes", "seen": "0"}).url)
    (turn,) = (each for each in told.context["receipt"].turned if each.line.id == "bag:1.1")
    assert turn.after == "met"
    assert [more.account for more in turn.demanded] == ["bag-bzk"]
    assert "asks to see operation" in turn.demanded[0].sentence
    assert not any("register of addresses" in each for each in told.context["receipt"].accounts)


def test_what_was_done_from_the_quality_page_comes_back_with_its_receipt(say, ciso, pages):
    say("bag.reports.marked", True, on=TODAY - timedelta(days=500))
    page = pages(ciso)
    here = f"{url('quality')}?kind=expired"
    (row,) = page.get(here).context["page"]
    question = page.get(row["url"])
    seen = question.context["card"].form.initial["seen"]
    back = page.post(row["url"], {"value": "no", "wrong": "changed", "seen": seen})
    assert back.url.startswith(f"{here}&receipt=")
    told = page.get(back.url)
    assert told.context["receipt"].answer == "no"
    assert "Recorded:" in told.text
    undone = page.post(told.context["undo_url"])
    assert undone.url == here
    assert "Undone. What stood before stands again." in page.get(undone.url).text


# -- who asked, and what is not known -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "kept"), [("2026-12-11", date(2026, 12, 11)), ("", date(2026, 12, 31)), ("1011", None)]
)
def test_the_coordinator_sets_a_last_day_of_his_own(year, keeper, colleague, pages, due, kept):
    form = pages(keeper).get(url("hand_out")).context["form"]
    assert form["due"].value() == date(2026, 12, 31)  # what the calendar says
    sent = {"person": str(colleague.pk), "theme": "", "note": "Please", "due": due}
    pages(keeper).post(url("hand_out"), sent)
    assert set(Assignment.objects.filter(person=colleague).values_list("due", flat=True)) == ({kept} if kept else set())
    text = pages(colleague).get(url("line")).text
    assert (f"{keeper} asked you this" in text) is (kept is not None)
    assert ("“Please”" in text) is (kept is not None)


@pytest.mark.parametrize("line", ["BIO", "DigiD", "Suwinet", "BRP", "BAG", "WOZ", "WSJG"])
def test_what_is_not_known_says_what_to_do_instead(year, keeper, pages, line):
    text = pages(keeper).get(url("line", line=line)).text
    assert "What you do:" in text
    assert ("ENSIA portal" in text) or ("auditor" in text)
