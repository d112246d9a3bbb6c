"""Looking from the outside: the parts by themselves, and a whole scan of the lab where one can be made. Asserts nothing.

Usage: python -m bench.bench_perimeter [names] [seed ...]   (root and the packages of tests/lab for the scans)
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time

from tests.lab import world

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
NATIONAL = 342 * 100
"""Every municipality with a hundred names."""
ROUTES = 300_000


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of processor of a few runs."""
    spent = []
    for _ in range(times):
        start = process_time()
        work()
        spent.append(process_time() - start)
    return median(spent)


def main() -> None:
    """Prints one line per figure."""
    names, seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 300, sys.argv[2:] or ["public"]
    _hellos()
    _routes()
    _judge()
    if why := world.missing():
        print(f"no lab, so no scan: {why}")
        return
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="bench-lab-") as folder:
            cores = sorted(os.sched_getaffinity(0))
            with world.lab(Path(folder), seed=seed, names=names, cpu=str(cores[0])) as lab:
                _scan(lab, seed, names, client=str(cores[-1]))


def _hellos() -> None:
    from dijkwacht.adapters.probing.hello import octets, standard

    hello = standard("tls12")
    spent = timed(lambda: [octets(hello, b"www.dijkstad.example") for _ in range(10_000)]) / 10_000
    print(f"the octets of one hello: {spent * 1e6:.1f} µs")


def _routes() -> None:
    from dijkwacht.adapters.probing.routes import Tables

    rows = [(f"{n % 200 + 11}.{n // 200 % 256}.{n // 51_200 * 4}.0/22", 64_500 + n % 900) for n in range(ROUTES)]
    tables = Tables(rows, [(prefix, 24, asn) for prefix, asn in rows[::2]])
    addresses = [f"{n % 200 + 11}.{n // 200 % 256}.{n % 250}.7" for n in range(4_000)]  # fewer than are kept, each new
    start = process_time()
    for each in addresses:
        tables.routing(each)
    print(
        f"routes and payloads of one address, out of {ROUTES:,} routes: {(process_time() - start) / 4_000 * 1e6:.1f} µs"
    )


def _judge() -> None:
    from dijkwacht.commands.scan_judging import judge_on
    from dijkwacht.demo.perimeter_seen import Site, look

    judge = judge_on(date(2026, 11, 30), report=True)
    seen = [look(Site(f"d{n}.example", n % 200 + 1, mail=True), AT) for n in range(100)]
    print(
        f"one name judged and folded, with reasons: {timed(lambda: [judge.judged(each) for each in seen]) * 10:.2f} ms"
    )


def _scan(lab: world.Lab, seed: str, names: int, *, client: str) -> None:
    import json

    out = lab.folder / "out.json"
    runs = [lab.scan(out, cpu=client) for _ in range(3)]
    one = max(runs, key=lambda each: each["domains_per_cpu_second"])
    rates = " / ".join(str(each["domains_per_cpu_second"]) for each in runs)
    words = json.loads(out.read_text())
    good, wrong = lab.agreement(words)
    print(f"seed {seed}, {names} names: {rates} names per second of processor of the client, start-up included (budget 60); "
          f"{one['seconds']:.0f} s by the clock")  # fmt: skip
    print(f"  {one['connections_per_domain']} connections and {one['questions_per_domain']} questions to the name system a "
          f"name (budgets 30 and 14); peak memory {one['peak_memory_mib']:.0f} MiB (budget 300)")  # fmt: skip
    print(
        f"  agreement with the truth: {100 * good / (good + len(wrong)):.3f} % of {good + len(wrong):,} words (budget 99.9)"
    )
    for kind, count in _kinds(wrong):
        print(f"    {count} x {kind}")
    _tarpits(lab, client)
    two = lab.scan(lab.folder / "two.json", "--workers", "2")
    same = sum(json.loads((lab.folder / "two.json").read_text())[name] == words[name] for name in words)
    print(f"  two workers: {two['seconds']:.0f} s by the clock, {two['connections_per_domain']} connections a name; the same "
          f"words for {same} of {len(words)} names")  # fmt: skip
    sent, asked = NATIONAL * one["connections_per_domain"], NATIONAL * one["questions_per_domain"]
    minutes = NATIONAL / one["domains_per_cpu_second"] / 60
    print(f"  {NATIONAL:,} names at this rate: {minutes:.0f} minutes of one core, {sent:,.0f} connections, {asked:,.0f} "
          f"questions; in a night of 8 hours {sent / 8 / 3600:.0f} connections a second")  # fmt: skip


def _kinds(wrong: list[str]) -> list[tuple[str, int]]:
    kinds: dict[str, int] = {}
    for each in wrong:
        kind = each.partition(" ")[2]
        kinds[kind] = kinds.get(kind, 0) + 1
    return sorted(kinds.items(), key=lambda row: -row[1])


def _tarpits(lab: world.Lab, client: str) -> None:
    """Servers that take a connection and never say anything: how long a run over them alone lasts."""
    import json

    odd = json.loads((lab.folder / "odd.json").read_text())["tls"]
    names = [each["name"] for each in odd if each["kind"] == "tarpit"]
    if not names:
        print("  no tarpits with this seed")
        return
    targets = lab.folder / "tarpits.txt"
    targets.write_text("\n".join(names))
    said = lab.scan(lab.folder / "tarpits.json", targets=targets, cpu=client)
    print(f"  {len(names)} tarpits alone: {said['seconds']:.1f} s by the clock, start-up included (budget 10 s)")


if __name__ == "__main__":
    main()
