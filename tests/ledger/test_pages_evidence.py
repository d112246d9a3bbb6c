"""Evidence goes out as a file to save, to who may see it, and never runs."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger import storage, urls
from dijkwacht.apps.ledger.services import facts
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.people import services as people
from dijkwacht.web import clock
from tests.ledger.pages import ask, browser_, clock_, url, visitor_  # noqa: F401 (fixtures)
from tests.ledger.small import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def paper(organisation, ciso, at):
    file = io.BytesIO(b"<html><script>alert(1)</script></html>")
    return add_evidence(organisation, file=file, name="verslag “é”.html", person=ciso, on=TODAY, at=at)


def test_works_and_cannot_run(browser, paper):
    response = browser.get(url("evidence", paper.sha256))
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"<html>")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_who_may(visitor, paper, other_organisation):
    address = url("evidence", paper.sha256)
    assert ask(visitor("college"), "get", address) == 200
    assert ask(visitor("respondent"), "get", address) == 403
    assert ask(visitor.stranger(other_organisation), "get", address) == 404
    assert "login" in Client().get(address).url


def test_another_organisations_evidence_is_not_there(visitor, paper, other_organisation):
    stranger = visitor.stranger(other_organisation)
    assert ask(stranger, "get", url("evidence", paper.sha256, organisation="polderveen")) == 404


@pytest.mark.parametrize("sha256", ["x", "0" * 64, "..", "a" * 63, "%2e%2e%2fdb.sqlite3"])
def test_bad_id(browser, sha256):
    assert ask(browser, "get", url("evidence", sha256)) == 404


def test_a_file_that_is_gone(browser, paper):
    storage.path_of(paper.sha256).unlink()
    assert ask(browser, "get", url("evidence", paper.sha256)) == 404


@pytest.fixture
def proven(paper, say):
    """The file, with a fact that rests on it from today."""
    say("house.policy", True, evidence=[paper])
    return paper


@pytest.fixture
def give(organisation, other_organisation, at, monkeypatch):
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)

    def share(**fields):
        given = {
            "kind": "fact",
            "what": "dijkstad|house.*",
            "tlp": "AMBER",
            "valid_from": TODAY,
            "actor": "t",
            **fields,
        }
        return people.share(organisation, recipient=other_organisation, at=at, **given)

    return share


@pytest.mark.parametrize("tlp", ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"])
def test_a_guest_takes_the_evidence_of_a_shared_fact(visitor, proven, other_organisation, give, tlp):
    give(tlp=tlp)
    assert ask(visitor.stranger(other_organisation), "get", url("evidence", proven.sha256)) == 200
    assert ask(visitor("respondent", at_organisation=other_organisation), "get", url("evidence", proven.sha256)) == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"tlp": "RED"}, {"what": "dijkstad|house.mfa"}, {"what": "zaak|house.*"}, {"what": "*|system.*"},
        {"kind": "account", "what": "council"}, {"valid_from": TODAY + DAY}, {"valid_from": TODAY - DAY, "valid_to": TODAY},
    ],
)  # fmt: skip
def test_a_guest_takes_nothing_that_the_share_does_not_give(visitor, proven, other_organisation, give, fields):
    give(**fields)
    assert ask(visitor.stranger(other_organisation), "get", url("evidence", proven.sha256)) == 404


def test_a_guest_takes_nothing_after_the_share_was_revoked(visitor, proven, other_organisation, give, at):
    people.revoke_share(give(), at=at, actor="t")
    assert ask(visitor.stranger(other_organisation), "get", url("evidence", proven.sha256)) == 404


def test_a_guest_takes_nothing_of_what_was_taken_back_or_was_before(visitor, proven, other_organisation, give, say):
    give(valid_from=TODAY + 30 * DAY)
    running = give(what="dijkstad|house.policy")
    fact = proven.facts.get()
    guest = visitor.stranger(other_organisation)
    assert ask(guest, "get", url("evidence", proven.sha256)) == 200
    facts.withdraw(fact, person=fact.person, on=TODAY, at=running.granted_at)
    assert ask(guest, "get", url("evidence", proven.sha256)) == 404


def test_a_guest_of_one_takes_nothing_of_another(visitor, proven, other_organisation, give, make_organisation):
    give()
    third = make_organisation("derde")
    assert ask(visitor.stranger(third), "get", url("evidence", proven.sha256)) == 404


def test_a_guest_finds_nothing_else(visitor, proven, other_organisation, give, own, register):
    """Every page of this room, with everything of facts shared: still only the file."""
    system = register("system", "Zaaksysteem")
    give(what="*|*")
    give(kind="account", what="council")
    guest = visitor.stranger(other_organisation)
    have = {
        "organisation": "dijkstad", "requirement": "bio2:1", "subject": own.key, "key": system.key, "kind": "system",
        "fact_type": "house.policy", "fact": proven.facts.get().pk, "act": 1, "sha256": proven.sha256, "token": "x" * 43,
        "assignment": 1, "pk": 1,
    }  # fmt: skip
    for pattern in urls.urlpatterns:
        wanted = pattern.pattern.converters
        address = reverse(f"ledger:{pattern.name}", kwargs={name: have[name] for name in wanted})
        expected = 200 if pattern.name == "evidence" else 404
        assert ask(guest, "get", address) in {expected, 405}, pattern.name
        if pattern.name != "evidence":
            assert ask(guest, "post", address) in {404, 405}, pattern.name
