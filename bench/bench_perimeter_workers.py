"""Whether two workers do twice the work of one, where the wait for others is what costs time. Asserts nothing.

Names whose looks answer after a fixed delay, so that a worker is bound by its own number at once and not by a processor: what two
workers share (the folder with locks and mail hosts) must then not hold either up. Usage: python -m bench.bench_perimeter_workers
"""

import asyncio
import multiprocessing
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from dijkwacht.adapters.probing.looks import Looks
from dijkwacht.adapters.probing.run import Progress, run
from dijkwacht.adapters.probing.scan import Plan, Scanner
from dijkwacht.adapters.probing.visits import Folder
from dijkwacht.core.checks.observed import Certificate, Lookup, MailAddress, WebAddress
from dijkwacht.core.consent import Allowed

DELAY, AT_ONCE, SHARED = 1.0, 40, 40
"""Seconds that a look takes; names at once per worker; names per mail host."""
Sent = dict[str, Certificate]


class _Gate:
    """Allows everything and opens nothing."""

    per_address, gone = 8, False

    def now(self) -> datetime:
        return datetime(2026, 11, 30, 12, tzinfo=UTC)

    def serves(self, name: str, address: str) -> None: ...

    def decision(self, host: str, address: str, *, level: int) -> Allowed:
        return Allowed("bench", level, ())

    async def speaks(self, address: str) -> bool:
        return True


class _Resolver:
    """Knows an address and a mail host for every name."""

    def kept(self, name: str, kind: str) -> Lookup:
        number = int("".join(filter(str.isdigit, name)) or 0)
        rows = {
            "A": (f"198.{18 + number // 62_500}.{number // 250 % 250}.{number % 250}",),
            "MX": (f"10 mx{number // SHARED}.mail.example",),
        }
        return Lookup(name, kind, "NOERROR", rows.get(kind, ()))


async def _web(_name: str, address: str, *_: Any) -> tuple[WebAddress, Sent, bytes]:
    await asyncio.sleep(DELAY)
    return WebAddress(address, "open", "open"), {}, b""


async def _mail(_host: str, address: str, *_: Any) -> tuple[MailAddress, Sent]:
    await asyncio.sleep(DELAY / 4)
    return MailAddress(address, "open", starttls="yes"), {}


def _work(names: list[str], folder: str, begin: Any, end: Any) -> None:
    limits = dict.fromkeys(
        ("name_servers", "mail_hosts", "spf_lookups", "dmarc_lookups", "dmarc_report_hosts", "caa_climb", "zone_climb"),
        3,
    )
    made = Scanner(_Gate(), _Resolver(), Looks(_web, _mail), Plan(limits), sharing=Folder(Path(folder)))  # type: ignore[arg-type]
    begin.wait()
    cpu = process_time()
    asyncio.run(run(made, names, lambda _: None, progress=Progress(len(names)), at_once=AT_ONCE))
    end.put(process_time() - cpu)


def measured(names: int, workers: int) -> tuple[float, float]:
    """Seconds by the clock from the start together to the last end, and seconds of processor of all workers."""
    context = multiprocessing.get_context("spawn")
    begin, end = context.Barrier(workers + 1), context.Queue()
    every = [f"n{n}.example" for n in range(names)]
    with tempfile.TemporaryDirectory() as folder:
        made = [
            context.Process(target=_work, args=(every[number::workers], folder, begin, end))
            for number in range(workers)
        ]
        for each in made:
            each.start()
        begin.wait()
        start = perf_counter()
        spent = sum(end.get() for _ in made)
        seconds = perf_counter() - start
        for each in made:
            each.join()
    return seconds, spent


def main() -> None:
    """Prints one line per number of workers."""
    names = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    one = measured(names, 1)
    for workers, (seconds, spent) in ((1, one), (2, measured(names, 2))):
        print(f"{workers} worker(s), {names} names, each look {DELAY:.0f} s, {AT_ONCE} at once: {seconds:.1f} s by the clock "
              f"({one[0] / seconds:.2f} x), {spent / names * 1000:.2f} ms of processor a name")  # fmt: skip


if __name__ == "__main__":
    main()
