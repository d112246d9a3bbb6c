"""What stands for a subject holds facts of that kind, is in no register, and counts for who adopts it, beside all else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkwacht.apps.ledger import registers
from dijkwacht.apps.ledger.models import Inheritance, Subject, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects as reads
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.queries.pinned import Pin, pin_now, pinned
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.queries.world import gather, last_recorded
from dijkwacht.apps.ledger.services import due, facts, subjects
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.verdict import Status
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
DAY = timedelta(days=1)
TYPES = ("supplier.certified",)


@pytest.fixture
def keeper(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("vng", name="VNG", kind="other")


def review(keeper: Organisation, at: datetime, name: str = "Onderzoek") -> Subject:
    return subjects.register_subject(
        keeper, kind="joint_review", name=name, person=None, actor="test", on=TODAY - 30 * DAY, at=at
    )


@pytest.fixture
def theirs(keeper: Organisation, at: datetime) -> Subject:
    return review(keeper, at)


@pytest.fixture
def ours(organisation: Organisation, register: Callable[..., Subject]) -> Subject:
    return register("supplier", "Onze bouwer")


def share(theirs: Subject, organisation: Organisation, at: datetime, **fields: Any) -> None:
    given = {"kind": "fact", "what": f"{theirs.key}|supplier.*", "tlp": "AMBER", "valid_from": TODAY, "actor": "test"}
    people.share(theirs.organisation, recipient=organisation, at=at, **{**given, **fields})


def stored(organisation: Organisation) -> Status:
    return Status(Verdict.objects.get(organisation=organisation, requirement="cbw:2").status)


@pytest.fixture
def acting(ciso: Person, at: datetime) -> dict[str, Any]:
    return {"person": ciso, "on": TODAY, "at": at}


@pytest.fixture
def adopted(ours: Subject, theirs: Subject, organisation: Organisation, say: Say, acting: dict[str, Any]) -> Subject:
    say("supplier.certified", True, subject=theirs)
    share(theirs, organisation, acting["at"])
    subjects.adopt(ours, source=theirs, fact_types=TYPES, **acting)
    return ours


def test_it_counts_for_who_adopts_it(adopted: Subject, organisation: Organisation) -> None:
    assert stored(organisation) is Status.MET


def test_it_is_no_supplier_of_who_keeps_it(theirs: Subject, keeper: Organisation, say: Say) -> None:
    say("supplier.certified", True, subject=theirs)
    assert not reads.subjects(keeper).exists()
    gathered = gather(keeper, packs=packs_on(TODAY), known_at=TODAY)
    assert theirs.key not in gathered.ids
    assert "supplier" not in gathered.world.subjects
    assert "joint_review" not in registers.KINDS


def test_an_ordinary_link_stays_beside_it(
    adopted: Subject, organisation: Organisation, make_organisation: Callable[..., Organisation], acting: dict[str, Any]
) -> None:
    bouw = make_organisation("bouw", name="Bouw bv", kind="supplier")
    other = subjects.register_subject(
        bouw, kind="supplier", name="Bouw", person=None, actor="t", on=TODAY, at=acting["at"]
    )
    subjects.inherit_from(adopted, source=other, **acting)
    assert reads.inheritances(organisation)[adopted.key].source == other
    subjects.inherit_from(adopted, source=None, **acting)
    assert stored(organisation) is Status.MET
    assert Inheritance.objects.filter(subject=adopted, superseded_at__isnull=True).count() == 1


def test_two_that_contradict_each_other_count_for_nothing(
    adopted: Subject, organisation: Organisation, keeper: Organisation, say: Say, acting: dict[str, Any]
) -> None:
    second = review(keeper, acting["at"], "Tweede")
    say("supplier.certified", False, subject=second)
    share(second, organisation, acting["at"])
    due.tick(on=TODAY, at=acting["at"])
    subjects.adopt(adopted, source=second, fact_types=TYPES, **acting)
    assert stored(organisation) is Status.UNKNOWN
    line = verdicts.line(organisation, requirement="cbw:2", subject=adopted.key, on=TODAY)
    assert line is not None
    assert "contradicted" in {reason.code for reason in line.verdict.reasons}


def test_letting_go_makes_it_unknown_and_the_past_stays(
    adopted: Subject, theirs: Subject, organisation: Organisation, acting: dict[str, Any]
) -> None:
    subjects.leave(adopted, source=theirs, fact_types=TYPES, reason="voorbij", **{**acting, "on": TODAY + DAY})
    assert stored(organisation) is Status.UNKNOWN
    told = verdicts.replay(organisation, requirements=["cbw:2"], on=TODAY, known_at=TODAY)
    assert told[0].verdict.status is Status.MET


def test_what_cannot_be_adopted(
    adopted: Subject, theirs: Subject, register: Callable[..., Subject], acting: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="source"):
        subjects.adopt(adopted, source=theirs, fact_types=TYPES, **acting)
    with pytest.raises(Refusal, match="kind"):
        subjects.adopt(register("system", "Zaak"), source=theirs, fact_types=TYPES, **acting)
    with pytest.raises(Refusal, match="kind"):
        subjects.inherit_from(adopted, source=theirs, **acting)
    subjects.leave(adopted, source=theirs, fact_types=TYPES, **acting)
    with pytest.raises(Refusal, match="closed"):
        subjects.leave(adopted, source=theirs, fact_types=TYPES, **acting)


def test_the_trail_tells_of_it(
    adopted: Subject, theirs: Subject, organisation: Organisation, acting: dict[str, Any]
) -> None:
    subjects.leave(adopted, source=theirs, fact_types=TYPES, **acting)
    subjects.adopt(adopted, source=theirs, fact_types=TYPES, **acting)
    assert verify_register(organisation) == []
    Inheritance.objects.filter(superseded_at__isnull=True).update(superseded_at=TODAY + DAY)
    assert [each.table for each in verify_register(organisation)] == ["inheritance"]


def test_at_a_pin_it_is_as_it_was_then(
    ours: Subject, theirs: Subject, organisation: Organisation, say: Say, acting: dict[str, Any]
) -> None:
    say("supplier.certified", True, subject=theirs)
    share(theirs, organisation, acting["at"])
    pins: list[tuple[Pin, bool]] = []

    def here(counts: bool) -> None:
        pins.append((pin_now(organisation), counts))

    pins.append((Pin(pin_now(organisation).seq, {"vng": 2}), False))
    for _turn in range(2):
        subjects.adopt(ours, source=theirs, fact_types=TYPES, **acting)
        here(True)
        subjects.leave(ours, source=theirs, fact_types=TYPES, **acting)
        here(False)
    subjects.adopt(ours, source=theirs, fact_types=TYPES, **acting)
    here(True)
    for pin, counts in pins:
        found = pinned(organisation, packs=packs_on(TODAY), known_at=TODAY, fact_types=TYPES, pin=pin)
        assert bool(found.world.facts) is counts, pin


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="asks SQLite how it would look; small tables others read whole"
)
def test_what_others_tell_is_found_without_reading_all_facts(adopted: Subject, organisation: Organisation) -> None:
    with CaptureQueriesContext(connection) as found:
        gather(organisation, packs=packs_on(TODAY), known_at=TODAY)
        last_recorded(organisation)
    reads_facts = [each["sql"] for each in found if 'FROM "ledger_fact"' in each["sql"]]
    assert len(reads_facts) == 3
    for sql in reads_facts:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
        assert not any(step.startswith("SCAN ledger_fact") for step in plan), plan
