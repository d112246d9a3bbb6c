"""Registers: adding, renaming, archiving, stating that this is all, and taking over from another organisation."""

import pytest
from django.test import Client

from dijkwacht.apps.ledger.models import Fact, Inheritance, Subject
from dijkwacht.apps.people.services import share
from tests.ledger.pages import ask, browser_, clock_, url, visitor_  # noqa: F401 (fixtures)
from tests.ledger.small import TODAY

ONE = ("system", "zaaksysteem")
LOOKING = [("subjects", ()), ("register", ("system",)), ("subject", ONE)]
CHANGING = [
    ("add", ("system",)), ("complete", ("system",)), ("change", ONE), ("archive", ONE), ("take_over", ONE),
]  # fmt: skip


@pytest.fixture(autouse=True)
def system(own, register):
    return register("system", "Zaaksysteem")


@pytest.mark.parametrize(("name", "args"), [*LOOKING, *CHANGING])
def test_stranger_and_anonymous(visitor, other_organisation, name, args):
    method = "get" if (name, args) in LOOKING else "post"
    assert ask(visitor.stranger(other_organisation), method, url(name, *args)) == 404
    assert "login" in getattr(Client(), method)(url(name, *args)).url


@pytest.mark.parametrize(("name", "args"), LOOKING)
def test_who_looks(visitor, name, args):
    assert ask(visitor("college"), "get", url(name, *args)) == 200
    assert ask(visitor("respondent"), "get", url(name, *args)) == 403


@pytest.mark.parametrize(("name", "args"), CHANGING)
def test_reader_changes_nothing(visitor, name, args):
    assert ask(visitor("college"), "post", url(name, *args)) == 403
    assert Subject.objects.filter(kind="system", archived_at=None).count() == 1


def test_a_reader_sees_no_forms(visitor):
    for name, args in LOOKING:
        assert "<textarea" not in visitor("college").get(url(name, *args)).text


@pytest.mark.parametrize("kind", ["organisation", "planet", "x"])
def test_bad_kind(browser, kind):
    assert ask(browser, "get", url("register", kind)) == 404
    assert browser.post(url("add", kind), {"names": "x"}).status_code == 404
    assert browser.post(url("complete", kind), {"complete": "yes"}).status_code == 404


@pytest.mark.parametrize("args", [("system", "nobody"), ("supplier", "zaaksysteem"), ("organisation", "dijkstad")])
def test_bad_subject(browser, args):
    assert ask(browser, "get", url("subject", *args)) == 404
    for name in ("change", "archive", "take_over"):
        assert ask(browser, "post", url(name, *args)) == 404


def test_many_at_once(browser):
    text = "Burgerzaken\r\n  Financieel   systeem \n\nBurgerzaken\nzaaksysteem\n"
    page = browser.post(url("add", "system"), {"names": text}, follow=True)
    assert "2 were registered: Burgerzaken, Financieel systeem." in page.text
    found = Subject.objects.filter(kind="system").values_list("name", flat=True)
    assert sorted(found) == ["Burgerzaken", "Financieel systeem", "Zaaksysteem"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", "required"), (" \n ", "required"), ("ZAAKSYSTEEM", "registered already"),
        ("goed\n" + "x" * 201, "Line 2 is longer"), ("\n".join(f"s{n}" for n in range(501)), "At most 500"),
        ("a\0b", "Null characters"),
    ],
)  # fmt: skip
def test_all_names_or_none(browser, names, said):
    page = browser.post(url("add", "system"), {"names": names})
    assert page.status_code == 200
    assert said in page.text
    assert Subject.objects.filter(kind="system").count() == 1


def test_complete_and_not_any_more(browser):
    page = browser.post(url("complete", "system"), {"complete": "yes"}, follow=True)
    assert "all systems are registered" in page.text
    assert page.context["register"].complete
    assert Fact.objects.get(superseded_at=None).value is True
    page = browser.post(url("complete", "system"), {"complete": "no"}, follow=True)
    assert not page.context["register"].complete
    assert "some are missing" in page.text


def test_the_overview_says_which_registers_are_complete(browser):
    browser.post(url("complete", "system"), {"complete": "yes"})
    context = browser.get(url("subjects")).context
    assert context["complete"] == 1
    assert {each.kind: each.count for each in context["registers"]} == {"system": 1, "supplier": 0}


def test_rename_and_owner(browser, system, ciso, make_person, other_organisation):
    address = url("change", *ONE)
    assert browser.post(address, {"name": "Zaken", "owner": ciso.pk}).status_code == 302
    system.refresh_from_db()
    assert (system.name, system.owner, system.key) == ("Zaken", ciso, "zaaksysteem")
    stranger = make_person("ciso", at_organisation=other_organisation)
    for wrong in ({"name": ""}, {"name": "x" * 201}, {"name": "x", "owner": stranger.pk}, {"name": "x", "owner": "a"}):
        assert browser.post(address, wrong).status_code == 200
    system.refresh_from_db()
    assert system.name == "Zaken"


def test_archived_stays_readable(browser, system):
    page = browser.post(url("archive", *ONE), follow=True)
    assert "no longer in the register" in page.text
    assert page.context["register"].count == 0
    assert page.context["register"].archived == (system,)
    again = browser.post(url("archive", *ONE), follow=True)
    assert "no longer stands" in again.text
    shown = browser.get(url("subject", *ONE))
    assert "no longer in use" in shown.text
    assert "<form class=" not in shown.text.split("<main")[1]


def test_taking_over_what_is_shared(browser, system, organisation, other_organisation, register, make_person, at, say):
    theirs = make_person("ciso", at_organisation=other_organisation)
    source = register("system", "Ons zaaksysteem", organisation=other_organisation, person=theirs)
    assert ask(browser, "get", url("subject", *ONE)) == 200
    assert browser.post(url("take_over", *ONE), {"source": source.pk}).status_code == 200  # nothing is shared yet
    assert not Inheritance.objects.exists()
    share(
        other_organisation, recipient=organisation, kind="fact", what="*|*", tlp="AMBER", valid_from=TODAY, at=at,
        by=theirs,
    )  # fmt: skip
    say("system.critical", True, subject=source, person=theirs)
    page = browser.post(url("take_over", *ONE), {"source": source.pk}, follow=True)
    assert "Polderveen shares about Ons zaaksysteem" in page.text
    assert [(each.answer, each.owner) for each in page.context["page"].known] == [("yes", "Polderveen")]
    assert "only our own answers" in browser.post(url("take_over", *ONE), {"source": ""}, follow=True).text
    assert not Inheritance.objects.filter(superseded_at=None).exists()


def test_what_is_known_about_a_subject(browser, system, say):
    say("system.critical", True, subject=system)
    page = browser.get(url("subject", *ONE)).context["page"]
    assert [(each.fact_type, each.answer) for each in page.known] == [("system.critical", "yes")]
    assert page.unknown == 2
