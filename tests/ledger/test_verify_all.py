"""`dijkwacht trail verify` over everything there is: whatever somebody did to the rows is named, and it never stops."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.ledger.queries import evidence as reads
from dijkwacht.apps.ledger.services import evidence, facts
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.commands.verifying import verify
from tests.ledger.small import TODAY

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no day that is none")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def told(found: Any) -> str:
    assert not found.well
    return "\n".join(found.lines)


@pytest.fixture
def ciso(organisation: Organisation, at: datetime) -> Person:
    """Added as people are, so that the trail tells of it."""
    return people.add_person(
        organisation, email="anna@voorbeeld.test", name="Anna", role="ciso", valid_from=TODAY, at=at, actor="test"
    ).person


@pytest.fixture
def proof(organisation: Organisation, ciso: Person, say: Callable[..., facts.Receipt], at: datetime) -> Evidence:
    """A file, and an answer that rests on it."""
    file = BytesIO(b"verslag")
    found = evidence.add_evidence(organisation, file=file, name="verslag.txt", person=ciso, on=TODAY, at=at)
    say("house.policy", True, evidence=[found])
    return found


def test_all_is_well(proof: Evidence) -> None:
    found = verify(None, on=TODAY, at=NOW)
    assert found.well
    assert [each["organisation"] for each in found.data] == ["dijkstad"]


def test_an_organisation_without_roles_is_checked_too(
    proof: Evidence, unlocked_trail: None, unlocked_ledger: None
) -> None:
    Role.objects.all().delete()
    assert len(verify(None, on=TODAY, at=NOW).data) == 1
    run("DELETE FROM trail_head")
    assert "dijkstad: entry 1 was added outside the program" in told(verify(None, on=TODAY, at=NOW))
    run("DELETE FROM trail_entry")
    assert "untold" in told(verify(None, on=TODAY, at=NOW))


def test_a_damaged_file_is_named_with_its_hash(proof: Evidence) -> None:
    reads.path(proof).write_bytes(b"anders")
    assert (
        told(verify(None, on=TODAY, at=NOW)) == f"dijkstad: the file verslag.txt is not what came in ({proof.sha256})"
    )
    reads.path(proof).unlink()
    found = verify(None, on=TODAY, at=NOW)
    assert told(found) == f"dijkstad: the file verslag.txt is gone ({proof.sha256})"
    assert found.data[0]["files"] == [{"sha256": proof.sha256, "name": "verslag.txt", "fault": "missing"}]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("UPDATE ledger_evidence SET name = 'beter.txt'", "the file beter.txt is known here otherwise"),
        ("UPDATE ledger_evidence SET sha256 = '../../etc/passwd'", "is not what came in (../../etc/passwd)"),
        ("DELETE FROM ledger_fact_evidence; DELETE FROM ledger_evidence", "tells of the file verslag.txt"),
    ],
)
def test_a_changed_row_of_a_file_is_named(proof: Evidence, unlocked_ledger: None, change: str, word: str) -> None:
    for statement in change.split("; "):
        run(statement)
    assert word in told(verify(None, on=TODAY, at=NOW))


@only_sqlite
@pytest.mark.parametrize("value", ["'2026-11-99 10:00:00'", "'niets'", "'2026-11-31 10:00:00'"])
def test_an_entry_that_cannot_be_read_is_named(proof: Evidence, unlocked_trail: None, value: str) -> None:
    last = Head.objects.get().seq
    run(f"UPDATE trail_entry SET at = {value} WHERE seq = {last}")
    assert (
        told(verify(None, on=TODAY, at=NOW))
        == f"dijkstad: the content of entry {last} was changed after it was written"
    )


@only_sqlite
def test_an_entry_with_what_was_never_written_is_named(proof: Evidence, unlocked_trail: None) -> None:
    run("UPDATE trail_entry SET detail = '{\"a\": 1e999}' WHERE seq = 1")
    assert "the content of entry 1 was changed" in told(verify(None, on=TODAY, at=NOW))
    assert Entry.objects.count() == Head.objects.get().seq


@only_sqlite
def test_a_fact_that_cannot_be_read_is_named(
    proof: Evidence, say: Callable[..., facts.Receipt], unlocked_ledger: None
) -> None:
    fact = say("house.mfa", True).fact
    assert fact is not None
    run(f"UPDATE ledger_fact SET valid_from = '2026-11-99' WHERE id = {fact.pk}")
    assert f"fact {fact.pk} is not what the trail says (altered)" in told(verify(None, on=TODAY, at=NOW))
    assert len(verify(None, on=TODAY, at=NOW).lines) == 1
