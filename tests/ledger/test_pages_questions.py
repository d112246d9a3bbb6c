"""Questions: what still decides something, one at a time, recorded at once; and nobody answers what is not his."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dijkwacht.apps.ledger.models import Assignment, Deferral, Evidence, Fact
from dijkwacht.apps.ledger.services import asking
from dijkwacht.apps.ledger.services.subjects import archive_subject
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from tests.ledger.pages import ask, browser_, clock_, url, visitor_  # noqa: F401 (fixtures)
from tests.ledger.small import TODAY

PAIR = ("dijkstad", "house.policy")
PAGES = [
    ("questions", (), "get"), ("question", PAIR, "get"), ("question", PAIR, "post"), ("defer", PAIR, "post"),
    ("choose", PAIR, "post"), ("undo", (1,), "post"),
]  # fmt: skip
OTHERS = [("ask", PAIR, "post", "auditor"), ("audit", PAIR, "get", "process_owner")]


@pytest.fixture(autouse=True)
def _own(own):
    return own


def standing(name="house.policy"):
    return [fact.value for fact in Fact.objects.filter(fact_type=name, superseded_at=None)]


# -- who may come in ---------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "args", "method"), [*PAGES, *((n, a, m) for n, a, m, _ in OTHERS)])
def test_stranger_and_anonymous(visitor, other_organisation, name, args, method):
    assert ask(visitor.stranger(other_organisation), method, url(name, *args)) == 404
    assert "login" in getattr(Client(), method)(url(name, *args)).url


@pytest.mark.parametrize(("name", "args", "method"), PAGES)
def test_reader(visitor, name, args, method):
    assert ask(visitor("college"), method, url(name, *args)) == 403


@pytest.mark.parametrize(("name", "args", "method", "role"), OTHERS)
def test_who_lacks_that_right(visitor, name, args, method, role):
    assert ask(visitor(role), method, url(name, *args)) == 403


@pytest.mark.parametrize("name", ["question", "defer", "ask", "choose"])
@pytest.mark.parametrize(
    ("subject", "fact_type"),
    [("nobody", "house.policy"), ("dijkstad", "house.nothing"), ("dijkstad", "system.critical"), ("dijkstad", "x")],
)
def test_bad_question(browser, name, subject, fact_type):
    assert ask(browser, "post", url(name, subject, fact_type)) == 404


@pytest.mark.parametrize("name", ["defer", "ask", "choose"])
def test_nothing_is_done_by_looking(browser, name):
    assert ask(browser, "get", url(name, *PAIR)) == 405


def test_a_respondent_answers_only_what_was_asked_of_him(visitor, client_for, make_person, organisation, own, ciso, at):
    person = make_person("respondent", language="en")
    browser = client_for(person)
    assert ask(browser, "get", url("question", *PAIR)) == 403
    assert "no question left" in browser.get(url("questions")).text
    asking.ask(
        organisation, of=person, person=ciso, subject=own, fact_type="house.policy", note="Weet jij dit?", on=TODAY,
        at=at,
    )  # fmt: skip
    page = browser.get(url("questions"))
    assert page.context["found"] == 1
    assert "Weet jij dit?" in page.text
    assert browser.post(url("question", *PAIR), {"value": "yes"}).status_code == 302
    assert standing() == [True]
    assert ask(browser, "get", url("question", "dijkstad", "house.mfa")) == 403


def test_a_question_tells_with_which_requirement_it_was_asked(client_for, make_person, organisation, ciso, at):
    person = make_person("respondent", language="en")
    browser = client_for(person)
    what = {"of": person, "person": ciso, "on": TODAY, "at": at}
    asking.ask(organisation, requirement="bio2:1", note="Graag deze week", due=date(2026, 12, 4), **what)
    (told,) = browser.get(url("question", *PAIR)).context["card"].along_with
    assert (told[0].note, [line.id for line in told[1]]) == ("Graag deze week", ["bio2:1"])
    page = " ".join(browser.get(url("question", *PAIR)).text.split())
    assert f"{ciso} asked you {told[1][0].norm} 1, which rests on this question, " in page
    assert "no later than" in page
    assert "4 December 2026" in page
    assert "“Graag deze week”" in page
    assert browser.get(url("question", *PAIR)).context["card"].lines[0].url == ""  # he may not see that page


def test_what_was_asked_in_one_go_is_told_once(client_for, make_person, organisation, ciso, at):
    person = make_person("respondent", language="en")
    what = {"of": person, "person": ciso, "on": TODAY, "at": at, "about": "line"}
    asking.ask_many(organisation, requirements=["bio2:2", "bio2:5"], note="Samen", **what)
    asking.ask_many(organisation, requirements=["cbw:1"], note="Los", **what)
    card = client_for(person).get(url("question", "dijkstad", "house.mfa")).context["card"]
    told = [(row.note, [line.id for line in lines]) for row, lines in card.along_with]
    assert told == [("Samen", ["bio2:2", "bio2:5"]), ("Los", ["cbw:1"])]
    page = client_for(person).get(url("question", "dijkstad", "house.mfa")).text
    assert f"{ciso} asked you 2 requirements that rest on this question" in page
    other = client_for(person).get(url("questions")).context["card"]
    assert other.assignment is None


@pytest.mark.parametrize(("due", "asked"), [("2026-12-04", True), ("", True), ("1726-12-04", False), ("soon", False)])
def test_a_colleague_is_asked_before_a_day(browser, make_person, due, asked):
    person = make_person("process_owner")
    told = browser.post(url("ask", *PAIR), {"person": person.pk, "due": due}, follow=True).text
    rows = Assignment.objects.filter(person=person)
    assert [str(row.due or "") for row in rows] == ([due] if asked else [])
    assert "Choose a colleague to ask." not in told  # that was not what was wrong
    assert ("now finds this question under Today" in told) is asked


# -- answering ---------------------------------------------------------------------------------------
def test_the_first_question_decides_most(browser):
    page = browser.get(url("questions"))
    assert page.status_code == 200
    assert page.context["card"].fact_type.id == "house.mfa"
    assert {line.id for line in page.context["card"].lines} == {"bio2:2", "bio2:5", "cbw:1", "cbw:4"}
    assert page.context["found"] > 5
    assert "questions decide something" in page.text


def test_an_answer_is_recorded_with_a_receipt_and_undone(browser):
    seen = browser.get(url("question", *PAIR)).context["card"].state.token
    answered = browser.post(url("question", *PAIR) + "?theme=register&place=2", {"value": "yes", "seen": seen})
    assert answered.url.startswith(url("questions"))
    assert "theme=register" in answered.url
    assert "place=2" in answered.url
    receipt = browser.get(answered.url).context["receipt"]
    assert receipt.answer == "yes"
    assert [(turn.line.id, turn.before, turn.after) for turn in receipt.turned] == [("bio2:1", "unknown", "met")]
    assert standing() == [True]
    assert browser.post(url("undo", receipt.act)).status_code == 302
    assert standing() == []
    again = browser.post(url("undo", receipt.act), follow=True)
    assert "cannot be undone" in again.text


def test_a_receipt_tells_what_an_account_still_asks_of_a_line_that_is_in_order(browser):
    """Stated is enough for the requirement, and not for this addressee: both are told, and it is not said to count there."""
    mfa = ("dijkstad", "house.mfa")
    page = browser.get(browser.post(url("question", *mfa), {"value": "yes", "seen": "0"}).url)
    turned = {turn.line.id: turn for turn in page.context["receipt"].turned}
    assert turned["cbw:4"].after == "met"
    (more,) = turned["cbw:4"].demanded
    assert more.account == "rdi"
    text = " ".join(page.text.split())
    assert "For “rdi” this does not count yet. The answers say yes, but this addressee asks that they are" in text
    assert page.context["receipt"].accounts == ()


def test_a_receipt_of_what_does_count_asks_nothing_more(browser, say):
    act = say("house.mfa", True, assurance=Assurance.DOCUMENTED).act
    receipt = browser.get(url("questions"), {"receipt": act}).context["receipt"]
    assert not any(turn.demanded for turn in receipt.turned)
    assert receipt.accounts == ("rdi",)


def test_nobody_undoes_what_another_did_and_sees_no_receipt_of_it(browser, visitor, say):
    act = say("house.policy", True).act
    other = visitor("process_owner")
    assert "Only the person who did this" in other.post(url("undo", act), follow=True).text
    assert standing() == [True]
    assert "receipt" not in other.get(url("questions"), {"receipt": act}).context
    assert browser.get(url("questions"), {"receipt": act}).context["receipt"].act == act
    for wrong in ("x", "-1", "9" * 40, "999", ""):
        assert "receipt" not in browser.get(url("questions"), {"receipt": wrong}).context


@pytest.mark.parametrize(("fact_type", "offered"), [("house.tested_on", True), ("house.founded_on", False)])
def test_never_is_offered_where_it_makes_sense(browser, fact_type, offered):
    page = browser.get(url("question", "dijkstad", fact_type)).content.decode()
    assert ('value="never"' in page) is offered


@pytest.mark.parametrize(
    ("fact_type", "sent", "stored"),
    [
        ("house.policy", {"value": "no"}, False),
        ("house.tested_on", {"value": "2026-03-01"}, "2026-03-01"),
        ("house.tested_on", {"how": "never"}, "never"),
        ("house.tested_on", {"how": "nothing", "first": "2026-01-01", "last": "2026-06-30"},
         {"nothing_happened": "2026-01-01/2026-06-30"}),
        ("house.count", {"value": "3"}, 3),
        ("house.share", {"value": "95.5"}, 95.5),
        ("house.share", {"value": "95.0"}, 95),
        ("house.kind", {"value": "some"}, "some"),
        ("house.note", {"value": " Kort. "}, "Kort."),
        ("house.term", {"value": "P6M"}, "P6M"),
        ("house.term", {"amount": "18", "unit": "M"}, "P1Y6M"),
        ("house.exception", {"reason": "Oud", "owner": "J. Vis", "until": "2027-01-01"},
         {"reason": "Oud", "owner": "J. Vis", "until": "2027-01-01"}),
        ("register.system.complete", {"value": "yes"}, True),
    ],
)  # fmt: skip
def test_every_kind_of_answer(browser, fact_type, sent, stored):
    assert ask(browser, "get", url("question", "dijkstad", fact_type)) == 200
    response = browser.post(url("question", "dijkstad", fact_type), sent)
    assert response.status_code == 302, response.context["card"].form.errors
    assert standing(fact_type) == [stored]


@pytest.mark.parametrize(
    ("fact_type", "sent", "field"),
    [
        ("house.policy", {}, "value"), ("house.policy", {"value": "maybe"}, "value"),
        ("house.policy", {"how": "never"}, "value"), ("house.policy", {"how": "nothing"}, "value"),
        ("house.policy", {"how": "x", "value": "yes"}, "how"),
        ("house.policy", {"value": "yes", "since": "2026-11-26"}, "since"),
        ("house.policy", {"value": "yes", "since": "gisteren"}, "since"),
        ("house.policy", {"value": "yes", "made_on": "2027-01-01"}, "made_on"),
        ("house.policy", {"value": "yes", "seen": "-1"}, "seen"),
        ("house.tested_on", {"value": "1900-01-01"}, "value"), ("house.tested_on", {"value": "31-02-2026"}, "value"),
        ("house.founded_on", {"how": "never"}, "value"), ("house.tested_on", {"how": "nothing"}, "first"),
        ("house.tested_on", {"how": "nothing", "first": "2026-06-01", "last": "2026-05-01"}, "last"),
        ("house.tested_on", {"how": "nothing", "first": "2026-06-01", "last": "2026-12-01"}, "last"),
        ("house.count", {"value": "-1"}, "value"), ("house.count", {"value": "1e9999"}, "value"),
        ("house.share", {"value": "101"}, "value"), ("house.share", {"value": "NaN"}, "value"),
        ("house.kind", {"value": "most"}, "value"), ("house.note", {"value": "a\0b"}, "value"),
        ("house.note", {"value": "x" * 10_001}, "value"), ("house.term", {"value": "P9Y"}, "value"),
        ("house.term", {"amount": "0", "unit": "M"}, "amount"),
        ("house.exception", {"reason": "Oud"}, "owner"), ("house.main_system", {"value": "nobody"}, "value"),
    ],
)  # fmt: skip
def test_what_is_wrong_stays_on_the_page_with_what_was_typed(browser, fact_type, sent, field):
    response = browser.post(url("question", "dijkstad", fact_type), {**sent, "explanation": "Nog te bewaren"})
    assert response.status_code == 200
    assert field in response.context["card"].form.errors
    assert "Nog te bewaren" in response.text
    assert not Fact.objects.exists()


def test_a_reference_can_be_registered_on_the_way(browser, register):
    register("system", "Zaaksysteem")
    address = url("question", "dijkstad", "house.main_system")
    assert browser.post(address, {"new_name": "Burgerzaken"}).status_code == 302
    assert standing("house.main_system") == ["burgerzaken"]
    assert browser.post(address, {"value": "zaaksysteem"}).status_code == 302
    assert standing("house.main_system") == ["zaaksysteem"]


def test_evidence_comes_with_it_or_nothing_is_recorded(browser, settings):
    files = [SimpleUploadedFile("verslag.pdf", b"%PDF-1.7 een"), SimpleUploadedFile("mail.txt", b"twee")]
    sent = {"value": "yes", "evidence": files, "made_on": "2026-11-01", "explanation": "Zie verslag."}
    assert browser.post(url("question", *PAIR), sent).status_code == 302
    fact = Fact.objects.get(fact_type="house.policy")
    assert fact.assurance == Assurance.DOCUMENTED
    assert fact.explanation == "Zie verslag."
    assert {each.name for each in fact.evidence.all()} == {"verslag.pdf", "mail.txt"}
    settings.EVIDENCE_MAX_BYTES = 8
    sent = {"value": "no", "evidence": [SimpleUploadedFile("a.txt", b"klein"), SimpleUploadedFile("b", b"x" * 9)]}
    refused = browser.post(url("question", *PAIR), sent)
    assert refused.status_code == 200
    assert "larger than" in refused.text
    assert standing() == [True]
    assert Evidence.objects.count() == 2


def test_a_change_leaves_what_was_and_a_correction_takes_it_back(browser, say):
    say("house.policy", True, since=TODAY.replace(month=1, day=5))
    browser.post(url("question", *PAIR), {"value": "no", "since": "2026-06-01", "wrong": "changed"})
    periods = Fact.objects.filter(superseded_at=None).values_list("value", "valid_to").order_by("pk")
    assert [(value, str(end)) for value, end in periods] == [(True, "2026-06-01"), (False, "None")]
    browser.post(url("question", "dijkstad", "house.mfa"), {"value": "yes"})
    browser.post(url("question", "dijkstad", "house.mfa"), {"value": "no", "wrong": "wrong"})
    assert standing("house.mfa") == [False]


def test_two_people_at_once_contradict_and_then_choose(browser, visitor, say):
    seen = browser.get(url("question", *PAIR)).context["card"].state.token
    visitor("process_owner", name="Bo Vries").post(url("question", *PAIR), {"value": "no", "seen": seen})
    back = browser.post(url("question", *PAIR), {"value": "yes", "seen": seen})
    assert back.url.startswith(url("question", *PAIR))
    page = browser.get(back.url)
    assert page.context["card"].contradicted
    assert "Bo Vries" in page.text
    assert sorted(standing()) == [False, True]
    wanted = next(each.saying.fact.pk for each in page.context["card"].known if each.saying.value is False)
    chosen = browser.post(url("choose", *PAIR), {"fact": wanted})
    assert browser.get(chosen.url).context["receipt"].answer == "no"
    assert standing() == [False]
    for wrong in ("", "x", "999999"):
        assert ask(browser, "post", url("choose", *PAIR)) == 404
        assert browser.post(url("choose", *PAIR), {"fact": wrong}).status_code == 404


def test_an_auditor_records_beside_what_was_said(visitor, say):
    say("house.policy", True)
    auditor = visitor("auditor")
    assert auditor.get(url("audit", *PAIR)).status_code == 200
    assert auditor.post(url("audit", *PAIR), {"value": "no"}).status_code == 302
    kinds = Fact.objects.filter(superseded_at=None).values_list("value", "origin", "assurance").order_by("pk")
    assert list(kinds) == [(True, Origin.PERSON, 1), (False, Origin.AUDIT, 4)]


# -- not answering -----------------------------------------------------------------------------------
def test_what_somebody_does_not_know_comes_last(browser):
    first = browser.get(url("questions")).context["card"]
    assert browser.post(url("defer", first.subject.key, first.fact_type.id)).status_code == 302
    assert Deferral.objects.get().fact_type == first.fact_type.id
    page = browser.get(url("questions"))
    assert page.context["card"].fact_type.id != first.fact_type.id
    last = browser.get(url("questions"), {"place": page.context["found"] - 1})
    assert last.context["card"].fact_type.id == first.fact_type.id


def test_a_colleague_is_asked(browser, make_person, other_organisation):
    colleague = make_person("respondent", name="Mila Terp")
    stranger = make_person("respondent", at_organisation=other_organisation)
    assert "Mila Terp" in browser.get(url("question", *PAIR)).text
    done = browser.post(url("ask", *PAIR), {"person": colleague.pk, "note": "Graag"}, follow=True)
    assert "Mila Terp now finds this question" in done.text
    assert Assignment.objects.get().note == "Graag"
    for wrong in ("", "x", stranger.pk):
        assert "Choose a colleague" in browser.post(url("ask", *PAIR), {"person": wrong}, follow=True).text
    assert Assignment.objects.count() == 1


@pytest.fixture
def asked(organisation, own, ciso, make_person, at):
    colleague = make_person("respondent", name="Mila Terp", language="en")
    return asking.ask(organisation, of=colleague, person=ciso, subject=own, fact_type="house.policy", on=TODAY, at=at)


def test_who_divides_the_questions_stops_asking(browser, asked):
    address = url("asked_done", asked.pk)
    assert address in browser.get(url("question", *PAIR)).text
    done = browser.post(f"{address}?back={url('question', *PAIR)}", follow=True)
    assert "Mila Terp is no longer asked this question." in done.text
    assert address not in done.text
    asked.refresh_from_db()
    assert asked.done_on == TODAY


def test_the_colleague_may_end_it_and_a_reader_may_not(client_for, visitor, asked, other_organisation):
    address = url("asked_done", asked.pk)
    assert "login" in Client().post(address).url
    assert ask(visitor.stranger(other_organisation), "post", address) == 404
    for role in ("college", "auditor", "respondent"):
        assert ask(visitor(role), "post", address) == 403
    assert ask(client_for(asked.person), "get", address) == 405
    assert ask(client_for(asked.person), "post", address) == 302
    assert ask(client_for(asked.person), "post", address) == 404  # it is done
    assert ask(visitor("ciso"), "post", url("asked_done", 999)) == 404


def test_only_who_may_correct_is_asked_whether_it_was_wrong(browser, visitor, say):
    say("house.policy", True)
    assert "wrong" in browser.get(url("question", *PAIR)).context["card"].form.fields
    assert "wrong" not in visitor("process_owner").get(url("question", *PAIR)).context["card"].form.fields


# -- which questions ---------------------------------------------------------------------------------
def test_filters(browser, register, own, organisation, ciso, at):
    register("system", "Zaaksysteem")
    everything = browser.get(url("questions")).context["found"]
    about = browser.get(url("questions"), {"subject": "zaaksysteem"}).context
    assert 0 < about["found"] < everything
    assert about["card"].subject.key == "zaaksysteem"
    assert browser.get(url("questions"), {"theme": "register"}).context["card"].fact_type.id.startswith("register.")
    assert 0 < browser.get(url("questions"), {"account": "rdi"}).context["found"] < everything
    assert browser.get(url("questions"), {"who": "role"}).context["found"] == everything  # the CISO knows them all
    assert browser.get(url("questions"), {"who": "me"}).context["found"] == 0
    asking.ask(organisation, of=ciso, person=ciso, requirement="bio2:1", on=TODAY, at=at)
    assert browser.get(url("questions"), {"who": "me"}).context["card"].fact_type.id == "house.policy"
    for wrong in ({"theme": "x"}, {"subject": "../x"}, {"account": "'"}, {"place": "99999"}, {"place": "-1"}):
        assert browser.get(url("questions"), wrong).status_code == 200


def test_a_question_that_was_asked_comes_first(browser, organisation, own, ciso, at):
    asking.ask(organisation, of=ciso, person=ciso, subject=own, fact_type="house.main_system", on=TODAY, at=at)
    assert browser.get(url("questions")).context["card"].fact_type.id == "house.main_system"


def test_nothing_left_is_said_in_plain_words(browser, monkeypatch):
    monkeypatch.setattr("dijkwacht.apps.ledger.queries.asked.open_questions", lambda *args, **rest: [])
    assert "All answered, as far as it matters today" in browser.get(url("questions")).text


def test_back_leads_home_but_never_elsewhere(browser):
    address = url("question", *PAIR)
    home = browser.post(f"{address}?back=/o/dijkstad/onderwerpen/", {"value": "yes"})
    assert home.url.startswith("/o/dijkstad/onderwerpen/?receipt=")
    away = browser.post(f"{address}?back=https://kwaad.example/", {"value": "no"})
    assert away.url.startswith(url("questions"))


def test_names_are_shown_as_text(browser, register):
    subject = register("system", "<script>alert(1)</script>")
    page = browser.get(url("question", subject.key, "system.critical")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_few_queries_whatever_the_number_of_subjects(browser, register, django_assert_max_num_queries):
    for number in range(20):
        register("system", f"Systeem {number}")
    with django_assert_max_num_queries(26):
        browser.get(url("questions"))


def test_without_script_every_answer_is_a_button_of_a_form(browser):
    page = browser.get(url("question", *PAIR)).text
    assert 'name="value" value="yes"' in page
    assert "onclick" not in page
    assert " style=" not in page


def test_a_subject_that_left_is_not_asked_about(browser, register, organisation, ciso, at):
    gone = register("system", "Oud")
    archive_subject(gone, person=ciso, on=TODAY, at=at)
    assert ask(browser, "get", url("question", gone.key, "system.critical")) == 404
