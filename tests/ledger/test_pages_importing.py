"""Bringing in a workbook: shown first, then all of it or nothing; and a file that waits is its bringer's alone."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dijkwacht.apps.ledger.models import Claim, Fact
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.storage import EvidenceError
from tests.ledger.pages import NOW, ask, browser_, clock_, url, visitor_  # noqa: F401 (fixtures)

GOOD = "Nummer;Antwoord;Toelichting;Datum\nbio2:1;ja;Vastgesteld;01-11-2026\nbio2:2;nee;;\nbio2:3;;;\n"
AUDIT = (
    "urn,ref_id,assessable,compliance_result\n"
    "urn:intuitem:risk:req_node:bio2:1,1,True,compliant\nurn:intuitem:risk:req_node:bio2:2,2,True,not_assessed\n"
)


def file(text, name="zelf.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def bring(browser, text, **more):
    return browser.post(url("import"), {"file": file(text), **more})


def token_of(response):
    return response.url.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture(autouse=True)
def _own(own):
    return own


@pytest.fixture
def token(browser):
    return token_of(bring(browser, GOOD))


def test_works(browser, token):
    assert ask(browser, "get", url("import")) == 200
    page = browser.get(url("import_preview", token))
    preview = page.context["preview"]
    assert (preview.lines, preview.counts["yes"], preview.counts["no"], preview.plan.unanswered) == (2, 1, 1, 1)
    assert [(each.role, each.heading) for each in preview.columns] == [
        ("number", "Nummer"), ("answer", "Antwoord"), ("explanation", "Toelichting"), ("date", "Datum"),
    ]  # fmt: skip
    assert not Claim.objects.exists()
    done = browser.post(url("import_all", token))
    assert done.url.startswith("/o/dijkstad/invoer/klaar/")
    receipt = browser.get(done.url).context["done"]
    assert (receipt.claims, receipt.recorded, receipt.now["met"]) == (2, 1, 1)
    assert Claim.objects.count() == 2
    assert Fact.objects.get().origin == "self_assessment"
    assert ask(browser, "get", url("import_preview", token)) == 404  # it does not wait any more
    again = browser.post(url("import_all", token_of(bring(browser, GOOD))), follow=True)
    assert "known already" in again.text


def test_who_may(visitor, other_organisation, token):
    pages = [("import", (), "get"), ("import", (), "post"), ("import_preview", (token,), "get")]
    for name, args, method in [*pages, ("import_all", (token,), "post"), ("import_done", (1,), "get")]:
        assert ask(visitor.stranger(other_organisation), method, url(name, *args)) == 404
        assert ask(visitor("process_owner"), method, url(name, *args)) == 403
        assert "login" in getattr(Client(), method)(url(name, *args)).url


def test_a_file_that_waits_is_its_bringers_alone(visitor, token, other_organisation):
    assert ask(visitor("coordinator"), "get", url("import_preview", token)) == 404
    assert ask(visitor("coordinator"), "post", url("import_all", token)) == 404
    stranger = visitor.stranger(other_organisation)
    assert ask(stranger, "get", url("import_preview", token, organisation="polderveen")) == 404


@pytest.mark.parametrize("bad", ["x", "a" * 43, "..", "....db", "a" * 200])
def test_bad_token_or_act(browser, bad):
    assert ask(browser, "get", url("import_preview", bad)) == 404
    assert ask(browser, "post", url("import_all", bad)) == 404
    assert ask(browser, "get", url("import_done", 999)) == 404


def test_an_act_of_another_kind_has_no_receipt_here(browser, say):
    assert ask(browser, "get", url("import_done", say("house.policy", True).act)) == 404


def test_after_a_day_it_is_gone(browser, token, monkeypatch):
    monkeypatch.setattr("dijkwacht.web.clock.now", lambda request: NOW + timedelta(hours=25))
    assert ask(browser, "get", url("import_preview", token)) == 404


def test_what_is_past_its_time_is_cleared_away(organisation, ciso, tmp_path):
    old = uploads.keep(organisation, person=ciso, file=file(GOOD), library=None, at=NOW)
    later = NOW + timedelta(days=36500)
    new = uploads.keep(organisation, person=ciso, file=file(GOOD), library=None, at=later)
    names = {path.stem for path in uploads.folder().iterdir()}
    assert names == {new.token}
    assert uploads.find(organisation, old.token, person=ciso, at=NOW) is None


def test_a_large_file_goes_to_disk_in_pieces_and_one_too_large_leaves_nothing(organisation, ciso):
    class Large:
        name, asked = "bom.json", 0

        def __init__(self, size):
            self.left = size

        def read(self, size):
            Large.asked = max(Large.asked, size)
            given = min(size, self.left)
            self.left -= given
            return b"x" * given

    most, before = 3 * uploads.CHUNK, set(uploads.folder().iterdir())
    kept = uploads.keep(organisation, person=ciso, file=Large(most), library=None, at=NOW, largest=most)
    assert (len(kept.content), hashlib.sha256(kept.content).hexdigest()) == (most, kept.sha256)
    assert Large.asked == uploads.CHUNK
    uploads.drop(kept)
    for size, library in ((most + 1, None), (most, Large(most + 1)), (0, None)):
        with pytest.raises(EvidenceError):
            uploads.keep(organisation, person=ciso, file=Large(size), library=library, at=NOW, largest=most)
    assert set(uploads.folder().iterdir()) == before


def test_a_description_that_was_tampered_with(organisation, ciso):
    kept = uploads.keep(organisation, person=ciso, file=file(GOOD), library=None, at=NOW)
    path = uploads.folder() / f"{kept.token}.json"
    for text in ("", "[]", "{}", json.dumps({"token": "x"})):
        path.write_text(text)
        assert uploads.find(organisation, kept.token, person=ciso, at=NOW) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"), ("   \n", "empty"), (b"%PDF-1.7", "This is a PDF"), (b"PK\x03\x04nonsense", "damaged"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"), ("<html></html>", "web page"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(browser, text, said):
    page = bring(browser, text)
    assert page.status_code == 200
    assert said in page.text
    assert not list(uploads.folder().iterdir())


def test_too_large(browser, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    assert "larger than" in bring(browser, GOOD).text


def test_no_file_at_all(browser):
    assert "required" in browser.post(url("import"), {}).text


def test_every_problem_has_its_place_and_nothing_is_written(browser):
    text = GOOD + "bio2:1;ja;;\nbio2:9;ja;;\nbio2:4;misschien;;\nbio2:5;ja;=1+1;\nbio2:6;ja;;01-12-2026\n"
    token = token_of(bring(browser, text))
    page = browser.get(url("import_preview", token))
    said = page.context["preview"].problems
    for row, column in ((5, "A"), (6, "A"), (7, "B"), (8, "C"), (9, "D")):
        assert any(f"row {row}, column {column}" in sentence for sentence in said), said
    assert "import_all" not in page.text
    refused = browser.post(url("import_all", token))
    assert refused.status_code == 200
    assert "Nothing was imported" in refused.text
    assert not Claim.objects.exists()
    assert not Fact.objects.exists()


def test_other_columns_can_be_chosen(browser):
    token = token_of(bring(browser, "A;B;C\n1;x;ja\n2;x;nee\n"))
    address = url("import_preview", token)
    assert not browser.get(address).context["preview"].usable
    chosen = {"sheet": 0, "header": 1, "number": 0, "answer": 2, "catalog": "bio2"}
    found = browser.get(address, chosen).context["preview"]
    assert found.usable
    assert found.lines in (0, 2)  # the small pack has no catalogs, so a bare number may be unclear


def test_the_date_of_a_row_is_read_as_is_said_and_that_can_be_changed(browser):
    token = token_of(bring(browser, "Nummer;Antwoord;Datum\nbio2:1;ja;01-11-2026\nbio2:3;ja;02-11-2026\n"))
    address = url("import_preview", token)
    page = browser.get(address)
    found = page.context["preview"]
    assert found.dates == "happened"
    assert [(each.text, each.value) for each in found.dated] == [("house.tested_on", "2 November 2026")]
    assert "That happens 1 time in this file." in page.text
    other = browser.get(address, {"dates": "answered"})
    assert (other.context["preview"].dates, other.context["preview"].dated) == ("answered", ())
    assert "Take it for the day it was done as well" in other.text
    assert ("house.tested_on", "the file does not say when") in [
        (each.text, each.value) for each in other.context["preview"].open
    ]
    chosen = {bound.name: bound.value() for bound in other.context["preview"].form}
    browser.post(url("import_all", token), {name: "" if value is None else value for name, value in chosen.items()})
    assert list(Fact.objects.values_list("fact_type", flat=True)) == ["house.policy"]
    assert {str(claim.answered_on) for claim in Claim.objects.all()} == {"2026-11-01", "2026-11-02"}


def test_without_dates_nothing_is_said_about_them(browser):
    page = browser.get(url("import_preview", token_of(bring(browser, "Nummer;Antwoord\nbio2:1;ja\n"))))
    assert page.context["preview"].dates == ""
    assert "What does the date of a row say?" not in page.text


def test_columns_in_the_query_are_never_trusted(browser, token):
    address = url("import_preview", token)
    assert browser.get(address, {"sheet": 9}).status_code == 404
    for query in ({"sheet": "-1"}, {"header": "x"}, {"number": "999999"}, {"answer": "9" * 30}, {"catalog": "../x"}):
        assert browser.get(address, query).status_code == 200
    found = browser.get(address, {"header": 1, "number": 0, "answer": ""}).context["preview"]
    assert not found.usable
    assert browser.post(url("import_all", token), {"header": 1, "number": 0, "answer": ""}).status_code == 200
    assert not Claim.objects.exists()


def test_what_is_shown_is_text(browser):
    page = browser.get(url("import_preview", token_of(bring(browser, "Nummer;Antwoord\n<script>x</script>;ja\n"))))
    assert "<script>x" not in page.text


def test_an_audit_of_ciso_assistant_is_recognised(browser):
    token = token_of(bring(browser, AUDIT))
    page = browser.get(url("import_preview", token))
    assert page.context["preview"].audit
    assert page.context["preview"].lines == 1
    assert browser.post(url("import_all", token)).status_code == 302
    assert Claim.objects.get().requirement == "bio2:1"


def test_a_framework_by_itself_is_explained(browser):
    nodes = [{"urn": "urn:a:risk:req_node:bio2:1", "ref_id": "1", "assessable": True}]
    framework = {"urn": "urn:a:risk:framework:bio2", "requirement_nodes": nodes}
    text = json.dumps({"version": 1, "objects": {"framework": framework}})
    page = browser.post(url("import"), {"file": file(text, "bio2.yaml")})
    assert "framework without answers" in page.text
    both = browser.post(url("import"), {"file": file(AUDIT), "library": file(text, "bio2.yaml")})
    assert browser.get(both.url).context["preview"].audit
    broken = browser.post(url("import"), {"file": file(AUDIT), "library": file("a: [", "bio2.yaml")})
    assert "not readable as YAML" in broken.text
