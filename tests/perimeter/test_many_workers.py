"""Many workers that claim, lease and record as fast as they can: no name is measured twice, no mail host has two visitors."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Lease, Observation, Run
from dijkwacht.apps.perimeter.services import ending, leasing, measuring, names, runs
from dijkwacht.norms.read import fact_rules
from tests.ledger.test_together import together
from tests.perimeter.conftest import HTTPS, NOW, RHYTHM, TODAY, judged

pytestmark = pytest.mark.django_db(transaction=True)
NAMES, WORKERS, HOSTS, ROUNDS = 60, 8, 3, 25


class Inside:
    """Who is inside what at this moment; keeps the most that ever were."""

    def __init__(self) -> None:
        self._lock, self._now, self.most = threading.Lock(), Counter[str](), Counter[str]()

    def enter(self, key: str) -> None:
        with self._lock:
            self._now[key] += 1
            self.most[key] = max(self.most[key], self._now[key])

    def leave(self, key: str) -> None:
        with self._lock:
            self._now[key] -= 1


@pytest.fixture
def on_postgresql() -> None:
    """SQLite has one writer at a time, and lets the others wait: there is nothing to race for."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


@pytest.fixture
def many(organisation) -> list[Domain]:
    texts = [f"n{number}.test" for number in range(NAMES)]
    return list(names.add(organisation, names=texts, person=None, actor="test", on=TODAY, at=NOW).new)


def working(name: str, at: datetime, done: Counter[str], inside: Inside) -> Callable[[], int]:
    """A worker that claims a few names at a time until none is left; how many it recorded."""

    def work() -> int:
        recorded = 0
        while jobs := runs.claim(worker=name, at=at, limit=4):
            for job in jobs:
                inside.enter(job.domain.name)
                found = judged(job.domain.name, {HTTPS: "passed"}, at=at)
                kept = measuring.record_measured(job, judged=found, rules=fact_rules(), rhythm=RHYTHM, at=at)
                inside.leave(job.domain.name)
                recorded += kept is not None
                done[job.domain.name] += 1
                ending.end(job.run, at=at)
        return recorded

    return work


@pytest.mark.usefixtures("on_postgresql")
def test_every_name_is_measured_once_whoever_is_first(many) -> None:
    runs.plan(at=NOW)
    done, inside = Counter[str](), Inside()
    recorded = together(*(working(f"w{number}", NOW, done, inside) for number in range(WORKERS)))
    assert sum(recorded) == NAMES
    assert done == Counter({each.name: 1 for each in many})
    assert set(inside.most.values()) == {1}
    assert Observation.objects.count() == NAMES
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}
    assert Run.objects.get().state == "done"


@pytest.mark.usefixtures("on_postgresql")
def test_names_of_dead_workers_are_taken_over_once(many) -> None:
    """Claims that ran out are free to all at once: still each goes to one, and what the dead one says later is not taken."""
    runs.plan(at=NOW)
    left = runs.claim(worker="dead", at=NOW, limit=NAMES)
    late = NOW + runs.LEASE + timedelta(seconds=1)
    done, inside = Counter[str](), Inside()

    def dead() -> int:
        found = [(job, judged(job.domain.name, {HTTPS: "failed"}, at=late)) for job in left]
        more: dict[str, Any] = {"rules": fact_rules(), "rhythm": RHYTHM, "at": late}
        return sum(measuring.record_measured(job, judged=each, **more) is not None for job, each in found)

    *recorded, by_the_dead = together(
        *(working(f"w{number}", late, done, inside) for number in range(WORKERS - 1)), dead
    )
    assert sum(recorded) + by_the_dead == NAMES
    assert Observation.objects.count() == NAMES
    assert Job.objects.filter(state=JobState.DONE).count() == NAMES
    assert set(inside.most.values()) <= {1}


@pytest.mark.usefixtures("on_postgresql")
def test_no_two_hold_a_mail_host_or_more_places_than_there_are(db) -> None:
    inside = Inside()

    def visitor(number: int) -> Callable[[], int]:
        def visit() -> int:
            got = 0
            for turn in range(ROUNDS):
                holder, host = f"w{number}/{turn}", f"mail:{(number + turn) % HOSTS}"
                keys = [host, f"mail:{(number + turn + 1) % HOSTS}"]
                if leasing.take(keys, holder=holder, at=NOW):
                    for key in keys:
                        inside.enter(key)
                    got += 1
                    for key in keys:
                        inside.leave(key)
                    leasing.release(keys, holder=holder)
                if place := leasing.take_slot("net:x", holder=holder, at=NOW):
                    inside.enter(place)
                    inside.enter("net:x")
                    inside.leave("net:x")
                    inside.leave(place)
                    leasing.release([place], holder=holder)
            return got

        return visit

    assert sum(together(*(visitor(number) for number in range(WORKERS)))) > 0
    assert inside.most["net:x"] <= leasing.AT_ONCE
    assert {most for key, most in inside.most.items() if key != "net:x"} == {1}
    assert not Lease.objects.exists()


@pytest.mark.usefixtures("on_postgresql")
def test_a_lease_that_ran_out_goes_to_one_and_is_not_given_back_by_who_lost_it(db) -> None:
    assert leasing.take(["mail:a"], holder="dead/1", at=NOW)
    late = NOW + leasing.LASTS
    got = together(*(lambda n=n: leasing.take(["mail:a"], holder=f"w{n}/1", at=late) for n in range(WORKERS)))
    assert sum(got) == 1
    winner = f"w{got.index(True)}/1"
    leasing.release(["mail:a"], holder="dead/1")
    assert leasing.extend(holder="dead", at=late) == 0
    assert Lease.objects.get().holder == winner
