"""Evidence goes out as a file to save, to who may see it, and never runs."""

import io

import pytest
from django.test import Client

from dijkwacht.apps.ledger import storage
from dijkwacht.apps.ledger.services.evidence import add_evidence
from tests.ledger.pages import ask, browser_, clock_, url, visitor_  # noqa: F401 (fixtures)
from tests.ledger.small import TODAY


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
