"""dijkwacht watch: a worker that measures what is due, for as long as it runs. Start as many as you like, on as many machines."""

import asyncio
import contextlib
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import uvloop
from django.conf import settings

from dijkwacht.adapters.probing import raw
from dijkwacht.adapters.probing.trouble import is_troubled
from dijkwacht.apps.perimeter.models import Job
from dijkwacht.apps.perimeter.queries.deeper import ports_of
from dijkwacht.apps.perimeter.queries.versions import said_of
from dijkwacht.apps.perimeter.services import alerting, ending, finding, logbook, measuring, runs, serving
from dijkwacht.apps.perimeter.services.judging import judged, unmeasured
from dijkwacht.commands.watching_desk import Clock, Desk, Leases
from dijkwacht.commands.watching_house import Day, House, Houses, Options, Tour
from dijkwacht.commands.watching_log import Log
from dijkwacht.core.checks.deeper import with_ports
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy

__all__ = ["Options", "Worked", "Worker", "watch"]

PLAN_EVERY = timedelta(seconds=30)


@dataclass(slots=True)
class Worked:
    """What a worker did."""

    measured: int = 0
    failed: int = 0
    turned: int = 0
    runs: int = 0
    mails: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def data(self) -> dict[str, Any]:
        """For --json."""
        return {
            "measured": self.measured, "failed": self.failed, "turned": self.turned, "runs_ended": self.runs,
            "mails": self.mails, "reasons": dict(self.reasons),
        }  # fmt: skip


def watch(options: Options, *, worker: str, clock: Clock, told: Callable[[Worked], None]) -> Worked:
    """Measures until it is told to stop (SIGTERM), or (`once`) until nothing is left.

    `worker`: a name that no other worker has or had. What it had not finished waits for another worker.
    """

    async def working() -> Worked:
        stop = asyncio.Event()
        with contextlib.suppress(ValueError, RuntimeError):  # not in the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        return await Worker(options, worker, clock, told).run(stop)

    return uvloop.run(working())


class Worker:
    """Claims names, looks at them side by side, records what it saw."""

    def __init__(self, options: Options, name: str, clock: Clock, told: Callable[[Worked], None]) -> None:
        self.options, self.name, self.clock, self.told = options, name, clock, told
        self.desk, self.done = Desk(), Worked()
        leases = Leases(self.desk, name, clock)
        self._leases, self._houses = leases, Houses(options, self.desk, leases, clock)
        self._log = Log(self.desk, name, clock, options.log)
        self._day, self._tidied = Day.of(clock(), options), False

    async def run(self, stop: asyncio.Event) -> Worked:
        """The whole life of a worker."""
        busy: set[asyncio.Task[None]] = set()
        planned = self.clock() - PLAN_EVERY
        try:
            while not stop.is_set():
                if self.clock() - planned >= PLAN_EVERY:
                    planned = self.clock()
                    await self._plan()
                await self._houses.refresh()
                room = self.options.at_once - len(busy)
                jobs = await self.desk.do(runs.claim, worker=self.name, at=self.clock(), limit=room) if room else []
                busy |= {asyncio.create_task(self._job(job)) for job in jobs}
                if not busy and self.options.once:
                    return self.done
                finished, busy = await _some(busy, stop, seconds=0.5 if jobs or busy else 2.0)
                for task in finished:
                    task.result()
                self.told(self.done)
        finally:
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)
            await self.desk.do(runs.give_back, worker=self.name)
            await self._leases.give_all_back()
            await self.desk.close()
            self._log.close()
        return self.done

    async def _plan(self) -> None:
        await self.desk.do(runs.extend, worker=self.name, at=self.clock())
        await self._leases.extend()
        if self._day.on != self.clock().date():
            self._day, self._tidied = await asyncio.to_thread(Day.of, self.clock(), self.options), False
        if not self._tidied:
            self._tidied = True
            await self._tidy()
        for run in await self.desk.do(runs.bury, rhythm=self._day.rhythm, at=self.clock()):
            self.done.runs += await self.desk.do(ending.end, run, at=self.clock())
        await self.desk.do(runs.plan, at=self.clock())
        self.done.mails += await self.desk.do(alerting.send_waiting, at=self.clock())

    async def _tidy(self) -> None:
        """What is kept for a while only, and that while is over."""
        self._houses.places.forget()
        await self.desk.do(logbook.drop_old, days=settings.DIJKWACHT_LOG_DAYS, at=self.clock())
        await self.desk.do(serving.drop_old, at=self.clock())

    async def _job(self, job: Job) -> None:
        """One name. On whatever we stumble, that name was not measured, and the others are."""
        await self._houses.sounded(self._day)
        async with self._log.of(job), self._houses.of(job.run, self._day) as (house, tour):
            turned = 0
            try:
                turned = await self._recorded(job, house.day, await self._seen(job.domain.name, tour))
            except Exception as error:
                traceback.print_exc()
                await self._failed(job, house.day, f"fault:{type(error).__name__}")
            await self._told(job, house, tour, turned)
        ended = await self.desk.do(ending.end, job.run, at=self.clock())  # read after waiting: others count meanwhile
        self.done.runs += ended

    async def _seen(self, name: str, tour: Tour) -> DomainSeen:
        seen = await tour.scanner.look(name)
        if is_troubled(seen):
            await asyncio.sleep(2.0 if not self.options.lab else 0.2)
            seen = await tour.scanner.mended(seen)
        return seen

    async def _recorded(self, job: Job, day: Day, seen: DomainSeen) -> int:
        """Keeps what was seen; how many words turned."""
        if reason := unmeasured(seen):
            await self._failed(job, day, reason)
            return 0
        found = judged(*await self._beside(job, day, seen), raw=raw.to_data(seen))
        recorded = await self.desk.do(
            measuring.record_measured, job, judged=found, rules=day.rules, rhythm=day.rhythm, at=self.clock()
        )
        turned = recorded.turned if recorded else 0
        if recorded and (turned or job.run.deep):
            await self.desk.do(finding.propose, job.domain, seen, on=self.clock().date(), at=self.clock())
        self.done.measured += recorded is not None
        self.done.turned += turned
        return turned

    async def _beside(self, job: Job, day: Day, seen: DomainSeen) -> tuple[DomainSeen, Policy]:
        """What is judged: beside what was seen now the ports of the last deeper look, and what the owner said of versions."""
        policy = day.policy
        if job.domain.deep_at and not job.run.deep:
            seen = with_ports(seen, await self.desk.do(ports_of, job.domain))
        if policy.advisories and (said := await self.desk.do(said_of, job.domain)):
            policy = replace(policy, said=said)
        return seen, policy

    async def _failed(self, job: Job, day: Day, reason: str) -> None:
        kept = await self.desk.do(measuring.record_failed, job, reason=reason, rhythm=day.rhythm, at=self.clock())
        self.done.failed += kept
        self.done.reasons[reason] += kept

    async def _told(self, job: Job, house: House, tour: Tour, turned: int) -> None:
        """What was sent since the last time; of names side by side it is counted with whichever ends first."""
        counts, asked = house.gate.counts, tour.scanner.resolver.asked.questions
        sent, house.connections = counts.connections - house.connections, counts.connections
        questions, tour.questions = asked - tour.questions, asked
        refusals = counts.refused - house.refused
        house.refused = Counter(counts.refused)
        await self.desk.do(
            ending.counted, job.run, turned=turned, connections=sent, questions=questions, refusals=dict(refusals)
        )


async def _some(
    busy: set["asyncio.Task[None]"], stop: asyncio.Event, *, seconds: float
) -> tuple[set["asyncio.Task[None]"], set["asyncio.Task[None]"]]:
    """Waits until a name is done, the worker is stopped, or some time has passed."""
    stopped = asyncio.create_task(stop.wait())
    try:
        done, waiting = await asyncio.wait({*busy, stopped}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
    return {task for task in done if task is not stopped}, {task for task in waiting if task is not stopped}  # type: ignore[misc]
