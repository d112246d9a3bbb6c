"""What others see: the comparison, the public page, the page about measuring, and files to take along."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from trestle.oscal import assessment_results as trestle

from dijkwacht.apps.perimeter.models import DomainState, IssueState, PublicPage
from dijkwacht.apps.perimeter.public_words import public_sentence
from dijkwacht.apps.perimeter.queries.comparing import CATEGORIES, comparison, shares
from dijkwacht.apps.perimeter.queries.public import Tally, mended, shown, tally, watched
from dijkwacht.apps.perimeter.services import comparing, public
from dijkwacht.apps.perimeter.services.exporting import KINDS, export
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.days import parse_day
from tests.adapters.oscal.made import wrong
from tests.perimeter.made import AT, ON, domain, issue, later, reading, run

pytestmark = pytest.mark.django_db


def at(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    return reverse(f"perimeter:{name}", args=[organisation, *more])


def measured(organisation, name="dijkstad.example", **words):
    """A name with one word per check; `own` words stand under no category that is shown."""
    made = domain(organisation, name)
    by = run(organisation, made, state="done")
    for check, word in words.items():
        area = "names" if check in ("dnssec_exists", "open_ports", "software_version") else "web"
        reading(made, check, word, by=by, area=area)
    return made


# -- the comparison -----------------------------------------------------------------------------------
def test_shares(organisation):
    measured(organisation, "a.example", https_hsts="passed", dnssec_exists="failed", open_ports="failed")
    measured(organisation, "b.example", https_hsts="passed", dnssec_exists="passed", open_ports="failed")
    measured(organisation, "c.example", https_hsts="not_tested")
    found = {key: dict(each) for key, each in shares([organisation.pk], on=ON).items()}
    assert found["tls"] == {organisation.pk: 1.0}
    assert found["dnssec"] == {organisation.pk: 0.5}
    assert found[""] == {organisation.pk: 0.5}  # open ports are nobody else's business
    assert found["rpki"] == {}


def test_a_suspicion_counts_nowhere(organisation):
    made = measured(organisation, "a.example", https_hsts="passed")
    reading(made, "tls_version", "failed", by=run(organisation, made, state="done"), confirmed=False)
    assert shares([organisation.pk], on=ON)["tls"] == {organisation.pk: 1.0}


def test_never_fewer_than_five(make_organisation, make_person):
    us = make_organisation("wij", inhabitants=20_000)
    person = make_person()
    others = [make_organisation(f"g{n}", inhabitants=20_000) for n in range(3)]
    for each in (us, *others):
        measured(each, f"{each.slug}.example", https_hsts="passed")
        comparing.join(each, person=person, at=AT)
    assert all(row.like is None and row.everyone is None for row in comparison(us, on=ON).rows)
    fifth = make_organisation("vijfde", inhabitants=20_000)
    measured(fifth, "vijfde.example", https_hsts="failed")
    assert comparison(us, on=ON).rows[0].everyone is None  # it does not take part
    comparing.join(fifth, person=person, at=AT)
    row = comparison(us, on=ON).rows[0]
    assert row.everyone is not None
    assert (row.own, row.everyone.n, row.everyone.middle) == (100, 5, 100)
    comparing.leave(fifth, person=person, at=AT)
    assert comparison(us, on=ON).rows[0].everyone is None


def test_who_does_not_give_does_not_see(organisation):
    measured(organisation, https_hsts="passed")
    found = comparison(organisation, on=ON)
    assert (found.joined, found.rows) == (False, ())


def test_compare_page(organisation, other_organisation, make_person, client_for):
    measured(organisation, https_hsts="passed")
    ciso = make_person("ciso")
    assert client_for(make_person("auditor")).get(at("compare")).status_code == 200
    assert client_for(make_person("auditor")).post(at("take_part"), {"take_part": "yes"}).status_code == 403
    assert client_for(ciso).post(at("take_part"), {"take_part": "yes"}).url == at("compare")
    assert "100%" in client_for(ciso).get(at("compare")).content.decode()
    client_for(ciso).post(at("take_part"), {"take_part": "no"})
    assert not comparison(organisation, on=ON).joined
    acts = Entry.objects.filter(act__startswith="perimeter.compared").values_list("act", flat=True)
    assert list(acts) == ["perimeter.compared", "perimeter.compared_ended"]
    assert client_for(make_person("ciso", at_organisation=other_organisation)).get(at("compare")).status_code == 404
    assert client_for(make_person("respondent")).get(at("compare")).status_code == 403


# -- in public ----------------------------------------------------------------------------------------
def test_shown_is_one_word_per_category(organisation):
    measured(organisation, https_hsts="failed", cert_trust="passed", http_csp="warning", dnssec_exists="passed")
    (row,) = shown(list(watched(organisation)), at=AT)
    assert row.words == ("", "passed", "", "failed", "", "warning")


def test_the_sentence_counts_every_name_and_not_only_those_of_the_page(organisation):
    measured(organisation, "a.example", https_hsts="failed")
    measured(organisation, "b.example", https_hsts="passed", open_ports="failed")
    measured(organisation, "c.example", cookies="failed")
    assert tally(organisation, at=AT) == Tally(seen=2, good=1)
    assert public_sentence(tally(organisation, at=AT)) == "At 1 of 2 names nothing is wrong."
    assert public_sentence(Tally(0, 0)) == "Nothing was measured yet."


def test_hundreds_of_names_come_in_pages(organisation, make_person, django_assert_max_num_queries):
    for number in range(55):
        measured(organisation, f"n{number:02}.example", https_hsts="failed" if number == 54 else "passed")
    public.show_in_public(organisation, person=make_person("ciso"), at=AT)
    url = reverse("perimeter:public", args=["dijkstad"])
    with django_assert_max_num_queries(12):
        first = Client().get(url).content.decode()
    assert "Bij 54 van 55 namen is niets mis." in first
    assert "n49.example" in first
    assert "n50.example" not in first
    assert 'href="?page=2"' in first
    second = Client().get(url, {"page": "2"}).content.decode()
    assert "n54.example" in second
    assert "n49.example" not in second
    assert Client().get(url, {"page": "x"}).status_code == 200


def test_what_was_mended_is_no_endless_list(organisation, make_person):
    for number in range(22):
        name = measured(organisation, f"n{number:02}.example", https_hsts="passed")
        issue(name, "https_hsts", state=IssueState.FIXED, fixed_at=AT)
    public.show_in_public(organisation, person=make_person("ciso"), at=AT)
    assert "En nog 2." in Client().get(reverse("perimeter:public", args=["dijkstad"])).content.decode()


def test_an_expired_certificate_is_seen_in_public(organisation):
    measured(organisation, cert_trust="passed", certificate_expiry="failed")
    (row,) = shown(list(watched(organisation)), at=AT)
    assert row.words[CATEGORIES.index("tls")] == "failed"


def test_what_helps_an_attacker_is_not_shown(organisation, make_person, client_for):
    name = measured(organisation, open_ports="failed", software_version="warning", https_hsts="passed")
    issue(name, "open_ports", area="names", state=IssueState.FIXED, fixed_at=AT)
    issue(name, "https_hsts", state=IssueState.FIXED, fixed_at=AT)
    public.show_in_public(organisation, person=make_person("ciso"), at=AT)
    assert [each.check_id for each in mended(organisation, at=later(days=1))] == ["https_hsts"]
    assert mended(organisation, at=later(days=200)) == []
    page = Client().get(reverse("perimeter:public", args=["dijkstad"])).content.decode()
    assert "open_ports" not in page
    assert "dijkstad.example" in page


def test_public_page_is_there_only_when_chosen(organisation, other_organisation, make_person, client_for):
    measured(organisation, https_hsts="passed")
    paused = measured(organisation, "geheim.example", https_hsts="passed")
    paused.state = DomainState.PAUSED
    paused.save()
    ciso, url = make_person("ciso"), reverse("perimeter:public", args=["dijkstad"])
    assert Client().get(url).status_code == 404
    assert client_for(ciso).get(url).status_code == 404
    assert client_for(make_person("auditor")).post(at("public_choice"), {"show": "yes"}).status_code == 403
    assert client_for(ciso).get(at("public_choice")).status_code == 200
    assert client_for(ciso).post(at("public_choice"), {"show": "yes"}).url == at("public_choice")
    page = Client().get(url)
    assert page.status_code == 200
    assert b"geheim.example" not in page.content
    assert Client().get(reverse("perimeter:public", args=["polderveen"])).status_code == 404
    client_for(ciso).post(at("public_choice"), {"show": "yes"})  # twice: said, not done
    client_for(ciso).post(at("public_choice"), {"show": "no"})
    assert Client().get(url).status_code == 404
    assert PublicPage.objects.get().ended_at is not None
    stranger = make_person("ciso", at_organisation=other_organisation)
    assert client_for(stranger).get(at("public_choice")).status_code == 404


def test_about_scan(settings, db):
    settings.DIJKWACHT_CONTACT, settings.DIJKWACHT_ABOUT_SCAN = "meting@dijkstad.example", "https://dijkwacht.example/x"
    page = Client().get(reverse("perimeter:about_scan")).content.decode()
    assert "meting@dijkstad.example" in page
    assert "Dijkwacht; +https://dijkwacht.example/x; meting@dijkstad.example" in page


def test_about_scan_without_a_contact(settings, db):
    settings.DIJKWACHT_CONTACT = ""
    assert Client().get(reverse("perimeter:about_scan")).status_code == 200


# -- files --------------------------------------------------------------------------------------------
def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv(organisation, make_person):
    name = measured(organisation, https_hsts="failed", http_csp="passed")
    issue(name, assignee=make_person("respondent", name="=cmd()"), term=parse_day("2026-12-01"))
    head, *rows = rows_of(export(organisation, kind="csv", at=AT).content)
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(head)}
    hsts = next(row for row in rows if row[2] == "https_hsts")
    assert hsts[0] == "dijkstad.example"
    assert hsts[-1] == "2026-12-01"
    assert not hsts[-2].startswith("=")


def test_internetnl(organisation):
    name = measured(organisation, https_hsts="failed", dnssec_exists="passed", open_ports="failed")
    name.web_score, name.mail_score = 87, None
    name.save()
    domain(organisation, "nieuw.example")
    head, first, second = rows_of(export(organisation, kind="internetnl", at=AT).content)
    told = dict(zip(head, first, strict=True))
    assert (told["domain"], told["web_score"], told["mail_score"]) == ("dijkstad.example", "87", "")
    assert told["web.https_hsts"] == "failed"
    assert told["web.dnssec_exists"] == told["mail.dnssec_exists"] == "passed"
    assert not any("open_ports" in each for each in head)
    assert set(second[1:]) == {""}


def test_json(organisation):
    name = measured(organisation, https_hsts="failed")
    reading(name, "tls_version", "failed", by=run(organisation, name, state="done"), confirmed=False)
    issue(name)
    (told,) = json.loads(export(organisation, kind="json", at=AT).content)["names"]
    assert [each["check"] for each in told["checks"]] == ["https_hsts"]
    assert [each["check"] for each in told["issues"]] == ["https_hsts"]


@pytest.mark.parametrize("words", [{}, {"https_hsts": "failed", "http_csp": "warning", "dnssec_exists": "passed"}])
def test_oscal(organisation, words):
    measured(organisation, **words)
    content = export(organisation, kind="oscal", at=AT).content
    assert wrong(content) == []
    trestle.Model.model_validate(json.loads(content))
    assert export(organisation, kind="oscal", at=AT).content == content
    (result,) = json.loads(content)["assessment-results"]["results"]
    assert len(result.get("findings", [])) == len(result.get("observations", [])) == len(words)
    states = {each["target"]["status"]["state"] for each in result.get("findings", [])}
    assert states == ({"satisfied", "not-satisfied"} if words else set())


@pytest.mark.parametrize("kind", KINDS)
def test_export_page(kind, organisation, other_organisation, make_person, client_for):
    measured(organisation, https_hsts="failed")
    measured(other_organisation, "polderveen.example", https_hsts="failed")
    response = client_for(make_person("auditor")).get(at("export", kind))
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert b"polderveen.example" not in response.content
    assert client_for(make_person("respondent")).get(at("export", kind)).status_code == 403
    assert client_for(make_person("auditor")).get(at("export", "xlsx")).status_code == 404
    assert (
        client_for(make_person("ciso", at_organisation=other_organisation)).get(at("export", kind)).status_code == 404
    )
    assert "login" in Client().get(at("export", kind)).url
