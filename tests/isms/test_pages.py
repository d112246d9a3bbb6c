"""The pages: who may come in, what they say, and what a form does."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.isms.models import Action, Deviation, FeedKey, PolicyEvent, Risk, ScopeDecision, Treatment
from dijkwacht.apps.isms.services import feeds, plan, reviews, scope
from dijkwacht.apps.people.models import Role
from tests.isms.conftest import AREAS, TODAY

SEE = ("home", "start", "scope", "things", "risks", "plan", "audits", "reviews", "policies", "people", "year")
# Address, who may, who may see but not this. ``{…}``: the fixture whose row it is about.
FORMS = (
    ("scope_draft", None, "ciso", "process_owner"), ("circumstance_add", None, "ciso", "coordinator"),
    ("circumstances_take_over", None, "ciso", "auditor"), ("known_risks", None, "process_owner", "college"),
    ("risk_add", None, "process_owner", "college"), ("risk_edit", "risk", "ciso", "process_owner"),
    ("weigh", "risk", "ciso", "process_owner"), ("treat", "risk", "ciso", "college"),
    ("accept", "risk", "college", "ciso"), ("deviate", "risk", "secretary", "ciso"),
    ("risk_close", "risk", "ciso", "auditor"), ("action_add", None, "process_owner", "auditor"),
    ("action_edit", "action", "ciso", "process_owner"), ("action_finish", "action", "ciso", "process_owner"),
    ("action_drop", "action", "ciso", "college"), ("audit_add", None, "ciso", "auditor"),
    ("finding_add", "audit", "auditor", "ciso"), ("audit_finish", "audit", "auditor", "ciso"),
    ("finding_close", "finding", "auditor", "ciso"), ("review_add", None, "ciso", "college"),
    ("minutes", "review", "ciso", "college"), ("policy_add", None, "ciso", "process_owner"),
    ("policies_take_over", None, "ciso", "process_owner"), ("policy_note", "policy", "ciso", "process_owner"),
    ("training_add", None, "ciso", "process_owner"),
)  # fmt: skip
DETAILS = (("risk", "risk"), ("action", "action"), ("audit", "audit"), ("review", "review"), ("policy", "policy"))
BUTTONS = (
    ("scope_decide", None, "ciso"), ("context_confirm", None, "college"), ("register_confirm", None, "college"),
    ("plan_discussed", None, "college"), ("plan_approve", None, "ciso"), ("programme_adopt", None, "auditor"),
    ("audit_cancel", "audit", "auditor"), ("review_sign", "review", "ciso"), ("policy_close", "policy", "college"),
)  # fmt: skip


def at(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    return reverse(f"isms:{name}", args=[organisation, *more])


def address(request: pytest.FixtureRequest, name: str, fixture: str | None) -> str:
    return at(name, *((request.getfixturevalue(fixture).pk,) if fixture else ()))


# -- who may come in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", SEE)
def test_a_page_to_look_at(name, people, other_organisation):
    assert people.browser("auditor").get(at(name)).status_code == 200
    assert people.browser("respondent").get(at(name)).status_code == 403
    assert people.stranger(other_organisation).get(at(name)).status_code == 404
    assert "login" in Client().get(at(name)).url
    assert people.browser("auditor").get(at(name, organisation="nergens")).status_code == 404


@pytest.mark.parametrize(("name", "fixture", "may", "may_not"), FORMS, ids=[each[0] for each in FORMS])
def test_a_page_with_a_form(name, fixture, may, may_not, request, people, other_organisation):
    here = address(request, name, fixture)
    assert people.browser(may).get(here).status_code == 200
    for visit in ("get", "post"):
        assert getattr(people.browser(may_not), visit)(here).status_code == 403
        assert getattr(people.stranger(other_organisation), visit)(here).status_code == 404
    assert "login" in Client().get(here).url
    if name != "known_risks":
        again = people.browser(may).post(here)  # nothing filled in: the form comes back with what is missing
        assert again.status_code == 200
        assert "error" in again.text.lower()
    if fixture:
        assert people.browser(may).get(at(name, 999_999)).status_code == 404


@pytest.mark.parametrize(("name", "fixture"), DETAILS)
def test_a_page_about_one_thing(name, fixture, request, people, other_organisation):
    here = address(request, name, fixture)
    assert people.browser("auditor").get(here).status_code == 200
    assert people.browser("respondent").get(here).status_code == 403
    assert people.stranger(other_organisation).get(here).status_code == 404
    assert people.browser("auditor").get(at(name, 999_999)).status_code == 404
    assert "login" in Client().get(here).url


@pytest.mark.parametrize(("name", "fixture", "may_not"), BUTTONS, ids=[each[0] for each in BUTTONS])
def test_a_button(name, fixture, may_not, request, people, other_organisation):
    here = address(request, name, fixture)
    assert people.browser(may_not).get(here).status_code == 405
    assert people.browser(may_not).post(here).status_code == 403
    assert people.stranger(other_organisation).post(here).status_code == 404
    assert "login" in Client().post(here).url


def test_a_row_of_another_organisation_is_not_there(risk, action, other_organisation, people, make_person, client_for):
    both = make_person("ciso")
    Role.objects.create(person=both, organisation=other_organisation, role="ciso", valid_from=TODAY)
    browser = client_for(both)
    for name, row in (("risk", risk), ("weigh", risk), ("action", action), ("action_finish", action)):
        assert browser.get(at(name, row.pk, organisation="polderveen")).status_code == 404
        assert browser.get(at(name, row.pk)).status_code == 200


# -- what is his own ---------------------------------------------------------------------------------
def test_a_process_owner_changes_what_is_his(people, subjects, organisation, by):
    owner = people.browser("process_owner")
    assert owner.get(at("classify", "benefits")).status_code == 200
    assert owner.get(at("lean", "benefits")).status_code == 200
    assert owner.get(at("classify", "passports")).status_code == 403
    owner.post(at("risk_add"), {"title": "Mine to watch"})
    mine = Risk.objects.get()
    assert mine.owner == people("process_owner")
    assert owner.get(at("weigh", mine.pk)).status_code == 200
    action = plan.add_action(
        organisation, text=plan.ActionText("x", TODAY, owner=people("process_owner")), **by("ciso")
    )
    assert owner.get(at("action_finish", action.pk)).status_code == 200


def test_only_processes_and_systems_are_classified(ciso, subjects):
    assert ciso.get(at("classify", "dijkstad")).status_code == 404
    assert ciso.get(at("classify", "nothing")).status_code == 404
    assert ciso.get(at("lean", "registry")).status_code == 404


def test_classifying_by_the_form(ciso, subjects):
    sent = {"availability": 3, "integrity": 2, "confidentiality": 4, "critical": "yes", "recovery": 8, "loss": 4}
    assert ciso.post(at("classify", "registry"), sent).url == at("things")
    page = ciso.get(at("things"))
    assert "4 are registered, 1 of them classified" in page.text
    assert "back within 8 hours" in page.text
    assert ciso.post(at("classify", "registry"), {**sent, "availability": 5}).status_code == 200


# -- scope -------------------------------------------------------------------------------------------
def test_the_scope_from_draft_to_public(ciso, people):
    ciso.post(at("scope_draft"), {"inside": "All of it", "reasons": "The law"})
    assert "There is a draft" in ciso.get(at("scope")).text
    assert ciso.get(at("scope_publish")).status_code == 404
    assert people.browser("college").post(at("scope_decide")).status_code == 302
    assert people.browser("college").post(at("scope_decide")).status_code == 404  # there is no draft any more
    ciso.post(at("scope_publish"), {"place": "https://dijkstad.example/scope"})
    assert "decided and public" in ciso.get(at("scope")).text
    assert ScopeDecision.objects.get().decided_by == people("college")


def test_taking_over_and_closing_circumstances(ciso, organisation, by):
    ciso.post(at("circumstances_take_over"), {"known": ["small-team", "rdi"]})
    page = ciso.get(at("scope")).text
    assert "RDI, " in page
    (row,) = scope.take_over(organisation, known=["cbw"], **by("ciso"))
    ciso.post(at("circumstance_close", row.pk))
    assert ciso.post(at("circumstance_close", 999_999)).status_code == 404
    ciso.post(at("context_confirm"))
    assert "nothing here yet to confirm" in ciso.get(at("scope")).text


# -- risks -------------------------------------------------------------------------------------------
def test_a_known_risk_becomes_ours(ciso):
    page = ciso.get(at("risk_add") + "?van=ransomware")
    start = page.context["form"].initial
    ciso.post(at("risk_add") + "?van=ransomware", {"title": start["title"], "requirements": start["requirements"]})
    risk = Risk.objects.get()
    assert (risk.known_as, risk.number) == ("ransomware", 1)
    assert "bio2:8.13.04" in risk.requirements
    assert "in the register" in ciso.get(at("known_risks")).text


def test_numbers_are_read_as_people_write_them(ciso):
    ciso.post(at("risk_add"), {"title": "x", "requirements": "8.13.04, BIO2 5.17.01; iso27002:7.8, 8.13.04"})
    assert Risk.objects.get().requirements == ["bio2:8.13.04", "bio2:5.17.01", "iso27002:7.8"]
    again = ciso.post(at("risk_add"), {"title": "x", "requirements": "bio2:8.99.99"})
    assert "There is no requirement bio2:8.99.99" in again.text


def test_weighing_puts_it_in_the_matrix(ciso, risk):
    sent = {"kind": "inherent", "likelihood": 4, **dict.fromkeys(AREAS, 2), "trust": 4}
    assert ciso.post(at("weigh", risk.pk), sent).url == at("risk", risk.pk)
    page = ciso.get(at("risks"))
    assert page.context["cells"] == [(1, 4, 4)]
    assert '<svg class="matrix"' in page.text
    assert at("risk", risk.pk) in page.text
    assert ciso.get(at("risks") + "?weging=inherent").context["which"] == "inherent"
    assert ciso.get(at("risks") + "?weging=<script>").context["which"] == "residual"


def test_the_college_is_refused_with_the_rule(people, ciso, weighed):
    ciso.post(at("risk_edit", weighed.pk), {"title": weighed.title, "requirements": "bio2:8.13.04"})
    page = people.browser("college").post(at("accept", weighed.pk), {"until": "2027-01-01", "reason": "too dear"})
    assert page.status_code == 200
    assert "cannot be put aside by accepting a risk" in page.text
    assert "BIO2 8.13.04" in page.text
    assert not Treatment.objects.exists()
    assert "cannot be put aside" in ciso.get(at("risk", weighed.pk)).text  # told before anybody tries


def test_the_college_accepts_what_may_be_accepted(people, weighed):
    college = people.browser("college")
    too_long = college.post(at("accept", weighed.pk), {"until": "2029-01-01", "reason": "small"})
    assert "at most until 25 November 2027" in too_long.text
    assert college.post(at("accept", weighed.pk), {"until": "2027-01-01", "reason": "small"}).url == at(
        "risk", weighed.pk
    )
    sent = {"requirement": "iso27002:7.8", "until": "2027-01-01", "reason": "monument"}
    college.post(at("deviate", weighed.pk), sent)
    found = Deviation.objects.get()
    assert "is not followed until" in people.browser("ciso").get(at("risk", weighed.pk)).text
    assert people.browser("college").post(at("deviation_end", found.pk)).status_code == 403
    assert people.browser("ciso").post(at("deviation_end", 999_999)).status_code == 404
    people.browser("ciso").post(at("deviation_end", found.pk))
    found.refresh_from_db()
    assert found.ended_on == TODAY


# -- the plan ----------------------------------------------------------------------------------------
def test_finishing_shows_what_turned(ciso, action):
    page = ciso.get(at("action_finish", action.pk))
    names = page.context["form"].questions
    assert names
    sent = {"result": "Opened", **dict.fromkeys(names, "yes")}
    assert ciso.post(at("action_finish", action.pk), sent).url == at("action", action.pk)
    page = ciso.get(at("action", action.pk))
    assert "5.24.01" in page.text
    assert len(page.context["turned"]) >= 1
    assert "Opened" in page.text


def test_an_action_for_one_question_of_one_system(ciso, subjects):
    here = at("action_add") + "?onderwerp=registry&vraag=system.restore_test.passed_on"
    assert "Registry" in ciso.get(here).text
    ciso.post(here, {"title": "Restore it", "due": "2027-01-01"})
    action = Action.objects.get()
    ciso.post(at("action_edit", action.pk), {"title": "Restore it soon", "due": "2026-12-01"})
    action.refresh_from_db()
    assert (action.subject.key, action.title) == ("registry", "Restore it soon")
    page = ciso.get(at("action_finish", action.pk))
    assert len(page.context["form"].questions) == 1
    ciso.post(at("action_finish", action.pk), {"result": "Restored", "answer_0": "2026-11-20"})
    action.refresh_from_db()
    assert action.act is not None
    late = ciso.post(at("action_add") + "?vraag=no.such", {"title": "x", "due": "2027-01-01"})
    assert "not about a subject that is registered here" in late.text


def test_a_day_that_has_not_come_answers_nothing(ciso, organisation, subjects, by):
    text = plan.ActionText("x", TODAY, subject=subjects["registry"], fact_type="system.restore_test.passed_on")
    action = plan.add_action(organisation, text=text, **by("ciso"))
    page = ciso.post(at("action_finish", action.pk), {"result": "Restored", "answer_0": "2027-01-01"})
    assert "This day lies in the future" in page.text


def test_a_question_left_open_is_not_answered(ciso, action):
    ciso.post(at("action_finish", action.pk), {"result": "Opened"})
    assert Action.objects.get().act is None
    assert "No verdict turned" in ciso.get(at("action", action.pk)).text


def test_what_is_late_is_said_and_red(ciso, organisation, by):
    plan.add_action(organisation, text=plan.ActionText("Too late", date(2026, 11, 24)), **by("ciso"))
    page = ciso.get(at("plan"))
    assert "1 action is too late." in page.text
    assert "task--late" in page.text
    assert ciso.get(at("plan") + "?wie=ik").context["groups"] == []


def test_a_finding_leads_to_an_action(ciso, finding):
    here = at("action_add") + f"?finding={finding.pk}"
    assert "bio2:8.13.04" in ciso.get(here).text
    ciso.post(here, {"title": "Test it", "due": "2027-01-01", "requirement": "bio2:8.13.04"})
    action = Action.objects.get()
    assert action.finding == finding
    assert "Test it" in ciso.get(at("audit", finding.audit_id)).text
    ciso.post(at("action_add") + "?risk=999999&review=x", {"title": "Loose", "due": "2027-01-01"})
    assert Action.objects.get(title="Loose").risk is None


# -- audits, reviews, policies, training -------------------------------------------------------------
def test_an_auditor_finishes_and_nobody_else(people, audit):
    auditor = people.browser("auditor")
    sent = {"severity": "major", "text": "Never tested", "due": "2027-01-01", "requirement": "8.13.04"}
    auditor.post(at("finding_add", audit.pk), sent)
    auditor.post(at("audit_finish", audit.pk), {"conclusion": "Poor", "independent": "on"})
    page = auditor.get(at("audit", audit.pk)).text
    assert "Finished; 1 finding is still open." in page
    assert "Never tested" in people.browser("ciso").get(at("audits")).text


def test_a_review_from_agenda_to_signature(people, ciso, review, action):
    page = ciso.get(at("review", review.pk)).text
    assert "1 open actions" in page
    names = [name for name in ciso.get(at("minutes", review.pk)).context["form"].fields if name.startswith("point_")]
    ciso.post(at("minutes", review.pk), {"present": "All", "conclusion": "Suitable", names[0]: "Nothing open"})
    people.browser("college").post(at("review_sign", review.pk))
    page = ciso.get(at("review", review.pk)).text
    assert "Signed; it does not change" in page
    assert "Nothing open" in page
    review.refresh_from_db()
    assert review.figures["costs"]["open"] == 1
    assert ciso.post(at("minutes", review.pk), {"present": "x", "conclusion": "Other"}).status_code == 200


def test_a_policy_with_its_decision_as_evidence(ciso, policy):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"kind": "adopted", "day": "2026-03-01", "by": "The college", "version": "2.0"}
    ciso.post(at("policy_note", policy.pk), {**sent, "evidence": SimpleUploadedFile("b.pdf", b"%PDF-1.7 decided")})
    event = PolicyEvent.objects.get()
    assert (event.version, event.evidence.name) == ("2.0", "b.pdf")
    assert "1 March 2026" in ciso.get(at("policies")).text
    assert "future" in ciso.post(at("policy_note", policy.pk), {**sent, "day": "2027-01-01"}).text


def test_more_cannot_come_than_were_invited(ciso):
    sent = {"group": "staff", "title": "Phishing", "held_on": "2026-11-01", "invited": 5, "attended": 6}
    assert "More came than were invited" in ciso.post(at("training_add"), sent).text
    ciso.post(at("training_add"), {**sent, "attended": 5})
    assert "5 of 5 came" in ciso.get(at("people")).text


# -- the year ----------------------------------------------------------------------------------------
def test_the_year_in_months(ciso, action, weighed):
    page = ciso.get(at("year"))
    months = page.context["page"].months
    assert (months[0].key, months[-1].key, len(months)) == ("2026-11", "2027-10", 12)
    assert any("Open the reporting desk" in each.title for each in page.context["page"].rows)
    assert ciso.get(at("year") + "?maand=2027-02").context["page"].name == "February 2027"
    assert ciso.get(at("year") + "?maand=nonsense").context["page"].name == "November 2026"


def feed_of(browser: Client) -> str:
    browser.post(at("feed_make"))
    return str(browser.get(at("year")).context["fresh"])


def test_the_feed_tells_the_norm_and_no_names(ciso, action, weighed, audit, subjects):
    url = feed_of(ciso)
    assert ciso.get(at("year")).context["fresh"] == ""  # it is told once
    body = Client().get(url)
    assert body["Content-Type"] == "text/calendar; charset=utf-8"
    text = body.content.decode()
    assert "SUMMARY:BIO2 5.24.01: action" in text
    assert "SUMMARY:Audit" in text
    for secret in ("reporting desk", "Backups", "shoulder", "Registry", "Open desks"):
        assert secret not in text
    assert Client().get(url).content == body.content


def test_the_feed_stops_when_revoked_replaced_or_the_role_ends(people, organisation):
    browser = people.browser("auditor")
    first = feed_of(browser)
    second = feed_of(browser)
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Role.objects.filter(person=people("auditor")).update(valid_to=TODAY)
    assert Client().get(second).status_code == 404
    Role.objects.filter(person=people("auditor")).update(valid_to=None)
    browser.post(at("feed_revoke"))
    assert Client().get(second).status_code == 404
    assert Client().post(second).status_code == 405


def test_the_key_itself_is_kept_nowhere(organisation, by):
    key = feeds.make_key(organisation, **by("ciso"))
    assert key not in str(list(FeedKey.objects.values()))
    assert Client().get(reverse("isms:feed", args=["x" * 40])).status_code == 404
    assert not feeds.revoke_key(organisation, **by("college"))


def test_a_person_without_sight_of_the_whole_gets_no_feed(people, organisation, by):
    assert people.browser("respondent").post(at("feed_make")).status_code == 403
    key = feeds.make_key(organisation, **by("respondent"))
    assert Client().get(reverse("isms:feed", args=[key])).status_code == 404


# -- home and start ----------------------------------------------------------------------------------
def test_home_says_where_the_cycle_stands(ciso, review, organisation, by):
    assert "You are at" in ciso.get(at("home")).text
    assert [each.phase.id for each, _next in ciso.get(at("home")).context["standings"]] == [
        "plan",
        "do",
        "check",
        "act",
    ]
    reviews.plan_review(organisation, planned_on=TODAY, **by("ciso"))


def test_start_says_what_to_do_next(ciso):
    page = ciso.get(at("start"))
    assert "Next: " in page.context["answer"] if "answer" in page.context else "Next: " in page.text
    assert [len(each.parts) > 3 for each, _parts in page.context["steps"]] == [True, True, True]
    assert page.context["part"].part.id == "scope"


@pytest.mark.parametrize(
    ("name", "most"), [("home", 40), ("plan", 15), ("risks", 16), ("things", 18), ("year", 32), ("policies", 12)]
)
def test_few_queries_however_much_there_is(name, most, ciso, organisation, by, subjects, django_assert_max_num_queries):
    from dijkwacht.apps.isms.services import risks

    for number in range(12):
        plan.add_action(
            organisation, text=plan.ActionText(f"Do {number}", TODAY, owner=by("ciso")["person"]), **by("ciso")
        )
        risks.add_risk(
            organisation, text=risks.RiskText(f"Risk {number}", subjects=tuple(subjects.values())), **by("ciso")
        )
    ciso.get(at(name))
    with django_assert_max_num_queries(most):
        ciso.get(at(name))
