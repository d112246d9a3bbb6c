"""A name on which workers die is given up; those that were measured beside it are not; nothing of a stopped run stays hanging."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Run, RunState
from dijkwacht.apps.perimeter.queries.runs import progress
from dijkwacht.apps.perimeter.run_words import reason
from dijkwacht.apps.perimeter.services import ending, measuring, names, runs
from dijkwacht.apps.perimeter.verdict_words import trouble
from dijkwacht.norms.read import fact_rules
from dijkwacht.web import clock
from tests.ledger.test_together import together
from tests.perimeter.conftest import HTTPS, NOW, RHYTHM, TODAY, judged
from tests.perimeter.test_watching import Time, work

pytestmark = pytest.mark.django_db(transaction=True)
DEAD = runs.LEASE + timedelta(seconds=1)


@pytest.fixture
def three(organisation) -> list[Domain]:
    texts = ["a.test", "b.test", "fatal.test"]
    made = names.add(organisation, names=texts, person=None, actor="test", on=TODAY, at=NOW).new
    runs.plan(at=NOW)
    return list(made)


def measured(jobs: list[Job], *, at: datetime) -> None:
    for job in jobs:
        found = judged(job.domain.name, {HTTPS: "passed"}, at=at)
        assert measuring.record_measured(job, judged=found, rules=fact_rules(), rhythm=RHYTHM, at=at)


def test_a_name_on_which_workers_die_is_given_up_and_planned_again(three) -> None:
    at = NOW
    for number in range(2):  # all three at once, twice: nobody knows which it was
        assert len(runs.claim(worker=f"w{number}", at=at, limit=40)) == 3
        at += DEAD
    alone = []
    for number in range(3):  # then one by one
        (job,) = runs.claim(worker=f"w{number + 2}", at=at, limit=40)
        alone.append(job.domain.name)
        assert runs.claim(worker=f"w{number + 2}", at=at, limit=40) == []  # nothing beside it
        if job.domain.name != "fatal.test":
            measured([job], at=at)
    assert sorted(alone) == ["a.test", "b.test", "fatal.test"]
    at += DEAD
    assert runs.claim(worker="w9", at=at, limit=40) == []
    assert runs.bury(rhythm=RHYTHM, at=at - DEAD) == []  # not while it may live
    (run,) = runs.bury(rhythm=RHYTHM, at=at)
    assert runs.bury(rhythm=RHYTHM, at=at) == []
    assert ending.end(run, at=at)
    job = Job.objects.get(domain__name="fatal.test")
    assert (job.state, job.reason, job.attempts) == (JobState.FAILED, "worker_died", runs.DEATHS)
    domain = Domain.objects.get(name="fatal.test")
    assert domain.trouble == "worker_died"
    assert domain.due is not None
    assert at < domain.due <= at + timedelta(minutes=RHYTHM.usual * 1.5)
    assert Run.objects.get().state == RunState.DONE
    assert dict(progress(run).reasons) == {"worker_died": 1}


def test_one_death_costs_nothing(three) -> None:
    """A machine that fell: another worker takes all of it at once."""
    runs.claim(worker="w1", at=NOW, limit=40)
    assert len(runs.claim(worker="w2", at=NOW + DEAD, limit=40)) == 3


def test_a_worker_that_is_busy_finishes_before_it_takes_a_feared_name(three) -> None:
    Job.objects.filter(domain__name="b.test").update(attempts=2)
    fresh, feared = Job.objects.filter(attempts=0), Job.objects.get(attempts=2)
    fresh.update(state=JobState.CLAIMED, worker="w1", lease_until=NOW + runs.LEASE)
    assert runs.claim(worker="w1", at=NOW, limit=40) == []
    assert [job.pk for job in runs.claim(worker="w2", at=NOW, limit=40)] == [feared.pk]


def test_a_worker_that_stops_in_good_order_is_no_death(three) -> None:
    for _ in range(5):
        assert len(runs.claim(worker="w", at=NOW, limit=40)) == 3
        runs.give_back(worker="w")
    assert set(Job.objects.values_list("attempts", flat=True)) == {0}
    assert runs.bury(rhythm=RHYTHM, at=NOW + DEAD) == []


@pytest.mark.parametrize("dies", [True, False])
def test_what_a_worker_had_of_a_stopped_run_is_planned_again(three, people, dies) -> None:
    """Else the name would wait for ever: nobody claims from a run that was stopped, and nobody asks for what waits already."""
    run = Run.objects.get()
    runs.claim(worker="w", at=NOW, limit=40)
    runs.stop(run, person=people("ciso"), at=NOW)
    if not dies:
        runs.give_back(worker="w")
    later = NOW + DEAD
    assert runs.claim(worker="w2", at=later, limit=40) == []
    assert [each.pk for each in runs.bury(rhythm=RHYTHM, at=later)] == [run.pk]
    assert set(Job.objects.values_list("state", "reason")) == {(JobState.FAILED, "stopped")}
    assert set(Domain.objects.values_list("due", flat=True)) == {later}
    assert runs.plan(at=later).names == 3


def test_two_that_bury_at_once_do_it_once(three) -> None:
    Job.objects.update(state=JobState.CLAIMED, worker="w", lease_until=NOW, attempts=runs.DEATHS)
    found = together(*(lambda: runs.bury(rhythm=RHYTHM, at=NOW + DEAD) for _ in range(3)))
    assert sum(map(bool, found)) >= 1
    assert Job.objects.filter(state=JobState.FAILED, reason="worker_died").count() == 3
    run = Run.objects.get()
    assert sum(together(*(lambda: ending.end(run, at=NOW + DEAD) for _ in range(3)))) == 1


def test_it_is_said_in_words(three, organisation, make_person, client_for, monkeypatch) -> None:
    assert reason("worker_died") != "worker_died" != trouble("worker_died")
    Job.objects.filter(domain__name="fatal.test").update(
        state=JobState.CLAIMED, worker="w", lease_until=NOW, attempts=runs.DEATHS
    )
    (run,) = runs.bury(rhythm=RHYTHM, at=NOW + DEAD)
    monkeypatch.setattr(clock, "now", lambda request: NOW + DEAD)
    browser = client_for(make_person("ciso"))
    for url in (
        reverse("perimeter:run", args=[organisation.slug, run.pk]),
        reverse("perimeter:name", args=[organisation.slug, "fatal.test"]),
    ):
        page = browser.get(url).content.decode()
        assert "fatal.test" in page
        assert "worker_died" not in page


def test_a_worker_buries_what_others_died_on(three, agreed) -> None:
    agreed("*.test", "a.test", "b.test", "fatal.test")
    Job.objects.update(state=JobState.CLAIMED, worker="dead", lease_until=NOW, attempts=runs.DEATHS)
    time = Time()
    time.now = NOW + DEAD
    done = work({}, time)
    assert (done.measured, done.failed, done.runs) == (0, 0, 1)
    assert set(Job.objects.values_list("reason", flat=True)) == {"worker_died"}
