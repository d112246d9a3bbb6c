"""dijkwacht scan: looks at names from the outside, within consent, and tells what it saw. Needs no database."""

import asyncio
import gc
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop

from dijkwacht import __version__
from dijkwacht.adapters.probing import ct, outputs, raw
from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.consents import read_consents, read_opted_out
from dijkwacht.adapters.probing.gate import Event, Gate
from dijkwacht.adapters.probing.looks import VISITOR, looks_through
from dijkwacht.adapters.probing.outputs import Files
from dijkwacht.adapters.probing.pace import IN_THE_LAB, Pace, Rates
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.routes import read_tables
from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.scan import Plan, Scanner
from dijkwacht.adapters.probing.visits import Sharing
from dijkwacht.commands.scan_judging import Judge
from dijkwacht.core.checks.naming import NameProblem, host_name
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.consent_scope import NOTHING

TELL_SECONDS = 2.0
GARBAGE = 100_000
"""New objects between two looks for garbage: observations have no rings, so that there is little to find."""
Told = Callable[[int], None]
TOOL = f"dijkwacht {__version__}"


class ScanError(ValueError):
    """Trouble with what a scan was given, as one line."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a scan was asked to do."""

    targets: Path
    consent: Path
    resolver: tuple[str, int]
    files: Files
    trusted: bool = True  # the AD of this resolver
    vrps: Path | None = None
    routes: Path | None = None
    ca: Path | None = None
    opt_out: Path | None = None
    words: Path | None = None
    ct: Path | None = None
    advisories: Path | None = None
    level: int = VISITOR
    lab: bool = False
    at_once: int = 40
    workers: int = 1
    contact: str = ""
    page: str = ""


@dataclass(slots=True)
class Summary:
    """What a run did and cost; of several workers the sum, of memory the largest."""

    domains: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    connections: int = 0
    questions: int = 0
    name_servers: int = 0
    failed: int = 0
    most_open: int = 0
    twice: int = 0
    mended: int = 0
    peak_memory_mib: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)
    purposes: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Summary") -> None:
        """Takes the figures of another worker in."""
        for name in ("domains", "cpu_seconds", "connections", "questions", "name_servers", "failed", "twice", "mended"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("seconds", "most_open", "peak_memory_mib"):
            setattr(self, name, max(getattr(self, name), getattr(other, name)))
        for name in ("refused", "purposes", "faults"):
            getattr(self, name).update(getattr(other, name))

    def data(self) -> dict[str, Any]:
        """For --json."""
        each = max(1, self.domains)
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {
            "connections_per_domain": round(self.connections / each, 2),
            "questions_per_domain": round(self.questions / each, 2),
            "domains_per_cpu_second": round(self.domains / self.cpu_seconds, 1) if self.cpu_seconds else 0.0,
            "seconds": round(self.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "peak_memory_mib": round(self.peak_memory_mib, 1),
        }

    def lines(self) -> list[str]:
        """For people."""
        d = self.data()
        told = [
            f"{self.domains} domains in {self.seconds:.1f} s, {self.cpu_seconds:.1f} s of processor: "
            f"{d['domains_per_cpu_second']} domains per client-CPU-second",
            f"{d['connections_per_domain']} connections and {d['questions_per_domain']} DNS questions per domain; "
            f"{self.most_open} connections open at most, {self.failed} not made; {self.name_servers} name servers asked",
            f"tried again: {self.twice}, answered then: {self.mended}; peak memory {self.peak_memory_mib:.0f} MiB",
        ]
        if self.refused:
            told.append("refused by the gate: " + ", ".join(f"{code} {n}" for code, n in sorted(self.refused.items())))
        return told + [f"fault: {text} ({n})" for text, n in self.faults.most_common(10)]


def read_targets(path: Path) -> list[str]:
    """The names in a file, one a line, each once, `#` begins a remark. Raises ScanError with the line, OSError."""
    found: dict[str, None] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if text := line.partition("#")[0].strip():
                try:
                    found[host_name(text)] = None
                except NameProblem as error:
                    raise ScanError(f"{path.name}, line {number}: {error}") from None
    if not found:
        raise ScanError(f"{path.name}: no names in it")
    return list(found)


def scan(
    names: Sequence[str],
    options: Options,
    judge: Judge,
    *,
    clock: Callable[[], datetime],
    files: Files,
    sharing: Sharing | None = None,
    everybody: Sequence[str] = (),
    told: Told,
) -> Summary:
    """Looks at these names in this process and writes to `files`; `told` gets the number seen now and then.

    ``everybody``: all names of the run, where others look at the rest of them.

    Raises ConsentError, TablesError, FeedError, OSError, ValueError.
    """
    start = time.perf_counter()
    with _little_garbage():
        made = uvloop.run(
            _scan(names, options, judge, clock=clock, files=files, sharing=sharing, everybody=everybody, told=told)
        )
    made.seconds = time.perf_counter() - start
    made.cpu_seconds = time.process_time()
    made.peak_memory_mib = _peak_memory()
    return made


def _peak_memory() -> float:
    """MiB. Where the system tells it of this program alone: the other figure is also that of whoever started it."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _little_garbage() -> Iterator[None]:
    """The policy and the code stay: no use in walking through them again for every few connections."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def _scan(
    names: Sequence[str],
    options: Options,
    judge: Judge,
    *,
    clock: Callable[[], datetime],
    files: Files,
    sharing: Sharing | None,
    everybody: Sequence[str],
    told: Told,
) -> Summary:
    progress = Progress(len(names))
    with outputs.sink(files, at=clock().isoformat(timespec="seconds"), tool=TOOL) as out:
        gate, scanner = _made(
            names, options, judge.policy, clock=clock, log=out.event if files.log else None, sharing=sharing
        )

        def on_seen(seen: DomainSeen) -> None:
            out.put(seen, *judge.judged(seen))

        telling = asyncio.create_task(_telling(progress, told))
        try:
            await scanner.sound(everybody or names)
            await run(scanner, names, on_seen, progress=progress, at_once=options.at_once)
        finally:
            telling.cancel()
            scanner.resolver.close()
    return _summed(progress, gate, scanner)


def _summed(progress: Progress, gate: Gate, scanner: Scanner) -> Summary:
    counts = gate.counts
    return Summary(
        domains=progress.seen,
        connections=counts.connections,
        questions=scanner.resolver.asked.questions,
        name_servers=counts.datagrams,
        failed=counts.failed,
        most_open=counts.most_open,
        twice=progress.twice,
        mended=progress.mended,
        refused=counts.refused,
        purposes=counts.purposes,
        faults=scanner.faults,
    )


async def _telling(progress: Progress, told: Told) -> None:
    while True:
        await asyncio.sleep(TELL_SECONDS)
        told(progress.seen)


def replay(observations: Path, judge: Judge, files: Files) -> int:
    """Judges what was seen before, without sending anything; the number of names. Raises RawError, OSError."""
    count = 0
    with tempfile.TemporaryDirectory(prefix="dijkwacht-scan-") as made:
        part = files.part(Path(made), 0)
        with outputs.sink(part, at="", tool=TOOL) as out:
            for seen in raw.read_all(observations):
                out.put(seen, *judge.judged(seen))
                count += 1
        outputs.joined([part], files)
    return count


def _made(
    names: Sequence[str],
    options: Options,
    policy: Policy,
    *,
    clock: Callable[[], datetime],
    log: Callable[[Event], None] | None,
    sharing: Sharing | None,
) -> tuple[Gate, Scanner]:
    """A gate and a scanner for these options."""
    tables = None
    if options.vrps and options.routes:
        tables = read_tables(options.vrps, options.routes, peers=policy.limits["route_peers"])
    gate = Gate(
        consents=read_consents(options.consent, zone=clock().tzinfo or UTC),
        clock=clock,
        lab=options.lab,
        pace=Pace((IN_THE_LAB if options.lab else Rates()).shared(options.workers)),
        log=log,
        opted_out=read_opted_out(options.opt_out) if options.opt_out else NOTHING,
        systems=tables.systems if tables else None,
        contact=options.contact,
        page=options.page,
        resolver=options.resolver,
    )
    plan = Plan(
        policy.limits,
        options.words.read_text().split() if options.words else (),
        ct.names_below(options.ct, names) if options.ct else {},
        itself=True,
    )
    trust = Trust.of(options.ca, clock())
    looks = looks_through(gate, trust, deepest=options.level, ports=policy.known.ports)
    return gate, Scanner(gate, Resolver(gate, trusted=options.trusted), looks, plan, tables=tables, sharing=sharing)
