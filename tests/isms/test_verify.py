"""`dijkwacht trail verify` over the rows of this room: whatever somebody did to them is named."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dijkwacht.apps.isms.marks import TABLES
from dijkwacht.apps.isms.models import Action, Review, Risk, Training, Treatment, Weighing
from dijkwacht.apps.isms.queries.verify import verify_isms
from dijkwacht.apps.isms.services import audits, feeds, plan, policies, reviews, risks, scope, things
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.held_marks import Uncovered
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.commands.verifying import TABLES as WORDS
from dijkwacht.commands.verifying import verify
from tests.isms.conftest import AREAS, LOW, NOW, TODAY
from tests.tampering import gone_and_put_there, unseen


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("bewijs.txt", b"Het staat er.")


@pytest.fixture
def busy(organisation, by, people, subjects, weighed, action, audit, finding, review, policy) -> Risk:
    """At least one row in every table, most of them changed by a second act."""
    for inside in ("One", "Two"):
        draft = scope.draft_scope(organisation, inside=inside, outside="", reasons="The law", **by("ciso"))
        decided = scope.decide_scope(draft, **by("college"))
    scope.publish_scope(decided, place="https://dijkstad.example/scope", **by("ciso"))
    made = scope.add_circumstance(organisation, kind="internal", title="Old", text="", **by("ciso"))
    scope.close_circumstance(made, **by("ciso"))
    scope.take_over(organisation, known=["law", "chain", "inhabitants"], **by("ciso"))
    scope.add_circumstance(organisation, kind="party", title="Ours", text="Of our own", **by("ciso"))
    for level in (2, 3):
        levels = dict.fromkeys(("availability", "integrity", "confidentiality"), level)
        things.classify(subjects["registry"], grading=things.Grading(levels, 8, 4, True, "why"), **by("ciso"))
    for systems in ("registry", "cases"):
        things.lean(subjects["passports"], systems=[subjects[systems]], **by("ciso"))
    risks.treat(weighed, kind="mitigate", reason="we will", **by("ciso"))
    risks.accept(weighed, until=date(2027, 2, 1), reason="small", roles=["college"], **by("college"))
    risks.weigh(weighed, kind="residual", likelihood=4, impacts=dict.fromkeys(AREAS, 4), reason="", **by("ciso"))
    text = risks.RiskText("Another", "", "", None, (), (subjects["cases"], subjects["registry"]))
    risks.close(risks.add_risk(organisation, text=text, **by("ciso")), reason="gone", **by("ciso"))
    risks.confirm_register(organisation, **by("ciso"))
    changed = plan.ActionText("Open it", TODAY, owner=people("ciso"), requirement="bio2:5.24.01", cost=3)
    plan.change_action(action, text=changed, **by("ciso"))
    plan.approve_plan(organisation, **by("college"))
    plan.discuss_plan(organisation, **by("ciso"))
    plan.finish_action(action, answers=[], result="Done", files=[paper()], **by("ciso"))
    audits.plan_audit(organisation, text=audits.AuditText("Doors", TODAY, "Somebody"), **by("ciso"))
    audits.adopt_programme(organisation, **by("college"))
    audits.close_finding(finding, reason="tested", cause="forgotten", **by("auditor"))
    audits.finish_audit(audit, conclusion="well", independent=True, **by("auditor"))
    said = {"present": "all", "minutes": {"a": "b"}, "conclusion": "c", "figures": {"n": 1}}
    reviews.minute_review(review, **said, **by("ciso"))
    reviews.sign_review(review, **by("college"))
    policies.note_policy(policy, kind="adopted", day=TODAY, by="college", version="2", file=paper(), **by("ciso"))
    policies.add_policy(organisation, title="Ours", **by("ciso"))
    policies.note_training(organisation, group="board", title="Law", held_on=TODAY, invited=9, attended=8, **by("ciso"))
    feeds.make_key(organisation, **by("ciso"))
    feeds.make_key(organisation, **by("ciso"))
    feeds.revoke_key(organisation, **by("ciso"))
    return weighed


@pytest.fixture
def with_deviation(organisation, busy, by) -> Risk:
    until = date(2027, 3, 1)
    given = {"requirement": "iso27002:7.8", "until": until, "reason": "for now", "instead": "by hand"}
    found = risks.grant_deviation(busy, **given, **by("college"))
    risks.end_deviation(found, **by("college"))
    risks.grant_deviation(busy, **given, **by("college"))
    return busy


def test_what_the_verbs_leave_is_what_the_trail_says(organisation, with_deviation) -> None:
    held = verify_isms(organisation)
    assert (held.faulty, held.uncovered) == ([], [])


def test_every_table_of_the_room_is_told_of() -> None:
    assert {each.model for each in TABLES} == set(apps.get_app_config("isms").get_models())
    assert {each.name for each in TABLES} <= set(WORDS)


def test_every_column_of_every_table(organisation, other_organisation, with_deviation) -> None:
    assert unseen(organisation, TABLES, verify_isms, without=["action.dropped_on"]) == []


@pytest.mark.parametrize("what", ["a subject", "evidence"])
def test_what_a_row_is_linked_to(organisation, with_deviation, subjects, what) -> None:
    if what == "evidence":
        Action.objects.get(done_on__isnull=False).evidence.clear()
        expected = ("action", ("evidence",))
    else:
        with_deviation.subjects.add(subjects["passports"])
        expected = ("risk", ("subjects",))
    (found,) = verify_isms(organisation).faulty
    assert (found.table, found.columns, found.fault) == (*expected, Fault.ALTERED)


@pytest.mark.parametrize("model", [Training, Treatment])
def test_a_row_that_is_gone_and_one_that_nobody_made(organisation, with_deviation, model) -> None:
    name = next(each.name for each in TABLES if each.model is model)
    gone_and_put_there(organisation, model.objects.last(), name, verify_isms)


def test_a_row_of_somebody_else_is_not_held_against_us(organisation, other_organisation, busy, by) -> None:
    Training.objects.update(organisation=other_organisation)
    assert [each.fault for each in verify_isms(organisation).faulty] == [Fault.MISSING]
    (theirs,) = verify_isms(other_organisation).faulty
    assert (theirs.table, theirs.fault) == ("training", Fault.UNTOLD)


def test_a_day_that_is_none_is_named_with_its_column(organisation, busy) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite takes it")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE isms_review SET signed_on = '2026-11-99'")
    (found,) = verify_isms(organisation).faulty
    assert (found.table, found.columns) == ("review", ("signed_on",))


def test_the_command_names_table_row_and_what_differs(organisation, busy) -> None:
    Review.objects.update(conclusion="all is well")
    pk = Review.objects.get().pk
    found = verify(organisation, on=TODAY, at=NOW)
    assert not found.well
    (line,) = [each for each in found.lines if "review" in each]
    assert f"management review {pk} is not what the trail says (altered: conclusion)" in line


def old_entry(organisation, by) -> None:
    """An act as it was written when entries marked no rows."""
    record(
        organisation,
        person=by("ciso")["person"],
        act="isms.risk_weighed",
        about="risk:1",
        detail={"day": TODAY},
        at=NOW,
    )


def test_rows_from_before_are_counted_and_not_called_broken(organisation, weighed, by) -> None:
    old_entry(organisation, by)
    Weighing.objects.create(risk=weighed, kind="inherent", likelihood=1, impacts=LOW, on=TODAY)
    held = verify_isms(organisation)
    assert (held.faulty, held.uncovered) == ([], [Uncovered("weighing", 1)])
    found = verify(organisation, on=TODAY, at=NOW)
    assert {each["table"] for each in found.data[0]["rows"]} <= {"role", "subject"}  # those that the tests made by hand
    assert any("not covered by the trail, from before it told of them: 1 × weighing" in line for line in found.lines)
    assert found.data[0]["uncovered"] == {"weighing": 1}


def test_what_an_entry_does_mark_is_held_also_in_an_old_trail(organisation, weighed, by) -> None:
    old_entry(organisation, by)
    Weighing.objects.update(likelihood=5)
    (found,) = verify_isms(organisation).faulty
    assert (found.table, found.columns) == ("weighing", ("likelihood",))
    Weighing.objects.all().delete()
    assert [each.fault for each in verify_isms(organisation).faulty] == [Fault.MISSING]


def test_every_act_of_the_room_marks(organisation, with_deviation) -> None:
    entries: Any = Entry.objects.filter(organisation=organisation, act__startswith="isms.")
    assert all(ROWS in each.detail for each in entries)
