"""A question for a colleague, a requirement for its owner, and *I do not know*."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.queries import facts as reads
from dijkwacht.apps.ledger.queries.questions import open_questions
from dijkwacht.apps.ledger.services import asking, facts
from dijkwacht.apps.ledger.services.recording import Refusal, Unknown
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.trail.models import Entry
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]


def order(organisation: Organisation, person: Person | None = None) -> list[str]:
    return [question.fact_type for question in open_questions(organisation, on=TODAY, person=person)]


def test_what_was_asked_is_done_when_it_is_answered(
    say: Say, own: Subject, ciso: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    colleague = make_person("process_owner")
    given = {"of": colleague, "person": ciso, "on": TODAY, "at": at}
    first = asking.ask(own.organisation, subject=own, fact_type="house.mfa", note="weet jij dit?", **given)  # type: ignore[arg-type]
    assert asking.ask(own.organisation, subject=own, fact_type="house.mfa", **given) == first  # type: ignore[arg-type]
    assert list(reads.assignments(own.organisation, person=colleague)) == [first]
    assert list(reads.assignments(own.organisation, person=ciso)) == []
    say("house.mfa", True, person=colleague)
    assert list(reads.assignments(own.organisation)) == []
    first.refresh_from_db()
    assert first.done_on == TODAY


def test_who_looks_after_a_requirement(
    own: Subject, ciso: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    colleague = make_person("process_owner")
    found = asking.ask(own.organisation, requirement="bio2:1", of=colleague, person=ciso, on=TODAY, at=at)
    assert reads.owners(own.organisation) == {"bio2:1": colleague}
    asking.finish(found, person=ciso, on=TODAY, at=at)
    assert reads.owners(own.organisation) == {}
    asking.finish(found, person=ciso, on=TODAY, at=at)
    assert [entry.act for entry in Entry.objects.order_by("seq")] == ["ledger.ask", "ledger.asked_done"]


def test_only_somebody_of_ours_and_only_one_thing_can_be_asked(
    own: Subject, ciso: Person, make_person: Callable[..., Person], other_organisation: Organisation, at: datetime
) -> None:
    stranger = make_person("ciso", at_organisation=other_organisation)

    def ask(**fields: object) -> None:
        asking.ask(own.organisation, **{"of": ciso, "person": ciso, "on": TODAY, "at": at, **fields})  # type: ignore[arg-type]

    with pytest.raises(Refusal, match="colleague"):
        ask(of=stranger, requirement="bio2:1")
    left = make_person("ciso")
    Role.objects.filter(person=left).update(valid_to=date(2026, 1, 1))
    with pytest.raises(Refusal, match="colleague"):
        ask(of=left, requirement="bio2:1")
    with pytest.raises(Refusal, match="what"):
        ask()
    with pytest.raises(Refusal, match="what"):
        ask(requirement="bio2:1", subject=own, fact_type="house.mfa")
    with pytest.raises(Unknown):
        ask(requirement="bio2:99")
    with pytest.raises(Unknown):
        ask(subject=own, fact_type="house.nothing")
    with pytest.raises(Refusal, match="subject"):
        ask(subject=own, fact_type="system.critical")
    assert not Entry.objects.exists()


def test_what_somebody_does_not_know_comes_last_for_him_alone(
    say: Say, own: Subject, ciso: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    first, second, *_ = order(own.organisation, ciso)
    asking.defer(own.organisation, subject=own, fact_type=first, person=ciso, on=TODAY, at=at)
    asking.defer(own.organisation, subject=own, fact_type=first, person=ciso, on=TODAY, at=at)
    assert order(own.organisation, ciso)[0] == second
    assert order(own.organisation, ciso)[-1] == first
    assert order(own.organisation, make_person("process_owner"))[0] == first
    assert reads.deferred(own.organisation) == {("dijkstad", first)}
    say(first, True)
    assert reads.deferred(own.organisation) == frozenset()


def test_only_what_still_decides_is_asked(say: Say, own: Subject) -> None:
    assert "house.mfa" in order(own.organisation)
    say("house.mfa", True)
    assert "house.mfa" not in order(own.organisation)
    say("house.count", 0)
    assert not {"house.count", "house.share"} & set(order(own.organisation))
