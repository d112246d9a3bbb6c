"""Many at once: nothing is lost, and the chain stays one chain."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connections

from dijkwacht.apps.ledger.models import Fact, Subject, Turn, Verdict
from dijkwacht.apps.ledger.queries import facts as reads
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.services import due, facts, judging
from dijkwacht.apps.ledger.services.claims import Source, record_claims
from dijkwacht.apps.ledger.services.deeds import Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.intake_plan import Claim, Plan
from dijkwacht.core.intake_values import Claimed
from dijkwacht.core.recording import Outcome
from tests.ledger.small import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
Say = Callable[..., facts.Receipt]


def tried(call: Callable[[], Any]) -> Callable[[], str]:
    """What came of it: done, or why not."""

    def run() -> str:
        try:
            call()
        except Refused as error:
            return error.code
        return "done"

    return run


def together(*work: Callable[[], Any]) -> list[Any]:
    """Runs everything at the same moment, each with a connection of its own; raises what any of it raised."""
    ready = threading.Barrier(len(work))
    found: list[Any] = [None] * len(work)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            ready.wait()
            found[index] = call()
        except Exception as error:
            found[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in found:
        if isinstance(each, Exception):
            raise each
    return found


def test_two_people_save_the_same_question(say: Say, own: Subject) -> None:
    for name, values in (("house.kind", ("none", "some")), ("house.note", ("a", "b")), ("house.count", (1, 2))):
        found = together(*(lambda value=value, name=name: say(name, value, seen=0) for value in values))
        assert [each.outcome for each in found].count(Outcome.CONTRADICTION) == 1
        standing = reads.question(own, name, on=TODAY).standing
        assert {each.value for each in standing} == set(values)
    entries = list(Entry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert verify_facts(own.organisation) == []


def test_many_answers_at_once_are_all_judged(say: Say, own: Subject) -> None:
    answers = [
        ("house.policy", True),
        ("house.mfa", True),
        ("house.count", 0),
        ("house.kind", "all"),
        ("house.note", "x"),
    ]
    together(*(lambda each=each: say(*each) for each in answers))
    assert Fact.objects.filter(superseded_at=None).count() == 5
    stored = set(Verdict.objects.values_list("requirement", "status"))
    Verdict.objects.all().delete()
    judging.judge_all(own.organisation, on=TODAY)
    assert set(Verdict.objects.values_list("requirement", "status")) == stored


def test_five_machines_tick_at_once(say: Say, make_organisation: Callable[..., Organisation], at: Any) -> None:
    organisations = [make_organisation() for _ in range(4)]
    for each in organisations:
        say("house.policy", True, subject=judging.own_subject(each, on=TODAY))
    day = date(2027, 11, 26)
    found = together(*(lambda: due.tick(on=day, at=at) for _ in range(5)))
    assert sum(each.organisations for each in found) == 4
    assert Turn.objects.filter(on=day).count() == 4
    assert Entry.objects.filter(act="ledger.judge").count() == 4


def killed_in_the_middle(work: Callable[[], Any]) -> None:
    """Runs the work in a process of its own, that is killed by the system just before it would be done."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        judging.tally = lambda *_args, **_fields: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        try:
            work()
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def test_killed_in_the_middle_of_an_import_nothing_is_there(own: Subject, ciso: Person, at: Any) -> None:
    judging.judge_all(own.organisation, on=TODAY)
    plan = Plan((Claim("bio2:2", Claimed.YES, 2),), (), (), (), 0, "bio2")
    given = {"plan": plan, "source": Source("zelf.xlsx", "0" * 64), "person": ciso, "on": TODAY, "at": at}
    before = list(Verdict.objects.order_by("pk").values())
    killed_in_the_middle(lambda: record_claims(own.organisation, **given))
    assert not Fact.objects.exists()
    assert not Entry.objects.exists()
    assert list(Verdict.objects.order_by("pk").values()) == before
    assert record_claims(own.organisation, **given).claims == 1
    assert Fact.objects.count() == 2


def test_killed_in_the_middle_of_a_tick_the_rerun_completes(say: Say, own: Subject, at: Any) -> None:
    say("house.policy", True)
    day = date(2027, 11, 26)
    killed_in_the_middle(lambda: due.tick(on=day, at=at))
    assert Verdict.objects.get(requirement="bio2:1").status == "met"
    assert due.tick(on=day, at=at) == due.Ticked(1, 1, 0)
    assert due.tick(on=day, at=at) == due.Ticked(0, 0, 0)
