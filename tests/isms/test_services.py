"""What the verbs of this room do: to its own rows, to the ledger, and to the trail."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dijkwacht.apps.isms.models import Circumstance, Classified, ScopeDecision, Treatment
from dijkwacht.apps.isms.queries import looking
from dijkwacht.apps.isms.queries import plan as plan_queries
from dijkwacht.apps.isms.queries import risks as risk_queries
from dijkwacht.apps.isms.queries import things as thing_queries
from dijkwacht.apps.isms.services import audits, feeds, plan, policies, reviews, risks, scope, things
from dijkwacht.apps.isms.services.doing import Refused
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.queries.verdicts import line
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.services.subjects import declare_complete, register_subject
from dijkwacht.apps.trail import queries as trail
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.words import lines as sentences
from dijkwacht.core.facts import Assurance
from dijkwacht.core.isms_cycle import Pressing
from dijkwacht.core.values import ValueFormError
from dijkwacht.core.verdict import Status
from tests.isms.conftest import AREAS, LOW, TODAY


def known(fact_type: str, key: str = "dijkstad") -> Any:
    """What stands for a question; None when nothing does."""
    rows = Fact.objects.filter(fact_type=fact_type, subject__key=key, superseded_at__isnull=True)
    return next((row.value for row in rows), None)


# -- scope and context -------------------------------------------------------------------------------
def test_a_scope_is_drafted_decided_and_published(organisation, by):
    draft = scope.draft_scope(organisation, inside="All", outside="", reasons="The law", **by("ciso"))
    again = scope.draft_scope(organisation, inside="Everything", outside="", reasons="The law", **by("ciso"))
    assert again.pk == draft.pk
    assert known("isms.scope.adopted") is None
    decided = scope.decide_scope(again, **by("college"))
    assert (decided.decided_on, known("isms.scope.adopted")) == (TODAY, True)
    assert known("isms.scope.published") is None
    scope.publish_scope(decided, place="https://dijkstad.example/scope", **by("ciso"))
    assert known("isms.scope.published") is True
    assert line(organisation, requirement="iso27001:4.3", on=TODAY).verdict.status is Status.UNKNOWN  # context is not


def test_the_next_decision_ends_the_one_before(organisation, by):
    for inside in ("One", "Two"):
        draft = scope.draft_scope(organisation, inside=inside, outside="", reasons="r", **by("ciso"))
        scope.decide_scope(draft, **by("college"))
    standing = ScopeDecision.objects.get(superseded_on__isnull=True)
    assert standing.inside == "Two"
    with pytest.raises(Refused, match="closed"):
        scope.decide_scope(draft, **by("college"))
    assert ScopeDecision.objects.get(superseded_on__isnull=True).pk == standing.pk  # the refused deed did nothing


def test_context_is_confirmed_when_each_kind_is_there(organisation, by):
    scope.take_over(organisation, known=["small-team", "ransomware", "unknown"], **by("ciso"))
    with pytest.raises(Refused, match="empty"):
        scope.confirm_context(organisation, **by("ciso"))
    assert known("isms.context.described") is None
    scope.take_over(organisation, known=["rdi", "small-team"], **by("ciso"))
    assert Circumstance.objects.count() == 3  # what was there already did not come twice
    scope.confirm_context(organisation, **by("ciso"))
    assert known("isms.context.described") is True
    assert known("isms.parties.described") is True


def test_what_is_no_longer_so_can_come_back(organisation, by):
    (found,) = scope.take_over(organisation, known=["rdi"], **by("ciso"))
    scope.close_circumstance(found, **by("ciso"))
    with pytest.raises(Refused, match="closed"):
        scope.close_circumstance(found, **by("ciso"))
    assert len(scope.take_over(organisation, known=["rdi"], **by("ciso"))) == 1


# -- processes and systems ---------------------------------------------------------------------------
def grade(*levels: int, **more: Any) -> things.Grading:
    return things.Grading(dict(zip(("availability", "integrity", "confidentiality"), levels, strict=True)), **more)


def test_classifying_a_system_records_what_the_norms_ask(subjects, by, people):
    system = subjects["registry"]
    system.owner = people("process_owner")
    things.classify(system, grading=grade(3, 4, 3, recovery=8, loss=4, critical=True), **by("ciso"))
    assert known("system.classified", "registry") is True
    assert known("system.critical", "registry") is True
    assert known("system.owner", "registry") is True
    assert known("system.recovery_targets.set", "registry") is True


def test_what_is_not_filled_in_is_not_recorded(subjects, by):
    things.classify(subjects["registry"], grading=grade(1, 1, 1, recovery=8), **by("ciso"))
    assert known("system.critical", "registry") is None
    assert known("system.owner", "registry") is None
    assert known("system.recovery_targets.set", "registry") is None


def test_an_earlier_classification_stays(subjects, by):
    for level in (1, 3):
        things.classify(subjects["passports"], grading=grade(level, 1, 1, critical=level > 1), **by("ciso"))
    rows = Classified.objects.filter(subject=subjects["passports"])
    assert [each.availability for each in rows] == [3, 1]
    assert rows.get(superseded_on__isnull=True).availability == 3
    assert known("process.critical", "passports") is True


def test_a_system_below_what_leans_on_it_is_named(organisation, subjects, by):
    things.lean(subjects["benefits"], systems=[subjects["cases"]], **by("ciso"))
    things.classify(subjects["benefits"], grading=grade(4, 2, 2), **by("ciso"))
    things.classify(subjects["cases"], grading=grade(2, 2, 2), **by("ciso"))
    found = {each.subject.key: each for each in thing_queries.things(organisation, on=TODAY).systems}
    assert [(each.aspect, each.asked, each.has) for each in found["cases"].too_low] == [("availability", 4, 2)]
    assert known("process.critical_systems.reviewed_on", "benefits") == TODAY.isoformat()
    things.lean(subjects["benefits"], systems=[], **by("ciso"))
    assert not any(each.too_low for each in thing_queries.things(organisation, on=TODAY).systems)


def test_only_processes_lean_and_only_on_our_systems(subjects, by, other_organisation):
    theirs = register_subject(other_organisation, kind="system", name="Theirs", **by("ciso"))
    for process, systems in (
        (subjects["registry"], []),
        (subjects["benefits"], [theirs]),
        (subjects["benefits"], [subjects["passports"]]),
    ):
        with pytest.raises(Refused, match="kind"):
            things.lean(process, systems=systems, **by("ciso"))


# -- risks -------------------------------------------------------------------------------------------
def test_a_risk_keeps_every_weighing_and_the_last_counts(organisation, risk, by):
    risks.weigh(risk, kind="inherent", likelihood=4, impacts={**LOW, "trust": 4}, reason="", **by("ciso"))
    risks.weigh(risk, kind="residual", likelihood=2, impacts={**LOW, "trust": 3}, reason="", **by("ciso"))
    risks.weigh(risk, kind="residual", likelihood=1, impacts=LOW, reason="better", **by("ciso"))
    (entry,) = risk_queries.register(organisation, on=TODAY)
    assert (entry.inherent.band.id, entry.residual.band.id) == ("critical", "low")
    assert entry.inherent.areas == ("trust",)
    assert risk.weighings.count() == 3
    assert entry.weight is entry.residual


def test_a_risk_without_a_choice_has_a_term(organisation, risk, by):
    risks.weigh(risk, kind="inherent", likelihood=4, impacts={**LOW, "trust": 4}, reason="", **by("ciso"))
    (entry,) = risk_queries.register(organisation, on=TODAY)
    assert (entry.treat_before, entry.pressing) == (date(2026, 12, 25), Pressing.SOON)
    assert risk_queries.register(organisation, on=date(2026, 12, 26))[0].pressing is Pressing.LATE
    risks.treat(risk, kind="mitigate", reason="plan", **by("ciso"))
    assert risk_queries.register(organisation, on=date(2026, 12, 26))[0].treat_before is None


def test_accepting_by_the_college_is_for_a_time(organisation, weighed, by):
    risks.treat(weighed, kind="mitigate", reason="first", **by("ciso"))
    risks.accept(weighed, until=date(2027, 11, 25), reason="small", roles=["college"], **by("college"))
    assert [(each.kind, each.superseded_on) for each in Treatment.objects.all()] == [
        ("accept", None),
        ("mitigate", TODAY),
    ]
    assert known("risk.accepted.temporary") is True
    entry = risk_queries.register(organisation, on=date(2027, 11, 26))[0]
    assert (entry.treat_before, entry.pressing) == (date(2027, 11, 25), Pressing.LATE)


def test_a_government_measure_cannot_be_accepted_away(organisation, weighed, by):
    text = risks.RiskText(weighed.title, requirements=("bio2:8.13.04", "iso27002:7.8"))
    risks.change_risk(weighed, text=text, **by("ciso"))
    before = trail.head(organisation)
    with pytest.raises(Refused) as refused:
        risks.accept(weighed, until=date(2027, 1, 1), reason="too dear", roles=["college"], **by("college"))
    (no,) = refused.value.refusals
    assert (no.requirements, no.rule.id) == (("bio2:8.13.04",), "government-measure")
    assert not Treatment.objects.exists()
    assert trail.head(organisation) == before


def test_a_measure_is_not_linked_after_the_acceptance_either(weighed, by):
    risks.accept(weighed, until=date(2027, 1, 1), reason="small", roles=["college"], **by("college"))
    barred = risks.RiskText(weighed.title, requirements=("iso27002:7.8", "bio2:8.13.04"))
    with pytest.raises(Refused, match="rules") as refused:
        risks.change_risk(weighed, text=barred, **by("ciso"))
    assert refused.value.refusals[0].requirements == ("bio2:8.13.04",)
    weighed.refresh_from_db()
    assert weighed.requirements == ["iso27002:7.8"]
    risks.change_risk(weighed, text=risks.RiskText("Other words", requirements=("iso27002:7.8",)), **by("ciso"))
    risks.treat(weighed, kind="mitigate", reason="after all", **by("ciso"))
    risks.change_risk(weighed, text=barred, **by("ciso"))


def test_an_acceptance_ends_when_the_risk_turns_out_heavier(organisation, weighed, by):
    risks.accept(weighed, until=date(2027, 1, 1), reason="small", roles=["college"], **by("college"))
    risks.weigh(weighed, kind="residual", likelihood=1, impacts=LOW, reason="the same", **by("ciso"))
    assert Treatment.objects.filter(superseded_on=None).count() == 1
    risks.weigh(weighed, kind="residual", likelihood=4, impacts={**LOW, "trust": 4}, reason="worse", **by("ciso"))
    assert not Treatment.objects.filter(superseded_on=None).exists()
    entry = Entry.objects.filter(act="isms.risk_weighed").latest("seq")
    assert entry.detail["acceptance_ended"] is True
    (row,) = risk_queries.register(organisation, on=TODAY)
    assert (row.treatment, row.treat_before is None) == (None, False)


def test_accepting_looks_at_the_risk_as_it_is_now(organisation, weighed, by):
    """Not as it was when the page was opened: somebody linked a measure, or weighed it again, just before."""
    seen = risk_queries.risk(organisation, weighed.pk)
    risks.weigh(weighed, kind="residual", likelihood=4, impacts={**LOW, "trust": 4}, reason="worse", **by("ciso"))
    risks.change_risk(weighed, text=risks.RiskText("x", requirements=("bio2:8.13.04",)), **by("ciso"))
    with pytest.raises(Refused, match="rules") as refused:
        risks.accept(seen, until=date(2027, 1, 1), reason="small", roles=["secretary"], **by("college"))
    assert [str(each.code) for each in refused.value.refusals] == ["government_measure", "no_mandate"]


def test_accepting_is_not_treating(risk, by):
    with pytest.raises(Refused, match="accept"):
        risks.treat(risk, kind="accept", reason="just so", **by("ciso"))


def test_a_guideline_without_a_measure_may_be_left_for_a_time(organisation, weighed, by):
    granted = {"reason": "monument", "instead": "guards", **by("college")}
    for requirement, code in (
        ("bio2:8.13.04", "government-measure"),
        ("iso27002:8.13", "guideline"),
        ("cbw:26", "law"),
    ):
        with pytest.raises(Refused) as refused:
            risks.grant_deviation(weighed, requirement=requirement, until=date(2027, 1, 1), **granted)
        assert refused.value.refusals[0].rule.id == code
    found = risks.grant_deviation(weighed, requirement="iso27002:7.8", until=date(2027, 1, 1), **granted)
    assert list(risk_queries.deviations(organisation)) == [found]
    with pytest.raises(Refused, match="twice"):
        risks.grant_deviation(weighed, requirement="iso27002:7.8", until=date(2027, 1, 1), **granted)
    risks.end_deviation(found, **by("ciso"))
    assert not risk_queries.deviations(organisation)


def test_the_register_is_confirmed_when_every_risk_has_owner_and_weight(organisation, risk, by):
    with pytest.raises(Refused, match="not_weighed"):
        risks.confirm_register(organisation, **by("ciso"))
    risks.weigh(risk, kind="residual", likelihood=1, impacts=LOW, reason="", **by("ciso"))
    orphan = risks.add_risk(organisation, text=risks.RiskText("Nobody's"), **by("ciso"))
    with pytest.raises(Refused, match="no_owner"):
        risks.confirm_register(organisation, **by("ciso"))
    risks.close(orphan, reason="none", **by("ciso"))
    risks.confirm_register(organisation, **by("ciso"))
    assert known("risk.register.kept") is True
    assert known("risk.assessment.done_on") == TODAY.isoformat()


def test_a_risk_is_not_closed_over_open_actions(organisation, risk, by):
    text = plan.ActionText("Turn the screens", TODAY, risk=risk)
    action = plan.add_action(organisation, text=text, **by("ciso"))
    with pytest.raises(Refused, match="open_actions"):
        risks.close(risk, reason="done", **by("ciso"))
    plan.drop_action(action, reason="moved", **by("ciso"))
    risks.close(risk, reason="done", **by("ciso"))
    with pytest.raises(Refused, match="closed"):
        risks.weigh(risk, kind="residual", likelihood=1, impacts=LOW, reason="", **by("ciso"))


def test_numbers_count_per_organisation(organisation, other_organisation, by):
    text = risks.RiskText("Any")
    numbers = [
        risks.add_risk(where, text=text, **by("ciso")).number
        for where in (organisation, organisation, other_organisation)
    ]
    assert numbers == [1, 2, 1]


def test_what_no_norm_has_is_refused(organisation, by):
    with pytest.raises(Refused, match="requirement"):
        risks.add_risk(organisation, text=risks.RiskText("Any", requirements=("bio2:99.99.99",)), **by("ciso"))


# -- the plan: done with evidence becomes a fact, and the fact turns the verdict ---------------------
def test_done_with_evidence_turns_the_verdict(organisation, action, by):
    assert line(organisation, requirement="bio2:5.24.01", on=TODAY).verdict.status is Status.UNKNOWN
    asked = plan_queries.settles(action, on=TODAY)
    assert asked
    file = SimpleUploadedFile("desk.pdf", b"%PDF-1.7 the desk is open")
    done = plan.finish_action(
        action, answers=[(each.subject, each.fact_type.id, True) for each in asked], result="Opened", files=[file],
        made_on=TODAY, **by("ciso"),
    )  # fmt: skip
    assert ("bio2:5.24.01", Status.UNKNOWN, Status.MET) in {(c.requirement, c.before, c.after) for c in done.changes}
    assert line(organisation, requirement="bio2:5.24.01", on=TODAY).verdict.status is Status.MET
    fact = Fact.objects.get(fact_type=asked[0].fact_type.id, superseded_at__isnull=True)
    assert [each.name for each in fact.evidence.all()] == ["desk.pdf"]
    assert (fact.assurance, fact.act) == (Assurance.DOCUMENTED, done.act)
    assert not action.open
    with pytest.raises(Refused, match="closed"):
        plan.finish_action(action, answers=[], result="again", **by("ciso"))


def test_done_without_evidence_is_only_said(action, by):
    asked = plan_queries.settles(action, on=TODAY)
    plan.finish_action(
        action, answers=[(asked[0].subject, asked[0].fact_type.id, True)], result="Said so", **by("ciso")
    )
    assert Fact.objects.get(fact_type=asked[0].fact_type.id).assurance == Assurance.STATED


def test_an_answer_that_does_not_fit_leaves_nothing_behind(organisation, action, by):
    asked, before = plan_queries.settles(action, on=TODAY), trail.head(organisation)
    with pytest.raises(ValueFormError):
        plan.finish_action(
            action, answers=[(asked[0].subject, asked[0].fact_type.id, "perhaps")], result="x",
            files=[SimpleUploadedFile("a.pdf", b"%PDF-1.7")], **by("ciso"),
        )  # fmt: skip
    action.refresh_from_db()
    assert action.open
    assert trail.head(organisation) == before


def test_an_action_may_be_about_one_question(organisation, subjects, by):
    text = plan.ActionText("Restore it", TODAY, subject=subjects["registry"], fact_type="system.restore_test.passed_on")
    found = plan.add_action(organisation, text=text, **by("ciso"))
    assert [(each.subject.key, each.fact_type.id) for each in plan_queries.settles(found, on=TODAY)] == [
        ("registry", "system.restore_test.passed_on")
    ]
    for wrong in (
        plan.ActionText("x", TODAY, subject=subjects["benefits"], fact_type="system.restore_test.passed_on"),
        plan.ActionText("x", TODAY, fact_type="system.restore_test.passed_on"),
        plan.ActionText("x", TODAY, subject=subjects["registry"], fact_type="no.such"),
    ):
        with pytest.raises(Refused, match="question"):
            plan.add_action(organisation, text=wrong, **by("ciso"))


def test_actions_are_followed_only_when_each_has_an_owner(organisation, action, by):
    plan.discuss_plan(organisation, **by("ciso"))
    assert known("isms.corrective_actions.tracked") is True
    plan.add_action(organisation, text=plan.ActionText("Nobody's", TODAY), **by("ciso"))
    plan.discuss_plan(organisation, **by("ciso"))
    assert known("isms.corrective_actions.tracked") is False
    assert known("risk.treatment_plan.progress_on") == TODAY.isoformat()


def test_an_empty_plan_is_neither_discussed_nor_approved(organisation, by):
    for verb, who in ((plan.discuss_plan, "ciso"), (plan.approve_plan, "college")):
        with pytest.raises(Refused, match="empty"):
            verb(organisation, **by(who))


# -- audits and reviews ------------------------------------------------------------------------------
def test_an_audit_is_a_fact_that_the_auditor_established(organisation, audit, finding, by):
    audits.adopt_programme(organisation, **by("ciso"))
    assert known("audit.plan.adopted_on") == TODAY.isoformat()
    audits.finish_audit(audit, conclusion="Fine", independent=True, **by("auditor"))
    fact = Fact.objects.get(fact_type="audit.internal.done_on")
    assert (fact.value, fact.assurance, fact.origin) == (TODAY.isoformat(), Assurance.AUDITED, "audit")
    with pytest.raises(Refused, match="closed"):
        audits.add_finding(audit, severity="minor", text="late", due=TODAY, **by("auditor"))


def test_a_technical_test_is_no_internal_audit(organisation, by):
    text = audits.AuditText("Pentest", TODAY, "A firm", kind="technical")
    audits.finish_audit(
        audits.plan_audit(organisation, text=text, **by("ciso")), conclusion="c", independent=True, **by("auditor")
    )
    assert known("audit.internal.done_on") is None


def test_a_finding_is_closed_when_its_actions_are(organisation, finding, by):
    action = plan.add_action(organisation, text=plan.ActionText("Test it", TODAY, finding=finding), **by("ciso"))
    with pytest.raises(Refused, match="open_actions"):
        audits.close_finding(finding, reason="seen", cause="none", **by("auditor"))
    plan.finish_action(action, answers=[], result="tested", **by("ciso"))
    audits.close_finding(finding, reason="seen", cause="no plan", **by("auditor"))
    assert not looking.open_findings(organisation)


def test_a_review_is_signed_once_and_then_stands(organisation, review, by):
    with pytest.raises(Refused, match="empty"):
        reviews.sign_review(review, **by("college"))
    minutes = {"present": "All", "minutes": {"risks": "Discussed"}, "conclusion": "Suitable", "figures": {}}
    reviews.minute_review(review, **minutes, **by("ciso"))
    reviews.sign_review(review, **by("college"))
    assert known("isms.review.held_on") == TODAY.isoformat()
    assert known("board.oversight.reported_on") == TODAY.isoformat()
    with pytest.raises(Refused, match="closed"):
        reviews.minute_review(review, **{**minutes, "conclusion": "Other"}, **by("ciso"))
    with pytest.raises(Refused, match="closed"):
        reviews.sign_review(review, **by("college"))
    review.refresh_from_db()
    assert review.conclusion == "Suitable"


# -- policies, training, board -----------------------------------------------------------------------
def test_adopting_a_policy_is_known_in_the_ledger(organisation, policy, by):
    policies.note_policy(policy, kind="adopted", day=date(2026, 3, 1), by="The college", **by("ciso"))
    assert known("policy.approved") is True
    assert known("policy.reviewed_on") == "2026-03-01"
    (row,) = looking.policies(organisation, on=TODAY)
    assert (row.due, row.pressing) == (date(2027, 3, 1), Pressing.LATER)
    assert looking.policies(organisation, on=date(2027, 3, 2))[0].pressing is Pressing.LATE


def test_an_older_review_that_is_noted_late_changes_nothing_in_the_ledger(policy, by):
    policies.note_policy(policy, kind="adopted", day=date(2026, 3, 1), by="The college", **by("ciso"))
    policies.note_policy(policy, kind="reviewed", day=date(2025, 3, 1), by="The CISO", **by("ciso"))
    assert known("policy.reviewed_on") == "2026-03-01"


def test_tomorrow_nothing_was_adopted(policy, by):
    with pytest.raises(Refused, match="future"):
        policies.note_policy(policy, kind="adopted", day=date(2026, 11, 26), by="The college", **by("ciso"))


def test_a_policy_stands_in_the_list_once(organisation, policy, by):
    assert policies.take_over_policies(organisation, known=["security", "nonsense"], **by("ciso")) == []
    with pytest.raises(Refused, match="twice"):
        policies.add_policy(organisation, title="Again", known_as="security", **by("ciso"))


def test_the_last_training_of_all_staff_counts(organisation, by):
    given = {"group": "staff", "title": "Phishing", **by("ciso")}
    policies.note_training(organisation, held_on=date(2026, 6, 1), invited=10, attended=8, **given)
    policies.note_training(organisation, held_on=date(2026, 1, 1), **given)  # an older one, noted later
    assert known("training.staff.held_on") == "2026-06-01"
    row = next(each for each in looking.groups(organisation, on=TODAY) if each.group.id == "staff")
    assert (row.last.attended, row.due) == (8, date(2027, 6, 1))


def test_board_members_and_the_day_of_article_24(organisation, by):
    for key, appointed in (("mayor", "2020-01-01"), ("new", "2027-03-01"), ("unknown", None)):
        member = register_subject(organisation, kind="board_member", name=key, key=key, **by("ciso"))
        if appointed and appointed <= TODAY.isoformat():
            _answer(organisation, member, "board_member.appointed_on", appointed, by)
    own = declare_complete(organisation, kind="board_member", **by("ciso")).fact.subject
    _answer(organisation, own, "cbw.applies_since", "2026-08-15", by)
    found = {each.subject.key: each for each in looking.members(organisation, on=TODAY)}
    assert {each.before for each in found.values()} == {date(2028, 8, 15)}
    assert found["mayor"].appointed == date(2020, 1, 1)
    assert found["unknown"].pressing is Pressing.LATER


def _answer(organisation, subject, fact_type, value, by):
    from dijkwacht.apps.ledger.services.facts import answer

    answer(organisation, subject=subject, fact_type=fact_type, value=value, **by("ciso"))


# -- the trail ---------------------------------------------------------------------------------------
def test_every_deed_is_a_sentence_and_the_chain_holds(
    organisation, weighed, action, audit, finding, review, policy, subjects, by
):
    things.classify(subjects["registry"], grading=grade(3, 3, 3), **by("ciso"))
    risks.accept(weighed, until=date(2027, 1, 1), reason="small", roles=["college"], **by("college"))
    plan.finish_action(action, answers=[], result="done", **by("ciso"))
    policies.note_policy(policy, kind="reviewed", day=TODAY, by="The CISO", **by("ciso"))
    feeds.make_key(organisation, **by("ciso"))
    assert trail.verify(organisation) is None
    assert verify_facts(organisation) == []
    told = sentences(organisation, trail.entries(organisation))
    ours = [each.sentence for each in told if each.entry.act.startswith("isms.")]
    assert len(ours) >= 11
    assert not any("isms." in each or "–" in each for each in ours)
    assert any("“Looking over a shoulder”" in each for each in ours)


def test_areas_of_the_tests_are_those_of_the_packs():
    from dijkwacht.norms.read import isms_on

    assert tuple(each.id for each in isms_on(TODAY).scale.areas) == AREAS


def test_a_signed_review_gets_no_more_decisions(organisation, by):
    review = reviews.plan_review(organisation, planned_on=TODAY, **by("ciso"))
    reviews.minute_review(review, present="all", minutes={}, conclusion="good", figures={}, **by("ciso"))
    plan.add_action(organisation, text=plan.ActionText("Before", TODAY, review=review), **by("ciso"))
    reviews.sign_review(review, **by("college"))
    with pytest.raises(Refused, match="closed"):
        plan.add_action(organisation, text=plan.ActionText("After", TODAY, review=review), **by("ciso"))
    assert [each.title for each in review.actions.all()] == ["Before"]
