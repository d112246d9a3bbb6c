"""A worker that measures for as long as it runs: against a name server in this process and ports of loopback that are closed."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.adapters.probing import looks
from dijkwacht.apps.perimeter.models import Domain, Job, JobState, Lease, Observation, Reading
from dijkwacht.apps.perimeter.queries.readings import observation
from dijkwacht.apps.perimeter.services import consents, names
from dijkwacht.cli import watching as cli
from dijkwacht.commands import watching, watching_desk, watching_house
from dijkwacht.commands.watching import Options, Worked
from dijkwacht.core.checks.observed import MailAddress, MailHost
from dijkwacht.core.consent import Allowed
from tests.adapters.probing.test_scan import zone_answer
from tests.adapters.probing.world import name_server
from tests.perimeter.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "a.example"
DAY = timedelta(days=1)
Zone = dict[tuple[str, str], list[str]]


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def zone(text: str = '"v=spf1 -all"') -> Zone:
    return {(NAME, "SOA"): ["ns.example. root.example. 1 2 3 4 5"], (NAME, "TXT"): [text]}


def watched(organisation, *texts: str) -> list[Domain]:
    return list(names.add(organisation, names=texts or (NAME,), person=None, actor="test", on=TODAY, at=NOW).new)


def work(
    held: Zone, time: Time, *, told: Callable[[Worked, asyncio.Event], None] | None = None, **options: Any
) -> Worked:
    """Runs a worker; without `told` until nothing is left to do."""

    async def test() -> Worked:
        stop = asyncio.Event()
        async with name_server(lambda data: zone_answer(data, held)) as (_, port):
            made = Options(("127.0.0.1", port), lab=True, once=told is None, **options)
            worker = watching.Worker(made, "test", time, lambda done: told(done, stop) if told else None)
            async with asyncio.timeout(30):
                return await worker.run(stop)

    return asyncio.run(test())


def words() -> dict[str, str]:
    return dict(Reading.objects.filter(until__isnull=True).values_list("check_id", "word"))


def test_a_worker_measures_what_is_due(organisation, agreed) -> None:
    agreed()
    watched(organisation)
    done = work(zone(), Time())
    assert (done.measured, done.failed, done.runs, done.mails) == (1, 0, 1, 0)
    assert done.turned == Reading.objects.count()
    assert words()["spf"] == "passed"
    assert not Lease.objects.exists()


def test_a_worker_that_lives_long_asks_anew(organisation, agreed) -> None:
    """What names share is looked at once per run, not once per life of the worker."""
    agreed()
    watched(organisation)
    held, time = zone(), Time()

    def told(done: Worked, stop: asyncio.Event) -> None:
        if done.measured == 1 and time.now == NOW:
            held[(NAME, "TXT")] = ['"nothing"']
            time.now = NOW + 2 * DAY
        if done.measured == 2:
            stop.set()

    work(held, time, told=told)
    assert words()["spf"] == "failed"


def test_the_moment_of_trust_and_policy_is_that_of_the_measurement(organisation, agreed, monkeypatch) -> None:
    agreed()
    watched(organisation)
    time, moments, days = Time(), list[datetime](), list[date]()
    trust, policy = watching_house.Trust.of, watching_house.policy_on
    monkeypatch.setattr(watching_house.Trust, "of", lambda path, at: moments.append(at) or trust(path, at))
    monkeypatch.setattr(watching_house, "policy_on", lambda day: days.append(day) or policy(day))

    def told(done: Worked, stop: asyncio.Event) -> None:
        if done.measured == 1 and time.now == NOW:
            time.now = NOW + 2 * DAY
        if done.measured == 2:
            stop.set()

    work(zone(), time, told=told)
    assert moments[-1] == NOW + 2 * DAY
    assert days[-1] == TODAY + 2 * DAY


def test_a_name_on_which_we_stumble_does_not_end_the_worker(organisation, agreed, monkeypatch) -> None:
    agreed()
    watched(organisation, NAME, "b.example", "c.example")
    real = watching.judged

    def stumble(seen: Any, *args: Any, **named: Any) -> Any:
        if seen.name == "b.example":
            raise RuntimeError("odd")
        return real(seen, *args, **named)

    monkeypatch.setattr(watching, "judged", stumble)
    done = work(zone(), Time())
    assert (done.measured, done.failed) == (2, 1)
    job = Job.objects.get(domain__name="b.example")
    assert (job.state, job.reason) == (JobState.FAILED, "fault:RuntimeError")


def test_signs_that_no_database_takes_end_nothing(organisation, agreed) -> None:
    agreed()
    watched(organisation)
    odd = '"v=spf1 \\000 include:\\000\\255\\027.example -all"'
    held = zone(odd) | {
        (f"_dmarc.{NAME}", "TXT"): ['"v=DMARC1; p=\\000; rua=mailto:\\000@\\000"'],
        (NAME, "CAA"): ['0 issue "\\000"'], (NAME, "MX"): ["10 \\000.example."], (NAME, "NS"): ["\\000\\255.example."],
    }  # fmt: skip
    assert work(held, Time()).measured == 1
    found = observation(Domain.objects.get())
    assert found is not None
    assert Observation.objects.count() == 1


def test_names_side_by_side_share_one_gate_and_one_set_of_sockets(organisation, agreed, monkeypatch) -> None:
    agreed()
    watched(organisation, *(f"n{number}.example" for number in range(12)))
    gates, made = [], watching_house.Gate
    monkeypatch.setattr(watching_house, "Gate", lambda **named: gates.append(made(**named)) or gates[-1])
    assert work(zone(), Time()).measured == 12
    assert len(gates) == 1


def test_a_revocation_reaches_a_visit_that_goes_on(organisation, agreed, people, monkeypatch) -> None:
    consent = agreed()
    watched(organisation)
    time, decisions = Time(), []

    async def look(gate: Any, *, name: str, address: str, **_: Any) -> Any:
        decisions.append(isinstance(gate.decision(name, address, level=2), Allowed))
        said = {"reason": "nee", "person": None, "actor": "test", "at": NOW}
        await asyncio.to_thread(lambda: (consents.revoke(consent, **said), _closed()))
        time.now = NOW + timedelta(seconds=10)
        for _ in range(100):
            if not isinstance(gate.decision(name, address, level=2), Allowed):
                break
            await asyncio.sleep(0.03)
        decisions.append(isinstance(gate.decision(name, address, level=2), Allowed))
        raise OSError("enough")

    monkeypatch.setattr(looks, "look_at_web", look)
    work(zone() | {(NAME, "A"): ["127.0.0.9"]}, time)
    assert decisions == [True, False]


def _closed() -> None:
    from django.db import connections

    connections.close_all()


def test_what_was_refused_to_one_is_not_told_to_another(organisation) -> None:
    """A mail host that one organisation may not visit is visited for the next one, which may."""

    class Gate:
        def decision(self, *_: Any, **__: Any) -> Allowed:
            return Allowed("x", 2, ())

    seen: Any = {}
    shared = watching_desk.Shared(watching_desk.Leases(None, "test", Time()), Gate(), seen)  # type: ignore[arg-type]
    shared.remember("mx.example", (MailHost("mx.example", (MailAddress("127.0.0.25", "denied"),)), {}))
    assert shared.recalled("mx.example") is None
    shared.remember("mx.example", (MailHost("mx.example", (MailAddress("127.0.0.25", "open"),)), {}))
    assert shared.recalled("mx.example") is not None


def test_a_worker_that_starts_again_under_the_same_number_is_another(monkeypatch) -> None:
    """In a container every worker is number one: it must not keep the claims of the one that died alive."""
    found = []
    monkeypatch.setattr(cli, "database", lambda: None)
    monkeypatch.setattr(watching, "watch", lambda options, *, worker, **_: found.append(worker) or Worked())
    for _ in range(2):
        args = type("Args", (), {"resolver": "127.0.0.1", "vrps": None, "routes": None, "ca": None, "lab": True,
            "at_once": 1, "contact": "", "page": "", "once": True, "distrust_ad": False, "json": True, "log": None,
            "advisories": None})()  # fmt: skip
        cli._watch(args)
    assert len(set(found)) == 2
