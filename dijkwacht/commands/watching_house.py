"""What measures for one organisation: a gate with its consents, kept fresh, and a scanner for each of its runs.

What names share (answers of the name system, mail hosts) is looked at once per run. A run that was asked for today must see what
was mended today, so nothing of an earlier run is used again but, in planned runs, a mail host of less than an hour ago.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.looks import DETECTABLE, VISITOR, looks_through
from dijkwacht.adapters.probing.pace import IN_THE_LAB, Pace, Rates
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.routes import Tables, read_tables
from dijkwacht.adapters.probing.scan import Plan, Scanner
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Run, RunKind
from dijkwacht.apps.perimeter.queries.consents import judged as consents_judged
from dijkwacht.apps.perimeter.queries.consents import opted_out
from dijkwacht.commands.scan_judging import advised
from dijkwacht.commands.watching_desk import Clock, Desk, Leases, Shared, Visits
from dijkwacht.commands.watching_log import heard
from dijkwacht.commands.watching_places import Places
from dijkwacht.core.checks.facts import FactRule
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.schedule import Rhythm
from dijkwacht.norms.read import fact_rules, policy_on

FRESH = timedelta(seconds=5)
"""How old the consents in memory may be: within this time a revocation works, on visits that go on too."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
HERE_AT_ONCE = 64
"""Organisations whose gate this worker keeps; those without work go first."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a worker measures. `once`: it stops when nothing is left to do."""

    resolver: tuple[str, int]
    trusted: bool = True
    vrps: Path | None = None
    routes: Path | None = None
    ca: Path | None = None
    lab: bool = False
    at_once: int = 40
    contact: str = ""
    page: str = ""
    advisories: Path | None = None
    once: bool = False
    log: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What counts on one day: the norms, whom we trust, and the route tables as they were read that day."""

    on: date
    policy: Policy
    rhythm: Rhythm
    rules: tuple[FactRule, ...]
    trust: Trust
    tables: Tables | None

    @classmethod
    def of(cls, at: datetime, options: Options) -> "Day":
        """Reads it anew. Raises TablesError, AdvisoriesError, OSError, ValueError."""
        policy = advised(policy_on(at.date()), options.advisories)
        limits, tables = policy.limits, None
        if options.vrps is not None and options.routes is not None:
            tables = read_tables(options.vrps, options.routes, peers=limits["route_peers"])
        rhythm = Rhythm(*(limits[f"measure_{each}minutes"] for each in ("", "changed_", "confirm_", "failed_")))
        return cls(at.date(), policy, rhythm, tuple(fact_rules()), Trust.of(options.ca, at), tables)


@dataclass(slots=True)
class Tour:
    """One run, as this worker goes through it."""

    scanner: Scanner
    busy: int = 0
    questions: int = 0  # told already


@dataclass(slots=True)
class House:
    """One organisation. `connections` and `refused`: what was told already."""

    organisation: Organisation
    day: Day
    gate: Gate
    read_at: datetime
    tours: dict[int, Tour] = field(default_factory=dict)
    connections: int = 0
    refused: Counter[str] = field(default_factory=Counter)


class Houses:
    """The houses of one worker: at most one at a time for each organisation."""

    def __init__(self, options: Options, desk: Desk, leases: Leases, clock: Clock) -> None:
        self._options, self._desk, self._leases, self._clock = options, desk, leases, clock
        self._pace = Pace(IN_THE_LAB if options.lab else Rates())
        self._mail: Visits = {}
        self._houses: dict[int, House] = {}
        self._turn = asyncio.Lock()
        self.places = Places(desk, clock, trusted=options.trusted)

    async def sounded(self, day: Day) -> None:
        """Sees to it that of every name that is watched, of whomever, it is known which addresses serve it."""

        async def opened(organisation: Organisation) -> Gate:
            async with self._turn:
                return (await self._fresh(organisation, day)).gate

        if await self.places.sound(opened, mail_hosts=day.policy.limits["mail_hosts"]):
            for house in self._houses.values():
                house.read_at = LONG_AGO

    @asynccontextmanager
    async def of(self, run: Run, day: Day) -> AsyncIterator[tuple[House, Tour]]:
        """The house and the tour of a run, for as long as one of its names is looked at."""
        async with self._turn:
            house = await self._fresh(run.organisation, day)
            tour = house.tours.get(run.pk) or house.tours.setdefault(run.pk, Tour(self._scanner(house, run)))
            tour.busy += 1
        try:
            yield house, tour
        finally:
            tour.busy -= 1
            if not tour.busy:
                tour.scanner.resolver.close()
                if house.tours.get(run.pk) is tour:
                    del house.tours[run.pk]

    async def refresh(self) -> None:
        """Reads the consents of who is being measured for, where they are not fresh any more."""
        async with self._turn:
            for house in [each for each in self._houses.values() if each.tours]:
                await self._freshened(house)

    async def _fresh(self, organisation: Organisation, day: Day) -> House:
        house = self._houses.pop(organisation.pk, None)
        if house is None or (house.day is not day and not house.tours):
            idle = [pk for pk, each in self._houses.items() if not each.tours]
            for pk in idle[: max(0, len(self._houses) + 1 - HERE_AT_ONCE)]:
                del self._houses[pk]
            house = House(organisation, day, await self._gate(organisation, day), self._clock())
        self._houses[organisation.pk] = house
        await self._freshened(house)
        return house

    async def _freshened(self, house: House) -> None:
        if self._clock() - house.read_at >= FRESH:
            await self._read(house)

    async def _read(self, house: House) -> None:
        house.read_at = now = self._clock()
        house.gate.replace(
            await self._desk.do(consents_judged, [house.organisation], at=now),
            opted_out=await self._desk.do(opted_out, house.organisation, on=now.date()),
        )

    async def _gate(self, organisation: Organisation, day: Day) -> Gate:
        options = self._options
        return Gate(
            consents=await self._desk.do(consents_judged, [organisation], at=self._clock()),
            log=heard,
            clock=self._clock,
            lab=options.lab,
            pace=self._pace,
            opted_out=await self._desk.do(opted_out, organisation, on=self._clock().date()),
            systems=day.tables.systems if day.tables else None,
            contact=options.contact,
            page=options.page,
            resolver=options.resolver,
        )

    def _scanner(self, house: House, run: Run) -> Scanner:
        gate, day = house.gate, house.day
        since = None if run.kind == RunKind.PLANNED else run.started_at
        known = day.policy.known
        deepest, words = (DETECTABLE, known.words) if run.deep else (VISITOR, ())
        looks = looks_through(gate, day.trust, deepest=deepest, ports=known.ports, place=self._leases.place_at)
        return Scanner(
            gate, Resolver(gate, trusted=self._options.trusted),
            self.places.noting(house.organisation, looks, partial(self._read, house)),
            Plan(day.policy.limits, words, itself=run.deep),
            tables=day.tables, sharing=Shared(self._leases, gate, self._mail, since=since),
        )  # fmt: skip
