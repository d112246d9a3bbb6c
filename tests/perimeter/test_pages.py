"""The pages of what is wrong, of names and of what changed: what they say, who may what, and what is refused in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, IssueEvent, IssueState, Run
from dijkwacht.apps.perimeter.services import issues as services
from dijkwacht.apps.perimeter.services import names as name_services
from tests.perimeter.conftest import FORCED, HSTS, HTTPS, NAME, NOW, QUARTER, TODAY, measure

WHY = [{"target": "192.0.2.1", "word": "failed", "why": [{"code": "hsts_none"}]}]


def url(name: str, *more: object) -> str:
    return reverse(f"perimeter:{name}", args=["dijkstad", *more])


def page(client: Client, name: str, *more: object, **query: str) -> str:
    response = client.get(url(name, *more), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# -- who may what ------------------------------------------------------------------------------------
LOOKS = ("home", "names", "changes", "issues")
OF_NAME = ("name", "raw")
POSTS = {"name_decide": {"state": "paused"}, "name_owner": {"owner": ""}, "name_measure": {}}
OF_ISSUE = {
    "issue_assign": {"assignee": "", "term": "", "note": ""},
    "issue_explain": {"explanation": "moving", "until": "2026-12-25"},
    "issue_note": {"text": "on its way"},
    "issue_measure": {},
}


@pytest.mark.parametrize("role", ["college", "auditor", "coordinator", "administrator", "process_owner", "ciso"])
def test_whoever_sees_the_organisation_looks(people, issue, role) -> None:
    browser = people.browser(role)
    for name in LOOKS:
        page(browser, name)
    page(browser, "name", NAME)
    page(browser, "issue", issue.pk)
    assert browser.get(url("raw", NAME)).status_code == 200


def test_strangers_find_nothing(people, other_organisation, issue) -> None:
    stranger = people.stranger(other_organisation)
    for name in (*LOOKS, "names_add"):
        assert stranger.get(url(name)).status_code == 404, name
    for name in OF_NAME:
        assert stranger.get(url(name, NAME)).status_code == 404, name
    for name in POSTS:
        assert stranger.post(url(name, NAME)).status_code == 404, name
    for name in ("issue", *OF_ISSUE, "issue_reopen"):
        assert stranger.post(url(name, issue.pk)).status_code in (404, 405), name
    there = reverse("perimeter:issue", args=["polderveen", issue.pk])
    assert stranger.get(there).status_code == 404
    assert stranger.get(reverse("perimeter:name", args=["polderveen", NAME])).status_code == 404


def test_nobody_is_sent_to_sign_in(issue, client) -> None:
    for address in (url("home"), url("name", NAME), url("issue", issue.pk), url("names_add")):
        assert "/account/login/" in client.get(address)["Location"]


@pytest.mark.parametrize("role", ["college", "auditor", "coordinator", "respondent"])
def test_whoever_only_looks_changes_nothing(people, issue, role) -> None:
    browser = people.browser(role)
    assert browser.get(url("names_add")).status_code == 403
    for name, sent in POSTS.items():
        assert browser.post(url(name, NAME), sent).status_code == 403, name
    for name, sent in OF_ISSUE.items():
        assert browser.post(url(name, issue.pk), sent).status_code == 403, name
    assert IssueEvent.objects.filter(person__isnull=False).count() == 0
    assert Domain.objects.get().state == DomainState.WATCHED


@pytest.mark.parametrize("role", ["ciso", "process_owner"])
def test_whoever_watches_does_all_of_it(people, issue, role) -> None:
    browser = people.browser(role)
    for name, sent in OF_ISSUE.items():
        assert browser.post(url(name, issue.pk), sent).status_code == 302, name
    assert browser.post(url("issue_reopen", issue.pk)).status_code == 302
    for name, sent in POSTS.items():
        assert browser.post(url(name, NAME), sent).status_code == 302, name
    assert Issue.objects.get().events.filter(person=people(role)).count() == 5


def test_what_was_given_to_somebody_he_sees_notes_and_measures(people, issue, by) -> None:
    """A colleague who is asked now and then sees nothing else of the room."""
    browser = people.browser("respondent")
    assert browser.get(url("issue", issue.pk)).status_code == 403
    services.assign(issue, assignee=people("respondent"), term=TODAY, note="", **by("ciso"))
    shown = page(browser, "issue", issue.pk)
    assert "Measure again" in shown
    assert "Give it to somebody" not in shown
    assert f'href="{url("name", NAME)}"' not in shown
    assert browser.post(url("issue_note", issue.pk), {"text": "tomorrow"}).status_code == 302
    assert browser.post(url("issue_measure", issue.pk)).status_code == 302
    for name in ("issue_assign", "issue_explain"):
        assert browser.post(url(name, issue.pk), OF_ISSUE[name]).status_code == 403
    assert browser.get(url("home")).status_code == 403


@pytest.mark.parametrize("pk", [0, 999_999_999])
def test_a_number_that_is_not_there(ciso, issue, pk) -> None:
    for name in ("issue", "issue_assign", "issue_explain", "issue_note"):
        assert ciso.get(url(name, pk)).status_code == 404
    assert ciso.post(url("issue_measure", pk)).status_code == 404


@pytest.mark.parametrize("name", ["other.test", "www%00", "x" * 300])
def test_a_name_that_is_not_there(ciso, domain, name) -> None:
    for each in OF_NAME:
        assert ciso.get(url(each, NAME).replace(NAME, name)).status_code == 404


# -- what they say -----------------------------------------------------------------------------------
def test_home_in_its_states(ciso, people, organisation, by) -> None:
    assert "No name is watched yet" in page(ciso, "home")
    (made,) = name_services.add(organisation, names=[NAME], **by("ciso")).new
    assert "Nothing was measured yet." in page(ciso, "home")
    measure(made, {HSTS: "passed"}, at=NOW - 9 * QUARTER)
    assert "Nothing that was measured is wrong." in page(ciso, "home")
    measure(made, {HSTS: "warning"}, at=NOW - 8 * QUARTER)
    assert "Nothing is wrong; one thing asks attention." in page(ciso, "home")
    for n in (7, 6):
        measure(made, {HSTS: "failed"}, at=NOW - n * QUARTER)
    shown = page(ciso, "home")
    assert "One thing is wrong, since 25 November 2026." in shown
    assert "Nobody yet" in shown
    issue = Issue.objects.get()
    services.assign(issue, assignee=people("ciso"), term=TODAY, note="", **by("ciso"))
    assert "; one must be mended this week." in page(ciso, "home")


def test_what_is_late_is_red_and_said(ciso, people, issue, by, monkeypatch) -> None:
    services.assign(issue, assignee=people("ciso"), term=TODAY, note="", **by("ciso"))
    assert "wrong__term--late" not in page(ciso, "home")
    Issue.objects.update(term=TODAY - timedelta(days=1))
    shown = page(ciso, "home")
    assert "; one is too late." in shown
    assert "wrong__term--late" in shown
    assert "it should have been mended on 24 November 2026" in page(ciso, "issue", issue.pk)


def test_a_suspicion_says_that_it_is_one(ciso, domain) -> None:
    measure(domain, {HSTS: "failed"}, at=NOW)
    for name, more in (("home", ()), ("name", (NAME,))):
        shown = page(ciso, name, *more)
        assert "Suspicion" in shown
        assert "is being measured again" in shown
        assert "said--failed" not in shown


def test_the_page_of_a_name(ciso, domain) -> None:
    first = {HTTPS: "passed", HSTS: "failed", ("mail", "spf"): "not_tested", ("names", "dnssec_exists"): "error"}
    for n in (3, 2):
        measure(domain, first, at=NOW - n * QUARTER, targets=WHY)
    shown = page(ciso, "name", NAME)
    assert "One check says that something is wrong; one could not be measured." in shown
    for text in ("192.0.2.1", "HSTS", "why?", "Not measured", "Could not be measured", "To be mended", "Measure now"):
        assert text in shown, text
    assert "What changed over time" not in shown
    measure(domain, {**first, HSTS: "passed"}, at=NOW - QUARTER)
    shown = page(ciso, "name", NAME)
    assert "What changed over time" in shown
    assert 'class="band__piece band__piece--failed"' in shown
    assert " style=" not in shown


def test_both_editions_and_internet_nl_side_by_side(ciso, domain) -> None:
    key = ("web", "tls_version")
    targets = [{"target": "192.0.2.1", "word": "warning", "peer": "failed", "editions": {"tls-2021": "passed"}}]
    measure(domain, {key: "warning"}, at=NOW, targets=targets)
    domain.readings.update(law="passed", norm="warning", peer="failed")
    shown = page(ciso, "name", NAME)
    assert "By law" in shown
    assert "Newest" in shown
    assert "internet.nl: wrong" in shown


def test_a_name_that_waits_or_could_not_be_measured(ciso, domain) -> None:
    assert "This name was not measured yet." in page(ciso, "name", NAME)
    ciso.post(url("name_measure", NAME))
    assert Run.objects.get().kind == "asked"
    assert "Waits to be measured." in page(ciso, "name", NAME)
    again = ciso.post(url("name_measure", NAME), follow=True)
    assert "This name is being measured already." in again.content.decode()
    Domain.objects.update(trouble="resolver")
    assert "the name system gave no answer" in page(ciso, "name", NAME)
    assert ciso.get(url("raw", NAME)).status_code == 404


def test_what_was_seen_can_be_downloaded(ciso, domain) -> None:
    measure(domain, {HSTS: "passed"}, at=NOW)
    response = ciso.get(url("raw", NAME))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="{NAME}-20261125-0830.json"'
    assert response.json()["name"] == NAME


def test_the_page_of_an_issue(ciso, issue) -> None:
    shown = page(ciso, "issue", issue.pk)
    for text in (
        "How to mend it",
        "Why it matters",
        "What happened",
        "192.0.2.1",
        "Wrong since",
        "nobody has set a term",
    ):
        assert text in shown, text
    assert "/eis/bio2:5.14.01/" in shown
    assert "Source: Stb. 2023, 179" in shown


def test_an_issue_that_was_mended(ciso, domain, issue) -> None:
    measure(domain, {HTTPS: "passed", FORCED: "passed", HSTS: "passed"}, at=NOW)
    shown = page(ciso, "issue", issue.pk)
    assert "Mended: the last measurement no longer found it." in shown
    assert "Give it to somebody" not in shown
    refused = ciso.post(url("issue_assign", issue.pk), OF_ISSUE["issue_assign"])
    assert "This was mended already" in refused.content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("issue_assign", {"assignee": "", "term": "2026-12-01"}, "choose who mends it"),
        ("issue_assign", {"assignee": "me", "term": "2026-11-01"}, "The term lies in the past"),
        ("issue_assign", {"assignee": "99999"}, "Select a valid choice"),
        ("issue_explain", {"explanation": "", "until": "2026-12-01"}, "This field is required"),
        ("issue_explain", {"explanation": "x", "until": "2026-11-25"}, "Choose a day after today"),
        ("issue_note", {"text": ""}, "This field is required"),
    ],
)
def test_what_is_refused_is_said(people, issue, name, sent, said) -> None:
    browser = people.browser("ciso")
    if sent.get("assignee") == "me":
        sent = {**sent, "assignee": str(people("ciso").pk)}
    response = browser.post(url(name, issue.pk), sent)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert Issue.objects.get().state == IssueState.OPEN


def test_all_that_is_wrong_can_be_narrowed(ciso, issue) -> None:
    assert "https_hsts" in page(ciso, "issues")
    assert "Nothing fits this filter." in page(ciso, "issues", state="fixed")
    assert NAME in page(ciso, "issues", state="all", check="https_hsts", text="www", person="0")
    page(ciso, "issues", state="nonsense", person="x")


# -- names -------------------------------------------------------------------------------------------
def test_names_are_added_by_hand_and_out_of_a_file(ciso, people, organisation) -> None:
    file = SimpleUploadedFile("names.txt", "b.dijkstad.test\n# c\n".encode("utf-8-sig"))
    sent = {"names": "a.dijkstad.test", "file": file, "owner": str(people("ciso").pk)}
    answer = ciso.post(url("names_add"), sent, follow=True)
    assert "2 names added." in answer.content.decode()
    assert set(Domain.objects.values_list("name", "found_by", "owner")) == {
        ("a.dijkstad.test", "file", people("ciso").pk), ("b.dijkstad.test", "file", people("ciso").pk),
    }  # fmt: skip
    again = ciso.post(url("names_add"), {"names": "a.dijkstad.test\nnew.test"}, follow=True)
    assert "1 name added. 1 stood here already." in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"names": ""}, "There is no name in it that can be used."),
        ({"names": "good.test\n192.0.2.1"}, "Line 2, “192.0.2.1”: this is an address; give a name."),
        ({"names": "x\n" * 30}, "And 10 more lines."),
        ({"file": b"\xff\xfe\x00"}, "This file is no plain text (UTF-8)."),
        ({"file": b"a" * (2 * 1024 * 1024 + 1)}, "This file is larger than 2 MB."),
    ],
)
def test_a_list_that_cannot_be_read_adds_nothing(ciso, organisation, sent, said) -> None:
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("names.txt", sent["file"])}
    response = ciso.post(url("names_add"), sent)
    assert said in response.content.decode()
    assert not Domain.objects.exists()


def test_what_was_found_is_decided_upon(ciso, organisation, by) -> None:
    found = ["old.dijkstad.test", "club.test"]
    name_services.add(organisation, names=found, state="proposed", found_by="ct", **by("ciso"))
    assert "2 names were found and wait for a decision" in page(ciso, "home")
    assert "From the certificate logs" in page(ciso, "names")
    sent = {"from": "names", "state": "watched"}
    assert ciso.post(url("name_decide", found[0]), sent)["Location"] == url("names")
    refused = ciso.post(url("name_decide", found[1]), {"from": "names", "state": "not_ours"}, follow=True)
    assert "Say in a few words why" in refused.content.decode()
    ciso.post(url("name_decide", found[1]), {"state": "not_ours", "note": "of a club"})
    assert set(Domain.objects.values_list("name", "state", "note")) == {
        (found[0], "watched", ""), (found[1], "not_ours", "of a club"),
    }  # fmt: skip


def test_a_state_that_does_not_exist_is_refused(ciso, domain) -> None:
    for state in ("proposed", "x", ""):
        answer = ciso.post(url("name_decide", NAME), {"state": state}, follow=True)
        assert "That cannot be done now" in answer.content.decode()
    assert Domain.objects.get().state == DomainState.WATCHED


def test_persons_of_another_answer_for_nothing(ciso, domain, make_person, other_organisation) -> None:
    theirs = make_person("ciso", at_organisation=other_organisation)
    ciso.post(url("name_owner", NAME), {"owner": str(theirs.pk)})
    assert Domain.objects.get().owner is None


# -- what changed ------------------------------------------------------------------------------------
def test_what_changed_from_what_to_what(ciso, domain) -> None:
    measure(domain, {HSTS: "warning"}, at=NOW - timedelta(days=9))
    measure(domain, {HSTS: "passed"}, at=NOW - timedelta(days=2))
    shown = page(ciso, "changes")
    assert "Since 18 November 2026 one word turned at one name." in shown
    assert shown.index("Take note") < shown.index("Good")
    assert "Nothing changed since 24 November 2026." in page(ciso, "changes", since="2026-11-24")
    assert "1 name was measured for the first time since then" in page(ciso, "changes", since="2026-01-01")
    page(ciso, "changes", since="x")


def test_what_was_mended_does_not_say_how_to_mend_it(ciso, domain, issue) -> None:
    assert "How to mend it" in page(ciso, "issue", issue.pk)
    measure(domain, {HSTS: "passed"}, at=NOW)
    text = page(ciso, "issue", issue.pk)
    assert "How to mend it" not in text
    assert "Nobody yet" not in text


def test_what_a_name_that_ended_had_wrong_does_not_count(ciso, domain, issue, by) -> None:
    name_services.decide(domain, state="ended", note="moved", **by("ciso"))
    text = page(ciso, "issue", issue.pk)
    assert "The name is no longer measured, so this does not count." in text
    assert "How to mend it" not in text
    assert "Measure again" not in text
    assert "This name is no longer measured, and counts nowhere." in page(ciso, "name", domain.name)
    assert "does not count" in page(ciso, "names")
    assert domain.name not in page(ciso, "issues")


def test_the_measurement_that_found_it_is_one_step_away(ciso, domain, issue) -> None:
    run = Run.objects.latest("pk")
    assert f'href="{reverse("perimeter:run", args=["dijkstad", run.pk])}"' in page(ciso, "issue", issue.pk)


def test_who_told_a_fact_is_said_in_words_with_its_run(ciso, people, domain) -> None:
    headers = ("http_csp", "http_x_frame", "http_x_content_type", "http_referrer_policy")
    run = measure(domain, {("web", check): "passed" for check in headers}, at=NOW)
    fact = Fact.objects.get(fact_type="domain.headers")
    text = ciso.get(reverse("ledger:fact", args=["dijkstad", fact.subject.key, fact.fact_type])).content.decode()
    assert f"perimeter:{run.pk}" not in text
    assert f'href="{reverse("perimeter:run", args=["dijkstad", run.pk])}">Dijkwacht (measurement {run.pk})</a>' in text
