"""The order of the questions: what has an answer already is not put on top again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.queries.questions import open_questions
from dijkwacht.apps.ledger.services import facts, subjects
from dijkwacht.apps.people.models import Organisation, Person
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
YEAR = timedelta(days=366)


def asked(organisation: Organisation, on: object = TODAY) -> list[tuple[str, str]]:
    return [(each.subject, each.fact_type) for each in open_questions(organisation, on=on)]  # type: ignore[arg-type]


@pytest.fixture
def alone(organisation: Organisation, say: Say) -> Callable[[], list[tuple[str, str]]]:
    """What is asked for the line that rests on the register of systems."""
    return lambda: [
        (each.subject, each.fact_type)
        for each in open_questions(organisation, on=TODAY, requirements=["bio2:6", "bio2:1"])
    ]


def test_not_complete_is_an_answer_and_is_not_asked_again_first(
    organisation: Organisation, say: Say, alone: Callable[[], list[tuple[str, str]]]
) -> None:
    question = ("dijkstad", "register.system.complete")
    assert alone() == [("dijkstad", "house.policy"), question] or alone()[0] == question
    say("register.system.complete", False)
    assert alone() == [("dijkstad", "house.policy"), question]
    found = asked(organisation)
    assert found[-1] == question
    assert len(found) > 2


def test_once_it_has_run_out_it_is_asked_like_any_other(organisation: Organisation, say: Say) -> None:
    before = asked(organisation)
    say("register.system.complete", False)
    assert asked(organisation) != before
    assert asked(organisation, TODAY + YEAR) == before


def test_taken_back_it_is_asked_like_any_other(
    organisation: Organisation, say: Say, ciso: Person, at: datetime
) -> None:
    before = asked(organisation)
    fact = say("register.system.complete", False).fact
    assert fact is not None
    facts.withdraw(fact, person=ciso, on=TODAY, at=at)
    assert asked(organisation) == before


def test_a_reference_to_what_is_no_longer_registered_comes_last(
    organisation: Organisation, say: Say, register: Callable[..., Subject], ciso: Person, at: datetime
) -> None:
    system, supplier = register("system", "Zaak"), register("supplier", "Acme")
    say("system.supplier", supplier.key, subject=system)
    subjects.archive_subject(supplier, person=ciso, on=TODAY, at=at)
    found = asked(organisation)
    assert found[-1] == (system.key, "system.supplier")
    other = register("supplier", "Bouw")
    say("system.supplier", other.key, subject=system)
    assert (system.key, "system.supplier") not in asked(organisation)
    assert (other.key, "supplier.certified") in asked(organisation)[:-1]
