"""The lock on the facts, and that whoever breaks it is seen."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dijkwacht.apps.ledger.models import Fact, Subject
from dijkwacht.apps.ledger.queries.verify import Fault, verify_facts
from dijkwacht.apps.ledger.services import evidence, facts
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.recording import Origin
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
YESTERDAY = date(2026, 11, 24)


@pytest.fixture
def told(say: Say, organisation: Organisation, own: Subject, ciso: Person, at: datetime) -> list[int]:
    """A history with everything in it; the row numbers of the facts."""
    proof = evidence.add_evidence(
        organisation, file=BytesIO(b"verslag"), name="v.txt", person=ciso, on=YESTERDAY, at=at
    )
    say("house.mfa", True, on=YESTERDAY, since=date(2026, 3, 1), explanation="uitleg")
    say("house.mfa", False, since=date(2026, 6, 1))
    say("house.policy", True, on=YESTERDAY)
    say("house.policy", True)
    say("house.kind", "some", evidence=[proof])
    act = say("house.kind", "all").act
    facts.undo(organisation, act=act, person=ciso, on=TODAY, at=at)
    facts.observe(
        organisation, observations=[Said(own, "house.count", 3, Origin.MEASUREMENT)], source="scan", on=TODAY, at=at
    )
    fact = say("house.note", "tekst").fact
    assert fact is not None
    facts.withdraw(fact, person=ciso, on=TODAY, at=at)
    return list(Fact.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "change",
    [
        "value = 'false'", "valid_from = '2025-01-01'", "valid_to = '2026-11-30'", "recorded_at = '2025-01-01'",
        "assurance = 4", "origin = 'audit'", "said_by = 'iemand'", "explanation = 'anders'", "act = 1",
        "superseded_at = NULL, superseded_act = NULL", "observed = '[]'", "person_id = NULL", "fact_type = 'house.policy'",
    ],
)  # fmt: skip
def test_a_fact_cannot_be_changed(told: list[int], change: str) -> None:
    closed = Fact.objects.exclude(superseded_at=None).latest("pk")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_fact SET {change} WHERE id = {closed.pk}")


def test_a_standing_fact_can_only_be_seen_again_and_closed_once(told: list[int]) -> None:
    standing = Fact.objects.filter(superseded_at=None).order_by("pk")[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=standing.pk).update(value=None)
    Fact.objects.filter(pk=standing.pk).update(observed=[])
    Fact.objects.filter(pk=standing.pk).update(superseded_at=TODAY, superseded_act=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=standing.pk).update(superseded_at=YESTERDAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=standing.pk).update(observed=[["2026-11-25", "2026-11-25"]])


@pytest.mark.parametrize("statement", ["DELETE FROM ledger_fact", "DELETE FROM ledger_fact_evidence",
                                       "UPDATE ledger_fact_evidence SET evidence_id = evidence_id"])  # fmt: skip
def test_nothing_can_be_deleted(told: list[int], statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_really_said_holds(
    told: list[int], organisation: Organisation, other_organisation: Organisation
) -> None:
    assert verify_facts(organisation) == []
    assert verify_facts(other_organisation) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("value = '\"all\"'", Fault.ALTERED), ("valid_from = '2025-01-01'", Fault.ALTERED), ("assurance = 4", Fault.ALTERED),
        ("explanation = 'anders'", Fault.ALTERED), ("recorded_at = '2025-01-01'", Fault.ALTERED),
        ("said_by = 'iemand'", Fault.ALTERED), ("act = act + 1", Fault.ALTERED),
        ("superseded_at = '2026-11-25', superseded_act = 3", Fault.CLOSED),
        ("observed = '[[\"2026-11-24\",\"2027-11-25\"]]'", Fault.SEEN),
    ],
)  # fmt: skip
def test_whoever_changes_a_fact_behind_our_back_is_seen(
    told: list[int], organisation: Organisation, unlocked_ledger: None, change: str, fault: Fault
) -> None:
    pk = Fact.objects.filter(superseded_at=None).order_by("pk")[1].pk
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_fact SET {change} WHERE id = {pk}")
    assert [(each.fact, each.fault) for each in verify_facts(organisation)] == [(pk, fault)]


def test_a_closed_fact_put_back_a_removed_one_and_an_invented_one_are_seen(
    told: list[int], organisation: Organisation, unlocked_ledger: None
) -> None:
    closed = Fact.objects.exclude(superseded_at=None).earliest("pk")
    gone = Fact.objects.filter(superseded_at=None, evidence=None).latest("pk")
    invented = Fact.objects.get(pk=told[0])
    Fact.objects.filter(pk=closed.pk).update(superseded_at=None, superseded_act=None)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM ledger_fact WHERE id = {gone.pk}")
    invented.pk = None
    invented.save(force_insert=True)
    assert {each.fact: each.fault for each in verify_facts(organisation)} == {
        closed.pk: Fault.CLOSED, gone.pk: Fault.MISSING, invented.pk: Fault.UNTOLD,
    }  # fmt: skip


def test_evidence_taken_from_a_fact_is_seen(told: list[int], organisation: Organisation, unlocked_ledger: None) -> None:
    links: Any = Fact.evidence.through
    pks = list(links.objects.values_list("fact_id", flat=True))
    links.objects.all().delete()
    assert [(each.fact, each.fault) for each in verify_facts(organisation)] == [
        (pk, Fault.ALTERED) for pk in sorted(pks)
    ]
