"""A worker beside another one, broken off, without leave halfway, or without a resolver."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.perimeter.models import Domain, Issue, Job, JobState, Lease, Observation, Reading, Run, RunState
from dijkwacht.apps.perimeter.services import consents
from dijkwacht.commands import watching, watching_house
from dijkwacht.commands.watching import Options, Worked
from tests.adapters.probing.test_scan import zone_answer
from tests.adapters.probing.world import name_server
from tests.perimeter.conftest import NOW
from tests.perimeter.test_watching import DAY, NAME, Time, watched, work, zone

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once_give_one_outcome_per_name(organisation, agreed) -> None:
    agreed()
    watched(organisation, *(f"n{number}.example" for number in range(12)))
    held = {(f"n{number}.example", "SOA"): ["ns.example. root.example. 1 2 3 4 5"] for number in range(12)}

    async def test() -> list[Worked]:
        async with name_server(lambda data: zone_answer(data, held)) as (_, port), asyncio.timeout(30):
            options = Options(("127.0.0.1", port), lab=True, once=True, at_once=2)
            workers = [watching.Worker(options, f"w{number}", Time(), lambda _: None) for number in range(2)]
            return await asyncio.gather(*(each.run(asyncio.Event()) for each in workers))

    done = asyncio.run(test())
    assert sum(each.measured for each in done) == 12
    assert sum(each.failed for each in done) == 0
    assert sorted(Job.objects.values_list("domain__name", "state")) == sorted((name, "done") for name, _kind in held)
    assert Observation.objects.count() == 12
    assert sum(each.runs for each in done) == Run.objects.filter(state=RunState.DONE).count() == Run.objects.count()


def test_a_worker_that_is_broken_off_gives_its_names_back(organisation, agreed) -> None:
    agreed()
    watched(organisation, NAME, "b.example")

    async def test() -> None:
        asked = asyncio.Event()
        async with name_server(lambda _: asked.set()) as (_, port):  # it never answers
            options = Options(("127.0.0.1", port), lab=True)
            working = asyncio.create_task(watching.Worker(options, "test", Time(), lambda _: None).run(asyncio.Event()))
            async with asyncio.timeout(10):
                await asked.wait()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    asyncio.run(test())
    assert set(Job.objects.values_list("state", "worker", "lease_until")) == {(JobState.WAITING, "", None)}
    assert not Lease.objects.exists()
    assert not Reading.objects.exists()
    assert work(zone(), Time()).measured == 2


def test_after_a_revocation_the_next_name_is_not_measured(organisation, agreed) -> None:
    consent = agreed()
    watched(organisation, NAME, "b.example", "c.example")
    time = Time()

    def told(done: Worked, stop: asyncio.Event) -> None:
        if done.measured == 1 and time.now == NOW:
            consents.revoke(consent, reason="nee", person=None, actor="test", at=NOW)
            time.now = NOW + watching_house.FRESH
        if done.measured + done.failed == 3:
            stop.set()

    with ThreadPoolExecutor(1) as desk:  # no database in the loop
        done = work(zone(), time, told=lambda *said: desk.submit(told, *said).result(), at_once=1)
    assert done.measured == 1
    assert done.reasons == {"denied:revoked": 2}


def test_without_a_resolver_nothing_that_stood_is_touched(organisation, agreed) -> None:
    agreed()
    watched(organisation)
    time = Time()
    work(zone(text='"nothing"'), time)
    time.now += timedelta(minutes=16)
    work(zone(text='"nothing"'), time)

    def stood() -> list[Any]:
        issues = Issue.objects.order_by("pk").values_list("pk", "state", "word", "last_seen")
        facts = Fact.objects.order_by("pk").values_list("pk", "fact_type", "superseded_at")
        return [list(Reading.objects.order_by("pk").values()), list(issues), list(facts), Domain.objects.get().seen_at]

    before = stood()
    time.now += DAY
    done = asyncio.run(_nobody_answers(time))
    assert (done.measured, done.failed, done.reasons) == (0, 1, {"resolver": 1})
    assert stood() == before
    assert before[1]
    assert before[2]
    assert Domain.objects.get().trouble == "resolver"


async def _nobody_answers(time: Time) -> Worked:
    async with name_server(lambda _: None) as (_, port):
        pass
    options = Options(("127.0.0.1", port), lab=True, once=True)
    async with asyncio.timeout(40):
        return await watching.Worker(options, "test", time, lambda _: None).run(asyncio.Event())
