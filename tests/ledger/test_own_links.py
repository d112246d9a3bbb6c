"""What stands for a supplier at ourselves counts for our own supplier by a link alone: with itself nobody shares."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now, pinned
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.ledger.services import facts, subjects
from dijkwacht.apps.people.models import Organisation, Share
from dijkwacht.core.facts import Fact
from tests.ledger.small import TODAY

DAY = timedelta(days=1)
TYPE = "supplier.certified"
UNTIL = TODAY + 30 * DAY


@pytest.fixture
def own(organisation: Organisation, at: datetime) -> Subject:
    """What we found out ourselves, together with others."""
    made = subjects.register_subject(
        organisation, kind="joint_review", name="Onderzoek", person=None, actor="test", on=TODAY - DAY, at=at
    )
    facts.answer(
        organisation, person=None, actor="test", subject=made, fact_type=TYPE, value=True, on=TODAY - DAY, at=at
    )
    return made


@pytest.fixture
def ours(own: Subject, register: Callable[..., Subject], at: datetime) -> Subject:
    """Our supplier, for which it counts for a month."""
    made = register("supplier", "Onze bouwer")
    subjects.adopt(made, source=own, fact_types=[TYPE], until=UNTIL, person=None, actor="test", on=TODAY, at=at)
    return made


def known(ours: Subject) -> list[Fact]:
    return gather(ours.organisation, packs=packs_on(TODAY), known_at=TODAY).world.facts.get((ours.key, TYPE), [])


def test_it_counts_as_our_own_word_until_its_day(ours: Subject) -> None:
    (fact,) = known(ours)
    assert (fact.value, fact.inherited_from, fact.said_by) == (True, None, "test")
    assert (fact.valid_from, fact.valid_to, fact.recorded_at) == (TODAY - DAY, UNTIL, TODAY)
    assert not Share.objects.exists()


def test_what_had_run_out_tells_nothing(ours: Subject) -> None:
    Inheritance.objects.update(until=TODAY - DAY)
    assert known(ours) == []


def test_the_trail_tells_until_when(ours: Subject) -> None:
    assert verify_register(ours.organisation) == []
    Inheritance.objects.update(until=UNTIL + DAY)
    (fault,) = verify_register(ours.organisation)
    assert fault.columns == ("until",)


def test_at_a_pin_it_is_as_it_was_then(ours: Subject, own: Subject, at: datetime) -> None:
    pin, packs = pin_now(ours.organisation), packs_on(TODAY)
    subjects.leave(ours, source=own, fact_types=[TYPE], person=None, actor="test", on=TODAY, at=at)
    assert known(ours) == []
    then = pinned(ours.organisation, packs=packs, known_at=TODAY, fact_types={TYPE}, pin=pin)
    (fact,) = then.world.facts[ours.key, TYPE]
    assert (fact.value, fact.inherited_from, fact.valid_to) == (True, None, UNTIL)
    assert then.rows[fact.id].own
    now = pinned(ours.organisation, packs=packs, known_at=TODAY, fact_types={TYPE}, pin=pin_now(ours.organisation))
    assert (ours.key, TYPE) not in now.world.facts
