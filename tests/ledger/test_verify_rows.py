"""`dijkwacht trail verify` against somebody with the database open: each table in turn, and the verdicts too."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from dijkwacht.apps.ledger.models import Assignment, Claim, Due, Inheritance, Subject, Tally, Turn, Verdict
from dijkwacht.apps.ledger.queries.verify_verdicts import Off, verify_verdicts
from dijkwacht.apps.ledger.services import asking, claims, due, evidence, facts, judging, subjects
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person, Role, Share
from dijkwacht.apps.trail.models import Entry
from dijkwacht.commands.verifying import verify
from dijkwacht.core.facts import Assurance
from dijkwacht.core.intake_plan import Claim as Line
from dijkwacht.core.intake_plan import Plan
from dijkwacht.core.intake_values import Claimed
from dijkwacht.core.recording import Origin
from tests.ledger.small import TODAY

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def told(**fields: Any) -> list[str]:
    return verify(None, on=TODAY, at=NOW, **fields).lines


@pytest.fixture
def ours(db: None) -> Organisation:
    """Everything that has a table, done through the program, some of it twice and some of it undone."""
    given: dict[str, Any] = {"at": NOW, "actor": "test"}
    ours = people.create_organisation(slug="dijkstad", name="Dijkstad", kind="municipality", **given)
    theirs = people.create_organisation(slug="bouw", name="Bouw bv", kind="supplier", **given)
    role = people.add_person(ours, email="a@x.test", name="Anna", role="administrator", valid_from=TODAY, **given)
    people.add_person(ours, email="b@x.test", name="Bob", role="administrator", valid_from=TODAY, **given)
    ended = people.grant_role(ours, person=role.person, role="ciso", valid_from=TODAY, **given)
    people.end_role(ended, on=TODAY + DAY, **given)
    mine = {"recipient": theirs, "tlp": "AMBER", "valid_from": TODAY, **given}
    people.share(ours, kind="account", what="council", **mine)
    people.revoke_share(people.share(ours, kind="fact", what="*|house.*", **mine), **given)
    acting: dict[str, Any] = {"person": role.person, "on": TODAY, "at": NOW}
    source = subjects.register_subject(theirs, kind="supplier", name="Bouw", key="bouw-zelf", **acting)
    supplier = subjects.register_subject(ours, kind="supplier", name="Bouwer", owner=role.person, **acting)
    subjects.inherit_from(supplier, source=source, **acting)
    subjects.inherit_from(supplier, source=None, **acting)
    subjects.inherit_from(supplier, source=source, **acting)
    subjects.rename_subject(supplier, name="De bouwer", **acting)
    gone = subjects.register_subject(ours, kind="system", name="Oud", **acting)
    subjects.set_owner(gone, owner=role.person, **acting)
    subjects.archive_subject(gone, **acting)
    for answer in (Claimed.YES, Claimed.NO):
        lines = Line("bio2:1", answer, 2, "uitleg", "bewijs", TODAY, "Piet"), Line("bio2:2", Claimed.YES, 3)
        plan = Plan(lines, (), (), (), 0, "bio2")
        claims.record_claims(ours, plan=plan, source=claims.Source("z.xlsx", sha256(b"x").hexdigest()), **acting)
    own = judging.own_subject(ours, on=TODAY)
    asking.ask(ours, of=role.person, subject=own, fact_type="house.count", **acting)
    asking.ask(ours, of=role.person, requirement="bio2:3", **acting)
    asking.ask_many(ours, of=role.person, requirements=["bio2:3", "bio2:5"], about="bio2", **acting)
    evidence.add_evidence(ours, file=BytesIO(b"verslag"), name="v.txt", made_on=TODAY - DAY, **acting)
    facts.answer(ours, subject=own, fact_type="house.policy", value=True, **acting)
    due.tick(on=TODAY, at=NOW)
    return ours


def test_what_was_really_done_holds(ours: Organisation) -> None:
    found = verify(None, on=TODAY, at=NOW)
    assert found.well, found.lines
    assert [each["organisation"] for each in found.data] == ["bouw", "dijkstad"]


EDITS = [
    ("people_organisation", "kind = 'csirt'", "slug = 'dijkstad'", "organisation dijkstad"),
    ("people_role", "role = 'auditor'", "role = 'ciso'", "role"),
    ("people_role", "valid_to = NULL", "role = 'ciso'", "role"),
    ("people_role", "valid_from = '2020-01-01'", "role = 'ciso'", "role"),
    ("people_role", "function = 'it_manager'", "role = 'ciso'", "role"),
    ("people_share", "what = '*'", "kind = 'account'", "share"),
    ("people_share", "tlp = 'CLEAR'", "kind = 'account'", "share"),
    ("people_share", "valid_to = '2030-01-01'", "kind = 'account'", "share"),
    ("people_share", "granted_at = '2025-01-01 10:00:00'", "kind = 'account'", "share"),
    ("people_share", "revoked_at = NULL", "kind = 'fact'", "share"),
    ("ledger_subject", "name = 'Anders'", "\"key\" = 'bouwer'", "subject bouwer"),
    ("ledger_subject", "kind = 'service'", "\"key\" = 'bouwer'", "subject bouwer"),
    ("ledger_subject", "owner_id = NULL", "\"key\" = 'bouwer'", "subject bouwer"),
    ("ledger_subject", "recorded_at = '2020-01-01'", "\"key\" = 'bouwer'", "subject bouwer"),
    ("ledger_subject", "archived_at = '2026-11-25'", "\"key\" = 'bouwer'", "subject bouwer"),
    ("ledger_subject", "archived_at = NULL", "\"key\" = 'oud'", "subject oud"),
    ("ledger_subject", "archived_at = '2026-11-25'", "\"key\" = 'dijkstad'", "subject dijkstad"),
    ("ledger_subject", "kind = 'system'", "\"key\" = 'dijkstad'", "subject dijkstad"),
    ("ledger_inheritance", "superseded_at = '2026-11-25'", "superseded_at IS NULL", "inheritance"),
    ("ledger_inheritance", "recorded_at = '2026-01-01'", "superseded_at IS NULL", "inheritance"),
    ("ledger_inheritance", "source_id = subject_id", "superseded_at IS NULL", "inheritance"),
    ("ledger_claim", "answer = 'yes'", "answer = 'no'", "claim"),
    ("ledger_claim", "explanation = 'anders'", "answer = 'no'", "claim"),
    ("ledger_claim", "answered_on = '2020-01-01'", "answer = 'no'", "claim"),
    ("ledger_claim", "owner_name = 'Jan'", "answer = 'no'", "claim"),
    ("ledger_claim", "superseded_at = '2026-11-25'", "answer = 'no'", "claim"),
    ("ledger_assignment", "requirement = 'bio2:4'", "requirement = 'bio2:3'", "assignment"),
    ("ledger_evidence", "made_on = '2026-11-25'", "name = 'v.txt'", "the file v.txt is known here otherwise"),
    ("ledger_evidence", "added_by_id = NULL", "name = 'v.txt'", "the file v.txt is known here otherwise"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "which", "word"), EDITS)
def test_an_edited_row_is_named(ours: Organisation, table: str, change: str, which: str, word: str) -> None:
    run(f"UPDATE {table} SET {change} WHERE {which}")
    found = verify(ours, on=TODAY, at=NOW)
    assert not found.well
    (line,) = [each for each in found.lines if "verdict" not in each and "count" not in each]
    assert line.startswith(f"dijkstad: {word}")
    if "file" not in word:
        assert "is not what the trail says (altered" in line
        assert ", entry " in line
        (row,) = found.data[0]["rows"]
        entry = Entry.objects.filter(organisation=ours, seq=row["entry"]).first()
        assert entry is not None or word == "subject dijkstad"


@pytest.mark.parametrize("model", [Role, Share, Inheritance, Claim, Assignment])
def test_a_row_that_was_taken_away_is_named(ours: Organisation, model: Any) -> None:
    row = model.objects.order_by("pk").last()
    name = row.pk if model is not Inheritance else None
    model.objects.filter(pk=row.pk)._raw_delete("default")
    (line,) = [each for each in told() if "the trail says" in each]
    assert "(missing), entry " in line
    assert name is None or f" {name} " in line


@pytest.mark.parametrize("model", [Share, Inheritance, Claim, Assignment])
def test_a_row_that_was_put_in_is_named(ours: Organisation, model: Any) -> None:
    row = model.objects.order_by("pk").last()
    row.pk = None
    if model is Share:
        row.pk, row.what = "00000000-0000-4000-8000-000000000001", "*|*"
    elif model in (Inheritance, Claim):
        row.superseded_at = TODAY
    row.save(force_insert=True)
    assert [each for each in told() if f" {row.pk} is not what the trail says (untold), entry -" in each]


def test_who_lets_himself_in_is_named(ours: Organisation) -> None:
    person = Person.objects.create_user("x@x.test", name="X")
    role = Role.objects.create(person=person, organisation=ours, role="administrator", valid_from=date(2020, 1, 1))
    assert told()[-1] == f"dijkstad: role {role.pk} is not what the trail says (untold), entry -"
    assert Entry.objects.filter(organisation=ours).exists()


def test_a_subject_that_nobody_registered_is_named(ours: Organisation) -> None:
    Subject.objects.create(organisation=ours, kind="system", key="x", name="X", recorded_at=TODAY)
    assert "dijkstad: subject x is not what the trail says (untold), entry -" in told()


@pytest.mark.parametrize(
    "change",
    [
        "status = 'not_met'", "assurance = 4", "shown = 1", "nothing_happened = TRUE", "stale_at = '2031-01-01'",
        "reasons = '[]'", "reasons = '{\"a\": 1}'", "judged_on = '2099-01-01'",
    ],
)  # fmt: skip
def test_an_edited_verdict_is_named_and_repaired(ours: Organisation, change: str) -> None:
    turns = Turn.objects.count()
    run(f"UPDATE ledger_verdict SET {change} WHERE requirement = 'bio2:2' AND organisation_id = {ours.pk}")
    expected = "dijkstad: the stored verdict on bio2:2 dijkstad is not what the facts give"
    assert expected in told()
    lines = told(repair_verdicts=True)
    assert expected in lines
    assert "dijkstad: all verdicts were judged anew" in lines
    assert verify(None, on=TODAY, at=NOW).well
    assert Turn.objects.count() == turns  # that was no turn
    assert Entry.objects.filter(organisation=ours).latest("seq").act == "ledger.repair"


def test_a_verdict_that_was_taken_away_or_put_in_is_named(ours: Organisation) -> None:
    Verdict.objects.filter(organisation=ours, requirement="bio2:3")._raw_delete("default")
    row = Verdict.objects.get(organisation=ours, requirement="bio2:1")
    row.pk, row.requirement = None, "bio2:99"
    row.save(force_insert=True)
    off = verify_verdicts(ours, on=TODAY)
    assert [(each.requirement, each.subject) for each in off] == [("bio2:3", "dijkstad"), ("bio2:99", "dijkstad")]


def test_an_edited_count_is_named_and_repaired(ours: Organisation) -> None:
    Tally.objects.filter(organisation=ours, account="council").update(met=99)
    assert "dijkstad: the stored count of council is not what the verdicts give" in told(repair_verdicts=True)
    assert verify(None, on=TODAY, at=NOW).well


def test_what_is_due_is_no_finding(ours: Organisation) -> None:
    Due.objects.create(organisation=ours, fact_type="house.policy")
    Verdict.objects.filter(organisation=ours, requirement="bio2:1").update(status="not_met")
    assert verify(None, on=TODAY, at=NOW).well
    Due.objects.all().delete()
    assert not verify(None, on=TODAY, at=NOW).well
    later = date(2027, 11, 27)  # the policy has expired by then
    assert verify_verdicts(ours, on=later) == []


def test_a_reason_that_ran_out_without_making_a_difference_is_no_finding(
    organisation: Organisation, own: Subject, ciso: Person, at: datetime, say: Any
) -> None:
    """What somebody said lost to a measurement, and expires before it: the verdict stands, and so does what it told."""
    say("house.policy", True, on=TODAY - 300 * DAY, assurance=Assurance.STATED)
    say("house.policy", False, origin=Origin.MEASUREMENT, person=None, actor="scan")
    stored = Verdict.objects.get(organisation=organisation, requirement="bio2:1")
    assert [each["c"] for each in stored.reasons] == ["shows_no", "contradicts"]
    later = TODAY + 200 * DAY
    assert verify_verdicts(organisation, on=later) == []
    Verdict.objects.filter(pk=stored.pk).update(reasons=stored.reasons[1:])
    assert verify_verdicts(organisation, on=later) == [Off("bio2:1", own.key)]


def test_verdicts_are_not_judged_anew_while_the_facts_are_not_what_was_said(
    ours: Organisation, unlocked_ledger: None
) -> None:
    run("UPDATE ledger_fact SET value = 'false' WHERE fact_type = 'house.policy'")
    lines = told(repair_verdicts=True)
    assert any("fact" in line and "(altered)" in line for line in lines)
    assert not any("judged anew" in line for line in lines)


def test_who_changes_his_name_changes_no_verdict(ours: Organisation) -> None:
    Person.objects.filter(name="Anna").update(name="Anna de Wit")
    assert verify(None, on=TODAY, at=NOW).well
